import type { ComputerAction, ComputerTool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { hasBehavior } from "../../src/tools/behavior.ts";
import { computer } from "../../src/tools/computer.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { computerCall } from "./make-calls.ts";

const shown = "data:image/png;base64,AA==";
const check = { id: "sc_1", code: "sensitive_domain", message: "A bank." };

describe("computer", () => {
  test("is the SDK's param, with and without execute", () => {
    expect(JSON.stringify(computer())).toBe('{"type":"computer"}');
    expect(hasBehavior(computer())).toBe(false);
    expect(JSON.stringify(computer({ execute: () => shown }))).toBe('{"type":"computer"}');
    expectTypeOf(computer()).toEqualTypeOf<ComputerTool>();
  });

  test("hands over the actions in order, also the single one of older models", async () => {
    const execute = vi.fn((_: readonly ComputerAction[]) => shown);
    const click = { type: "click", button: "left", x: 1, y: 2 } as const;
    const { actions: _, ...without } = computerCall({ call_id: "2" });
    await runCalls(
      [computerCall({ actions: [click, { type: "screenshot" }] }), { ...without, action: click }],
      [computer({ execute })],
    );

    expect(execute.mock.calls.map(([actions]) => actions)).toEqual([
      [click, { type: "screenshot" }],
      [click],
    ]);
  });

  test("needs consent for pending safety checks, and acknowledges them once it is given", async () => {
    const execute = vi.fn(() => shown);
    const call = computerCall({ pending_safety_checks: [check] });
    const tools = [computer({ execute, approve: undefined })];

    expect(await runCalls([call], tools, { approve: () => undefined })).toEqual([]);
    expect(execute).not.toHaveBeenCalled();
    expect(await runCalls([call], tools, { approve: () => true })).toEqual([
      {
        type: "computer_call_output",
        call_id: "call_computer",
        output: { type: "computer_screenshot", image_url: shown },
        acknowledged_safety_checks: [check],
      },
    ]);
  });

  test("acknowledges nothing where nothing is pending, or what execute says itself", async () => {
    const call = computerCall({ pending_safety_checks: [check] });
    const own = { file_id: "f", acknowledged_safety_checks: [] };

    expect(await runCalls([computerCall()], [computer({ execute: () => shown })])).toEqual([
      {
        type: "computer_call_output",
        call_id: "call_computer",
        output: { type: "computer_screenshot", image_url: shown },
      },
    ]);
    expect(await runCalls([call], [computer({ approve: false, execute: () => own })])).toEqual([
      {
        type: "computer_call_output",
        call_id: "call_computer",
        output: { type: "computer_screenshot", file_id: "f" },
      },
    ]);
  });
});
