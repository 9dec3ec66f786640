import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { applyExceptions } from "./apply-exceptions.ts";
import { cached } from "./cache.ts";
import type { Exception } from "./exceptions.ts";
import type { Definitions, JsonSchema } from "./json-schema.ts";
import type { OfficialTypes } from "./official-types.ts";
import { tagUnions } from "./tag-unions.ts";

export type OfficialName = keyof OfficialTypes;

export interface OfficialSchema extends JsonSchema {
  readonly properties: Readonly<Record<OfficialName, JsonSchema>>;
  readonly definitions: Definitions;
}

/** JSON Schemas of the official types, closed against unknown properties. */
async function generate(): Promise<OfficialSchema> {
  const { createGenerator } = await import("ts-json-schema-generator");
  const generator = createGenerator({
    path: fileURLToPath(new URL("./official-types.ts", import.meta.url)),
    tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)),
    type: "OfficialTypes",
    skipTypeCheck: true,
    additionalProperties: false,
    expose: "export",
    topRef: false,
    encodeRefs: false,
    jsDoc: "none",
    functions: "fail",
  });
  const schema = generator.createSchema("OfficialTypes");
  if (!isOfficial(schema)) throw new Error("The generator made no schema of the official types");
  return schema;
}

function isOfficial(schema: object): schema is OfficialSchema {
  return "properties" in schema && "definitions" in schema;
}

/** Takes seconds once per version of `openai`. */
export async function officialSchema(): Promise<OfficialSchema> {
  const sources = ["official-types.ts", "schemas.ts"];
  const path = await cached("types.json", sources, async () => JSON.stringify(await generate()));
  return JSON.parse(readFileSync(path, "utf8"));
}

/** What the validators are made of: the official types, and where reality is wider. */
export function contractSchema(
  official: OfficialSchema,
  exceptions: readonly Exception[],
): OfficialSchema {
  const definitions = applyExceptions(official.definitions, exceptions);
  return { ...official, definitions: tagUnions(definitions) };
}
