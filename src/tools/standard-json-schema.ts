/**
 * A Standard Schema that also says its JSON Schema, as zod >= 4.2 and ArkType do by themselves,
 * Valibot by `toStandardJsonSchema` and other zod schemas by `fromZod`. See standardschema.dev.
 */
export interface StandardJsonSchema<T = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
    readonly validate: (value: unknown) => StandardResult<T> | Promise<StandardResult<T>>;
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output?: ((options: JsonSchemaOptions) => Record<string, unknown>) | undefined;
    };
  };
}

export interface JsonSchemaOptions {
  readonly target: string;
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
