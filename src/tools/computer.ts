import type {
  ComputerAction,
  ComputerTool,
  ResponseComputerToolCall,
} from "openai/resources/responses/responses";
import { type BehaviorOptions, behavior, type RunnableTool, type ToolContext } from "./behavior.ts";
import { type Screenshot, screenshotOf } from "./screenshot.ts";

type Actions = readonly ComputerAction[];

export interface ComputerOptions
  extends Pick<BehaviorOptions<Actions, ResponseComputerToolCall>, "approve" | "timeoutMs"> {
  /** Does the actions in order, then shows the screen. */
  readonly execute: (
    actions: Actions,
    context: ToolContext<ResponseComputerToolCall>,
  ) => Screenshot | Promise<Screenshot>;
}

export type RunnableComputer = RunnableTool<ComputerTool, Actions, ResponseComputerToolCall>;

/**
 * The model uses a screen. Without `execute` the caller answers its calls. By default the calls
 * with pending safety checks need consent; executing a call acknowledges its checks.
 */
export function computer(): ComputerTool;
export function computer(options: ComputerOptions): RunnableComputer;
export function computer(options?: ComputerOptions): ComputerTool | RunnableComputer {
  if (!options) return { type: "computer" };
  const { execute, approve = hasSafetyChecks, timeoutMs } = options;
  return {
    type: "computer",
    [behavior]: {
      approve,
      timeoutMs,
      read: ({ actions, action }) => ({ ok: true, args: actions ?? (action ? [action] : []) }),
      async execute(actions, context) {
        const shown = screenshotOf(await execute(actions, context));
        return { acknowledged_safety_checks: context.call.pending_safety_checks, ...shown };
      },
    },
  };
}

function hasSafetyChecks(_: Actions, { call }: ToolContext<ResponseComputerToolCall>): boolean {
  return call.pending_safety_checks?.length > 0;
}
