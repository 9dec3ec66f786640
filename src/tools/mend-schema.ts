import { type Problem, problem } from "../errors.ts";
import { readValue } from "./read-value.ts";
import {
  atKey,
  inlinedRoot,
  isRecord,
  list,
  pointed,
  resolved,
  type SchemaNode,
  valuesOf,
} from "./schema-node.ts";
import { areDistinct, kept, refused, structural, typesOf } from "./strict-rules.ts";

type Json = Record<string, unknown>;

/**
 * Says a JSON Schema in the words of strict mode. What means the same is rewritten, and everything
 * else becomes one of `problems`. Left out is what validation holds: limits that strict mode does
 * not know (`minLength`, look-around in a pattern), the second of two patterns in an `allOf`, and
 * other `format`s of a library.
 */
export function mendSchema(
  source: SchemaNode,
  label: string,
  validated: boolean,
  problems: Problem[],
): Json {
  const definitions = new Map<string, Json>();
  let properties = 0;
  let characters = 0;
  let values = 0;

  const json = mend(inlinedRoot(source), label, 1);
  if (definitions.size > 0) json.$defs = Object.fromEntries(definitions);
  limit(label, properties, 5_000, "properties");
  limit(label, characters, 120_000, "characters");
  limit(label, values, 1_000, "enum values");
  return json;

  function refuse(path: string, message: string, fix: string): void {
    problems.push(problem(path, message, fix));
  }

  function limit(path: string, count: number, max: number, what: string): void {
    if (count > max) refuse(path, `${count} ${what}`, `use at most ${max}`);
  }

  function mend(schema: unknown, path: string, level: number): Json {
    const node = withoutAllOf(schema);
    const { $ref, oneOf, anyOf = oneOf, items, required, properties: parts } = node;
    const out: Json = {};
    for (const [key, value] of Object.entries(node)) {
      if (kept.test(`${key} ${typeof value === "object" || value}`)) out[key] = value;
      else if (value && (refused.test(key) || (key === "format" && !validated))) {
        refuse(path, `strict mode has no such \`${key}\``, "leave it out");
      }
    }

    const said = Object.keys(node).filter((key) => structural.test(key));
    if ((anyOf ?? $ref) && said.length > 1) {
      refuse(path, `mixes ${said.join(", ")}`, "keep one");
    }
    if ($ref) {
      const ref = { $ref: define(String($ref), path, level) };
      // Strict mode takes no words beside a `$ref`.
      return Object.keys(out).length > 0 ? { ...out, anyOf: [ref] } : ref;
    }
    if (anyOf) {
      if (oneOf && !validated && !areDistinct(list(oneOf), source)) {
        refuse(path, "`oneOf` may overlap", "use `anyOf`, or require a `const` in each");
      }
      const mended = list(anyOf).map((part, i) => mend(part, `${path}.${said[0]}[${i}]`, level));
      return { ...out, anyOf: mended };
    }

    const types = typesOf(node);
    if (types.length === 0) refuse(path, "has no type that JSON has", "give it one");
    out.type = types.length > 1 ? types : types[0];
    const choices = valuesOf(node);
    const length = choices.join("").length;
    characters += length;
    values += choices.length;
    if (choices.length > 250) limit(path, length, 15_000, "characters");

    if (types.includes("array")) {
      if (node.prefixItems || Array.isArray(items)) refuse(path, "is a tuple", "use an object");
      else out.items = mend(items, `${path}[]`, level);
    }
    if (types.includes("object")) {
      if (node.additionalProperties || !(parts || path === label)) {
        refuse(path, "takes any property", "list them, or turn strict off");
      }
      limit(path, level, 10, "levels of objects");
      const mended = Object.entries(isRecord(parts) ? parts : {}).map(([key, part]) => {
        const strict = mend(part, atKey(path, key), level + 1);
        return [key, list(required).includes(key) || takesNull(part) ? strict : orNull(strict)];
      });
      const names = mended.map(([key]) => key);
      properties += names.length;
      characters += names.join("").length;
      out.properties = Object.fromEntries(mended);
      out.required = names;
      for (const key of list(required).map(String)) {
        if (!names.includes(key)) refuse(atKey(path, key), "is required, not listed", "list it");
      }
      out.additionalProperties = false;
    }
    return out;
  }

  /** A node and the parts of its `allOf` in one; of two limits of one kind the first stays. */
  function withoutAllOf(schema: unknown): SchemaNode {
    const { allOf, ...node } = isRecord(schema) ? schema : {};
    for (const part of list(allOf)) {
      for (const [key, value] of Object.entries(withoutAllOf(resolved(source, part)))) {
        const own = node[key];
        if (key === "required") node[key] = [...list(own), ...list(value)];
        else if (key === "properties")
          node[key] = { ...Object(own), ...Object(value), ...Object(own) };
        else node[key] ??= value;
      }
    }
    return node;
  }

  function takesNull(schema: unknown): boolean {
    return readValue(source, null, false, schema).issues.length === 0;
  }

  function define(ref: string, path: string, level: number): string {
    if (ref === "#") return ref;
    const name = ref.replace(/^#\/(\$defs\/)?/, "").replace(/\W/g, "_");
    const target = pointed(source, ref);
    if (!isRecord(target)) refuse(path, `$ref "${ref}" points nowhere`, "define it in `$defs`");
    else if (!definitions.has(name)) {
      characters += name.length;
      definitions.set(name, {});
      definitions.set(name, mend(target, path, level));
    }
    return `#/$defs/${name}`;
  }
}

/** What `node` takes, and `null`. */
function orNull(node: Json): Json {
  const none = { type: "null" };
  if (node.anyOf) return { ...node, anyOf: [...list(node.anyOf), none] };
  const said = Object.keys(node).some((key) => structural.test(key));
  return said ? { anyOf: [node, none] } : { ...node, type: [...list(node.type), "null"] };
}
