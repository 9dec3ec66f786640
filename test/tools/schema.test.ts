import { Ajv2020 } from "ajv/dist/2020.js";
import { type } from "arktype";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import * as z3 from "zod3";
import { isCodexError, type Problem } from "../../src/errors.ts";
import type { Reading } from "../../src/tools/behavior.ts";
import {
  type CompiledSchema,
  compileSchema,
  type InferSchema,
  type JsonSchema,
  type SchemaSource,
} from "../../src/tools/schema.ts";
import type { StandardJsonSchema } from "../../src/tools/standard-json-schema.ts";
import { fromZod } from "../../src/zod/index.ts";

const strict = { strict: true, label: "parameters" };
const loose = { strict: false, label: "parameters" };

async function parse(source: SchemaSource, value: unknown): Promise<unknown> {
  return compileSchema(source, strict).parse(value);
}

function message(reading: unknown): string {
  expect(reading).toEqual({ ok: false, message: expect.any(String) });
  return Object(reading).message;
}

function problemsOf(build: () => unknown): readonly Problem[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") return error.problems ?? [];
    throw error;
  }
  return [];
}

/** What a user of Valibot gets from `toStandardJsonSchema`. */
function withJson<S extends v.GenericSchema>(
  schema: S,
  json: Record<string, unknown>,
): StandardJsonSchema<v.InferOutput<S>> {
  return { "~standard": { ...schema["~standard"], jsonSchema: { input: () => json } } };
}

const pathJson = { type: "object", properties: { path: { type: "string" } }, required: ["path"] };

describe("null in strict mode", () => {
  test("is absent for an optional property, at any depth, and stays where it is a value", async () => {
    const Node = z.object({
      name: z.string().optional(),
      get next() {
        return Node.optional();
      },
    });
    const schema = z.object({
      a: z.string().optional(),
      b: z.string().nullable(),
      c: z.string().nullish(),
      d: z.number().default(3),
      nested: z.object({ a: z.string().optional() }),
      list: z.array(z.object({ a: z.string().optional(), b: z.null() })),
      union: z.array(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("x"), a: z.number().optional() }),
          z.object({ kind: z.literal("y"), a: z.number().nullable() }),
        ]),
      ),
      node: Node,
    });

    expect(
      await parse(schema, {
        a: null,
        b: null,
        c: null,
        d: null,
        nested: { a: null },
        list: [{ a: null, b: null }],
        union: [
          { kind: "x", a: null },
          { kind: "y", a: null },
        ],
        node: { name: null, next: { name: "n", next: { name: null, next: null } } },
      }),
    ).toEqual({
      ok: true,
      args: {
        b: null,
        c: null,
        d: 3,
        nested: {},
        list: [{ b: null }],
        union: [{ kind: "x" }, { kind: "y", a: null }],
        node: { next: { name: "n", next: {} } },
      },
    });
  });

  test("is absent in raw JSON Schema too, before validation", async () => {
    const schema = {
      type: "object",
      properties: {
        a: { type: "string" },
        at: { $ref: "#/$defs/at" },
        "b-c": { type: ["string", "null"] },
      },
      $defs: { at: { type: "object", properties: { line: { type: "integer" } } } },
    };

    expect(await parse(schema, { a: null, at: { line: null }, "b-c": null })).toEqual({
      ok: true,
      args: { at: {}, "b-c": null },
    });
    expect(await parse(schema, { at: null })).toEqual({ ok: true, args: {} });
    expect(await parse(schema, {})).toEqual({ ok: true, args: {} });
  });

  test("stays null without strict mode, which changes no schema", async () => {
    const schema = z.object({ a: z.string().optional(), b: z.record(z.string(), z.number()) });
    const { json, parse } = compileSchema(schema, loose);

    expect(json).toEqual({
      type: "object",
      properties: {
        a: { type: "string" },
        b: {
          type: "object",
          propertyNames: { type: "string" },
          additionalProperties: { type: "number" },
        },
      },
      required: ["b"],
    });
    expect(await parse({ b: { x: 1 } })).toEqual({ ok: true, args: { b: { x: 1 } } });
    expect(message(await parse({ a: null, b: {} }))).toContain("\n- a: ");
  });

  test("does not change the value that came in", async () => {
    const value = Object.freeze({ a: null, list: Object.freeze([Object.freeze({ b: null })]) });
    const schema = z.object({
      a: z.string().optional(),
      list: z.array(z.object({ b: z.string().optional() })),
    });

    expect(await parse(schema, value)).toEqual({ ok: true, args: { list: [{}] } });
  });

  test("every value of a schema comes back from its strict form", async () => {
    const scalar = fc.constantFrom(
      { type: "string" },
      { type: "integer" },
      { type: ["number", "null"] },
      { enum: ["x", "y"] },
      { const: 1 },
    );
    const { schema } = fc.letrec<{ schema: Shape }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.record({ type: fc.constant("array"), items: tie("schema") }),
        fc
          .tuple(fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema")), fc.boolean())
          .map(([properties, all]) => ({
            type: "object",
            properties,
            required: Object.keys(properties).filter((key) => all || key === "a"),
          })),
        fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((branches) => ({
          anyOf: branches.map((branch, index) => ({
            type: "object",
            properties: { tag: { const: index }, value: branch },
            required: ["tag"],
          })),
        })),
      ),
    }));
    const ajv = new Ajv2020({ strict: false, logger: false });

    await fc.assert(
      fc.asyncProperty(schema, fc.infiniteStream(fc.nat(9)), async (node, stream) => {
        const choose = () => stream.next().value ?? 0;
        const source: Shape & JsonSchema = { type: "object", properties: { node } };
        const { json, parse } = compileSchema(source, strict);
        const value = example(source, choose);
        const sent = filled(json, value);

        expect(ajv.validate(source, value)).toBe(true);
        expect([ajv.validate(json, sent), ajv.errors]).toEqual([true, null]);
        expect(await parse(sent)).toEqual({ ok: true, args: value });
      }),
    );
  });
});

