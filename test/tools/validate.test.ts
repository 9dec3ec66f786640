import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validate } from "../../src/tools/validate.ts";

function issues(schema: unknown, value: unknown): [path: string, expected: string, got: unknown][] {
  return validate(schema, value).map(({ path, expected, got }) => [path, expected, got]);
}

describe("issues", () => {
  test("of types, also several, with whole numbers as numbers", () => {
    expect(issues({ type: "string" }, 1)).toEqual([["", "string", 1]]);
    expect(issues({ type: ["string", "null"] }, [])).toEqual([["", "string or null", []]]);
    expect(issues({ type: "number" }, 1)).toEqual([]);
    expect(issues({ type: "integer" }, 1.5)).toEqual([["", "integer", 1.5]]);
    expect(issues({ type: "object" }, null)).toEqual([["", "object", null]]);
    expect(issues({ type: "array" }, {})).toEqual([["", "array", {}]]);
  });

  test("of values, in any key order", () => {
    expect(issues({ enum: ["a", 1, null] }, "b")).toEqual([["", '"a" or 1 or null', "b"]]);
    expect(issues({ type: "string", const: "a" }, "b")).toEqual([["", '"a"', "b"]]);
    expect(issues({ const: { a: 1, b: [2] } }, { b: [2], a: 1 })).toEqual([]);
    expect(issues({ const: [1, 2] }, [2, 1])).toEqual([["", "an array of 2", [2, 1]]]);
  });

  test("of limits, each by its name", () => {
    const number = { minimum: 2, maximum: 4, exclusiveMinimum: 2, exclusiveMaximum: 4 };

    expect(issues({ ...number, multipleOf: 3 }, 1)).toEqual([
      ["", "minimum 2", 1],
      ["", "exclusiveMinimum 2", 1],
      ["", "multipleOf 3", 1],
    ]);
    expect(issues(number, 2)).toEqual([["", "exclusiveMinimum 2", 2]]);
    expect(issues(number, 4)).toEqual([["", "exclusiveMaximum 4", 4]]);
    expect(issues(number, 5)).toEqual([
      ["", "maximum 4", 5],
      ["", "exclusiveMaximum 4", 5],
    ]);
    expect(issues({ multipleOf: 0.1 }, 0.3)).toEqual([]);
    expect(issues({ minLength: 2, maxLength: 3, pattern: "^a" }, "b")).toEqual([
      ["", "minLength 2", "b"],
      ["", "pattern ^a", "b"],
    ]);
    expect(issues({ maxLength: 1 }, "👍")).toEqual([]);
    expect(issues({ maxLength: 1 }, "ab")).toEqual([["", "maxLength 1", "ab"]]);
    expect(issues({ minItems: 2 }, [1])).toEqual([["", "minItems 2", [1]]]);
    expect(issues({ maxItems: 0 }, [1])).toEqual([["", "maxItems 0", [1]]]);
  });

  test("of patterns, with or without Unicode mode, and none of one that JavaScript cannot read", () => {
    expect(issues({ pattern: "^\\p{L}$" }, "é")).toEqual([]);
    expect(issues({ pattern: "^a\\-b$" }, "a-b")).toEqual([]);
    expect(issues({ pattern: "^a\\-b$" }, "ab")).toEqual([["", "pattern ^a\\-b$", "ab"]]);
    expect(issues({ pattern: "(?P<x>a)" }, "b")).toEqual([]);
  });

  test("of objects, at the property, what is missing first", () => {
    const schema = {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "array", items: { type: "number" } }, c: {} },
      required: ["a", "c"],
      additionalProperties: false,
    };

    expect(issues(schema, { b: [1, "2"], d: 3 })).toEqual([
      ["a", "string", undefined],
      ["c", "a value", undefined],
      ["b[1]", "number", "2"],
      ["d", "one of the properties a, b, c", 3],
    ]);
  });

  test("of properties that `additionalProperties` describes, and none beside `patternProperties`", () => {
    expect(issues({ additionalProperties: { type: "number" } }, { a: 1, b: "2" })).toEqual([
      ["b", "number", "2"],
    ]);
    expect(issues({ additionalProperties: false, patternProperties: {} }, { a: 1 })).toEqual([]);
  });

  test("of names that objects inherit", () => {
    const schema = { properties: { a: {} }, required: ["toString"], additionalProperties: false };

    expect(issues(schema, JSON.parse('{"constructor":1,"__proto__":2}'))).toEqual([
      ["toString", "a value", undefined],
      ["constructor", "one of the properties a", 1],
      ["__proto__", "one of the properties a", 2],
    ]);
  });

  test("of references, also recursive ones and ones to nothing", () => {
    const schema = {
      $ref: "#/$defs/node",
      $defs: { node: { properties: { v: { type: "string" }, next: { $ref: "#" } } } },
    };

    expect(issues(schema, { next: { next: { v: 1 } } })).toEqual([["next.next.v", "string", 1]]);
    expect(issues({ $ref: "#/$defs/none" }, 1)).toEqual([]);
    expect(issues({ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }, 1)).toEqual([]);
  });

  test("of `allOf`, each part", () => {
    expect(issues({ allOf: [{ minimum: 2 }, { multipleOf: 2 }] }, 1)).toEqual([
      ["", "minimum 2", 1],
      ["", "multipleOf 2", 1],
    ]);
  });

  test("of the boolean schemas", () => {
    expect(issues({ properties: { a: false, b: true } }, { a: 1, b: 1 })).toEqual([
      ["a", "nothing", 1],
    ]);
  });
});

