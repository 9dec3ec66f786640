import type { Ajv } from "ajv";
import { cached } from "./cache.ts";
import { exceptions } from "./exceptions.ts";
import {
  contractSchema,
  type OfficialName,
  type OfficialSchema,
  officialSchema,
} from "./schemas.ts";
import type { Validator } from "./validators.ts";

const sources = [
  "official-types.ts",
  "schemas.ts",
  "tag-unions.ts",
  "apply-exceptions.ts",
  "json-schema.ts",
  "exceptions.ts",
  "compile.ts",
];

/** The file of code that ajv writes, since compiling it in every test file would take too long. */
export function validatorsFile(): Promise<string> {
  return cached("validators.cjs", sources, async () => {
    return writeCode(contractSchema(await officialSchema(), Object.values(exceptions)));
  });
}

async function writeCode(schema: OfficialSchema): Promise<string> {
  const { default: standalone } = await import("ajv/dist/standalone/index.js");
  const names = Object.keys(schema.properties);
  const refs = names.map((each) => [each, refOf(each)]);
  return standalone.default(await ajvOf(schema), Object.fromEntries(refs));
}

/** Compiles a schema here and now, which takes a while. */
export async function compile(schema: OfficialSchema): Promise<(name: OfficialName) => Validator> {
  const ajv = await ajvOf(schema);
  return (name) => {
    const validate = ajv.getSchema(refOf(name));
    if (!validate) throw new Error(`No schema is called ${name}`);
    return (value) => validate(value) === true;
  };
}

async function ajvOf(schema: OfficialSchema): Promise<Ajv> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({
    allErrors: true,
    discriminator: true,
    inlineRefs: false,
    strictTypes: false,
    strictRequired: false,
    code: { source: true },
  });
  return ajv.addSchema(schema, "official");
}

function refOf(name: string): string {
  return `official#/properties/${name}`;
}
