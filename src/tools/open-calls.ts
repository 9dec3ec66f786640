import type { Call, Item } from "../turn.ts";

const callType =
  /^((function|custom_tool|(local_)?shell|apply_patch|computer|tool_search)_call|mcp_approval_request)$/;

/** What tells whether an item is open, as far as any type of item has it. */
interface Keys {
  readonly type?: string | null | undefined;
  readonly id?: string | null | undefined;
  readonly call_id?: string | null | undefined;
  readonly approval_request_id?: string | null | undefined;
  readonly execution?: string | undefined;
  readonly environment?: { readonly type: string } | null | undefined;
}

/**
 * The calls among these items that lack their output, in order: what the next request must answer.
 * Calls the server answers itself and items of unknown types are left out.
 *
 * Two kinds are among them although they are special: a call the response cut off (`isCutOff`)
 * needs an output when it is replayed but must not be executed, and an `async` call may be answered
 * in any later request.
 */
export function openCalls(items: readonly Item[]): Call[] {
  const seen = new Set(items.map((item) => !isCall(item) && keyOf(item)));
  return items.filter((item): item is Call => {
    if (!isCall(item) || isServerSide(item) || seen.has(keyOf(item))) return false;
    return !!seen.add(keyOf(item));
  });
}

/** What a call and its output share. */
export function callId(call: Keys): string {
  // `local_shell_call_output` has the call's `call_id` under `id`.
  return call.approval_request_id || call.call_id || call.id || "";
}

/** Whether the model had not finished the call when its response ended. */
export function isCutOff(call: Call): boolean {
  const {
    type,
    status,
    arguments: args,
  }: { type: string; status?: string; arguments?: unknown } = call;
  // Half a patch looks like a whole one; other half calls fail to be read.
  const half = type === "apply_patch_call" || args === "";
  return status === "incomplete" || (status === "in_progress" && half);
}

function isCall(item: Item): item is Call {
  return callType.test(item.type ?? "");
}

function isServerSide({ execution = "client", environment }: Keys): boolean {
  return execution !== "client" || (environment?.type ?? "local") !== "local";
}

/** The same for a call and its output, and for the `mcp_call` that an approval led to. */
function keyOf(item: Keys): string {
  const kind = item.approval_request_id ? "mcp_approval" : item.type;
  return `${kind?.replace(/_(call|out|req).*/, "")} ${callId(item)}`;
}
