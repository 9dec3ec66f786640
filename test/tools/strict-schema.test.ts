import { type } from "arktype";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type CodexError, isCodexError, type Problem } from "../../src/errors.ts";
import { compileSchema } from "../../src/tools/schema.ts";
import { strictSchema } from "../../src/tools/strict-schema.ts";

function problemsOf(build: () => unknown): readonly Problem[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") return error.problems ?? [];
    throw error;
  }
  return [];
}

/** The properties of the strict form of an object with these properties, all of them required. */
function mended(properties: Record<string, unknown>, rest: object = {}): unknown {
  const required = Object.keys(properties);
  return strictSchema({ type: "object", properties, required, ...rest }).properties;
}

/** Path and message of what is refused of an object with these properties. */
function refused(properties: Record<string, unknown>, rest: object = {}): string[] {
  return problemsOf(() => mended(properties, rest)).map(
    ({ path, message }) => `${path} ${message}`,
  );
}

const string = { type: "string" };
const object = (properties: Record<string, unknown>, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
});
const closed = (properties: Record<string, unknown>) => ({
  ...object(properties),
  additionalProperties: false,
});

describe("what is mended", () => {
  test("an optional property becomes required and nullable, in every place", () => {
    const item = object({ id: string, note: string }, ["id"]);
    const source = {
      type: "object",
      properties: {
        path: string,
        depth: { type: "integer", description: "How deep", minimum: 0 },
        mode: { enum: ["r", "w"], description: "How" },
        kind: { type: "string", const: "k" },
        range: object({ from: string, to: string }, []),
        tags: { type: "array", items: string },
        items: { type: "array", items: item },
        either: { anyOf: [string, item] },
        node: { $ref: "#/$defs/node" },
      },
      required: ["path", "items"],
      $defs: { node: object({ value: string, next: { $ref: "#/$defs/node" } }, ["value"]) },
    };
    const nullable = { type: ["string", "null"] };
    const none = { type: "null" };
    const strictItem = closed({ id: string, note: nullable });

    expect(strictSchema(source)).toEqual({
      ...closed({
        path: string,
        depth: { type: ["integer", "null"], description: "How deep", minimum: 0 },
        mode: { anyOf: [{ type: "string", enum: ["r", "w"], description: "How" }, none] },
        kind: { anyOf: [{ type: "string", const: "k" }, none] },
        range: { anyOf: [closed({ from: nullable, to: nullable }), none] },
        tags: { anyOf: [{ type: "array", items: string }, none] },
        items: { type: "array", items: strictItem },
        either: { anyOf: [string, strictItem, none] },
        node: { anyOf: [{ $ref: "#/$defs/node" }, none] },
      }),
      $defs: { node: closed({ value: string, next: { anyOf: [{ $ref: "#/$defs/node" }, none] } }) },
    });
  });

  test("an optional property that takes null already stays as it is", () => {
    const properties = {
      a: { type: ["string", "null"] },
      b: { anyOf: [string, { type: "null" }] },
      c: { enum: ["x", null] },
      d: { $ref: "#/$defs/maybe" },
      e: { oneOf: [string, { type: "null" }] },
    };
    const $defs = { maybe: { type: ["number", "null"] } };

    expect(strictSchema({ type: "object", properties, $defs })).toEqual({
      ...closed({
        ...properties,
        c: { type: ["string", "null"], enum: ["x", null] },
        e: properties.b,
      }),
      $defs,
    });
  });

  test("what says nothing to strict mode is dropped, and what people wrote for the model stays", () => {
    expect(
      strictSchema({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: "urn:x",
        $comment: "no",
        title: "Search",
        description: "Looks for text.",
        type: "object",
        properties: {
          text: { type: "string", default: "x", examples: ["y"], deprecated: true, "x-order": 1 },
          count: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: 9, readOnly: true },
        },
        required: ["text", "count"],
        unevaluatedProperties: false,
        $defs: { unused: { not: {} } },
      }),
    ).toEqual({
      title: "Search",
      description: "Looks for text.",
      ...closed({ text: string, count: { type: "integer", maximum: 9 } }),
    });
  });

  test("limits and formats that strict mode knows stay", () => {
    const properties = {
      a: { type: "number", minimum: 1, exclusiveMaximum: 2, multipleOf: 0.5 },
      b: { type: "number", exclusiveMinimum: 1, maximum: 2 },
      c: { type: "array", items: string, minItems: 1, maxItems: 3 },
      d: { type: "string", pattern: "^(?:a|(?<name>b))$" },
      ...Object.fromEntries(
        "date-time time date duration email hostname ipv4 ipv6 uuid"
          .split(" ")
          .map((format) => [format, { type: "string", format }]),
      ),
    };

    expect(mended(properties)).toEqual(properties);
  });

  test("limits that validation holds afterwards are left out", () => {
    expect(
      mended({
        a: { type: "string", minLength: 1, maxLength: 9 },
        b: { type: "string", pattern: "^(?!x)y" },
        c: { type: "string", pattern: "(?<=x)y" },
        d: { type: "string", pattern: "(a)\\1" },
      }),
    ).toEqual({ a: string, b: string, c: string, d: string });
  });

  test("a `oneOf` whose branches cannot overlap becomes `anyOf`", () => {
    const a = object({ kind: { const: "a", type: "string" }, x: string });
    const b = object({ kind: { enum: ["b", "c"], type: "string" } });

    expect(
      mended({ tagged: { oneOf: [a, b] }, typed: { oneOf: [string, { type: "number" }] } }),
    ).toEqual({
      tagged: { anyOf: [closed(a.properties), closed(b.properties)] },
      typed: { anyOf: [string, { type: "number" }] },
    });
  });

  test("`allOf` goes into its schema", () => {
    expect(
      mended(
        {
          one: { description: "One", allOf: [object({ a: string })] },
          both: { type: "object", allOf: [object({ a: string }), object({ b: string }, [])] },
          text: { type: "string", allOf: [{ pattern: "^a" }, { pattern: "b$" }, { maxLength: 3 }] },
          ref: { description: "Ref", allOf: [{ $ref: "#/$defs/r" }] },
        },
        { $defs: { r: object({ a: string }) } },
      ),
    ).toEqual({
      one: { description: "One", ...closed({ a: string }) },
      both: closed({ a: string, b: { type: ["string", "null"] } }),
      text: { type: "string", pattern: "^a" },
      ref: { description: "Ref", ...closed({ a: string }) },
    });
  });

  test("a type that values tell is written down", () => {
    expect(
      mended({
        a: { const: "x" },
        b: { enum: [1, "x", null] },
        d: { type: ["string"] },
      }),
    ).toEqual({
      a: { type: "string", const: "x" },
      b: { type: ["number", "string", "null"], enum: [1, "x", null] },
      d: string,
    });
  });

  test("references to any place of the schema become definitions", () => {
    const point = object({ x: { type: "number" } });

    expect(
      strictSchema({
        type: "object",
        properties: {
          from: point,
          to: { $ref: "#/properties/from" },
          by: { $ref: "#/definitions/by-hand" },
          all: { type: "array", items: { $ref: "#" } },
        },
        required: ["from", "to", "by", "all"],
        definitions: { "by-hand": string },
      }),
    ).toEqual({
      ...closed({
        from: closed(point.properties),
        to: { $ref: "#/$defs/properties_from" },
        by: { $ref: "#/$defs/definitions_by_hand" },
        all: { type: "array", items: { $ref: "#" } },
      }),
      $defs: { properties_from: closed(point.properties), definitions_by_hand: string },
    });
  });

  test("a root that is a reference becomes the object it points to", () => {
    const node = object({ next: { $ref: "#/$defs/node" } }, []);
    const next = { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] };

    expect(strictSchema({ $ref: "#/$defs/node", description: "A", $defs: { node } })).toEqual({
      description: "A",
      ...closed({ next }),
      $defs: { node: closed({ next }) },
    });
  });

  test("a tool without arguments has a closed empty object", () => {
    expect(strictSchema({ type: "object" })).toEqual(closed({}));
    expect(strictSchema(z.object({}))).toEqual(closed({}));
  });
});

