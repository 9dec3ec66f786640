import type { ZodType } from "zod/v3";
import { ignoreOverride, type OverrideCallback, zodToJsonSchema } from "zod-to-json-schema";
import type { JsonSchemaOptions } from "../tools/standard-json-schema.ts";

/** Both are written as draft 7, the newest the package knows. They differ in tuples only. */
const targets = ["draft-2020-12", "draft-07"];

/** Types that JSON has no values of, although the package writes some schema for them, or none. */
const unsayable = /^Zod(Map|Set|BigInt|Date|NaN|Undefined|Void|Function|Symbol)$/;

/** @throws {Error} For an unknown target. */
export function jsonSchemaOfZod3(
  schema: unknown,
  io: "input" | "output",
  { target }: JsonSchemaOptions,
): Record<string, unknown> {
  if (!isZod3(schema) || !targets.includes(target)) {
    throw new Error(`no JSON Schema target "${target}" for zod 3`);
  }
  const json = zodToJsonSchema(schema, {
    effectStrategy: io === "input" ? "input" : "any",
    pipeStrategy: io,
    override: corrected,
  });
  return { ...json };
}

/** `{}` for what JSON cannot say, as zod 4 writes it, and a literal `null` that is one. */
const corrected: OverrideCallback = (def): ReturnType<OverrideCallback> => {
  const typeName = String(Reflect.get(def, "typeName"));
  if (typeName === "ZodLiteral" && Reflect.get(def, "value") === null) return { type: "null" };
  // Coercion takes a string or a number for a date or a bigint.
  if (unsayable.test(typeName) && !Reflect.get(def, "coerce")) return {};
  return ignoreOverride;
};

function isZod3(schema: unknown): schema is ZodType {
  return typeof schema === "object" && schema !== null && "_def" in schema && !("_zod" in schema);
}
