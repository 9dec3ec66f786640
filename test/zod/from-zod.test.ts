import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import * as z3inside from "zod/v3";
import * as z3 from "zod3";
import * as old from "zod3/v4";
import * as oldMini from "zod3/v4-mini";
import { isCodexError, type Problem } from "../../src/errors.ts";
import { compileSchema } from "../../src/tools/schema.ts";
import type { StandardJsonSchema } from "../../src/tools/standard-json-schema.ts";
import { strictSchema } from "../../src/tools/strict-schema.ts";
import { fromZod } from "../../src/zod/index.ts";

function problemsOf(build: () => unknown): readonly Problem[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") return error.problems ?? [];
    throw error;
  }
  return [];
}

const strict = { strict: true, label: "parameters" };
const closed = (properties: Record<string, unknown>) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

test.for([
  [
    "zod 4",
    fromZod(
      z.object({
        path: z.string().min(1),
        lines: z.number().default(10),
        edits: z.array(z.object({ text: z.string().optional(), note: z.string().nullable() })),
      }),
    ),
  ],
  [
    "zod 4 before 4.2",
    fromZod(
      old.object({
        path: old.string().min(1),
        lines: old.number().default(10),
        edits: old.array(
          old.object({ text: old.string().optional(), note: old.string().nullable() }),
        ),
      }),
    ),
  ],
  [
    "zod 3",
    fromZod(
      z3.object({
        path: z3.string().min(1),
        lines: z3.number().default(10),
        edits: z3.array(z3.object({ text: z3.string().optional(), note: z3.string().nullable() })),
      }),
    ),
  ],
  [
    "zod 3 within zod 4",
    fromZod(
      z3inside.object({
        path: z3inside.string().min(1),
        lines: z3inside.number().default(10),
        edits: z3inside.array(
          z3inside.object({
            text: z3inside.string().optional(),
            note: z3inside.string().nullable(),
          }),
        ),
      }),
    ),
  ],
  [
    "zod mini",
    fromZod(
      mini.object({
        path: mini.string().check(mini.minLength(1)),
        lines: mini._default(mini.number(), 10),
        edits: mini.array(
          mini.object({ text: mini.optional(mini.string()), note: mini.nullable(mini.string()) }),
        ),
      }),
    ),
  ],
  [
    "zod mini before 4.2",
    fromZod(
      oldMini.object({
        path: oldMini.string().check(oldMini.minLength(1)),
        lines: oldMini._default(oldMini.number(), 10),
        edits: oldMini.array(
          oldMini.object({
            text: oldMini.optional(oldMini.string()),
            note: oldMini.nullable(oldMini.string()),
          }),
        ),
      }),
    ),
  ],
] as const)("%s says and reads the same schema as every other", async ([, schema]) => {
  const { json, parse } = compileSchema(schema, strict);

  expect(json).toEqual(
    closed({
      path: { type: "string" },
      lines: { type: ["number", "null"] },
      edits: {
        type: "array",
        items: closed({ text: { type: ["string", "null"] }, note: { type: ["string", "null"] } }),
      },
    }),
  );
  expect(await parse({ path: "a", lines: null, edits: [{ text: null, note: null }] })).toEqual({
    ok: true,
    args: { path: "a", lines: 10, edits: [{ note: null }] },
  });
  expect(await parse({ path: "", lines: 1, edits: [] })).toMatchObject({ ok: false });
});

test("a schema that says its JSON Schema comes back as it is", () => {
  const schema = z.object({ a: z.string() });

  expect(fromZod(schema)).toBe(schema);
});

