import type { FunctionTool, ResponseFunctionToolCall } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { isCodexError } from "../../src/errors.ts";
import { behavior, hasBehavior, type ToolContext } from "../../src/tools/behavior.ts";
import { tool } from "../../src/tools/tool.ts";
import { functionCall } from "./make-calls.ts";

const parameters = z.object({ path: z.string(), lines: z.number().optional() });

function problemsOf(build: () => unknown): { path: string; message: string }[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") {
      return (error.problems ?? []).map(({ path, message }) => ({ path, message }));
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("tool", () => {
  const readFile = tool({
    name: "read_file",
    description: "Reads a file.",
    parameters,
    approve: true,
    timeoutMs: 1000,
    parallel: true,
    execute: ({ path }) => path,
  });

  test("puts exactly the SDK's keys on the wire, strict always among them", () => {
    expect(JSON.parse(JSON.stringify(readFile))).toEqual({
      type: "function",
      name: "read_file",
      description: "Reads a file.",
      parameters: {
        type: "object",
        properties: { path: { type: "string" }, lines: { type: ["number", "null"] } },
        required: ["path", "lines"],
        additionalProperties: false,
      },
      strict: true,
    });
  });

  test("sends strict: false as such, with the schema as it was written", () => {
    const raw = { type: "object", properties: { a: { type: "string" } } } as const;

    expect({ ...tool({ name: "t", parameters: raw, strict: false }) }).toMatchObject({
      type: "function",
      name: "t",
      parameters: raw,
      strict: false,
    });
  });

  test("passes the wire options on when they are given", () => {
    const given = tool({
      name: "t",
      parameters,
      async: true,
      defer_loading: true,
      allowed_callers: ["direct", "programmatic"],
      output_schema: { type: "object" },
    });

    expect(JSON.parse(JSON.stringify(given))).toMatchObject({
      async: true,
      defer_loading: true,
      allowed_callers: ["direct", "programmatic"],
      output_schema: { type: "object" },
    });
  });

  test("serializes the same way each time", () => {
    const again = () => JSON.stringify(tool({ name: "t", description: "d", parameters }));

    expect(again()).toBe(again());
  });

  test("keeps its behavior in a copy", () => {
    const copy = { ...readFile };

    expect(hasBehavior(copy)).toBe(true);
    expect(copy[behavior]).toBe(readFile[behavior]);
    expect(hasBehavior(JSON.parse(JSON.stringify(readFile)))).toBe(false);
  });

  test("reads arguments, null as absent", async () => {
    const { read } = readFile[behavior];

    expect(await read(functionCall("read_file", { path: "a.ts", lines: null }))).toEqual({
      ok: true,
      args: { path: "a.ts" },
    });
  });

  test("reads no arguments at all as none", async () => {
    const ping = tool({ name: "ping", parameters: z.object({}) });

    expect(await ping[behavior].read(functionCall("ping", ""))).toEqual({ ok: true, args: {} });
  });

  test("says what is wrong with arguments that do not parse or do not fit", async () => {
    const { read } = readFile[behavior];

    expect(() => read(functionCall("read_file", '{"path": "a'))).toThrow(SyntaxError);
    expect(await read(functionCall("read_file", { path: 7, lines: null }))).toEqual({
      ok: false,
      message: expect.stringContaining("path"),
    });
  });

  test("names the tool and every problem at once", () => {
    const found = problemsOf(() =>
      tool({
        name: "read file",
        timeoutMs: 0,
        parameters: {
          type: "object",
          properties: {
            a: { type: "string", not: {} },
            b: { type: "object", properties: {}, patternProperties: {} },
          },
          required: ["a", "b"],
        },
      }),
    );

    expect(found.map(({ path }) => path)).toEqual([
      'tool "read file": name',
      'tool "read file": timeoutMs',
      expect.stringContaining('tool "read file": parameters'),
      expect.stringContaining('tool "read file": parameters'),
    ]);
    expect(found[2]?.path).toContain("a");
    expect(found[3]?.path).toContain("b");
  });

  test.for(["", "a b", "a.b", "ä", "x".repeat(65)])("refuses the name %j", (name) => {
    expect(problemsOf(() => tool({ name, parameters }))).toEqual([
      { path: `tool "${name}": name`, message: "is not valid" },
    ]);
  });

  test.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    "refuses the time limit %d",
    (timeoutMs) => {
      expect(problemsOf(() => tool({ name: "t", parameters, timeoutMs }))).toEqual([
        { path: 'tool "t": timeoutMs', message: "is not valid" },
      ]);
    },
  );

  test("leaves its options unchanged", () => {
    const options = Object.freeze({ name: "t", parameters, execute: () => "x" });

    expect(() => tool(options)).not.toThrow();
  });

  test("infers the arguments and keeps the name", () => {
    tool({
      name: "t",
      parameters,
      execute: (args, context) => {
        expectTypeOf(args).toEqualTypeOf<{ path: string; lines?: number | undefined }>();
        expectTypeOf(context).toEqualTypeOf<ToolContext<ResponseFunctionToolCall>>();
      },
      approve: ({ path }) => path.startsWith("/"),
    });
    tool({
      name: "t",
      parameters: {
        type: "object",
        properties: { path: { type: "string" }, deep: { type: "boolean" } },
        required: ["path"],
      },
      execute: (args) => {
        expectTypeOf(args).toEqualTypeOf<{ path: string; deep?: boolean }>();
      },
    });
    expectTypeOf(readFile.name).toEqualTypeOf<"read_file">();
    expectTypeOf(readFile).toExtend<FunctionTool>();
    type Args = Parameters<NonNullable<(typeof readFile)[typeof behavior]["execute"]>>[0];
    expectTypeOf<Args>().toEqualTypeOf<{ path: string; lines?: number | undefined }>();
    // @ts-expect-error a misspelt option is a compile error
    tool({ name: "t", parameters, exceute: () => "x" });
  });
});