describe("issues of unions", () => {
  const branch = (kind: string, rest: object) => ({
    type: "object",
    properties: { kind: { const: kind }, ...rest },
    required: ["kind", ...Object.keys(rest)],
  });
  const union = {
    anyOf: [
      branch("read", { path: { type: "string" } }),
      branch("write", { path: { type: "string" }, text: { type: "string" } }),
      { type: "null" },
    ],
  };

  test("are those of the branch that was meant", () => {
    expect(issues(union, { kind: "write", path: "a", text: 1 })).toEqual([["text", "string", 1]]);
    expect(issues(union, { kind: "read" })).toEqual([["path", "string", undefined]]);
  });

  test("name every choice where no branch fits", () => {
    const scalar = { oneOf: [{ type: "string" }, { type: "number" }, { type: "string" }] };

    expect(issues(scalar, true)).toEqual([["", "string or number", true]]);
    expect(issues(union, 1)).toEqual([["", "object or null", 1]]);
    expect(
      issues({ anyOf: union.anyOf.slice(0, 2) }, { kind: "move", path: "a", text: "b" }),
    ).toEqual([["kind", '"read" or "write"', "move"]]);
  });
});

describe("closed", () => {
  const schema = {
    properties: {
      a: { properties: { b: {} } },
      open: { properties: {}, additionalProperties: true },
    },
  };
  const value = { a: { b: 1, c: 2 }, open: { d: 3 }, e: 4 };

  test("refuses properties that an object silent about others does not list", () => {
    expect(validate(schema, value, schema, true).map(({ path }) => path)).toEqual(["a.c", "e"]);
    expect(validate(schema, value, schema)).toEqual([]);
  });
});

test("an issue in every one of very many items takes no time", () => {
  const items = { anyOf: [{ type: "string" }, { type: "object", properties: { a: false } }] };
  const value = Array.from({ length: 100_000 }, () => ({ a: 1 }));

  expect(validate({ anyOf: [{ type: "array", items }, { type: "null" }] }, value)).toHaveLength(50);
}, 2_000);

describe("against another validator", () => {
  const scalar = fc.constantFrom(null, true, 0, 1, 2.5, -3, "", "a", "ab", "b");
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    ),
  }));
  const name = fc.constantFrom("string", "number", "integer", "boolean", "null", "object", "array");
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 2 });
  const small = fc.integer({ min: 0, max: 3 });
  const { schema } = fc.letrec<{ schema: object | boolean }>((tie) => {
    const branches = fc.array(tie("schema"), { minLength: 1, maxLength: 3 });
    const keywords = {
      type: fc.oneof(name, fc.uniqueArray(name, { minLength: 1, maxLength: 3 })),
      const: scalar,
      enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
      minimum: small,
      maximum: small,
      exclusiveMinimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(1, 2, 0.5),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom("^a", "b$"),
      minItems: small,
      maxItems: small,
      items: tie("schema"),
      properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
      required: names,
      additionalProperties: tie("schema"),
      anyOf: branches,
      allOf: branches,
    };
    return {
      schema: fc.oneof(
        { maxDepth: 3 },
        fc.boolean(),
        fc.record(keywords, { requiredKeys: [] }),
        fc.constantFrom({ $ref: "#/$defs/d" }),
      ),
    };
  });
  const definition = fc.constantFrom({ type: "string" }, { minimum: 1 }, { required: ["a"] });

  test("it finds issues where that one does, and nowhere else", () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    fc.assert(
      fc.property(schema, definition, value, (node, d, data) => {
        const whole = { allOf: [node], $defs: { d } };
        expect(validate(whole, data).length === 0).toBe(ajv.validate(whole, data));
      }),
      { numRuns: 400 },
    );
  });
});
