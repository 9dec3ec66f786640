import { brokenLimits } from "./broken-limits.ts";
import { isRecord, jsonType, list, resolved, type SchemaNode, valuesOf } from "./schema-node.ts";
import type { StandardIssue } from "./standard-json-schema.ts";

export interface ReadValue {
  /** The value; in strict mode without each `null` that stands for an absent property. */
  readonly value: unknown;
  readonly issues: readonly StandardIssue[];
}

/**
 * Checks a value against the common part of JSON Schema: keywords it does not know are ignored,
 * `format` among them. In strict mode an object is closed unless it says otherwise.
 */
export function readValue(
  root: SchemaNode,
  value: unknown,
  strict: boolean,
  start: unknown = root,
): ReadValue {
  // Each node reads each value once, however many branches of unions lead to both.
  const memory = new Map<SchemaNode, Map<unknown, ReadValue>>();
  return walk(start, value);

  function walk(schema: unknown, value: unknown): ReadValue {
    const node = resolved(root, schema);
    const known = memory.get(node) ?? new Map<unknown, ReadValue>();
    const found = known.get(value) ?? look(node, value);
    memory.set(node, known.set(value, found));
    return found;
  }

  function look(node: SchemaNode, got: unknown): ReadValue {
    let value = got;
    const issues: StandardIssue[] = [];
    const expected = (what: string, ...path: PropertyKey[]) => {
      issues.push({ message: `expected ${what}`, path });
    };
    /** Adds the issues of a part, not all of very many, and returns its value. */
    const take = (part: ReadValue, ...path: PropertyKey[]) => {
      for (const issue of part.issues.slice(0, 50)) {
        issues.push({ ...issue, path: [...path, ...(issue.path ?? [])] });
      }
      return part.value;
    };

    const choices = valuesOf(node).map((choice) => JSON.stringify(choice));
    const types = list(node.type);
    const fits = (type: unknown) =>
      type === jsonType(value) || (type === "integer" && Number.isInteger(value));
    if (choices.length > 0 && !choices.includes(JSON.stringify(value))) {
      expected(choices.join(" or "));
    } else if (types.length > 0 && !types.some(fits)) {
      expected(types.join(" or "));
    } else {
      for (const limit of brokenLimits(node, value)) expected(limit);
      for (const part of list(node.allOf)) {
        // A part is not closed over the properties of the others.
        value = take(walk({ additionalProperties: true, ...resolved(root, part) }, value));
      }
      const branches = list(node.anyOf ?? node.oneOf).map((branch) => walk(branch, value));
      const [best] = branches.sort((a, b) => misfit(a) - misfit(b));
      if (best) value = take(best);
      if (Array.isArray(value) && !node.prefixItems) {
        value = value.map((item, index) => take(walk(node.items, item), index));
      }
      if (isRecord(value)) {
        const { additionalProperties = !(strict && node.properties) } = node;
        const properties = isRecord(node.properties) ? node.properties : {};
        const required = list(node.required);
        for (const key of required.map(String))
          if (!Object.hasOwn(value, key)) expected("a value", key);
        const entries = Object.entries(value).map(([key, part]) => {
          const known = Object.hasOwn(properties, key) || node.patternProperties;
          const found = walk(known ? properties[key] : additionalProperties, part);
          // Strict mode has no other word for "absent".
          const absent = strict && part === null && found.issues[0] && !required.includes(key);
          return absent ? [] : [[key, take(found, key)] as const];
        });
        value = Object.fromEntries(entries.flat());
      }
    }
    return { value, issues };
  }
}

/** A wrong type tells most that another branch was meant, and a wrong constant more than the rest. */
function misfit({ issues }: ReadValue): number {
  return issues.reduce(
    (sum, { path, message }) =>
      sum + (path?.length ? (/^expected "/.test(message) ? 1e3 : 1) : 1e6),
    0,
  );
}
