import { compileSchema, type SchemaSource } from "./schema.ts";

/**
 * The JSON Schema of strict mode: every property required, optional ones nullable, every object
 * closed. Limits that strict mode does not know, such as `minLength`, are left out: hold them when
 * you validate.
 *
 * @throws {CodexError} `invalid_request` with every problem, its path and fix.
 */
export function strictSchema(source: SchemaSource): Record<string, unknown> {
  return compileSchema(source, { strict: true, label: "schema" }).json;
}
