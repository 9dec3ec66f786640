import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { customTool } from "../../src/tools/custom-tool.ts";
import { namespace } from "../../src/tools/namespace.ts";
import { callId } from "../../src/tools/open-calls.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { tool } from "../../src/tools/tool.ts";
import type { Item } from "../../src/turn.ts";
import { customCall, functionCall } from "./make-calls.ts";

const echo = customTool({ name: "echo", execute: (input) => input });

const add = tool({
  name: "add",
  parameters: z.object({ a: z.number(), b: z.number().optional() }),
  execute: ({ a, b = 1 }) => a + b,
});

function output(name: string, text: unknown) {
  return { type: "custom_tool_call_output", call_id: `call_${name}`, output: text };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("runCalls answers", () => {
  test("functions and custom tools with what execute returns", async () => {
    const items = [functionCall("add", { a: 1, b: null }), customCall("echo", "hi")];

    expect(await runCalls(items, [echo, add])).toEqual([
      { type: "function_call_output", call_id: "call_add", output: "2" },
      output("echo", "hi"),
    ]);
  });

  test("only what is open, and nothing when nothing is", async () => {
    const done: Item[] = [
      customCall("echo", "x"),
      { ...customCall("echo", ""), type: "custom_tool_call_output", output: "x" },
    ];

    expect(await runCalls([], [echo])).toEqual([]);
    expect(await runCalls(done, [echo])).toEqual([]);
  });

  test("a call of an unknown name with the names there are", async () => {
    const crm = namespace({ name: "crm", description: "d", tools: [customTool({ name: "list" })] });
    const [answered] = await runCalls(
      [functionCall("ad", {})],
      [add, echo, crm, { type: "web_search" }],
    );

    expect(answered).toEqual({
      type: "function_call_output",
      call_id: "call_ad",
      output: 'Error: no tool is called "ad"; use one of: add, echo, crm.list',
    });
  });

  test("a function call that names a custom tool as unknown, and the reverse", async () => {
    expect(
      await runCalls([functionCall("echo", {}), customCall("add", "")], [add, echo]),
    ).toMatchObject([
      { output: expect.stringContaining('no tool is called "echo"') },
      { output: expect.stringContaining('no tool is called "add"') },
    ]);
  });

  test("arguments that are no JSON, or do not fit, with what is wrong", async () => {
    const execute = vi.fn();
    const strict = tool({ name: "t", parameters: z.object({ path: z.string() }), execute });
    const outputs = await runCalls(
      [
        functionCall("t", '{"path": "a', { call_id: "1" }),
        functionCall("t", { path: 7 }, { call_id: "2" }),
        functionCall("t", [], { call_id: "3" }),
      ],
      [strict],
    );

    expect(outputs).toEqual([
      {
        type: "function_call_output",
        call_id: "1",
        output: expect.stringMatching(/^Error: .* in JSON at position/),
      },
      {
        type: "function_call_output",
        call_id: "2",
        output: expect.stringMatching(/^Error: .*path.*string.*7/s),
      },
      {
        type: "function_call_output",
        call_id: "3",
        output: expect.stringMatching(/^Error: .*object/s),
      },
    ]);
    expect(execute).not.toHaveBeenCalled();
  });

  test.for<[string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("ENOENT a.ts");
      },
      "Error: ENOENT a.ts",
    ],
    [
      "throws a text",
      () => {
        throw "no";
      },
      "Error: no",
    ],
    [
      "throws nothing",
      () => {
        throw undefined;
      },
      "Error: (no output)",
    ],
    [
      "throws null",
      () => {
        throw null;
      },
      "Error: null",
    ],
    ["rejects", () => Promise.reject(new RangeError("far")), "Error: far"],
    ["rejects with an object", () => Promise.reject({ code: 7 }), 'Error: {"code":7}'],
    ["returns an error", () => new Error("soft"), "Error: soft"],
    ["returns nothing", () => undefined, "(no output)"],
    ["resolves to a value", async () => ({ a: 1 }), '{"a":1}'],
  ])("a tool that %s", async ([, execute, text]) => {
    const fails = customTool({ name: "t", execute });

    expect(await runCalls([customCall("t", "")], [fails])).toEqual([output("t", text)]);
  });

  test("a tool that returns a circular value", async () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const [answered] = await runCalls(
      [customCall("t", "")],
      [customTool({ name: "t", execute: () => circular })],
    );

    expect(answered).toMatchObject({ output: expect.stringMatching(/^The result is no JSON/) });
  });

  test("a tool whose result cannot even be looked at", async () => {
    const hostile = {
      get type() {
        throw new Error("keep out");
      },
    };
    const t = customTool({ name: "t", execute: () => hostile });
    const thrower = customTool({ name: "thrower", execute: () => Promise.reject(hostile) });

    expect(await runCalls([customCall("t", ""), customCall("thrower", "")], [t, thrower])).toEqual([
      output("t", "Error: keep out"),
      output("thrower", "Error: The result is no JSON: keep out"),
    ]);
  });

  test("a tool whose time is up, and tells it", async () => {
    let signal: AbortSignal | undefined;
    const slow = customTool({
      name: "slow",
      timeoutMs: 5,
      execute: (_, context) => {
        signal = context.signal;
        return sleep(10_000);
      },
    });

    expect(await runCalls([customCall("slow", "")], [slow])).toEqual([
      output("slow", "Error: timed out after 5 ms"),
    ]);
    expect(signal?.aborted).toBe(true);
  });

  test("a call that was cut off, without executing it", async () => {
    const execute = vi.fn();
    const cut = functionCall("add", { a: 1 }, { status: "incomplete" });

    expect(
      await runCalls(
        [cut],
        [{ ...add, ...tool({ name: "add", parameters: z.object({}), execute }) }],
      ),
    ).toEqual([
      {
        type: "function_call_output",
        call_id: "call_add",
        output: "Error: the call was cut off",
      },
    ]);
    expect(execute).not.toHaveBeenCalled();
  });

  test("async calls and calls of a program, whose caller comes back", async () => {
    const caller = { type: "program", caller_id: "prog_1" } as const;

    expect(await runCalls([customCall("echo", "x", { async: true, caller })], [echo])).toEqual([
      { ...output("echo", "x"), caller },
    ]);
  });

  test("hands the call over as it came", async () => {
    const execute = vi.fn();
    const call = customCall("t", "in");
    await runCalls([call], [customTool({ name: "t", execute })]);

    expect(execute).toHaveBeenCalledWith("in", { call, signal: expect.any(AbortSignal) });
    expect(execute.mock.calls[0]?.[1].call).toBe(call);
  });
});

test("runCalls tells what it does", async () => {
  const log: string[] = [];
  await runCalls([customCall("nobody", ""), customCall("echo", "x")], [echo], {
    onCall: (call) => log.push(`call ${callId(call)}`),
    onOutput: (item, call) => log.push(`${item.type} ${callId(call)}`),
  });

  expect(log).toEqual([
    "custom_tool_call_output call_nobody",
    "call call_echo",
    "custom_tool_call_output call_echo",
  ]);
});

test("runCalls passes on what the caller's own hook throws, once", async () => {
  const failing = () => {
    throw new Error("disk full");
  };
  const p = customTool({ name: "p", parallel: true, execute: () => sleep(1) });
  const items = ["1", "2", "3"].map((id) => customCall("p", "", { call_id: id }));

  await expect(runCalls(items, [p], { onOutput: failing })).rejects.toThrow("disk full");
  await sleep(5);
});

test("a misspelt option of runCalls is a compile error", () => {
  // @ts-expect-error it is `limit`
  void runCalls([], [], { limits: 1 });
});
