import type { ToolSearchTool } from "openai/resources/responses/responses";
import { expect, expectTypeOf, test, vi } from "vitest";
import { hasBehavior } from "../../src/tools/behavior.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { toolSearch } from "../../src/tools/tool-search.ts";
import { customCall, searchCall } from "./make-calls.ts";

test("toolSearch is the SDK's param", () => {
  expect(JSON.stringify(toolSearch())).toBe('{"type":"tool_search"}');
  expect(toolSearch({ description: "d" })).toEqual({ type: "tool_search", description: "d" });
  expect(hasBehavior(toolSearch())).toBe(false);
  expectTypeOf(toolSearch()).toEqualTypeOf<ToolSearchTool>();
});

test("toolSearch with execute searches here, and what it finds can be called", async () => {
  const sql = customTool({ name: "sql", execute: (input) => `ran ${input}` });
  const execute = vi.fn(() => [sql]);
  const parameters = { type: "object", properties: { query: { type: "string" } } };
  const search = toolSearch({ description: "d", parameters, execute });
  const items = [searchCall({ arguments: { query: "db" } })];
  const found = await runCalls(items, [search]);

  expect(JSON.parse(JSON.stringify(search))).toEqual({
    type: "tool_search",
    execution: "client",
    description: "d",
    parameters,
  });
  expect(execute).toHaveBeenCalledWith({ query: "db" }, expect.anything());
  expect(JSON.parse(JSON.stringify(found))).toEqual([
    {
      type: "tool_search_output",
      call_id: "call_search",
      execution: "client",
      status: "completed",
      tools: [{ type: "custom", name: "sql" }],
    },
  ]);
  expect(await runCalls([...items, ...found, customCall("sql", "x")], [search])).toMatchObject([
    { output: "ran x" },
  ]);
});

test("a misspelt option of toolSearch is a compile error", () => {
  // @ts-expect-error it is `execute`
  toolSearch({ exceute: () => [] });
});
