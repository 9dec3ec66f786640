import type { FunctionShellTool, Tool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { runCalls } from "../../src/tools/run-calls.ts";
import type { ShellResult } from "../../src/tools/shell-result.ts";
import { shellTool } from "../../src/tools/shell-tool.ts";
import { functionCall, shellCall } from "./make-calls.ts";

const fine: ShellResult = { stdout: "ok\n", stderr: "", exitCode: 0 };

describe("shellTool as a function", () => {
  test("is shell_command, not strict", () => {
    expect(JSON.parse(JSON.stringify(shellTool({ execute: () => fine })))).toEqual({
      type: "function",
      name: "shell_command",
      description: expect.any(String),
      parameters: {
        type: "object",
        properties: {
          command: { type: "string" },
          workdir: { type: "string" },
          timeout_ms: { type: "number" },
        },
        required: ["command"],
      },
      strict: false,
    });
    expect(shellTool({ description: "Mine.", execute: () => fine })).toMatchObject({
      description: "Mine.",
    });
  });

  test("hands over the command in our names, and answers with readable text", async () => {
    const execute = vi.fn(() => ({ stdout: "a\n", stderr: "warning", exitCode: 1 }));
    const call = functionCall("shell_command", {
      command: "npm test",
      workdir: "/src",
      timeout_ms: 5000,
      justification: "to see",
    });

    expect(await runCalls([call], [shellTool({ execute })])).toEqual([
      {
        type: "function_call_output",
        call_id: "call_shell_command",
        output: "Exit code: 1\na\n\nstderr:\nwarning",
      },
    ]);
    expect(execute).toHaveBeenCalledWith(
      { command: "npm test", workdir: "/src", timeoutMs: 5000 },
      { call, signal: expect.any(AbortSignal) },
    );
  });

  test("hands over nothing the model did not say", async () => {
    const execute = vi.fn(() => fine);
    await runCalls([functionCall("shell_command", { command: "ls" })], [shellTool({ execute })]);

    expect(execute.mock.calls).toEqual([[{ command: "ls" }, expect.anything()]]);
  });

  test("executes nothing when the arguments do not fit", async () => {
    const execute = vi.fn(() => fine);
    const call = functionCall("shell_command", { command: ["ls"], workdir: 1 });

    expect(await runCalls([call], [shellTool({ execute })])).toMatchObject([
      { output: expect.stringMatching(/^Error: .*command.*workdir/s) },
    ]);
    expect(execute).not.toHaveBeenCalled();
  });

  test("says that a command timed out", async () => {
    const late = shellTool({ execute: () => ({ stdout: "1", stderr: "", timedOut: true }) });

    expect(
      await runCalls([functionCall("shell_command", { command: "sleep 9" })], [late]),
    ).toMatchObject([{ output: "Timed out\n1" }]);
  });

  test("asks with the command", async () => {
    const approve = vi.fn(({ command }) => command.startsWith("rm"));
    const guarded = shellTool({ approve, execute: () => fine });
    const calls = ["ls", "rm -r x"].map((command, i) =>
      functionCall("shell_command", { command }, { call_id: `${i}` }),
    );

    expect(await runCalls(calls, [guarded])).toMatchObject([
      { output: "Exit code: 0\nok\n" },
      { output: "Error: needs consent, and nobody was asked" },
    ]);
    expect(approve).toHaveBeenCalledWith({ command: "ls" }, expect.anything());
    expect(await runCalls(calls, [shellTool({ approve: true, execute: () => fine })])).toHaveLength(
      2,
    );
  });
});

describe("shellTool as the API's own type", () => {
  const wire = "builtin";

  test("is the local shell", () => {
    expect(JSON.stringify(shellTool({ wire, execute: () => fine }))).toBe(
      '{"type":"shell","environment":{"type":"local"}}',
    );
  });

  test("runs the commands in order and answers each, with the limit echoed", async () => {
    const log: unknown[] = [];
    const shell = shellTool({
      wire,
      execute: async (command): Promise<ShellResult> => {
        log.push(command);
        if (command.command === "b") throw new Error("no such command");
        return { stdout: command.command, stderr: "", exitCode: 0 };
      },
    });
    const call = shellCall(["a", "b", "c"], {
      action: { commands: ["a", "b", "c"], max_output_length: 100, timeout_ms: 9 },
    });

    expect(await runCalls([call], [shell])).toEqual([
      {
        type: "shell_call_output",
        call_id: "call_shell",
        max_output_length: 100,
        output: [
          { stdout: "a", stderr: "", outcome: { type: "exit", exit_code: 0 } },
          { stdout: "", stderr: "Error: no such command", outcome: { type: "exit", exit_code: 1 } },
          { stdout: "c", stderr: "", outcome: { type: "exit", exit_code: 0 } },
        ],
      },
    ]);
    expect(log).toEqual(["a", "b", "c"].map((command) => ({ command, timeoutMs: 9 })));
  });

  test("runs none of the commands left when the call is out of time", async () => {
    const log: string[] = [];
    const shell = shellTool({
      wire,
      timeoutMs: 5,
      execute: async ({ command }) => {
        log.push(command);
        await new Promise((resolve) => setTimeout(resolve, 10));
        return fine;
      },
    });
    const late = {
      stdout: "",
      stderr: "Error: timed out after 5 ms",
      outcome: { type: "timeout" },
    };

    expect(await runCalls([shellCall(["a", "b"])], [shell])).toMatchObject([
      { output: [late, late] },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log).toEqual(["a"]);
  });

  test("holds up a call when one of its commands needs consent", async () => {
    const execute = vi.fn(() => fine);
    const approve = vi.fn(({ command }: { command: string }) => command === "b");
    const shell = shellTool({ wire, approve, execute });

    expect(
      await runCalls([shellCall(["a", "b", "c"])], [shell], { approve: () => undefined }),
    ).toEqual([]);
    expect(approve.mock.calls.map(([args]) => args)).toEqual([{ command: "a" }, { command: "b" }]);
    expect(execute).not.toHaveBeenCalled();
    expect(await runCalls([shellCall(["a", "c"])], [shell])).toMatchObject([
      { output: [{ stdout: "ok\n" }, { stdout: "ok\n" }] },
    ]);
  });
});

test("shellTool refuses a bad time limit in both forms", () => {
  const bad = { timeoutMs: 0, execute: () => fine };

  expect(() => shellTool(bad)).toThrow('tool "shell_command": timeoutMs');
  expect(() => shellTool({ ...bad, wire: "builtin" })).toThrow('tool "shell": timeoutMs');
});

test("shellTool is a tool of the SDK, and a misspelt option a compile error", () => {
  const shell = shellTool({ execute: () => fine });

  expectTypeOf(shell).toExtend<Tool>();
  expectTypeOf<Extract<typeof shell, { type: "shell" }>>().toExtend<FunctionShellTool>();
  // @ts-expect-error it is `builtin`
  shellTool({ wire: "native", execute: () => fine });
  // @ts-expect-error a result without exit code
  shellTool({ execute: () => ({ stdout: "", stderr: "" }) });
});
