import type { Problem } from "../errors.ts";
import { flattenAllOf } from "./flatten-all-of.ts";
import { atKey, show } from "./schema-message.ts";
import { inlinedRoot, isRecord, list, pointed, type SchemaNode } from "./schema-node.ts";
import {
  areDistinct,
  composing,
  formats,
  kept,
  refused,
  structural,
  types,
  typesOf,
  unsupportedPattern,
} from "./strict-rules.ts";
import { validate } from "./validate.ts";

type Json = Record<string, unknown>;

export interface MendedSchema {
  readonly json: Json;
  /** Objects of `json` to those of their properties whose `null` says "absent". */
  readonly optional: WeakMap<object, readonly string[]>;
}

/**
 * Says a JSON Schema in the words of strict mode. What means the same is rewritten, and everything
 * else becomes one of `problems`. Limits that strict mode does not know (`minLength`, lookaround in
 * a pattern) are left out, and with `validated` other `format`s too: validation still holds them.
 */
export function mendSchema(
  source: SchemaNode,
  label: string,
  problems: Problem[],
  validated: boolean,
): MendedSchema {
  const optional = new WeakMap<object, readonly string[]>();
  const definitions: Json = {};
  let properties = 0;
  let characters = 0;
  let values = 0;

  const json = mend(inlinedRoot(source), label, 1);
  if (json.type !== "object" && (json.type ?? json.anyOf)) {
    refuse(label, "is not an object", "put it into a property of an object");
  }
  if (Object.keys(definitions).length > 0) json.$defs = definitions;
  limit(label, properties, 5_000, "properties");
  limit(label, characters, 120_000, "characters in names and values");
  limit(label, values, 1_000, "enum values");
  return { json, optional };

  function refuse(path: string, message: string, fix: string): void {
    problems.push({ level: "error", path, message, fix });
  }

  function limit(path: string, count: number, max: number, what: string): void {
    if (count > max) refuse(path, `${count} ${what}`, `use at most ${max}`);
  }

  function mend(schema: unknown, path: string, level: number): Json {
    const before = problems.length;
    const node = flattenAllOf(schema, (key) =>
      refuse(path, `\`allOf\` says \`${key}\` twice`, "merge its parts into one schema"),
    );
    const { items, properties: parts, additionalProperties: open } = node;
    const keys = Object.keys(node);
    const said = keys.filter((key) => structural.test(key));
    const composed = said.find((key) => composing.test(key));
    const type = typesOf(node);
    for (const key of keys) {
      if (!refused.test(key) || !node[key] || (open && key === "propertyNames")) continue;
      refuse(path, `strict mode has no \`${key}\``, "leave it out and check it in your own code");
    }

    const out: Json = composed ? {} : { type: type.length > 1 ? type : type[0] };
    for (const key of keys) {
      const stays = composed ? /^(title|description)$/ : kept;
      if (stays.test(key) && keeps(key, node[key], path)) out[key] = node[key];
    }
    if (composed) {
      if (said.length > 1) refuse(path, `mixes ${said.join(" and ")}`, "keep one of them");
      return compose(node, composed, out, path, level);
    }
    if (type.length === 0 && problems.length === before) {
      refuse(path, "takes anything, or what JSON cannot say", "give it a JSON type");
    } else if (!type.every((name) => types.test(String(name)))) {
      refuse(path, `has the type ${type.map(show)}`, "use a JSON type");
    }

    const choices = list(node.enum);
    const length = [...choices, ...list(node.const)].join("").length;
    characters += length;
    values += choices.length;
    if (choices.length > 250) limit(path, length, 15_000, "characters in one enum");

    if (type.includes("array")) {
      if (Array.isArray(items) || "prefixItems" in node) {
        refuse(path, "is a tuple", "use an object");
      } else out.items = mend(items, `${path}[]`, level);
    }
    if (type.includes("object")) {
      if (open) {
        refuse(path, "takes any property", "list them, use an array of pairs, or turn strict off");
      } else if (!isRecord(parts) && path !== label && problems.length === before) {
        refuse(path, "lists no properties", "list them");
      }
      limit(path, level, 10, "levels of objects");
      mendProperties(isRecord(parts) ? parts : {}, list(node.required), out, path, level);
    }
    return out;
  }

  /** Whether strict mode knows the keyword with this value. */
  function keeps(key: string, value: unknown, path: string): boolean {
    if (key === "pattern") return !unsupportedPattern.test(String(value));
    // What libraries write for "an integer".
    if (/imum$/.test(key)) return Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER;
    if (key !== "format" || formats.test(String(value))) return value !== undefined;
    if (!validated || value === "binary") {
      refuse(path, `strict mode has no format ${show(value)}`, "use a pattern");
    }
    return false;
  }

  function mendProperties(
    parts: Json,
    required: readonly unknown[],
    out: Json,
    path: string,
    level: number,
  ): void {
    const names = Object.keys(parts);
    properties += names.length;
    characters += names.join("").length;
    const absent = names.filter(
      (key) => !required.includes(key) && validate(parts[key], null, source).length > 0,
    );
    out.properties = Object.fromEntries(
      names.map((key) => {
        const part = mend(parts[key], atKey(path, key), level + 1);
        return [key, absent.includes(key) ? orNull(part) : part];
      }),
    );
    out.required = names;
    out.additionalProperties = false;
    optional.set(out, absent);
    for (const key of required.map(String)) {
      if (!names.includes(key)) refuse(atKey(path, key), "is required, not listed", "list it");
    }
  }

  function compose(node: SchemaNode, key: string, out: Json, path: string, level: number): Json {
    if (key === "$ref") {
      const ref = { $ref: define(String(node.$ref), path, level) };
      // Strict mode takes no words beside a `$ref`.
      return Object.keys(out).length > 0 ? { ...out, anyOf: [ref] } : ref;
    }
    const branches = list(node[key]);
    if (key === "oneOf" && !validated && !areDistinct(branches, source)) {
      const fix = "use `anyOf`, or give each branch a required property with its own `const`";
      refuse(path, "`oneOf` with branches that may overlap", fix);
    }
    const shared = "type" in node ? { type: node.type } : {};
    out.anyOf = branches.map((branch, index) =>
      mend(isRecord(branch) ? { ...shared, ...branch } : branch, `${path}.${key}[${index}]`, level),
    );
    return out;
  }

  function define(ref: string, path: string, level: number): string {
    if (ref === "#") return ref;
    const name = ref.replace(/^#\/(\$defs\/)?/, "").replace(/\W/g, "_");
    const target = pointed(source, ref);
    if (!isRecord(target)) refuse(path, `$ref ${show(ref)} points nowhere`, "define it in `$defs`");
    else if (!Object.hasOwn(definitions, name)) {
      characters += name.length;
      definitions[name] = {};
      definitions[name] = mend(target, path, level);
    }
    return `#/$defs/${name}`;
  }
}

/** What `node` takes, and `null`. */
function orNull(node: Json): Json {
  const none = { type: "null" };
  if (node.anyOf) return { ...node, anyOf: [...list(node.anyOf), none] };
  const listed = ["$ref", "enum", "const", "properties", "items"].some((key) => key in node);
  return listed ? { anyOf: [node, none] } : { ...node, type: [...list(node.type), "null"] };
}
