import type { Exception, Variant } from "./exceptions.ts";
import type { Definitions, JsonSchema } from "./json-schema.ts";

/** The definitions, wider by the exceptions. @throws For a name that no definition has. */
export function applyExceptions(
  definitions: Definitions,
  exceptions: readonly Exception[],
): Definitions {
  const wider: Record<string, JsonSchema> = { ...definitions };
  for (const exception of exceptions) {
    for (const name of namesOf(exception.in, definitions)) {
      wider[name] = widened(wider[name] ?? {}, exception, definitions);
    }
  }
  return wider;
}

function namesOf(pattern: string | RegExp, definitions: Definitions): string[] {
  const names = Object.keys(definitions).filter((name) =>
    typeof pattern === "string" ? name === pattern : pattern.test(name),
  );
  if (names.length === 0) throw new Error(`No official type is called ${pattern}`);
  return names;
}

function widened(
  schema: JsonSchema,
  { optional = [], properties = {}, values = [], members = [] }: Omit<Exception, "in">,
  definitions: Definitions,
): JsonSchema {
  const all: Record<string, JsonSchema> = { ...schema.properties, ...properties };
  const more = isList(values) ? {} : values;
  for (const [key, added] of Object.entries(more)) all[key] = withValues(all[key] ?? {}, added);
  return {
    ...(isList(values) && values.length > 0 ? withValues(schema, values) : schema),
    ...(schema.properties && { properties: all }),
    ...(schema.required && { required: without(schema.required, optional) }),
    ...(schema.anyOf && {
      anyOf: [...schema.anyOf, ...members.map((member) => memberOf(member, definitions))],
    }),
  };
}

function memberOf(member: JsonSchema | Variant, definitions: Definitions): JsonSchema {
  if (!isVariant(member)) return member;
  const { [member.like]: schema = {} } = definitions;
  return { ...schema, required: without(schema.required ?? [], member.optional) };
}

function withValues(schema: JsonSchema, values: readonly string[]): JsonSchema {
  return { ...schema, enum: [...(schema.enum ?? []), ...values] };
}

function without(list: readonly string[], left: readonly string[]): string[] {
  return list.filter((each) => !left.includes(each));
}

function isVariant(member: JsonSchema | Variant): member is Variant {
  return "like" in member;
}

function isList(values: NonNullable<Exception["values"]>): values is readonly string[] {
  return Array.isArray(values);
}
