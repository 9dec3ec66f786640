import { jsonType, list, pointed, resolved, type SchemaNode } from "./schema-node.ts";

/** What strict mode has no words for, and no other words say. */
export const refused =
  /^(not|if|then|else|depend.*|patternP.*|propertyN.*|(min|max)[CP].*|contain.*|content.*|unevaluated.*|uniqueItems|\$(anchor|dyn.*|rec.*))$/;

/** What a value is made of, beside `type`. */
export const structural = /^(\$ref|anyOf|oneOf|enum|const|properties|required|items)$/;

/** What says a value by other schemas. */
export const composing = /^(\$ref|anyOf|oneOf)$/;

/** What stays as it is: words for the reader, and limits. */
export const kept =
  /^(title|description|enum|const|pattern|format|multipleOf|(exclusiveM|m)(in|ax)imum|(min|max)Items)$/;

export const formats = /^(date-time|time|date|duration|email|hostname|ipv4|ipv6|uuid)$/;

/** Lookaround and back references. */
export const unsupportedPattern = /\(\?<?[=!]|\\[1-9]/;

export const types = /^(string|number|integer|boolean|null|object|array)$/;

/** The types of a node; where it leaves them unsaid, those of the values it allows. */
export function typesOf(node: SchemaNode): readonly unknown[] {
  return list(node.type ?? [...new Set(valuesOf(node).map(jsonType))]);
}

/** Whether the branches differ in type, or in the constant of a property that all require. */
export function areDistinct(branches: readonly unknown[], root: unknown): boolean {
  const nodes = branches.map((branch) => resolved(root, branch));
  const types = nodes.map((node) =>
    typesOf(node).map((type) => (type === "integer" ? "number" : type)),
  );
  const tells = (key: unknown) =>
    nodes.every(({ required }) => list(required).includes(key)) &&
    differ(nodes.map((node) => valuesOf(resolved(root, pointed(node, `#/properties/${key}`)))));
  return differ(types) || list(nodes[0]?.required).some(tells);
}

function valuesOf(node: SchemaNode): readonly unknown[] {
  return list(node.enum ?? node.const);
}

function differ(sets: readonly (readonly unknown[])[]): boolean {
  const all = sets.flat();
  return sets.every((set) => set.length > 0) && new Set(all).size === all.length;
}
