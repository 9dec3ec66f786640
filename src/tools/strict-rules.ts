import { isRecord, jsonType, list, resolved, type SchemaNode, valuesOf } from "./schema-node.ts";

/** What strict mode has no words for, and no other words say. */
export const refused =
  /^((not|if|then|else)$|depend|pattern.|(min|max)[CP]|cont|unevaluated|unique|\$(anchor|dyn|rec))/;

/** What a value is made of, beside `type`. */
export const structural = /^(\$ref|anyOf|oneOf|enum|const|properties|items)$/;

/**
 * A keyword and its value that stay as they are: words for the reader, and the limits that strict
 * mode knows. Not among them: look-around, back-references, and the bounds of "an integer".
 */
export const kept =
  /^((title|description|enum|const|multipleOf|(min|max)Items) |pattern (?!.*(\(\?<?[=!]|\\[1-9]))|format (date-time|time|date|duration|email|hostname|ipv4|ipv6|uuid)$|(exclusiveM|m)(in|ax)imum (?!-?9007199254740991$))/s;

/** The types of a node; where it leaves them unsaid, those of the values it allows. */
export function typesOf(node: SchemaNode): readonly unknown[] {
  return list(node.type ?? [...new Set(valuesOf(node).map(jsonType))]);
}

/** Whether the branches differ in type, or in the constant of a property that all require. */
export function areDistinct(branches: readonly unknown[], root: SchemaNode): boolean {
  const nodes = branches.map((branch) => resolved(root, branch));
  const constants = (key: unknown) =>
    nodes.map(({ required, properties }) =>
      list(required).includes(key) && isRecord(properties)
        ? valuesOf(resolved(root, properties[String(key)]))
        : [],
    );
  return [nodes.map(typesOf), ...list(nodes[0]?.required).map(constants)].some(
    (sets) => sets.every(([first]) => first) && new Set(sets.flat()).size === sets.flat().length,
  );
}
