import { describe, expect, test, vi } from "vitest";
import { customTool } from "../../src/tools/custom-tool.ts";
import { openCalls } from "../../src/tools/open-calls.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { approvalRequest, customCall, functionCall, patchCall, shellCall } from "./make-calls.ts";

function output(name: string, text: unknown) {
  return { type: "custom_tool_call_output", call_id: `call_${name}`, output: text };
}

describe("runCalls aborted", () => {
  const aborted = "Error: aborted by user";

  test("before it begins answers every open call and executes none", async () => {
    const execute = vi.fn();
    const items = [
      customCall("t", ""),
      functionCall("unknown", {}),
      customCall("mine", ""),
      shellCall(["a", "b"]),
      patchCall({ type: "delete_file", path: "a" }),
      approvalRequest,
    ];
    const tools = [customTool({ name: "t", execute }), customTool({ name: "mine" })];
    const outputs = await runCalls(items, tools, { signal: AbortSignal.abort() });
    const failed = { stdout: "", stderr: aborted, outcome: { type: "exit", exit_code: 1 } };

    expect(outputs).toEqual([
      output("t", aborted),
      { type: "function_call_output", call_id: "call_unknown", output: aborted },
      output("mine", aborted),
      { type: "shell_call_output", call_id: "call_shell", output: [failed, failed] },
      { type: "apply_patch_call_output", call_id: "call_patch", status: "failed", output: aborted },
      {
        type: "mcp_approval_response",
        approval_request_id: "mcpr_1",
        approve: false,
        reason: "aborted by user",
      },
    ]);
    expect(execute).not.toHaveBeenCalled();
    expect(openCalls([...items, ...outputs])).toEqual([]);
  });

  test("half way keeps what is done, ends what runs, answers the rest", async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const t = customTool({
      name: "t",
      execute: (input, { signal }) => {
        seen.push(input);
        if (input === "1") return "done";
        signal.addEventListener("abort", () => seen.push("told"));
        controller.abort();
        return new Promise(() => {});
      },
    });
    const items = [
      customCall("mine", ""),
      ...["1", "2", "3"].map((id) => customCall("t", id, { call_id: id })),
    ];

    expect(
      await runCalls(items, [t, customTool({ name: "mine" })], { signal: controller.signal }),
    ).toMatchObject([
      { call_id: "call_mine", output: aborted },
      { call_id: "1", output: "done" },
      { call_id: "2", output: aborted },
      { call_id: "3", output: aborted },
    ]);
    expect(seen).toEqual(["1", "2", "told"]);
  });

  test("while a person is asked waits for nobody", async () => {
    const controller = new AbortController();
    const push = customTool({ name: "push", approve: true, execute: () => "pushed" });
    const approve = () => {
      controller.abort();
      return new Promise<boolean>(() => {});
    };

    expect(
      await runCalls([customCall("push", "")], [push], { approve, signal: controller.signal }),
    ).toEqual([output("push", aborted)]);
  });
});
