import type {
  ResponseCustomToolCallOutput,
  ResponseInputItem,
  ResponseToolSearchOutputItemParam,
} from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { answer, type CallOutput } from "../../src/tools/answer.ts";
import type { Call } from "../../src/turn.ts";
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

const call = functionCall("f", {});
const patch = patchCall({ type: "delete_file", path: "a" });

function outputOf(result: unknown): unknown {
  const { output, ...rest } = answer(call, result);
  expect(rest).toEqual({ type: "function_call_output", call_id: "call_f" });
  return output;
}

describe("a function call", () => {
  test.for<[string, unknown]>([
    ["text", "text"],
    ["(no output)", ""],
    ["(no output)", undefined],
    ["(no output)", () => 1],
    ["(no output)", Symbol("x")],
    ["null", null],
    ["false", false],
    ["0", 0],
    ["[]", []],
    ['{"b":1,"a":[null,"2"]}', { b: 1, a: [undefined, "2"] }],
    ['{"stdout":"a","stderr":"","exitCode":0}', { stdout: "a", stderr: "", exitCode: 0 }],
    ['"seen"', { toJSON: () => "seen" }],
    ["a\ufffd", "a\ud83d"],
    ['[{"type":"text","text":"x"}]', [{ type: "text", text: "x" }]],
  ])("is answered with %j", ([text, result]) => {
    expect(outputOf(result)).toBe(text);
  });

  test("is answered with content parts as they are, one or several", () => {
    const text = { type: "input_text", text: "see" };
    const image = { type: "input_image", image_url: "data:image/png;base64,AA==", detail: "low" };
    const file = { type: "input_file", file_id: "file_1" };

    expect(outputOf([text, image, file])).toEqual([text, image, file]);
    expect(outputOf(image)).toEqual([image]);
    expect(outputOf([text, "x"])).toBe('[{"type":"input_text","text":"see"},"x"]');
  });

  test("is answered with an error's message and its cause, without the stack", () => {
    const error = new Error("fetch failed", { cause: new Error("ECONNREFUSED") });

    expect(outputOf(error)).toBe("Error: fetch failed (ECONNREFUSED)");
    expect(outputOf(new TypeError("x is not a function"))).toBe("Error: x is not a function");
    expect(outputOf(new Error("a", { cause: "text" }))).toBe("Error: a");
  });

  test("is answered with at most 2,000 characters of an error", () => {
    const text = outputOf(new Error("x".repeat(5000)));

    expect(text).toBe(`Error: ${"x".repeat(1993)}…`);
  });

  test("is answered with what the API takes of an endless text", () => {
    const text = String(outputOf("x".repeat(10_485_761)));

    expect(outputOf("x".repeat(10_485_760))).toHaveLength(10_485_760);
    expect(text.replaceAll("x", "")).toBe("\n…13 tokens truncated…\n");
    expect(text.length).toBeLessThanOrEqual(10_485_760);
  });

  test("is answered even when the result cannot be written", () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const hostile = {
      get message() {
        throw new Error("no");
      },
    };

    expect(outputOf({ big: 2n })).toMatch(/^The result is no JSON: .*BigInt/);
    expect(outputOf(circular)).toMatch(/^The result is no JSON: Converting circular structure/);
    expect(outputOf(hostile)).toBe("The result is no JSON: no");
    expect(outputOf(Object.create(null))).toBe("{}");
  });

  test("echoes a program as caller, and a namespace not at all", () => {
    const caller = { type: "program", caller_id: "prog_1" } as const;

    expect(answer({ ...call, caller, namespace: "crm" }, "x")).toEqual({
      type: "function_call_output",
      call_id: "call_f",
      caller,
      output: "x",
    });
    expect(answer({ ...call, caller: null }, "x")).not.toHaveProperty("caller");
  });
});

test("a custom call gets its own type of output", () => {
  const caller = { type: "direct" } as const;

  expect(answer(customCall("c", "in", { caller }), { a: 1 })).toEqual({
    type: "custom_tool_call_output",
    call_id: "call_c",
    caller,
    output: '{"a":1}',
  });
});

describe("a shell call", () => {
  const two = shellCall(["a", "b"], {
    action: { commands: ["a", "b"], max_output_length: 4096, timeout_ms: null },
    caller: { type: "program", caller_id: "prog_1" },
  });

  test("gets an entry for each command in order, and its max_output_length and caller back", () => {
    const results = [
      { stdout: "1", stderr: "", exitCode: 0 },
      { stdout: "2", stderr: "late", timedOut: true },
    ] as const;

    expect(answer(two, results)).toEqual({
      type: "shell_call_output",
      call_id: "call_shell",
      caller: { type: "program", caller_id: "prog_1" },
      max_output_length: 4096,
      output: [
        { stdout: "1", stderr: "", outcome: { type: "exit", exit_code: 0 } },
        { stdout: "2", stderr: "late", outcome: { type: "timeout" } },
      ],
    });
  });

  test("gets no max_output_length that was not asked for", () => {
    expect(answer(shellCall(["a"]), { stdout: "", stderr: "", exitCode: 3 })).toEqual({
      type: "shell_call_output",
      call_id: "call_shell",
      output: [{ stdout: "", stderr: "", outcome: { type: "exit", exit_code: 3 } }],
    });
  });

  test("echoes a limit of 0", () => {
    const none = shellCall([], {
      action: { commands: ["a"], max_output_length: 0, timeout_ms: null },
    });

    expect(answer(none, "x").max_output_length).toBe(0);
  });

  test("gets one failure for each command", () => {
    const failed = {
      stdout: "",
      stderr: "Error: no shell",
      outcome: { type: "exit", exit_code: 1 },
    };

    expect(answer(two, new Error("no shell")).output).toEqual([failed, failed]);
    expect(answer(two, ["fine", new Error("no shell")]).output).toEqual([
      { stdout: "fine", stderr: "", outcome: { type: "exit", exit_code: 0 } },
      failed,
    ]);
  });

  test("gets a timeout for an error that says so", () => {
    const late = new DOMException("timed out after 5 ms", "TimeoutError");

    expect(answer(shellCall(["a"]), late).output).toEqual([
      { stdout: "", stderr: "Error: timed out after 5 ms", outcome: { type: "timeout" } },
    ]);
  });
});

