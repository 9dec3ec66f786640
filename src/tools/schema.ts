import { invalidRequest, type Problem } from "../errors.ts";
import { withoutNulls } from "./absent.ts";
import type { Reading } from "./behavior.ts";
import type { InferJsonSchema } from "./infer-json-schema.ts";
import { mendSchema } from "./mend-schema.ts";
import { issuesMessage } from "./schema-message.ts";
import { inlinedRoot } from "./schema-node.ts";
import { isStandard, jsonSchemaOf, messageOf } from "./schema-source.ts";
import type { StandardJsonSchema, StandardResult } from "./standard-json-schema.ts";
import { validate } from "./validate.ts";

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
  parse(value: unknown): Reading<T> | Promise<Reading<T>>;
}

/**
 * Reads a schema once, for the wire and for validation. `label` opens the path of each problem.
 *
 * @throws {CodexError} `invalid_request` with every problem.
 */
export function compileSchema<const S extends SchemaSource>(
  source: S,
  options: { readonly strict: boolean; readonly label: string },
): CompiledSchema<InferSchema<S>> {
  type Args = InferSchema<S>;
  const { strict, label } = options;
  const validateArgs = isStandard<Args>(source) ? source["~standard"].validate : undefined;
  const said = jsonSchemaOf(source, label);
  const problems: Problem[] = [];
  const mended = strict ? mendSchema(said, label, problems, Boolean(validateArgs)) : undefined;
  const { $schema, ...json } = mended?.json ?? inlinedRoot(said);
  if (!strict && json.type !== "object") {
    const fix = "put it into a property of an object";
    problems.push({ level: "error", path: label, message: "is not an object", fix });
  }
  if (problems.length > 0) throw invalidRequest(problems);

  return {
    json,
    parse(value) {
      try {
        const args = mended ? withoutNulls(value, mended) : value;
        if (!validateArgs) {
          const issues = validate(said, args, said, strict);
          // Its type is read from the JSON Schema that it has just passed.
          return issues.length > 0 ? refusal(issues) : { ok: true, args: args as Args };
        }
        const read = (result: StandardResult<Args>): Reading<Args> =>
          result.issues
            ? refusal(validate(said, args), result.issues, args)
            : { ok: true, args: result.value };
        const result = validateArgs(args);
        return "then" in result ? Promise.resolve(result).then(read).catch(failure) : read(result);
      } catch (error) {
        return failure(error);
      }
    },
  };
}

function refusal(...found: Parameters<typeof issuesMessage>): Reading<never> {
  return { ok: false, message: issuesMessage(...found) };
}

/** A check of the user's own that threw, or a value too deep to read. */
function failure(error: unknown): Reading<never> {
  return { ok: false, message: `Could not be checked: ${messageOf(error).slice(0, 500)}` };
}
