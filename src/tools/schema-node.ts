/** One JSON Schema or a part of one. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an array: itself, alone in one, or none at all for `undefined`. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

export function atKey(path: string, key: PropertyKey): string {
  return typeof key === "number" ? `${path}[${key}]` : `${path && `${path}.`}${String(key)}`;
}

/** The values that `enum` or `const` allow; none for a node without either. */
export function valuesOf(node: SchemaNode): readonly unknown[] {
  return list("const" in node ? [node.const] : node.enum);
}

export function jsonType(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** The schemas `false` and `true`. */
const nothing = { type: "nothing" };
const anything = {};

/** What a local `$ref` such as `#/$defs/Node` points to. */
export function pointed(root: SchemaNode, ref: unknown): unknown {
  const [start, ...steps] = String(ref).split("/");
  return start === "#" ? steps.reduce<unknown>((node, step) => Object(node)[step], root) : start;
}

/** Follows `$ref` to a node that is none; `{}` for a reference to nothing. */
export function resolved(root: SchemaNode, schema: unknown): SchemaNode {
  let node = schema;
  // The limit ends a definition that only refers to itself.
  for (let hops = 0; isRecord(node) && node.$ref && hops < 20; hops++) {
    node = pointed(root, node.$ref);
  }
  return isRecord(node) ? node : node === false ? nothing : anything;
}

/** The schema without `$schema`, and with what its root refers to beside what stands there. */
export function inlinedRoot(root: SchemaNode): Record<string, unknown> {
  const { $ref, $schema, ...node } = { ...resolved(root, root), ...root };
  return node;
}
