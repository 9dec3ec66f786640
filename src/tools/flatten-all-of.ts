import { isRecord, list, type SchemaNode } from "./schema-node.ts";
import { structural } from "./strict-rules.ts";

/**
 * A node without `allOf`: its parts beside what it says itself, objects with their properties
 * together. Of two limits of one kind, such as two patterns, the first stays. `clash` gets each
 * keyword that cannot be one.
 */
export function flattenAllOf(schema: unknown, clash: (key: string) => void): SchemaNode {
  const { allOf, ...node } = isRecord(schema) ? schema : {};
  for (const part of list(allOf)) {
    const more = flattenAllOf(part, clash);
    if (closes(node, more) || closes(more, node)) clash("additionalProperties");
    for (const [key, value] of Object.entries(more)) {
      const own = node[key];
      if (own === undefined) node[key] = value;
      else if (key === "required") node[key] = [...list(own), ...list(value)];
      else if (key === "properties" && isRecord(own) && isRecord(value)) {
        if (Object.keys(own).some((name) => Object.hasOwn(value, name))) clash(key);
        node[key] = { ...own, ...value };
      } else if (
        (key === "type" || structural.test(key)) &&
        JSON.stringify(own) !== JSON.stringify(value)
      )
        clash(key);
    }
  }
  return node;
}

/** A part closes over its own properties, not over those of another. */
function closes(node: SchemaNode, other: SchemaNode): boolean {
  return "additionalProperties" in node && "properties" in other;
}
