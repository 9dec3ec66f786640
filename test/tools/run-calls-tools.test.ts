import type { Tool } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { computer } from "../../src/tools/computer.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { namespace } from "../../src/tools/namespace.ts";
import { openCalls } from "../../src/tools/open-calls.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { shellTool } from "../../src/tools/shell-tool.ts";
import { toolSearch } from "../../src/tools/tool-search.ts";
import type { Item } from "../../src/turn.ts";
import {
  approvalRequest,
  computerCall,
  customCall,
  functionCall,
  localShellCall,
  patchCall,
  searchCall,
  shellCall,
} from "./make-calls.ts";

const echo = customTool({ name: "echo", execute: (input) => input });

function output(name: string, text: unknown) {
  return { type: "custom_tool_call_output", call_id: `call_${name}`, output: text };
}

describe("runCalls finds tools", () => {
  const inside = customTool({ name: "list", execute: () => "inside" });
  const outside = customTool({ name: "list", execute: () => "outside" });
  const crm = namespace({ name: "crm", description: "d", tools: [inside] });

  test("in the namespace the call names, and at the top without one", async () => {
    const items = [
      customCall("list", "", { namespace: "crm", call_id: "1" }),
      customCall("list", "", { call_id: "2" }),
      customCall("list", "", { namespace: "list", call_id: "3" }),
      customCall("list", "", { namespace: "erp", call_id: "4" }),
    ];

    expect(await runCalls(items, [outside, crm])).toMatchObject([
      { output: "inside" },
      { output: "outside" },
      { output: "outside" },
      { output: 'Error: no tool is called "list"; use one of: list, crm.list' },
    ]);
  });

  test("that a tool search found or additional_tools brought, the newest first", async () => {
    const older = customTool({ name: "late", execute: () => "older" });
    const newer = customTool({ name: "late", execute: () => "newer" });
    const items: Item[] = [
      { type: "additional_tools", role: "developer", tools: [older, inside] },
      { type: "tool_search_output", call_id: "s", execution: "client", tools: [newer] },
      customCall("late", ""),
      customCall("list", ""),
    ];

    expect(await runCalls(items, [outside])).toEqual([
      output("late", "newer"),
      output("list", "outside"),
    ]);
  });

  test("by the type of a built-in call", async () => {
    const tools = [
      shellTool({
        wire: "builtin",
        execute: ({ command }) => ({ stdout: command, stderr: "", exitCode: 0 }),
      }),
      computer({ execute: () => "https://x/s.png" }),
      toolSearch({ execute: () => [inside] }),
    ];

    expect(await runCalls([searchCall(), computerCall(), shellCall(["ls"])], tools)).toEqual([
      {
        type: "tool_search_output",
        call_id: "call_search",
        execution: "client",
        status: "completed",
        tools: [inside],
      },
      {
        type: "computer_call_output",
        call_id: "call_computer",
        output: { type: "computer_screenshot", image_url: "https://x/s.png" },
      },
      {
        type: "shell_call_output",
        call_id: "call_shell",
        output: [{ stdout: "ls", stderr: "", outcome: { type: "exit", exit_code: 0 } }],
      },
    ]);
  });

  test("and leaves open what it has no execute or no built-in tool for", async () => {
    const own: Tool[] = [
      customTool({ name: "mine" }),
      { type: "function", name: "plain", parameters: null, strict: false },
      { type: "local_shell" },
      { type: "computer_use_preview", display_height: 1, display_width: 1, environment: "linux" },
      echo,
    ];
    const left = [
      customCall("mine", ""),
      functionCall("plain", {}),
      localShellCall,
      patchCall({ type: "delete_file", path: "a" }),
      computerCall(),
      approvalRequest,
    ];
    const items = [...left, customCall("echo", "x")];
    const outputs = await runCalls(items, own);

    expect(outputs).toEqual([output("echo", "x")]);
    expect(openCalls([...items, ...outputs])).toEqual(left);
  });
});
