import type { Tool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { applyPatchGrammar } from "../../src/patch/grammar.ts";
import { patchFromOperation } from "../../src/patch/operation.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import type { Patch } from "../../src/patch/patch.ts";
import { applyPatchTool } from "../../src/tools/apply-patch-tool.ts";
import { lark } from "../../src/tools/grammar.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { customCall, patchCall } from "./make-calls.ts";

const text = "*** Begin Patch\n*** Add File: a.txt\n+hello\n*** End Patch";
const operation = { type: "create_file", path: "a.txt", diff: "+hello" } as const;

describe("applyPatchTool as a custom tool", () => {
  test("is apply_patch with a grammar the API takes", () => {
    expect(JSON.parse(JSON.stringify(applyPatchTool({ apply: () => "ok" })))).toEqual({
      type: "custom",
      name: "apply_patch",
      description: expect.any(String),
      format: lark(applyPatchGrammar),
    });
    expect(applyPatchTool({ description: "Mine.", apply: () => "ok" })).toMatchObject({
      description: "Mine.",
    });
  });

  test("hands over the parsed patch and answers with apply's line", async () => {
    const apply = vi.fn(() => "added a.txt");
    const call = customCall("apply_patch", text);

    expect(await runCalls([call], [applyPatchTool({ apply })])).toEqual([
      { type: "custom_tool_call_output", call_id: "call_apply_patch", output: "added a.txt" },
    ]);
    expect(apply).toHaveBeenCalledWith(parsePatch(text), { call, signal: expect.any(AbortSignal) });
  });

  test("answers with the parse error of a text that is no patch", async () => {
    const apply = vi.fn();
    const cut = text.replace("\n*** End Patch", "");

    expect(
      await runCalls([customCall("apply_patch", cut)], [applyPatchTool({ apply })]),
    ).toMatchObject([{ output: expect.stringMatching(/^Error: .*\*\*\* End Patch/s) }]);
    expect(apply).not.toHaveBeenCalled();
  });

  test("answers with what apply throws", async () => {
    const apply = () => Promise.reject(new Error("a.txt is read-only"));

    expect(
      await runCalls([customCall("apply_patch", text)], [applyPatchTool({ apply })]),
    ).toMatchObject([{ output: "Error: a.txt is read-only" }]);
  });

  test("asks with the patch", async () => {
    const approve = vi.fn((patch: Patch) => patch.files.length > 0);
    const guarded = applyPatchTool({ approve, apply: () => "ok" });

    expect(
      await runCalls([customCall("apply_patch", text)], [guarded], { approve: () => false }),
    ).toMatchObject([{ output: "Error: declined by the user" }]);
    expect(approve).toHaveBeenCalledWith(parsePatch(text), expect.anything());
  });
});

describe("applyPatchTool as the API's own type", () => {
  const wire = "builtin";

  test("is one key", () => {
    expect(JSON.stringify(applyPatchTool({ wire, apply: () => "ok" }))).toBe(
      '{"type":"apply_patch"}',
    );
  });

  test("hands over the operation as a patch and completes", async () => {
    const apply = vi.fn(() => "added a.txt");
    const caller = { type: "program", caller_id: "prog_1" } as const;

    expect(
      await runCalls([patchCall(operation, { caller })], [applyPatchTool({ wire, apply })]),
    ).toEqual([
      {
        type: "apply_patch_call_output",
        call_id: "call_patch",
        caller,
        status: "completed",
        output: "added a.txt",
      },
    ]);
    expect(apply).toHaveBeenCalledWith(patchFromOperation(operation), expect.anything());
  });

  test("fails with what apply throws, or with the parse error", async () => {
    const apply = () => {
      throw new Error("a.txt exists");
    };
    const calls = [
      patchCall(operation),
      patchCall({ ...operation, diff: "no plus" }, { call_id: "2" }),
      patchCall({ ...operation, path: "/etc/passwd" }, { call_id: "3" }),
    ];

    expect(await runCalls(calls, [applyPatchTool({ wire, apply })])).toMatchObject([
      { status: "failed", output: "Error: a.txt exists" },
      { status: "failed", output: expect.stringMatching(/^Error: .*no plus/s) },
      { status: "failed", output: expect.stringMatching(/^Error: .*\/etc\/passwd/s) },
    ]);
  });
});

test("applyPatchTool refuses a bad time limit", () => {
  expect(() => applyPatchTool({ timeoutMs: Number.NaN, apply: () => "" })).toThrow(
    'tool "apply_patch": timeoutMs',
  );
});

test("applyPatchTool is a tool of the SDK, and a misspelt option a compile error", () => {
  expectTypeOf(applyPatchTool({ apply: () => "" })).toExtend<Tool>();
  // @ts-expect-error it is `apply`
  expect(() => applyPatchTool({ execute: () => "" })).not.toThrow();
  // @ts-expect-error it is `builtin`
  applyPatchTool({ wire: "native", apply: () => "" });
});