/** The schemas of the law above, and their strict forms. */
interface Shape {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** A value that fits the schema, by the choices given. */
function example(schema: Shape, choose: () => number): unknown {
  const { anyOf, type, items, properties, required = [] } = schema;
  if (anyOf) return example(anyOf[choose() % anyOf.length] ?? {}, choose);
  if (schema.enum) return schema.enum[choose() % schema.enum.length];
  if ("const" in schema) return schema.const;
  if (items) return Array.from({ length: choose() % 3 }, () => example(items, choose));
  if (properties) {
    // One that takes null is never left out: strict mode has no other word for that.
    const present = Object.entries(properties).filter(
      ([key, part]) => required.includes(key) || part.type?.includes("null") || choose() % 2,
    );
    return Object.fromEntries(present.map(([key, part]) => [key, example(part, choose)]));
  }
  return type === "string" ? "s" : type === "integer" ? 7 : choose() % 2 ? 1.5 : null;
}

/** The value as a model has to send it: with `null` for each property that it leaves out. */
function filled(schema: Shape, value: unknown): unknown {
  const { anyOf, items = {}, properties = {} } = schema;
  if (anyOf) return filled(anyOf.find((branch) => means(branch, value)) ?? {}, value);
  if (Array.isArray(value)) return value.map((item) => filled(items, item));
  if (typeof value !== "object" || value === null) return value;
  const sent = new Map(Object.entries(value));
  return Object.fromEntries(
    Object.entries(properties).map(([key, part]) => [
      key,
      sent.has(key) ? filled(part, sent.get(key)) : null,
    ]),
  );
}

function means(branch: Shape, value: unknown): boolean {
  if (branch.anyOf) return branch.anyOf.some((part) => means(part, value));
  if (Array.isArray(value)) return branch.items !== undefined;
  if (typeof value !== "object" || value === null) return !branch.items && !branch.properties;
  const tag = "tag" in value ? value.tag : undefined;
  return branch.properties !== undefined && branch.properties.tag?.const === tag;
}

describe("what a model is told", () => {
  test("has the path of each issue, what was expected and what came", async () => {
    const schema = z.object({
      path: z.string(),
      edits: z.array(z.object({ line: z.int(), "a-b": z.enum(["x", "y"]) })),
      either: z.union([z.string(), z.number()]),
    });

    expect(
      await parse(schema, {
        edits: [
          { line: 1, "a-b": "x" },
          { line: "2", "a-b": {} },
        ],
        either: true,
      }),
    ).toEqual({
      ok: false,
      message: [
        "Does not fit the schema:",
        "- path: Invalid input: expected string, received undefined, got nothing",
        '- edits[1].line: Invalid input: expected number, received string, got "2"',
        '- edits[1].a-b: Invalid option: expected one of "x"|"y", got {}',
        "- either: Invalid input, got true",
        "- path: expected a value, got nothing",
        '- edits[1].line: expected integer, got "2"',
        '- edits[1].a-b: expected "x" or "y", got {}',
        "- either: expected string or number, got true",
      ].join("\n"),
    });
  });

  test("is the same for raw JSON Schema, where a property unknown to it is an issue", async () => {
    expect(await parse(pathJson, { path: ["a", "b"], pth: "x" })).toEqual({
      ok: false,
      message: [
        "Does not fit the schema:",
        '- path: expected string, got ["a","b"]',
        '- pth: expected nothing, got "x"',
      ].join("\n"),
    });
    expect(await parse(pathJson, null)).toEqual({
      ok: false,
      message: "Does not fit the schema:\n- (root): expected object, got null",
    });
  });

  test("is the same for ArkType and Valibot", async () => {
    expect(message(await parse(type({ path: "string" }), { path: 1 }))).toBe(
      "Does not fit the schema:\n- path: path must be a string (was a number), got 1\n- path: expected string, got 1",
    );
    const valibot = withJson(v.object({ path: v.pipe(v.string(), v.startsWith("/")) }), pathJson);
    expect(message(await parse(valibot, { path: "a" }))).toBe(
      'Does not fit the schema:\n- path: Invalid start: Expected "/" but received "a", got "a"',
    );
  });

  test("names what only the library knows, and what strict mode could not say", async () => {
    const schema = z.object({ name: z.string().min(3), url: z.url() });

    expect(message(await parse(schema, { name: "a", url: "b" }))).toBe(
      [
        "Does not fit the schema:",
        '- name: Too small: expected string to have >=3 characters, got "a"',
        '- url: Invalid URL, got "b"',
        '- name: expected minLength 3, got "a"',
      ].join("\n"),
    );
    const raw = { ...pathJson, properties: { path: { type: "string", minLength: 3 } } };
    expect(message(await parse(raw, { path: "a" }))).toBe(
      'Does not fit the schema:\n- path: expected minLength 3, got "a"',
    );
  });

  test("stays below 2,000 characters and 20 issues, and repeats no long value", async () => {
    const long = "x".repeat(100_000);
    const raw = { type: "object", properties: {} };
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}${long}`, long]),
    );
    const echo = z.object({
      a: z.array(z.string().refine(() => false, { error: (issue) => String(issue.input) })),
    });

    for (const [source, value] of [
      [raw, many],
      [raw, Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, 1]))],
      [echo, { a: Array.from({ length: 40 }, () => long) }],
      [echo, { a: [long] }],
      [pathJson, { path: "a", [long]: 1 }],
      [z.object({ a: z.literal("b") }), { a: long }],
    ] as const) {
      const text = message(await parse(source, value));
      expect(text).toMatch(/^Does not fit the schema:\n- .*: .*, got /);
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(text.split("\n- ").length - 1).toBeLessThanOrEqual(21);
      expect(text).not.toContain("x".repeat(201));
    }
  });

  test("is short when a check of the user's own throws", async () => {
    const fail = () => {
      throw new Error("database is down");
    };
    const sync = z.object({ a: z.string().refine(fail) });
    const later: StandardJsonSchema = {
      "~standard": {
        ...z.object({ a: z.string() })["~standard"],
        validate: async () => fail(),
      },
    };
    const expected = { ok: false, message: "Could not be checked: database is down" };

    expect(await parse(sync, { a: "x" })).toEqual(expected);
    expect(await parse(later, { a: "x" })).toEqual(expected);
  });

  test("is short for a value that nests without end", async () => {
    const schema = { type: "object", properties: { a: { $ref: "#" } } };
    let value = {};
    for (let level = 0; level < 50_000; level++) value = { a: value };

    expect(message(await parse(schema, value))).toMatch(/^Could not be checked: /);
  });
});

test("validation may take time", async () => {
  const schema = z.object({ a: z.string().refine(async (text) => text === "x") });

  expect(await parse(schema, { a: "x" })).toEqual({ ok: true, args: { a: "x" } });
  expect(message(await parse(schema, { a: "y" }))).toBe(
    'Does not fit the schema:\n- a: Invalid input, got "y"',
  );
});

test("args are what the schema puts out", async () => {
  const schema = z.object({ n: z.string().transform(Number), only: z.string().optional() });

  expect(await parse(schema, { n: "4", only: null, extra: true })).toEqual({
    ok: true,
    args: { n: 4 },
  });
  expect(await parse(type({ "n?": "string.numeric.parse" }), { n: "4" })).toEqual({
    ok: true,
    args: { n: 4 },
  });
});

test("a schema that only says JSON Schema is validated by that", async () => {
  const source = {
    "~standard": { version: 1, vendor: "x", jsonSchema: { input: () => pathJson } },
  };

  expect(await parse(source, { path: "a" })).toEqual({ ok: true, args: { path: "a" } });
  expect(message(await parse(source, { path: 1 }))).toContain("- path: expected string, got 1");
});

describe("what is no schema for a tool", () => {
  const fix = "pass JSON Schema, a zod or ArkType schema, or fromZod(…)";
  const refused = (source: unknown, options = strict) =>
    problemsOf(() => compileSchema(source as SchemaSource, options));

  test.for([[undefined], [null], ["string"], [[]], [() => {}]])("%s", ([source]) => {
    expect(refused(source)).toEqual([
      { level: "error", path: "parameters", message: "has no JSON Schema", fix },
    ]);
  });

  test.for([
    ["zod", mini.object({})],
    ["zod", z3.object({})],
    ["valibot", v.object({})],
  ] as const)("a schema of %s without JSON Schema", ([, source]) => {
    expect(refused(source)).toEqual([
      { level: "error", path: "parameters", message: "has no JSON Schema", fix },
    ]);
  });

  test("one whose library cannot say it", () => {
    const input = () => {
      throw new Error("No JSON Schema for a Date");
    };
    const source = { "~standard": { version: 1, vendor: "x", jsonSchema: { input } } };

    expect(refused(source)).toEqual([
      { level: "error", path: "parameters", message: "No JSON Schema for a Date", fix },
    ]);
  });

  test("without strict mode, a root that is no object, and nothing else", () => {
    const fix = "put it into a property of an object";
    const problem = { level: "error", path: "parameters", message: "is not an object", fix };

    expect(refused(z.union([z.object({}), z.string()]), loose)).toEqual([problem]);
    expect(refused({ type: "array" }, loose)).toEqual([problem]);
    expect(refused(z.object({ a: z.any(), b: z.date() }), loose)).toEqual([]);
  });
});

test("without strict mode a root reference is inlined, and only `$schema` is dropped", () => {
  const source = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $ref: "#/$defs/a",
    $defs: { a: { type: "object", properties: { a: { $ref: "#/$defs/a", default: 1 } } } },
  };

  expect(compileSchema(source, loose).json).toEqual({
    type: "object",
    properties: { a: { $ref: "#/$defs/a", default: 1 } },
    $defs: source.$defs,
  });
});

test("args are typed by the schema", () => {
  type Args<S> = S extends CompiledSchema<infer T> ? T : never;
  const typed = <T>(compiled: CompiledSchema<T>): CompiledSchema<T> => compiled;

  const zod = typed(compileSchema(z.object({ a: z.string(), b: z.number().default(1) }), strict));
  expectTypeOf<Args<typeof zod>>().toEqualTypeOf<{ a: string; b: number }>();
  expectTypeOf(zod.parse).returns.toEqualTypeOf<Promise<Reading<{ a: string; b: number }>>>();

  const ark = compileSchema(type({ a: "string", "b?": "number" }), strict);
  expectTypeOf<Args<typeof ark>>().toEqualTypeOf<{ a: string; b?: number }>();

  const valibot = compileSchema(withJson(v.object({ a: v.string() }), pathJson), strict);
  expectTypeOf<Args<typeof valibot>>().toEqualTypeOf<{ a: string }>();

  const three = compileSchema(fromZod(z3.object({ a: z3.string().optional() })), strict);
  expectTypeOf<Args<typeof three>>().toEqualTypeOf<{ a?: string | undefined }>();

  const small = compileSchema(fromZod(mini.object({ a: mini.number() })), strict);
  expectTypeOf<Args<typeof small>>().toEqualTypeOf<{ a: number }>();

  const raw = compileSchema(
    {
      type: "object",
      properties: {
        path: { type: "string" },
        mode: { enum: ["r", "w"] },
        lines: { type: "array", items: { type: "integer" } },
        at: {
          type: ["object", "null"],
          properties: { x: { type: "number" }, y: { type: "boolean" } },
          required: ["x"],
        },
        either: { anyOf: [{ type: "string" }, { const: 1 }] },
        ref: { $ref: "#/$defs/x" },
      },
      required: ["path", "lines"],
      $defs: { x: { type: "string" } },
    },
    strict,
  );
  expectTypeOf<Args<typeof raw>>().toEqualTypeOf<{
    path: string;
    lines: number[];
    mode?: "r" | "w";
    at?: { x: number; y?: boolean } | null;
    either?: string | 1;
    ref?: unknown;
  }>();

  expectTypeOf<InferSchema<{ type: "object" }>>().toEqualTypeOf<Record<string, unknown>>();
  expectTypeOf<InferSchema<JsonSchema>>().toEqualTypeOf<Record<string, unknown>>();
  expectTypeOf<InferSchema<SchemaSource>>().toEqualTypeOf<unknown>();

  // @ts-expect-error zod mini says its JSON Schema only through fromZod
  expect(() => compileSchema(mini.object({}), strict)).toThrow();
  // @ts-expect-error Valibot says its JSON Schema only through toStandardJsonSchema
  expect(() => compileSchema(v.object({}), strict)).toThrow();
});
