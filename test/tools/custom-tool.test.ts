import type { CustomTool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { behavior } from "../../src/tools/behavior.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { lark, regex } from "../../src/tools/grammar.ts";
import { customCall } from "./make-calls.ts";

describe("customTool", () => {
  test("is the SDK's custom tool, its grammar under format", () => {
    const sql = customTool({
      name: "run_sql",
      description: "Runs SQL.",
      grammar: regex("SELECT .+"),
      async: true,
      defer_loading: true,
      allowed_callers: ["direct"],
      approve: true,
      timeoutMs: 5,
      parallel: true,
      execute: (input) => input,
    });

    expect(JSON.parse(JSON.stringify(sql))).toEqual({
      type: "custom",
      name: "run_sql",
      description: "Runs SQL.",
      format: { type: "grammar", syntax: "regex", definition: "SELECT .+" },
      async: true,
      defer_loading: true,
      allowed_callers: ["direct"],
    });
    expect({ ...sql }[behavior]).toMatchObject({ approve: true, timeoutMs: 5, parallel: true });
  });

  test("takes any text without a grammar", () => {
    expect(JSON.stringify(customTool({ name: "note" }))).toBe('{"type":"custom","name":"note"}');
  });

  test("hands the input over as it came", async () => {
    const note = customTool({ name: "note", execute: (input) => input });

    expect(await note[behavior].read(customCall("note", " {not json\n"))).toEqual({
      ok: true,
      args: " {not json\n",
    });
  });

  test("refuses a bad name and bad limits at once", () => {
    expect(() => customTool({ name: "a b", timeoutMs: -1, maxOutputTokens: 0 })).toThrow(
      /3 problems:\n- tool "a b": name: .*\n- tool "a b": timeoutMs: .*\n- tool "a b": maxOutputTokens: /,
    );
  });

  test("keeps its name in its type, and takes no JSON schema", () => {
    const sql = customTool({
      name: "run_sql",
      grammar: lark('start: "x"'),
      execute: (input) => {
        expectTypeOf(input).toEqualTypeOf<string>();
      },
    });

    expectTypeOf(sql.name).toEqualTypeOf<"run_sql">();
    expectTypeOf(sql).toExtend<CustomTool>();
    // @ts-expect-error a misspelt option is a compile error
    customTool({ name: "t", gramar: lark('start: "x"') });
  });
});
