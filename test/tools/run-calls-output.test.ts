import { describe, expect, test } from "vitest";
import { z } from "zod";
import { answer } from "../../src/tools/answer.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { cutMiddle } from "../../src/tools/cut-middle.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { shellTool } from "../../src/tools/shell-tool.ts";
import { tool } from "../../src/tools/tool.ts";
import { customCall, functionCall, shellCall } from "./make-calls.ts";

const long = "0123456789".repeat(10_000);
const image = { type: "input_image", image_url: "data:,x", detail: "low" };

const custom = (maxOutputTokens?: number) =>
  customTool({ name: "c", execute: () => long, maxOutputTokens });
const parts = tool({
  name: "f",
  parameters: z.object({}),
  execute: () => [{ type: "input_text", text: long }, image],
});

async function outputs(options?: { maxOutputTokens: number }, own?: number): Promise<unknown[]> {
  const calls = [customCall("c", ""), functionCall("f", {})];
  const items = await runCalls(calls, [custom(own), parts], options);
  return items.map((item) => "output" in item && item.output);
}

describe("runCalls cuts outputs", () => {
  test("to 10,000 tokens, texts and text parts alike", async () => {
    const cut = cutMiddle(long, 10_000);

    expect(cut).toHaveLength(40_000 - 48 + "\n…15012 tokens truncated…\n".length);
    expect(await outputs()).toEqual([cut, [{ type: "input_text", text: cut }, image]]);
  });

  test("to the limit it is given, or not at all", async () => {
    const cut = cutMiddle(long, 50);

    expect(await outputs({ maxOutputTokens: 50 })).toEqual([
      cut,
      [{ type: "input_text", text: cut }, image],
    ]);
    expect(await outputs({ maxOutputTokens: Number.POSITIVE_INFINITY })).toEqual([
      long,
      [{ type: "input_text", text: long }, image],
    ]);
  });

  test("to the tool's own limit before its own", async () => {
    const cut = cutMiddle(long, 50);
    const part = [{ type: "input_text", text: cut }, image];

    expect(await outputs({ maxOutputTokens: 50 }, 1e9)).toEqual([long, part]);
    expect(await outputs({ maxOutputTokens: 50 }, 20)).toEqual([cutMiddle(long, 20), part]);
  });

  test("of the shell, each stream of each command or the whole text", async () => {
    const execute = () => ({ stdout: long, stderr: long.slice(0, 500), exitCode: 0 });
    const builtin = shellTool({ wire: "builtin", execute, maxOutputTokens: 100 });
    const entry = {
      stdout: cutMiddle(long, 100),
      stderr: cutMiddle(long.slice(0, 500), 100),
      outcome: { type: "exit", exit_code: 0 },
    };

    expect(await runCalls([shellCall(["a", "b"])], [builtin])).toMatchObject([
      { output: [entry, entry] },
    ]);
    const text = `Exit code: 0\n${long}\nstderr:\n${long.slice(0, 500)}`;
    expect(
      await runCalls(
        [functionCall("shell_command", { command: "a" })],
        [shellTool({ execute, maxOutputTokens: 100 })],
      ),
    ).toMatchObject([{ output: cutMiddle(text, 100) }]);
  });
});

test("answer cuts only when it is told to", () => {
  expect(answer(customCall("c", ""), long).output).toBe(long);
  expect(answer(customCall("c", ""), long, 50).output).toBe(cutMiddle(long, 50));
});
