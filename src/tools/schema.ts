import { type Problem, problem } from "../errors.ts";
import type { Reading } from "./behavior.ts";
import { throwProblems } from "./check-tool.ts";
import type { InferJsonSchema } from "./infer-json-schema.ts";
import { mendSchema } from "./mend-schema.ts";
import { readValue } from "./read-value.ts";
import { issuesMessage } from "./schema-message.ts";
import { inlinedRoot } from "./schema-node.ts";
import { isStandard, jsonSchemaOf, messageOf } from "./schema-source.ts";
import type { StandardJsonSchema, StandardResult } from "./standard-json-schema.ts";

/** A JSON Schema written by hand. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What a tool or an output takes: a schema of a library that says its JSON Schema, or that itself. */
export type SchemaSource<T = unknown> = StandardJsonSchema<T> | JsonSchema;

/** What validation returns. A raw JSON Schema is read as far as it is a plain literal. */
export type InferSchema<S> =
  S extends StandardJsonSchema<infer T>
    ? T
    : S extends { readonly type: "object" }
      ? InferJsonSchema<S>
      : Record<string, unknown>;

export interface CompiledSchema<T> {
  /** What goes on the wire. */
  readonly json: Record<string, unknown>;
  /** Validates one value; in strict mode `null` becomes "absent" first, where it only says that. */
  parse(value: unknown): Promise<Reading<T>>;
}

export interface CompileOptions {
  readonly strict: boolean;
  /** Opens the path of each problem. */
  readonly label: string;
  /** Found before, and to be thrown with the others. */
  readonly problems?: readonly Problem[];
}

/**
 * Reads a schema once, for the wire and for validation.
 *
 * @throws {CodexError} `invalid_request` with every problem.
 */
export function compileSchema<const S extends SchemaSource>(
  source: S,
  { strict, label, problems: before = [] }: CompileOptions,
): CompiledSchema<InferSchema<S>> {
  type Args = InferSchema<S>;
  const validate = isStandard<Args>(source) ? source["~standard"].validate : undefined;
  const said = jsonSchemaOf(source, label, before);
  const problems = [...before];
  const json = strict ? mendSchema(said, label, !!validate, problems) : inlinedRoot(said);
  if (json.type !== "object") {
    problems.push(problem(label, "is not an object", "put it into a property of an object"));
  }
  throwProblems(problems);

  return {
    json,
    async parse(value) {
      try {
        const read = readValue(said, value, strict);
        const result: StandardResult<unknown> = validate
          ? await validate(read.value)
          : read.issues.length > 0
            ? read
            : { value: read.value };
        // Of a raw JSON Schema the type is read from what the value has just passed.
        if (!result.issues) return { ok: true, args: result.value as Args };
        // A library may say no more than "invalid". One and the same issue counts once.
        const issues = new Set([...result.issues, ...read.issues]);
        return { ok: false, message: issuesMessage(issues, read.value) };
      } catch (error) {
        // A check of the user's own that threw, or a value too deep to read.
        return { ok: false, message: `Could not be checked: ${messageOf(error)}` };
      }
    },
  };
}
