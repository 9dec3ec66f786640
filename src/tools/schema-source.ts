import { invalidRequest, type Problem, problem } from "../errors.ts";
import { isRecord, type SchemaNode } from "./schema-node.ts";
import type { StandardJsonSchema } from "./standard-json-schema.ts";

/** With these a library says `{}` for what JSON Schema cannot, instead of throwing at the first. */
const options = {
  target: "draft-2020-12",
  // The word of zod, and that of Valibot.
  libraryOptions: { unrepresentable: "any", errorMode: "ignore" },
};

/** What each kind of Standard Schema has some of. */
type Standard<T> = Partial<StandardJsonSchema<T>["~standard"]>;

/** Whether this is a schema of a library; one of ArkType is a function. */
export function isStandard<T>(source: unknown): source is { readonly "~standard": Standard<T> } {
  return "~standard" in Object(source);
}

/** @throws {CodexError} `invalid_request` with the `problems` so far, for what has no JSON Schema. */
export function jsonSchemaOf(
  source: unknown,
  label: string,
  problems: readonly Problem[],
): SchemaNode {
  let message = "has no JSON Schema";
  try {
    if (isStandard(source)) {
      const { jsonSchema } = source["~standard"];
      if (jsonSchema) return jsonSchema.input(options);
    } else if (isRecord(source)) return source;
  } catch (error) {
    message = messageOf(error);
  }
  const fix = "pass JSON Schema, a zod or ArkType schema, or fromZod(…)";
  throw invalidRequest([...problems, problem(label, message, fix)]);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
