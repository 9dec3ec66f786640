import type { FunctionTool, ResponseFunctionToolCall } from "openai/resources/responses/responses";
import { isCodexError } from "../errors.ts";
import { behavior, type RunnableTool, type ToolBehavior } from "./behavior.ts";
import { throwProblems, toolProblems } from "./check-tool.ts";
import {
  type CompiledSchema,
  compileSchema,
  type InferSchema,
  type SchemaSource,
} from "./schema.ts";

export interface ToolOptions<Name extends string, S extends SchemaSource>
  extends Pick<
      ToolBehavior<InferSchema<S>, ResponseFunctionToolCall>,
      "execute" | "approve" | "timeoutMs" | "parallel"
    >,
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
 * @throws `invalid_request` with every problem of the name, the time limit and the schema.
 */
export function tool<const Name extends string, const S extends SchemaSource>(
  options: ToolOptions<Name, S>,
): RunnableFunction<Name, InferSchema<S>> {
  const {
    name,
    parameters,
    strict = true,
    execute,
    approve,
    timeoutMs,
    parallel,
    ...wire
  } = options;
  const problems = toolProblems(name, timeoutMs);
  let schema: CompiledSchema<InferSchema<S>>;
  try {
    schema = compileSchema(parameters, { strict, label: `tool "${name}".parameters` });
  } catch (error) {
    if (isCodexError(error)) throwProblems([...problems, ...(error.problems ?? [])]);
    throw error;
  }
  throwProblems(problems);
  return {
    type: "function",
    name,
    ...wire,
    parameters: schema.json,
    strict,
    [behavior]: {
      read(call) {
        let value: unknown;
        try {
          // Models send nothing at all for a tool without arguments.
          value = JSON.parse(call.arguments || "{}");
        } catch (error) {
          return { ok: false, message: `the arguments are no JSON (${error})` };
        }
        return schema.parse(value);
      },
      execute,
      approve,
      timeoutMs,
      parallel,
    },
  };
}
