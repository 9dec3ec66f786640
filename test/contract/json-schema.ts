/** A JSON Schema, as far as the generator writes one and the exceptions touch it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
}

export type Definitions = Readonly<Record<string, JsonSchema>>;

export function refName(schema: JsonSchema): string | undefined {
  return schema.$ref?.replace("#/definitions/", "");
}

/** The schema a `$ref` stands for, or the schema itself. */
export function resolve(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = refName(schema);
  if (name === undefined) return schema;
  const found = definitions[name];
  if (!found) throw new Error(`No definition is called ${name}`);
  return found;
}

/** An object of a type with these properties, all required and no others. */
export function typed(
  type: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return {
    type: "object",
    properties: { type: { type: "string", const: type }, ...properties, ...optional },
    required: ["type", ...Object.keys(properties)],
    additionalProperties: false,
  };
}
