import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { customTool } from "../../src/tools/custom-tool.ts";
import { callId } from "../../src/tools/open-calls.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { tool } from "../../src/tools/tool.ts";
import { approvalRequest, customCall, functionCall } from "./make-calls.ts";

const echo = customTool({ name: "echo", execute: (input) => input });

function output(name: string, text: unknown) {
  return { type: "custom_tool_call_output", call_id: `call_${name}`, output: text };
}

describe("runCalls asks", () => {
  const risky = (execute: () => unknown = () => "done") =>
    customTool({ name: "rm", approve: (input) => input.startsWith("/"), execute });
  const always = customTool({ name: "push", approve: true, execute: () => "pushed" });

  test("nobody about calls that need no consent", async () => {
    const approve = vi.fn();

    expect(await runCalls([customCall("rm", "tmp")], [risky()], { approve })).toEqual([
      output("rm", "done"),
    ]);
    expect(approve).not.toHaveBeenCalled();
  });

  test("and declines when nobody can be asked", async () => {
    const execute = vi.fn();

    expect(
      await runCalls([customCall("rm", "/"), customCall("push", "")], [risky(execute), always]),
    ).toEqual([
      output("rm", "Error: needs consent, and nobody was asked"),
      output("push", "Error: needs consent, and nobody was asked"),
    ]);
    expect(execute).not.toHaveBeenCalled();
  });

  test.for<[unknown, string]>([
    [true, "pushed"],
    [{ approve: true }, "pushed"],
    [false, "Error: declined by the user"],
    [{ approve: false, reason: "not on Fridays" }, "Error: declined by the user: not on Fridays"],
    [null, "Error: declined by the user"],
    ["yes", "Error: declined by the user"],
  ])("and takes %j for %j", async ([decision, text]) => {
    const approve = (() => decision) as () => boolean;

    expect(await runCalls([customCall("push", "")], [always], { approve })).toEqual([
      output("push", text),
    ]);
  });

  test("and leaves a call open without a decision, the others answered", async () => {
    const items = [customCall("push", ""), customCall("echo", "x"), approvalRequest];

    expect(await runCalls(items, [always, echo], { approve: async () => undefined })).toEqual([
      output("echo", "x"),
    ]);
  });

  test("about MCP calls as well", async () => {
    const decisions = { approve: () => ({ approve: false, reason: "no" }) };

    expect(await runCalls([approvalRequest], [], decisions)).toEqual([
      {
        type: "mcp_approval_response",
        approval_request_id: "mcpr_1",
        approve: false,
        reason: "no",
      },
    ]);
  });

  test("before anything runs, in call order, and never about arguments that do not fit", async () => {
    const log: string[] = [];
    const ask = tool({
      name: "ask",
      parameters: z.object({ n: z.number() }),
      approve: true,
      execute: ({ n }) => void log.push(`run ${n}`),
    });
    const calls = [1, "two", 3].map((n, i) => functionCall("ask", { n }, { call_id: `${i}` }));
    await runCalls(calls, [ask], { approve: (call) => log.push(`ask ${callId(call)}`) > 0 });

    expect(log).toEqual(["ask 0", "ask 2", "run 1", "run 3"]);
  });

  test("and answers with the error of a predicate that fails", async () => {
    const execute = vi.fn();
    const broken = customTool({
      name: "t",
      approve: () => {
        throw new Error("no policy");
      },
      execute,
    });

    expect(await runCalls([customCall("t", "")], [broken], { approve: () => true })).toEqual([
      output("t", "Error: no policy"),
    ]);
    expect(execute).not.toHaveBeenCalled();
  });
});
