import type {
  ResponseToolSearchCall,
  ResponseToolSearchOutputItemParam,
  ToolSearchTool,
} from "openai/resources/responses/responses";
import { type BehaviorOptions, behavior, type RunnableTool, type ToolContext } from "./behavior.ts";
import { splitOptions } from "./check-tool.ts";

type FoundTools = ResponseToolSearchOutputItemParam["tools"];

export interface ToolSearchOptions
  extends Omit<ToolSearchTool, "type" | "execution">,
    BehaviorOptions<unknown, ResponseToolSearchCall> {
  /** Finds tools here instead of on the server. `args` follow `parameters`, unchecked. */
  readonly execute: (
    args: unknown,
    context: ToolContext<ResponseToolSearchCall>,
  ) => FoundTools | Promise<FoundTools>;
}

export type RunnableToolSearch = RunnableTool<ToolSearchTool, unknown, ResponseToolSearchCall>;

/**
 * Loads tools marked `defer_loading` when the model looks for them. With `execute` the search runs
 * here (`execution: "client"`), and the tools it finds answer their calls like any other.
 */
export function toolSearch(options?: Omit<ToolSearchTool, "type">): ToolSearchTool;
export function toolSearch(options: ToolSearchOptions): RunnableToolSearch;
export function toolSearch(
  options: Omit<ToolSearchTool, "type"> | ToolSearchOptions = {},
): ToolSearchTool | RunnableToolSearch {
  if (!("execute" in options)) return { type: "tool_search", ...options };
  const { own, wire } = splitOptions(options);
  return {
    type: "tool_search",
    execution: "client",
    ...wire,
    [behavior]: { ...own, read: (call) => ({ ok: true, args: call.arguments }) },
  };
}