describe("what is refused", () => {
  test("every keyword that strict mode lacks, by its path", () => {
    const keywords = [
      "not if then else dependentRequired dependentSchemas dependencies patternProperties",
      "minProperties maxProperties minContains maxContains contains uniqueItems",
      "unevaluatedProperties unevaluatedItems $anchor $dynamicRef $dynamicAnchor",
      "contentEncoding contentMediaType",
    ].flatMap((words) => words.split(" "));
    const properties = Object.fromEntries(
      keywords.map((keyword) => [keyword, { ...object({}), [keyword]: {} }]),
    );

    expect(refused(properties)).toEqual(
      keywords.map((keyword) => `schema.${keyword} strict mode has no such \`${keyword}\``),
    );
  });

  test("everything at once, nested, in arrays, branches and definitions", () => {
    expect(
      problemsOf(() =>
        strictSchema({
          type: "object",
          properties: {
            open: { type: "object", additionalProperties: true },
            map: { type: "object", additionalProperties: string, propertyNames: string },
            list: { type: "array", items: object({ any: {} }) },
            bare: { type: "array" },
            tuple: { type: "array", prefixItems: [string], items: false },
            oldTuple: { type: "array", items: [string] },
            union: { anyOf: [string, {}] },
            ref: { $ref: "#/$defs/bad" },
            lost: { $ref: "#/$defs/none" },
            far: { $ref: "https://example.com/schema" },
            free: { type: "object" },
            url: { type: "string", format: "uri" },
            mixed: { anyOf: [string], properties: {} },
            exclusive: { oneOf: [object({ a: string }), object({ b: string })] },
            yes: true,
          },
          required: ["open", "ghost"],
          $defs: { bad: object({ never: { not: {} } }) },
        }),
      ),
    ).toEqual(
      (
        [
          ["open", "takes any property", "list them, or turn strict off"],
          ["map", "takes any property", "list them, or turn strict off"],
          ["list[].any", "has no type that JSON has", "give it one"],
          ["bare[]", "has no type that JSON has", "give it one"],
          ["tuple", "is a tuple", "use an object"],
          ["oldTuple", "is a tuple", "use an object"],
          ["union.anyOf[1]", "has no type that JSON has", "give it one"],
          ["ref.never", "strict mode has no such `not`", "leave it out"],
          ["ref.never", "has no type that JSON has", "give it one"],
          ["lost", '$ref "#/$defs/none" points nowhere', "define it in `$defs`"],
          ["far", '$ref "https://example.com/schema" points nowhere', "define it in `$defs`"],
          ["free", "takes any property", "list them, or turn strict off"],
          ["url", "strict mode has no such `format`", "leave it out"],
          ["mixed", "mixes anyOf, properties", "keep one"],
          ["exclusive", "`oneOf` may overlap", "use `anyOf`, or require a `const` in each"],
          ["yes", "has no type that JSON has", "give it one"],
          ["ghost", "is required, not listed", "list it"],
        ] as const
      ).map(([path, message, fix]) => ({ level: "error", path: `schema.${path}`, message, fix })),
    );
  });

  test.for([
    [z.string()],
    [z.array(z.string())],
    [z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
    [z.object({ a: z.string() }).nullable()],
    [type({ a: "string" }).or({ b: "string" })],
    [{ type: ["object", "null"], properties: {} }],
    [{ anyOf: [{ type: "object", properties: {} }] }],
  ])("a root that is no object", ([source]) => {
    const fix = "put it into a property of an object";
    expect(problemsOf(() => compileSchema(source as never, { strict: true, label: "x" }))).toEqual([
      { level: "error", path: "x", message: "is not an object", fix },
    ]);
  });

  test("a `oneOf` whose branches share a constant, or do not all require it", () => {
    const kind = (value: string, required = ["kind"]) =>
      object({ kind: { type: "string", const: value } }, required);

    expect(
      refused({
        same: { oneOf: [kind("a"), kind("b"), kind("a")] },
        loose: { oneOf: [kind("a"), kind("b", [])] },
        some: { oneOf: [kind("a"), object({ kind: string })] },
        types: { oneOf: [{ type: ["string", "null"] }, { type: ["null", "number"] }] },
      }),
    ).toEqual([
      "schema.same `oneOf` may overlap",
      "schema.loose `oneOf` may overlap",
      "schema.some `oneOf` may overlap",
      "schema.types `oneOf` may overlap",
    ]);
  });
});

describe("limits", () => {
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const wide = (count: number) =>
    object(Object.fromEntries(many(count, (index) => [`p${index}`, string])));
  const deep = (levels: number): object =>
    levels === 0 ? string : { type: "array", items: object({ a: deep(levels - 1) }) };

  test("ten levels of objects, and no more", () => {
    expect(refused({ a: deep(9) })).toEqual([]);
    expect(refused({ a: deep(10) })).toEqual([
      `schema.a${"[].a".repeat(9)}[] 11 levels of objects`,
    ]);
  });

  test("5,000 properties in all", () => {
    expect(refused({ a: wide(4_998), b: string })).toEqual([]);
    expect(refused({ a: wide(4_998), b: string, c: string })).toEqual(["schema 5001 properties"]);
  });

  test("120,000 characters of names and values in all", () => {
    const text = (length: number) => ({ const: "x".repeat(length) });

    expect(refused({ a: text(100_000), b: text(19_998) })).toEqual([]);
    expect(refused({ a: text(100_000), b: text(19_999) })).toEqual(["schema 120001 characters"]);
    const rest = { $defs: { name: string } };
    expect(refused({ a: text(119_994), b: { $ref: "#/$defs/name" } }, rest)).toEqual([]);
    expect(refused({ a: text(119_995), b: { $ref: "#/$defs/name" } }, rest)).toEqual([
      "schema 120001 characters",
    ]);
  });

  test("1,000 enum values in all", () => {
    const choice = (count: number) => ({ enum: many(count, (index) => index) });

    expect(refused({ a: choice(500), b: choice(500) })).toEqual([]);
    expect(refused({ a: choice(500), b: choice(501) })).toEqual(["schema 1001 enum values"]);
  });

  test("15,000 characters in one enum of more than 250 values", () => {
    const choice = (count: number, length: number) => ({
      enum: many(count, (index) => String(index).padStart(length, "x")),
    });

    expect(refused({ a: choice(250, 100), b: choice(300, 50) })).toEqual([]);
    expect(refused({ a: choice(251, 60) })).toEqual(["schema.a 15060 characters"]);
  });
});

describe("laws", () => {
  const source = Object.freeze({
    type: "object",
    properties: Object.freeze({
      z: Object.freeze({ type: "string", minLength: 1 }),
      a: Object.freeze({ allOf: Object.freeze([Object.freeze({ enum: Object.freeze(["x"]) })]) }),
      m: Object.freeze({ $ref: "#/$defs/d" }),
    }),
    $defs: Object.freeze({ d: Object.freeze({ type: "object", properties: Object.freeze({}) }) }),
  });

  test("the source is never changed", () => {
    expect(() => strictSchema(source)).not.toThrow();
  });

  test("the same source gives the same text, with properties in its order", () => {
    const text = JSON.stringify(strictSchema(source));

    expect(JSON.stringify(strictSchema(structuredClone(source)))).toBe(text);
    expect(text).toBe(
      '{"type":"object","properties":{"z":{"type":["string","null"]},' +
        '"a":{"anyOf":[{"enum":["x"],"type":"string"},{"type":"null"}]},' +
        '"m":{"anyOf":[{"$ref":"#/$defs/d"},{"type":"null"}]}},"required":["z","a","m"],' +
        '"additionalProperties":false,"$defs":{"d":{"type":"object","properties":{},' +
        '"required":[],"additionalProperties":false}}}',
    );
  });

  test("what is strict already comes out the same", () => {
    const once = strictSchema(source);

    expect(strictSchema(once)).toEqual(once);
  });

  test("names that objects inherit are names like others", () => {
    const properties = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"type":"number"}}',
    );
    const json = strictSchema({ type: "object", properties, required: ["constructor"] });

    expect(JSON.stringify(json.properties)).toBe(
      '{"__proto__":{"type":["string","null"]},"constructor":{"type":"number"}}',
    );
    const ref = { $ref: "#/$defs/constructor" };
    expect(
      strictSchema({ ...object({ ref }), $defs: { constructor: { type: "number" } } }),
    ).toEqual({ ...closed({ ref }), $defs: { constructor: { type: "number" } } });
  });
});

