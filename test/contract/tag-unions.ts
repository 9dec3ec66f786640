import { type Definitions, type JsonSchema, resolve } from "./json-schema.ts";

/**
 * The same definitions with unions told apart by `type`: only the member of that type is tried,
 * so that an error names what is wrong with it instead of what it is not.
 */
export function tagUnions(definitions: Definitions): Definitions {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, walk(each)] as const);
    const { anyOf, ...rest }: JsonSchema = Object.fromEntries(entries);
    if (!anyOf) return { ...rest };
    return { ...rest, ...(tagged(anyOf, definitions) ?? { anyOf }) };
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, each]) => [name, { ...toSchema(walk(each)) }]),
  );
}

function toSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function tagged(members: readonly JsonSchema[], definitions: Definitions): JsonSchema | undefined {
  const byTag = new Map<unknown, JsonSchema[]>();
  const untagged: JsonSchema[] = [];
  for (const member of members.flatMap((each) => resolve(each, definitions).anyOf ?? each)) {
    const { properties, required } = resolve(member, definitions);
    const tag = properties?.type;
    const values = tag && "const" in tag ? [tag.const] : (tag?.enum ?? []);
    for (const value of values) {
      // A tag that may be null is no tag: such an item is known by its other fields.
      if (value !== null) byTag.set(value, [...(byTag.get(value) ?? []), member]);
    }
    if (values.length === 0 || values.includes(null) || !required?.includes("type")) {
      untagged.push(member);
    }
  }
  if (byTag.size < 2) return undefined;
  return {
    if: { type: "object", required: ["type"], properties: { type: { type: "string" } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      type: "object",
      required: ["type"],
      discriminator: { propertyName: "type" },
      oneOf: groups(byTag),
    },
    else: { anyOf: untagged.length > 0 ? untagged : [{ type: "object", required: ["type"] }] },
  };
}

/** One branch per set of tags: a single member, or those that share a tag. */
function groups(byTag: ReadonlyMap<unknown, readonly JsonSchema[]>): JsonSchema[] {
  return [...byTag].map(([tag, members]) => ({
    properties: { type: { const: tag } },
    required: ["type"],
    ...(members.length === 1 ? { allOf: members } : { anyOf: members }),
  }));
}
