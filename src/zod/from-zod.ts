import { invalidRequest } from "../errors.ts";
import type { StandardJsonSchema } from "../tools/standard-json-schema.ts";
import { jsonSchemaOfZod3 } from "./zod3.ts";
import { jsonSchemaOfZod4 } from "./zod4.ts";

/** A schema of zod 3 (3.24 or later), zod 4 or zod mini. */
export type ZodSchema = Zod3Schema<unknown> | Zod4Schema<unknown>;

interface Zod3Schema<T> {
  readonly _output: T;
  readonly _def: object;
}

interface Zod4Schema<T> {
  readonly _zod: { readonly output: T };
}

/** What a zod schema parses to. */
export type OutputOf<S> =
  S extends Zod4Schema<infer T> ? T : S extends Zod3Schema<infer T> ? T : never;

/**
 * Lets a schema of zod 3, zod mini or zod 4 before 4.2 say its JSON Schema, so that `tool`, `output`
 * and `strictSchema` take it. A schema that says it by itself comes back as it is.
 *
 * @throws {CodexError} `invalid_request` for anything else than a zod schema.
 */
export function fromZod<S extends ZodSchema>(schema: S): StandardJsonSchema<OutputOf<S>> {
  if (!isZod<OutputOf<S>>(schema)) {
    const fix = "pass a schema of zod, such as z.object({ … }); other libraries need no fromZod";
    const message = "is no zod schema";
    throw invalidRequest([{ level: "error", path: "fromZod(schema)", message, fix }]);
  }
  if (saysJsonSchema(schema)) return schema;
  const jsonSchemaOf = "_zod" in schema ? jsonSchemaOfZod4 : jsonSchemaOfZod3;
  return {
    "~standard": {
      ...schema["~standard"],
      jsonSchema: {
        input: (options) => jsonSchemaOf(schema, "input", options),
        output: (options) => jsonSchemaOf(schema, "output", options),
      },
    },
  };
}

type Standard<T> = StandardJsonSchema<T>["~standard"];

interface StandardZod<T> {
  readonly "~standard": Omit<Standard<T>, "jsonSchema">;
}

function isZod<T>(schema: unknown): schema is StandardZod<T> {
  if (typeof schema !== "object" || schema === null) return false;
  const standard = "~standard" in schema && schema["~standard"];
  const known = "_zod" in schema || "_def" in schema;
  return known && typeof standard === "object" && Reflect.get(Object(standard), "vendor") === "zod";
}

function saysJsonSchema<T>(schema: StandardZod<T>): schema is StandardJsonSchema<T> {
  return "jsonSchema" in schema["~standard"];
}
