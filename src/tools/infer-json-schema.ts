/** The type of what fits a JSON Schema literal, as far as its plain keywords say; else `unknown`. */
export type InferJsonSchema<S> = S extends { readonly const: infer V }
  ? V
  : S extends { readonly enum: readonly (infer V)[] }
    ? V
    : S extends { readonly anyOf: readonly (infer B)[] }
      ? InferJsonSchema<B>
      : S extends { readonly type: infer K }
        ? InferType<K extends readonly (infer One)[] ? One : K, S>
        : unknown;

type InferType<K, S> = K extends "string"
  ? string
  : K extends "number" | "integer"
    ? number
    : K extends "boolean"
      ? boolean
      : K extends "null"
        ? null
        : K extends "array"
          ? InferItems<S>
          : K extends "object"
            ? InferObject<S>
            : unknown;

type InferItems<S> = S extends { readonly items: infer I } ? InferJsonSchema<I>[] : unknown[];

type InferObject<S> = S extends { readonly properties: infer P }
  ? S extends { readonly required: readonly (infer R)[] }
    ? Flat<
        { [K in keyof P as K extends R ? K : never]: InferJsonSchema<P[K]> } & {
          [K in keyof P as K extends R ? never : K]?: InferJsonSchema<P[K]>;
        }
      >
    : { -readonly [K in keyof P]?: InferJsonSchema<P[K]> }
  : Record<string, unknown>;

type Flat<T> = { -readonly [K in keyof T]: T[K] };
