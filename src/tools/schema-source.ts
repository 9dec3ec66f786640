import { invalidRequest } from "../errors.ts";
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
  return (isRecord(source) || typeof source === "function") && "~standard" in source;
}

/** @throws {CodexError} `invalid_request` for what has no JSON Schema. */
export function jsonSchemaOf(source: unknown, label: string): SchemaNode {
  const standard = isStandard(source) ? source["~standard"] : undefined;
  let message = "is no schema";
  let fix = "pass a schema of zod, ArkType or Valibot, or a JSON Schema";
  if (standard?.jsonSchema) {
    try {
      return standard.jsonSchema.input(options);
    } catch (error) {
      message = messageOf(error);
      fix = "use types that JSON has";
    }
  } else if (standard) {
    message = `this ${standard.vendor} schema does not say its JSON Schema`;
    fix = "wrap it: fromZod (codex-responses/zod), toStandardJsonSchema (@valibot/to-json-schema)";
  } else if (isRecord(source)) return source;
  throw invalidRequest([{ level: "error", path: label, message, fix }]);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
