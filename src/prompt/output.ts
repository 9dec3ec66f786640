import type { ResponseTextConfig } from "openai/resources/responses/responses";
import { invalidRequest, isCodexError } from "../errors.ts";
import type { Verbosity } from "../models/model-info.ts";
import { behavior } from "../tools/behavior.ts";
import {
  type CompiledSchema,
  compileSchema,
  type InferSchema,
  type SchemaSource,
} from "../tools/schema.ts";
import type { OutputFormat, parsedType } from "./output-format.ts";
import { checkChoice, collect } from "./problem.ts";

export type TextOf<T, V extends Verbosity> = Omit<ResponseTextConfig, "verbosity"> & {
  format: OutputFormat<T>;
  verbosity?: V;
  readonly [parsedType]?: T;
};

export interface OutputOptions<V extends Verbosity> {
  /** Names the format to the model. Default `output`; letters, digits, `_` and `-`, at most 64. */
  name?: string;
  verbosity?: V;
}

const verbosities: readonly Verbosity[] = ["low", "medium", "high"];

/**
 * Structured output: the answer is JSON of this schema, and `turn.parsed` is its validated value.
 * The schema is part of the cached prefix, so changing it discards the prompt cache.
 *
 * @throws {CodexError} `invalid_request` with every part of the schema that strict mode refuses.
 */
export function output<const S extends SchemaSource, const V extends Verbosity = never>(
  schema: S,
  options: OutputOptions<V> = {},
): { text: TextOf<InferSchema<S>, V> } {
  const { name = "output", verbosity } = options;
  let compiled: CompiledSchema<InferSchema<S>> | undefined;
  const problems = collect((add) => {
    checkChoice(add, "text.verbosity", verbosity, verbosities, "any model");
    if (/^[\w-]{1,64}$/.test(name)) return;
    add("text.format.name", `"${name}" is no name`, "use 1 to 64 letters, digits, _ or -");
  });
  try {
    compiled = compileSchema(schema, { strict: true, label: `output "${name}"` });
  } catch (thrown) {
    if (!isCodexError(thrown) || !thrown.problems) throw thrown;
    problems.push(...thrown.problems);
  }
  if (!compiled || problems.length > 0) throw invalidRequest(problems);
  const { json, parse } = compiled;
  return {
    text: {
      format: { type: "json_schema", name, schema: json, strict: true, [behavior]: { parse } },
      ...(verbosity && { verbosity }),
    },
  };
}
