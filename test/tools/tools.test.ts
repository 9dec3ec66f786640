import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { isCodexError } from "../../src/errors.ts";
import type { Part } from "../../src/part.ts";
import { behavior } from "../../src/tools/behavior.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { mcp, webSearch } from "../../src/tools/hosted-tools.ts";
import { namespace } from "../../src/tools/namespace.ts";
import { shellTool } from "../../src/tools/shell-tool.ts";
import { tool } from "../../src/tools/tool.ts";
import { tools } from "../../src/tools/tools.ts";

const read = tool({ name: "read", parameters: z.object({}), execute: () => "x" });
const sql = customTool({ name: "sql" });
const crm = namespace({ name: "crm", description: "d", tools: [customTool({ name: "leads" })] });
const github = mcp({ server_label: "github", server_url: "https://x" });
const sentry = mcp({ server_label: "sentry", server_url: "https://y" });
const list = [read, sql, crm, webSearch(), github, sentry] as const;

function problemsOf(build: () => unknown): string[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") {
      return (error.problems ?? []).map(({ path, message, fix }) => `${path}: ${message}; ${fix}`);
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** For what the compiler would refuse. */
const untyped = tools as (list: unknown, options?: object) => unknown;

describe("tools", () => {
  test("is the list in its order, copied, and no key that was not asked for", () => {
    const own: readonly Tool[] = Object.freeze([...list]);
    const part = tools(own);

    expect(part).toEqual({ tools: [...own] });
    expect(Object.keys(part)).toEqual(["tools"]);
    expect(part.tools).not.toBe(own);
    expect(part.tools[0]).toBe(read);
    expect(Object.keys(tools([]))).toEqual(["tools"]);
  });

  test("puts nothing of ours on the wire and serializes the same way each time", () => {
    const text = JSON.stringify(tools(list));

    expect(text).toBe(JSON.stringify(tools(list)));
    expect(JSON.parse(text).tools[0]).toEqual({
      type: "function",
      name: "read",
      parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
      strict: true,
    });
    expect(
      tools(list)
        .tools.map((each) => behavior in each)
        .slice(0, 3),
    ).toEqual([true, true, false]);
  });

  test.for([true, false])("passes parallel: %s on", (parallel) => {
    expect(tools([sql], { parallel })).toEqual({ tools: [sql], parallel_tool_calls: parallel });
  });

  test("allows functions and custom tools by name, others by type, every MCP server by mcp", () => {
    const { tool_choice } = tools(list, { allow: ["read", "sql", "leads", "web_search", "mcp"] });

    expect(tool_choice).toEqual({
      type: "allowed_tools",
      mode: "auto",
      tools: [
        { type: "function", name: "read" },
        { type: "custom", name: "sql" },
        { type: "custom", name: "leads" },
        { type: "web_search" },
        { type: "mcp", server_label: "github" },
        { type: "mcp", server_label: "sentry" },
      ],
    });
  });

  test("requires one of the allowed tools, or allows none", () => {
    const allow = ["sql"] as const;

    expect(tools(list, { allow, choice: "auto" }).tool_choice).toMatchObject({ mode: "auto" });
    expect(tools(list, { allow, choice: "required" }).tool_choice).toEqual({
      type: "allowed_tools",
      mode: "required",
      tools: [{ type: "custom", name: "sql" }],
    });
    expect(tools(list, { allow, choice: "none" }).tool_choice).toBe("none");
    expect(tools(list, { allow: [] }).tool_choice).toBe("none");
    expect(tools(list, { allow, choice: "read" }).tool_choice).toEqual({
      type: "function",
      name: "read",
    });
  });

  test.for<[Parameters<typeof choose>[0], unknown]>([
    ["none", "none"],
    ["auto", "auto"],
    ["required", "required"],
    ["read", { type: "function", name: "read" }],
    ["sql", { type: "custom", name: "sql" }],
    ["web_search", { type: "web_search" }],
    ["mcp", { type: "mcp", server_label: "github" }],
    [
      { type: "mcp", server_label: "sentry", name: "issues" },
      { type: "mcp", server_label: "sentry", name: "issues" },
    ],
    [
      { type: "function", name: "read" },
      { type: "function", name: "read" },
    ],
  ])("chooses %j", ([choice, tool_choice]) => {
    expect(choose(choice)).toEqual({ tools: [...list], tool_choice });
  });

  test("refuses names in allow and choice that are in no tool, with the names that are", () => {
    const known = "use one of: read, sql, leads, web_search, mcp";

    expect(
      problemsOf(() => untyped(list, { allow: ["raed", "sql", "shell"], choice: "x" })),
    ).toEqual([
      `allow[0]: no tool is called "raed"; ${known}`,
      `allow[2]: no tool is called "shell"; ${known}`,
      `choice: no tool is called "x"; ${known}`,
    ]);
  });

  test("refuses names used twice, in a namespace as well, and what is no tool, all at once", () => {
    const nested = { ...crm, tools: [sql, sql] };
    const chat = { type: "function", function: { name: "old", parameters: {} } };
    const noTool = "is no tool; pass what a tool builder returns";

    expect(
      problemsOf(() =>
        untyped(
          [
            read,
            sql,
            read,
            nested,
            { ...sql, name: "crm" },
            null,
            chat,
            { type: "namespace", name: "n" },
            "sql",
          ],
          {
            allow: ["unknown"],
          },
        ),
      ),
    ).toEqual([
      'tools[2].name: "read" is taken; rename one',
      'tools[3].tools[1].name: "sql" is taken; rename one',
      'tools[4].name: "crm" is taken; rename one',
      `tools[5]: ${noTool}`,
      `tools[6]: ${noTool}`,
      `tools[7]: ${noTool}`,
      `tools[8]: ${noTool}`,
    ]);
  });

  test("lets one name stand in two namespaces, and hosted types it does not know", () => {
    const erp = { ...crm, name: "erp" };
    const future = { type: "time_travel" } as unknown as Tool;

    expect(tools([crm, erp, future], {}).tools).toEqual([crm, erp, future]);
  });

  test("types", () => {
    const part = tools(list, { allow: ["read"] });
    expectTypeOf(part).toExtend<Part<"tools" | "tool_choice" | "parallel_tool_calls">>();
    expectTypeOf<keyof typeof part>().toEqualTypeOf<
      "tools" | "tool_choice" | "parallel_tool_calls"
    >();
    expectTypeOf(part).toExtend<ResponseCreateParamsBase>();
    const shell = shellTool({ execute: () => ({ stdout: "", stderr: "", exitCode: 0 }) });
    tools([shell], { allow: ["shell_command"] });
    const wide: Tool[] = [read];
    tools(wide, { allow: ["read"], choice: "read" });
    // @ts-expect-error a name that is not in the list
    expect(() => tools([read], { allow: ["raed"] })).toThrow();
    // @ts-expect-error a name that is not in the list
    expect(() => tools([read], { choice: "raed" })).toThrow();
    // @ts-expect-error a misspelt option is a compile error
    tools([read], { alow: ["read"] });
    // @ts-expect-error a tool without a type
    expect(() => tools([{ name: "read" }])).toThrow();
  });
});

function choose(choice: NonNullable<Parameters<typeof tools<typeof list>>[1]>["choice"]) {
  return tools(list, { choice });
}
