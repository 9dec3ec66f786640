import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readValue } from "../../src/tools/read-value.ts";
import type { SchemaNode } from "../../src/tools/schema-node.ts";

/** Path and message of each issue. */
function issues(schema: SchemaNode, value: unknown, strict = false): [string, string][] {
  return readValue(schema, value, strict).issues.map(({ path = [], message }) => [
    path.map(String).join("."),
    message.replace(/^expected /, ""),
  ]);
}

describe("issues", () => {
  test("of types, also several, with whole numbers as numbers", () => {
    expect(issues({ type: "string" }, 1)).toEqual([["", "string"]]);
    expect(issues({ type: ["string", "null"] }, [])).toEqual([["", "string or null"]]);
    expect(issues({ type: "number" }, 1)).toEqual([]);
    expect(issues({ type: "integer" }, 1.5)).toEqual([["", "integer"]]);
    expect(issues({ type: "object" }, null)).toEqual([["", "object"]]);
    expect(issues({ type: "array" }, {})).toEqual([["", "array"]]);
  });

  test("of values", () => {
    expect(issues({ enum: ["a", 1, null] }, "b")).toEqual([["", '"a" or 1 or null']]);
    expect(issues({ type: "string", const: "a" }, "b")).toEqual([["", '"a"']]);
    expect(issues({ const: { a: [1] } }, { a: [1] })).toEqual([]);
    expect(issues({ const: [1, 2] }, [2, 1])).toEqual([["", "[1,2]"]]);
    expect(issues({ const: null }, 0)).toEqual([["", "null"]]);
  });

  test("of limits, each by its name", () => {
    const number = { minimum: 2, maximum: 4, exclusiveMinimum: 2, exclusiveMaximum: 4 };

    expect(issues({ ...number, multipleOf: 3 }, 1)).toEqual([
      ["", "minimum 2"],
      ["", "exclusiveMinimum 2"],
      ["", "multipleOf 3"],
    ]);
    expect(issues(number, 2)).toEqual([["", "exclusiveMinimum 2"]]);
    expect(issues(number, 4)).toEqual([["", "exclusiveMaximum 4"]]);
    expect(issues(number, 5)).toEqual([
      ["", "maximum 4"],
      ["", "exclusiveMaximum 4"],
    ]);
    expect(issues({ multipleOf: 0.1 }, 0.3)).toEqual([]);
    expect(issues({ minLength: 2, maxLength: 3, pattern: "^a" }, "b")).toEqual([
      ["", "minLength 2"],
      ["", "pattern ^a"],
    ]);
    expect(issues({ maxLength: 1 }, "👍")).toEqual([]);
    expect(issues({ maxLength: 1 }, "ab")).toEqual([["", "maxLength 1"]]);
    expect(issues({ minItems: 2 }, [1])).toEqual([["", "minItems 2"]]);
    expect(issues({ maxItems: 0 }, [1])).toEqual([["", "maxItems 0"]]);
  });

  test("of patterns in Unicode mode, and none of one that JavaScript cannot read", () => {
    expect(issues({ pattern: "^\\p{L}$" }, "é")).toEqual([]);
    expect(issues({ pattern: "^\\p{L}$" }, "1")).toEqual([["", "pattern ^\\p{L}$"]]);
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
      ["a", "a value"],
      ["c", "a value"],
      ["b.1", "number"],
      ["d", "nothing"],
    ]);
  });

  test("of properties that `additionalProperties` describes, and none beside `patternProperties`", () => {
    expect(issues({ additionalProperties: { type: "number" } }, { a: 1, b: "2" })).toEqual([
      ["b", "number"],
    ]);
    expect(issues({ additionalProperties: false, patternProperties: {} }, { a: 1 })).toEqual([]);
  });

  test("of names that objects inherit", () => {
    const schema = { properties: { a: {} }, required: ["toString"], additionalProperties: false };

    expect(issues(schema, JSON.parse('{"constructor":1,"__proto__":2}'))).toEqual([
      ["toString", "a value"],
      ["constructor", "nothing"],
      ["__proto__", "nothing"],
    ]);
  });

  test("of references, also recursive ones and ones to nothing", () => {
    const schema = {
      $ref: "#/$defs/node",
      $defs: { node: { properties: { v: { type: "string" }, next: { $ref: "#" } } } },
    };

    expect(issues(schema, { next: { next: { v: 1 } } })).toEqual([["next.next.v", "string"]]);
    expect(issues({ $ref: "#/$defs/none" }, 1)).toEqual([]);
    expect(issues({ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }, 1)).toEqual([]);
  });

  test("of `allOf`, each part", () => {
    expect(issues({ allOf: [{ minimum: 2 }, { multipleOf: 2 }] }, 1)).toEqual([
      ["", "minimum 2"],
      ["", "multipleOf 2"],
    ]);
  });

  test("of the boolean schemas", () => {
    expect(issues({ properties: { a: false, b: true } }, { a: 1, b: 1 })).toEqual([
      ["a", "nothing"],
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
    expect(issues(union, { kind: "write", path: "a", text: 1 })).toEqual([["text", "string"]]);
    expect(issues(union, { kind: "read" })).toEqual([["path", "a value"]]);
  });

  test("are those of the first branch where none fits better", () => {
    expect(issues({ oneOf: [{ type: "string" }, { type: "number" }] }, true)).toEqual([
      ["", "string"],
    ]);
    expect(issues(union, 1)).toEqual([["", "object"]]);
    expect(issues(union, { kind: "move", path: "a", text: "b" })).toEqual([["kind", '"read"']]);
  });

  test("take no time in a tree of unions, however deep", () => {
    const branch = (op: string) => ({
      type: "object",
      properties: {
        left: { $ref: "#/$defs/node" },
        right: { $ref: "#/$defs/node" },
        op: { const: op },
      },
      required: ["op"],
    });
    const schema = {
      $ref: "#/$defs/node",
      $defs: { node: { anyOf: [...["+", "-", "*", "/"].map(branch), { type: "number" }] } },
    };
    let value: object = { op: "/", left: 1, right: "x" };
    for (let depth = 0; depth < 10; depth++) value = { left: value, right: 1, op: "/" };

    expect(issues(schema, value)).toHaveLength(1);
  }, 2_000);
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
    expect(issues(schema, value, true)).toEqual([
      ["a.c", "nothing"],
      ["e", "nothing"],
    ]);
    expect(issues(schema, value)).toEqual([]);
  });

  test("takes the parts of an `allOf` as one object", () => {
    const parts = ["a", "b"].map((key) => ({ type: "object", properties: { [key]: {} } }));

    expect(issues({ allOf: parts }, { a: 1, b: 2 }, true)).toEqual([]);
  });
});

test("an issue in every one of very many items takes no time", () => {
  const items = { anyOf: [{ type: "string" }, { type: "object", properties: { a: false } }] };
  const value = Array.from({ length: 20_000 }, () => ({ a: 1 }));

  expect(issues({ anyOf: [{ type: "array", items }, { type: "null" }] }, value)).toHaveLength(50);
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
        fc.constantFrom({ $ref: "#/$defs/d" }, { const: 1 }, { const: null }),
      ),
    };
  });
  const definition = fc.constantFrom({ type: "string" }, { minimum: 1 }, { required: ["a"] });

  test("it finds issues where that one does, and nowhere else", () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    fc.assert(
      fc.property(schema, definition, value, (node, d, data) => {
        const whole = { allOf: [node], $defs: { d } };
        expect(issues(whole, data).length === 0).toBe(ajv.validate(whole, data));
      }),
      { numRuns: 400 },
    );
  });
});
