import type { CustomTool, ResponseCustomToolCall } from "openai/resources/responses/responses";
import type { CustomToolInputFormat } from "openai/resources/shared";
import { type BehaviorOptions, behavior, type RunnableTool } from "./behavior.ts";
import { splitOptions, throwProblems, toolProblems } from "./check-tool.ts";

export interface CustomToolOptions<Name extends string>
  extends BehaviorOptions<string, ResponseCustomToolCall>,
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
 * @throws `invalid_request` for a bad name or limit.
 */
export function customTool<const Name extends string>(
  options: CustomToolOptions<Name>,
): RunnableCustomTool<Name> {
  const { own, wire } = splitOptions(options);
  const { grammar: format, ...rest } = wire;
  throwProblems(toolProblems(rest.name, own));
  return {
    type: "custom",
    ...rest,
    ...(format && { format }),
    [behavior]: { ...own, read: ({ input }) => ({ ok: true, args: input }) },
  };
}