describe("zod 3", () => {
  test("unions, transforms, intersections, reuse and recursion", async () => {
    const point = z3.object({ x: z3.number().optional() });
    interface Tree {
      name: string;
      children: Tree[];
    }
    const tree: z3.ZodType<Tree> = z3.object({
      name: z3.string(),
      children: z3.lazy(() => z3.array(tree)),
    });
    const schema = z3.object({
      kind: z3.discriminatedUnion("is", [
        z3.object({ is: z3.literal("a"), note: z3.string().optional() }),
        z3.object({ is: z3.literal("b") }),
      ]),
      size: z3
        .string()
        .transform((text) => text.length)
        .pipe(z3.number()),
      both: z3.object({ a: z3.string() }).and(z3.object({ b: z3.string() })),
      from: point,
      to: point.nullable(),
      tree,
      none: z3.literal(null),
      when: z3.coerce.date(),
    });
    const { json, parse } = compileSchema(fromZod(schema), strict);

    const name = { type: "string" };
    const children = { type: "array", items: { $ref: "#/$defs/properties_tree" } };
    const strictPoint = closed({ x: { type: ["number", "null"] } });
    expect(json).toEqual({
      ...closed({
        kind: {
          anyOf: [
            closed({ is: { type: "string", const: "a" }, note: { type: ["string", "null"] } }),
            closed({ is: { type: "string", const: "b" } }),
          ],
        },
        size: { type: "string" },
        both: closed({ a: { type: "string" }, b: { type: "string" } }),
        from: strictPoint,
        to: { anyOf: [{ $ref: "#/$defs/properties_from" }, { type: "null" }] },
        tree: closed({ name, children }),
        none: { type: "null" },
        when: { type: "string", format: "date-time" },
      }),
      $defs: { properties_from: strictPoint, properties_tree: closed({ name, children }) },
    });
    expect(
      await parse({
        kind: { is: "a", note: null },
        size: "four",
        both: { a: "a", b: "b" },
        from: { x: null },
        to: null,
        tree: { name: "r", children: [{ name: "c", children: [] }] },
        none: null,
        when: "2026-01-02T03:04:05Z",
      }),
    ).toEqual({
      ok: true,
      args: {
        kind: { is: "a" },
        size: 4,
        both: { a: "a", b: "b" },
        from: {},
        to: null,
        tree: { name: "r", children: [{ name: "c", children: [] }] },
        none: null,
        when: new Date("2026-01-02T03:04:05Z"),
      },
    });
  });

  test("says what JSON cannot, all at once, where the converter would write something else", () => {
    const schema = z3.object({
      date: z3.date(),
      set: z3.set(z3.string()),
      map: z3.map(z3.string(), z3.string()),
      bigint: z3.bigint(),
      nan: z3.nan(),
      undefined: z3.undefined(),
      void: z3.void(),
      function: z3.function(),
      symbol: z3.symbol(),
      any: z3.any(),
      unknown: z3.unknown(),
      never: z3.never(),
      record: z3.record(z3.string()),
      tuple: z3.tuple([z3.string(), z3.number()]),
      open: z3.object({}).passthrough(),
      rest: z3.object({}).catchall(z3.string()),
      deep: z3.array(z3.object({ when: z3.date().optional() })),
    });
    const anything = "has no type that JSON has";

    expect(
      problemsOf(() => strictSchema(fromZod(schema))).map(({ path, message }) => [path, message]),
    ).toEqual([
      ["schema.date", anything],
      ["schema.set", anything],
      ["schema.map", anything],
      ["schema.bigint", anything],
      ["schema.nan", anything],
      ["schema.undefined", anything],
      ["schema.void", anything],
      ["schema.function", anything],
      ["schema.symbol", anything],
      ["schema.any", anything],
      ["schema.unknown", anything],
      ["schema.never", "strict mode has no such `not`"],
      ["schema.never", anything],
      ["schema.record", "takes any property"],
      ["schema.tuple", "is a tuple"],
      ["schema.open", "takes any property"],
      ["schema.rest", "takes any property"],
      ["schema.deep[].when", anything],
    ]);
  });
});

describe("the Standard JSON Schema face", () => {
  const three = fromZod(z3.object({ n: z3.string().transform(Number) }));
  const small = fromZod(mini.object({ n: mini.pipe(mini.string(), mini.transform(Number)) }));

  test.for([
    ["zod 3", three],
    ["zod mini", small],
  ] as const)("of %s knows input and output, and validates as zod does", async ([, schema]) => {
    const { version, vendor, validate, jsonSchema } = schema["~standard"];
    const options = { target: "draft-07", libraryOptions: { unrepresentable: "any" } };

    expect([version, vendor]).toEqual([1, "zod"]);
    expect(jsonSchema.input(options)).toMatchObject({ properties: { n: { type: "string" } } });
    expect(jsonSchema.output?.(options)).toMatchObject({ properties: { n: {} } });
    expect(jsonSchema.output?.(options)).not.toMatchObject({
      properties: { n: { type: "string" } },
    });
    expect(await validate({ n: "4" })).toMatchObject({ value: { n: 4 } });
    expect(await validate({ n: 4 })).toMatchObject({ issues: [{ path: ["n"] }] });
  });

  test("refuses a target it does not know", () => {
    expect(() => three["~standard"].jsonSchema.input({ target: "draft-99" })).toThrow(/draft-99/);
    expect(() => small["~standard"].jsonSchema.input({ target: "draft-99" })).toThrow(/draft-99/);
  });
});

describe("what is no zod schema", () => {
  test.for([
    [undefined],
    [null],
    ["string"],
    [{}],
    [{ type: "object" }],
    [{ _def: {}, "~standard": {} }],
    [type({ a: "string" })],
    [v.object({ a: v.string() })],
    [z],
  ])("%o", ([value]) => {
    expect(problemsOf(() => fromZod(value as never))).toEqual([
      {
        level: "error",
        path: "fromZod(schema)",
        message: "is no zod schema",
        fix: "pass a schema of zod, such as z.object({ … }); other libraries need no fromZod",
      },
    ]);
  });
});

test("types are those zod puts out", () => {
  type Expected = StandardJsonSchema<{ a: string; b: number }>;

  expectTypeOf(
    fromZod(z.object({ a: z.string(), b: z.string().transform(Number) })),
  ).toEqualTypeOf<Expected>();
  expectTypeOf(
    fromZod(z3.object({ a: z3.string(), b: z3.string().transform(Number) })),
  ).toEqualTypeOf<Expected>();
  expectTypeOf(
    fromZod(z3inside.object({ a: z3inside.string(), b: z3inside.number().default(1) })),
  ).toEqualTypeOf<Expected>();
  expectTypeOf(
    fromZod(old.object({ a: old.string(), b: old.number().default(1) })),
  ).toEqualTypeOf<Expected>();
  expectTypeOf(
    fromZod(mini.object({ a: mini.string(), b: mini._default(mini.number(), 1) })),
  ).toEqualTypeOf<Expected>();

  // @ts-expect-error an ArkType schema is no zod schema
  expect(() => fromZod(type({ a: "string" }))).toThrow();
  // @ts-expect-error a Valibot schema is no zod schema
  expect(() => fromZod(v.object({ a: v.string() }))).toThrow();
});