test("a local shell call is answered under id", () => {
  expect(answer(localShellCall, { stdout: "x", stderr: "", exitCode: 0 })).toEqual({
    type: "local_shell_call_output",
    id: "call_local",
    output: '{"stdout":"x","stderr":"","exitCode":0}',
  });
});

test("an apply_patch call completes, or fails with the reason", () => {
  expect(answer(patch, "deleted a")).toEqual({
    type: "apply_patch_call_output",
    call_id: "call_patch",
    status: "completed",
    output: "deleted a",
  });
  expect(answer(patch, undefined)).toMatchObject({ status: "completed", output: "(no output)" });
  expect(answer(patch, new Error("a is missing"))).toEqual({
    type: "apply_patch_call_output",
    call_id: "call_patch",
    status: "failed",
    output: "Error: a is missing",
  });
});

describe("a computer call", () => {
  test("gets a screenshot by URL or by file, and the accepted checks", () => {
    const checks = [{ id: "sc_1", code: "malicious", message: "careful" }];

    expect(answer(computerCall(), "https://x/s.png")).toEqual({
      type: "computer_call_output",
      call_id: "call_computer",
      output: { type: "computer_screenshot", image_url: "https://x/s.png" },
    });
    expect(
      answer(computerCall(), { file_id: "file_1", acknowledged_safety_checks: checks }),
    ).toEqual({
      type: "computer_call_output",
      call_id: "call_computer",
      output: { type: "computer_screenshot", file_id: "file_1" },
      acknowledged_safety_checks: checks,
    });
    expect(
      answer(computerCall(), { file_id: "f", acknowledged_safety_checks: [] }),
    ).not.toHaveProperty("acknowledged_safety_checks");
  });

  test("gets one blank pixel for a failure, since it takes no text", () => {
    expect(answer(computerCall(), new Error("no display")).output).toEqual({
      type: "computer_screenshot",
      image_url: expect.stringMatching(/^data:image\/gif;base64,[\w+/]+=*$/),
    });
  });
});

test("a tool search call gets the tools, or none and an incomplete status", () => {
  const tools = [{ type: "custom", name: "sql" } as const];

  expect(answer(searchCall(), tools)).toEqual({
    type: "tool_search_output",
    call_id: "call_search",
    execution: "client",
    status: "completed",
    tools,
  });
  expect(answer(searchCall(), new Error("no index"))).toMatchObject({
    status: "incomplete",
    tools: [],
  });
});

test.for<[unknown, object]>([
  [true, { approve: true }],
  [false, { approve: false }],
  [{ approve: true }, { approve: true }],
  [
    { approve: false, reason: "not on main" },
    { approve: false, reason: "not on main" },
  ],
  [new Error("aborted by user"), { approve: false, reason: "aborted by user" }],
])("an approval request is answered for %j with %j", ([result, decision]) => {
  expect(answer<Call>(approvalRequest, result)).toEqual({
    type: "mcp_approval_response",
    approval_request_id: "mcpr_1",
    ...decision,
  });
});

test.for([undefined, null, "yes", 1, {}, { approve: "true" }])(
  "an approval request is refused for anything but a clear yes: %j",
  (result) => {
    expect(answer<Call>(approvalRequest, result)).toMatchObject({ approve: false });
  },
);

test("arguments stay unchanged", () => {
  const frozen = Object.freeze({ ...shellCall(["a"]) });
  const result = Object.freeze({ stdout: "x", stderr: "", exitCode: 0 });

  expect(() => answer(frozen, result)).not.toThrow();
  expect(frozen).toEqual(shellCall(["a"]));
});

test("types follow the call", () => {
  expectTypeOf(
    answer(call, { any: "thing" }),
  ).toEqualTypeOf<ResponseInputItem.FunctionCallOutput>();
  expectTypeOf(answer(customCall("c", ""), 1)).toEqualTypeOf<ResponseCustomToolCallOutput>();
  expectTypeOf(answer(searchCall(), [])).toEqualTypeOf<ResponseToolSearchOutputItemParam>();
  expectTypeOf<CallOutput>().toExtend<ResponseInputItem>();
  // @ts-expect-error an approval is a yes or a no, not a text
  answer(approvalRequest, "yes");
  // @ts-expect-error a computer call takes a screenshot, not a number
  answer(computerCall(), 1);
});
