import type { Tool } from "openai/resources/responses/responses";
import type { Call } from "../turn.ts";

/**
 * Where a tool or an output format carries what never reaches the wire: spread keeps a symbol key,
 * JSON drops it. Registered globally, so that two copies of this package agree.
 */
export const behavior: unique symbol = Symbol.for("codex-responses.behavior");

export interface ToolContext<C extends Call = Call> {
  /** The call as the model made it. */
  readonly call: C;
  /** Aborted on timeout and when the run is cancelled. */
  readonly signal: AbortSignal;
}

/** What the arguments of a call turned out to be: values, or a message the model can act on. */
export type Reading<Args> =
  | { readonly ok: true; readonly args: Args }
  | { readonly ok: false; readonly message: string };

/** How the client answers a tool's calls. */
export interface ToolBehavior<Args = never, C extends Call = never> {
  /** Parses and validates the arguments of a call. The message of what it throws is read as well. */
  read(call: C): Reading<Args> | Promise<Reading<Args>>;
  /** Absent: the caller answers the calls itself. */
  readonly execute?: ((args: Args, context: ToolContext<C>) => unknown) | undefined;
  /** Whether a call needs a person's consent first. Default: no. */
  readonly approve?:
    | boolean
    | ((args: Args, context: ToolContext<C>) => boolean | Promise<boolean>)
    | undefined;
  /** Of one execution, in ms. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Whether calls may run beside others. Default: no. */
  readonly parallel?: boolean | undefined;
  /** Of one output, at 4 bytes a token: a longer text loses its middle. Default: `runCalls` says. */
  readonly maxOutputTokens?: number | undefined;
}

/** What a builder of tools lets its caller decide. */
export type BehaviorOptions<Args, C extends Call> = Omit<ToolBehavior<Args, C>, "read">;

/** A tool of the SDK that knows how to answer its calls. */
export type RunnableTool<T extends Tool = Tool, Args = never, C extends Call = never> = T & {
  readonly [behavior]: ToolBehavior<Args, C>;
};

/** Narrows to `unknown` arguments: what `read` returned is what `execute` and `approve` take. */
export function hasBehavior(tool: object): tool is RunnableTool<Tool, unknown, Call> {
  return behavior in tool;
}
