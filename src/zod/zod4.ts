import { type $ZodType, toJSONSchema } from "zod/v4/core";
import type { JsonSchemaOptions } from "../tools/standard-json-schema.ts";

/** The names of zod before 4.2, which later versions take too. */
const targets = new Map([
  ["draft-2020-12", "draft-2020-12"],
  ["draft-07", "draft-7"],
]);

/** @throws {Error} For an unknown target, and for what JSON Schema cannot say unless told otherwise. */
export function jsonSchemaOfZod4(
  schema: unknown,
  io: "input" | "output",
  { target, libraryOptions }: JsonSchemaOptions,
): Record<string, unknown> {
  const known = targets.get(target);
  if (!isZod4(schema) || !known) throw new Error(`no JSON Schema target "${target}" for zod 4`);
  return toJSONSchema(schema, { ...libraryOptions, target: known, io });
}

function isZod4(schema: unknown): schema is $ZodType {
  return typeof schema === "object" && schema !== null && "_zod" in schema;
}
