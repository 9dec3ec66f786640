import type { FunctionTool, ResponseFunctionToolCall } from "openai/resources/responses/responses";
import { type BehaviorOptions, behavior, type RunnableTool } from "./behavior.ts";
import { splitOptions, toolProblems } from "./check-tool.ts";
import { compileSchema, type InferSchema, type SchemaSource } from "./schema.ts";

export interface ToolOptions<Name extends string, S extends SchemaSource>
  extends BehaviorOptions<InferSchema<S>, ResponseFunctionToolCall>,
    Pick<FunctionTool, "allowed_callers" | "async" | "defer_loading" | "output_schema"> {
  /** 1 to 64 of: a-z A-Z 0-9 _ - */
  readonly name: Name;
  /** When and how to use it, for the model. */
  readonly description?: string;
  /** The arguments: a Standard Schema that can become JSON Schema, or raw JSON Schema. */
  readonly parameters: S;
  /** Whether the API holds the model to the schema. Default: true. */
  readonly strict?: boolean;
}

/** A function tool that knows how to answer its calls. */
export type RunnableFunction<Name extends string = string, Args = never> = RunnableTool<
  FunctionTool & { name: Name },
  Args,
  ResponseFunctionToolCall
>;

/**
 * A function the model can call: the SDK's own tool param, with what answers its calls beside it.
 * Without `execute` the caller answers.
 *
 * @throws `invalid_request` with every problem of the name, the limits and the schema.
 */
export function tool<const Name extends string, const S extends SchemaSource>(
  options: ToolOptions<Name, S>,
): RunnableFunction<Name, InferSchema<S>> {
  const { own, wire } = splitOptions(options);
  const { name, parameters, strict = true } = wire;
  const label = `tool "${name}": parameters`;
  const problems = toolProblems(name, own);
  const { json, parse } = compileSchema(parameters, { strict, label, problems });
  return {
    type: "function",
    ...wire,
    parameters: json,
    strict,
    // Models send nothing at all for a tool without arguments.
    [behavior]: { ...own, read: (call) => parse(JSON.parse(call.arguments || "{}")) },
  };
}
