/** One JSON Schema or a part of one. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an array: itself, alone in one, or none at all for `undefined`. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

export function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** What a local `$ref` such as `#/$defs/Node` points to. */
export function pointed(root: unknown, ref: unknown): unknown {
  const [start, ...steps] = String(ref).split("/");
  let node = start === "#" ? root : undefined;
  for (const step of steps) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    node = typeof node === "object" && node ? Reflect.get(node, key) : undefined;
  }
  return node;
}

/** Follows `$ref` to a node that is none; `{}` for a reference to nothing. */
export function resolved(root: unknown, node: unknown): SchemaNode {
  // The limit ends a definition that only refers to itself.
  for (let hops = 0; isRecord(node) && "$ref" in node && hops < 20; hops++) {
    node = pointed(root, node.$ref);
  }
  return isRecord(node) ? node : {};
}

/** The schema with a root that is no `$ref`: what it points to, and what stands beside it. */
export function inlinedRoot(root: SchemaNode): SchemaNode {
  const { $ref, ...rest } = root;
  return $ref === undefined ? root : { ...resolved(root, root), ...rest };
}
