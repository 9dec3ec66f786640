import type { OfficialName } from "./schemas.ts";
import { type SchemaError, validators } from "./validators.ts";

/** What the official types reject in a value that JSON gave: `path: message`, at most 5. */
export function check(name: OfficialName, value: unknown): string[] {
  const validate = validators()[name];
  return validate(value) ? [] : explain(validate.errors ?? [], value);
}

/** Errors that only say that one of the others is there. */
const frames = new Set(["if", "anyOf", "oneOf"]);

function explain(errors: readonly SchemaError[], value: unknown): string[] {
  const own = errors.filter(({ keyword }) => !frames.has(keyword));
  const meant = own.filter(({ keyword, instancePath: path }) => {
    if (keyword !== "type" && keyword !== "enum") return true;
    return !own.some(({ instancePath, keyword }) =>
      instancePath === path ? !kinds.has(keyword) : instancePath.startsWith(`${path}/`),
    );
  });
  const lines = (meant.length > 0 ? meant : errors)
    .toSorted((a, b) => depthOf(b) - depthOf(a))
    .map((error) => lineOf(error, value));
  return [...new Set(lines)].slice(0, 5);
}

/** Of a union, the member that got further than to the kind of value says what is wrong. */
const kinds = new Set(["type", "enum", "const"]);

function depthOf({ instancePath }: SchemaError): number {
  return instancePath.split("/").length;
}

function lineOf({ instancePath, keyword, message, params }: SchemaError, value: unknown): string {
  const path = pathOf(instancePath);
  const at = path === "" ? "" : `${path}: `;
  switch (keyword) {
    case "additionalProperties":
      return `${at}unknown property "${params.additionalProperty}"`;
    case "required":
      return `${at}missing property "${params.missingProperty}"`;
    case "discriminator":
      return `${at}unknown type "${params.tagValue}"`;
    case "enum":
    case "const": {
      const found = JSON.stringify(valueAt(value, instancePath));
      return `${at}${found} is none of ${listOf(params.allowedValues ?? [params.allowedValue])}`;
    }
    default:
      return `${at}${message}`;
  }
}

/** The first eight: of models there are a hundred. */
function listOf(values: unknown): string {
  const all = Array.isArray(values) ? values.map((each) => JSON.stringify(each)) : [];
  return `${all.slice(0, 8).join(", ")}${all.length > 8 ? ", …" : ""}`;
}

/** Such as `input[2].content`. */
function pathOf(pointer: string): string {
  return keysOf(pointer)
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}

function keysOf(pointer: string): string[] {
  const keys = pointer.split("/").slice(1);
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>((each, key) => {
    return typeof each === "object" && each !== null ? Reflect.get(each, key) : undefined;
  }, value);
}