describe("zod", () => {
  test("says what JSON cannot, all at once", () => {
    const schema = z.object({
      date: z.date(),
      set: z.set(z.string()),
      map: z.map(z.string(), z.string()),
      any: z.any(),
      unknown: z.unknown(),
      bigint: z.bigint(),
      record: z.record(z.string(), z.number()),
      tuple: z.tuple([z.string(), z.number()]),
      never: z.never(),
      custom: z.custom(),
      loose: z.looseObject({}),
      rest: z.object({}).catchall(z.string()),
      file: z.file(),
      deep: z.array(z.object({ when: z.date().optional() })),
    });
    const anything = "has no type that JSON has";

    expect(
      problemsOf(() => strictSchema(schema)).map(({ path, message }) => [path.slice(7), message]),
    ).toEqual([
      ["date", anything],
      ["set", anything],
      ["map", anything],
      ["any", anything],
      ["unknown", anything],
      ["bigint", anything],
      ["record", "takes any property"],
      ["tuple", "is a tuple"],
      ["never", "strict mode has no such `not`"],
      ["never", anything],
      ["custom", anything],
      ["loose", "takes any property"],
      ["rest", "takes any property"],
      ["file", "strict mode has no such `contentEncoding`"],
      ["deep[].when", anything],
    ]);
  });

  test("an object is written as the input of its transforms and defaults", () => {
    const Node = z.object({
      name: z.string().min(1),
      get next() {
        return Node.optional();
      },
    });
    const schema = z.object({
      url: z.url().optional().describe("Where"),
      count: z.int().positive().default(3),
      size: z.string().transform((text) => text.length),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("dot"), at: z.number().nullish() }),
        z.object({ kind: z.literal("line"), to: z.number().optional() }),
      ]),
      mode: z.enum(["r", "w"]).nullable(),
      tree: Node.describe("Tree"),
    });

    const node = closed({
      name: string,
      next: { anyOf: [{ $ref: "#/$defs/__schema0" }, { type: "null" }] },
    });
    expect(strictSchema(schema)).toEqual({
      ...closed({
        url: { type: ["string", "null"], description: "Where" },
        count: { type: ["integer", "null"], exclusiveMinimum: 0 },
        size: string,
        shape: {
          anyOf: [
            closed({ kind: { ...string, const: "dot" }, at: { type: ["number", "null"] } }),
            closed({ kind: { ...string, const: "line" }, to: { type: ["number", "null"] } }),
          ],
        },
        mode: { anyOf: [{ ...string, enum: ["r", "w"] }, { type: "null" }] },
        tree: { ...node, description: "Tree" },
      }),
      $defs: { __schema0: node },
    });
  });
});

test("a problem can be read by people", () => {
  let error: CodexError | undefined;
  try {
    compileSchema(z.object({ glob: z.any() }), { strict: true, label: 'tool "grep": parameters' });
  } catch (caught) {
    if (isCodexError(caught)) error = caught;
  }

  expect(error?.message).toBe(
    'Invalid request, 1 problem:\n- tool "grep": parameters.glob: ' +
      "has no type that JSON has — give it one",
  );
});
