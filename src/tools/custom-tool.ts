import type { CustomTool, ResponseCustomToolCall } from "openai/resources/responses/responses";
import type { CustomToolInputFormat } from "openai/resources/shared";
import { behavior, type RunnableTool, type ToolBehavior } from "./behavior.ts";
import { throwProblems, toolProblems } from "./check-tool.ts";

export interface CustomToolOptions<Name extends string>
  extends Pick<
      ToolBehavior<string, ResponseCustomToolCall>,
      "execute" | "approve" | "timeoutMs" | "parallel"
    >,
    Pick<CustomTool, "allowed_callers" | "async" | "defer_loading"> {
  /** 1 to 64 of: a-z A-Z 0-9 _ - */
  readonly name: Name;
  /** When and how to use it, for the model. */
  readonly description?: string;
  /** What the input must look like: `lark(text)` or `regex(text)`. Default: any text. */
  readonly grammar?: CustomToolInputFormat;
}

/** A custom tool that knows how to answer its calls. */
export type RunnableCustomTool<Name extends string = string, Args = string> = RunnableTool<
  CustomTool & { name: Name },
  Args,
  ResponseCustomToolCall
>;

/**
 * A tool whose input is plain text instead of JSON. Models can stray from a grammar: `execute`
 * must still check its input.
 *
 * @throws `invalid_request` for a bad name or time limit.
 */
export function customTool<const Name extends string>(
  options: CustomToolOptions<Name>,
): RunnableCustomTool<Name> {
  const { name, grammar, execute, approve, timeoutMs, parallel, ...wire } = options;
  throwProblems(toolProblems(name, timeoutMs));
  return {
    type: "custom",
    name,
    ...wire,
    ...(grammar && { format: grammar }),
    [behavior]: {
      read: (call) => ({ ok: true, args: call.input }),
      execute,
      approve,
      timeoutMs,
      parallel,
    },
  };
}
