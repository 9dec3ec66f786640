import type { Call } from "../turn.ts";
import { behavior, hasBehavior, type ToolBehavior } from "./behavior.ts";
import { type Decision, decisionOf } from "./decision.ts";
import { findTool, type KnownTool } from "./find-tool.ts";
import { isCutOff } from "./open-calls.ts";

/** What to do about one call. */
export interface Job
  extends Pick<ToolBehavior<unknown>, "parallel" | "timeoutMs" | "maxOutputTokens"> {
  /** Its value, or what it throws, is the call's result. */
  work(signal: AbortSignal): unknown;
}

export interface PrepareOptions {
  /**
   * Decides on a call that needs consent; `undefined` leaves it open. Without this option nobody
   * can be asked: such calls are declined, and MCP approval requests stay open.
   */
  readonly approve?:
    | ((call: Call) => Decision | undefined | Promise<Decision | undefined>)
    | undefined;
  /** Just before a call is executed. */
  readonly onCall?: ((call: Call) => void) | undefined;
}

/**
 * Finds the tool, reads the arguments and asks for consent; executes nothing. Returns nothing for a
 * call that stays open.
 *
 * @throws What the model is to read, when there is nothing to execute.
 */
export async function prepareCall(
  call: Call,
  known: readonly KnownTool[],
  { approve: decide, onCall }: PrepareOptions,
  signal: AbortSignal,
): Promise<Job | undefined> {
  if (call.type === "mcp_approval_request") {
    const decision = await decide?.(call);
    return decision === undefined ? decision : { work: () => decision };
  }
  if (isCutOff(call)) throw new Error("the call was cut off");
  const tool = findTool(call, known);
  if (!tool && "name" in call) {
    const names = known.flatMap(({ name, namespace }) =>
      name ? (namespace ? `${namespace}.${name}` : name) : [],
    );
    throw new Error(`no tool is called "${call.name}"; use one of: ${names.join(", ")}`);
  }
  // A built-in call comes from a declared tool: one not in the list is somebody else's to answer.
  if (!tool || !hasBehavior(tool)) return undefined;

  const { execute, approve, ...own } = tool[behavior];
  if (!execute) return undefined;
  const reading = await own.read(call);
  if (!reading.ok) throw new Error(reading.message);
  const { args } = reading;
  if (typeof approve === "function" ? await approve(args, { call, signal }) : approve) {
    if (!decide) throw new Error("needs consent, and nobody was asked");
    const decision = await decide(call);
    if (decision === undefined) return undefined;
    const { approve: yes, reason } = decisionOf(decision);
    if (!yes) throw new Error(`declined by the user${reason ? `: ${reason}` : ""}`);
  }
  return {
    ...own,
    work(inner) {
      onCall?.(call);
      return execute(args, { call, signal: inner });
    },
  };
}
