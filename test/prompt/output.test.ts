import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { output } from "../../src/prompt/output.ts";
import { outputReader, readJson } from "../../src/prompt/output-format.ts";
import { error, problemsOf } from "./problems-of.ts";

const review = z.object({ file: z.string(), line: z.number().optional() });
const json = {
  type: "object",
  properties: { file: { type: "string" }, line: { type: ["number", "null"] } },
  required: ["file", "line"],
  additionalProperties: false,
};

test("returns a strict format, and nothing of ours reaches the wire", () => {
  const format = { type: "json_schema", name: "review", schema: json, strict: true };
  const part = output(review, { name: "review", verbosity: "low" });
  expect(JSON.parse(JSON.stringify(part))).toEqual({ text: { format, verbosity: "low" } });
  expect(Object.keys(part)).toEqual(["text"]);
  expect(Object.keys(part.text.format)).toEqual(["type", "name", "schema", "strict"]);
  expect(output(review).text.format.name).toBe("output");
});

test("takes a raw JSON Schema", () => {
  const schema = Object.freeze({
    type: "object",
    properties: { ok: { type: "boolean" } },
  } as const);
  expect(output(schema).text.format.schema).toEqual({
    type: "object",
    properties: { ok: { type: ["boolean", "null"] } },
    required: ["ok"],
    additionalProperties: false,
  });
  expect(schema).toEqual({ type: "object", properties: { ok: { type: "boolean" } } });
});

test.for(["", "two words", "a".repeat(65), "naïve"])("refuses the name %j", (name) => {
  expect(problemsOf(() => output(review, { name }))).toEqual([
    error("text.format.name", `"${name}" is no name`, "use 1 to 64 letters, digits, _ or -"),
  ]);
});

test("names every problem: verbosity, name and schema", () => {
  const schema = { type: "object", properties: {}, additionalProperties: true };
  // @ts-expect-error a misspelt verbosity
  const problems = problemsOf(() => output(schema, { name: "", verbosity: "lwo" }));
  expect(problems.slice(0, 2)).toEqual([
    error("text.verbosity", '"lwo" is not supported by any model', "use low or medium or high"),
    error("text.format.name", '"" is no name', "use 1 to 64 letters, digits, _ or -"),
  ]);
  expect(problems.slice(2).map(({ path }) => path)).toEqual(['output ""']);
});

test("refuses what is no schema", () => {
  // @ts-expect-error no schema
  expect(problemsOf(() => output("string")).map(({ path }) => path)).toEqual(['output "output"']);
});

describe("reading", () => {
  const { text } = output(review);
  const read = async (written: string) => {
    const reader = outputReader<z.infer<typeof review>>({ ...text });
    if (!reader) throw new Error("the reader was lost in a spread");
    return readJson(written, reader);
  };

  test("validates what the model wrote, null as absent", async () => {
    expect(await read('{"file":"a.ts","line":null}')).toEqual({ ok: true, args: { file: "a.ts" } });
    expect(await read('{"file":1,"line":2}')).toMatchObject({ ok: false });
  });

  test.for([
    ["", "The answer is not JSON: it is empty"],
    ["{", 'The answer is not JSON: it starts with "{"'],
    ["Sure! Here is", 'The answer is not JSON: it starts with "Sure! Here is"'],
    ["x".repeat(99), `The answer is not JSON: it starts with "${"x".repeat(60)}"`],
  ] as const)("says why %j is none", async ([written, message]) => {
    expect(await read(written)).toEqual({ ok: false, message });
  });

  test("finds no reader where there is none", () => {
    expect(outputReader(undefined)).toBeUndefined();
    expect(outputReader({ verbosity: "low" })).toBeUndefined();
    expect(outputReader(JSON.parse(JSON.stringify(text)))).toBeUndefined();
  });
});

test("types", () => {
  expectTypeOf(output(review).text.verbosity).toEqualTypeOf<undefined>();
  expectTypeOf(output(review, { verbosity: "low" }).text.verbosity).toEqualTypeOf<
    "low" | undefined
  >();
});
