import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { customTool } from "../../src/tools/custom-tool.ts";
import { callId } from "../../src/tools/open-calls.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import type { Item } from "../../src/turn.ts";
import { customCall } from "./make-calls.ts";

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A tool that writes down when it begins and ends. */
function tracer(log: string[], name: string, parallel: boolean, ms = 1) {
  return customTool({
    name,
    parallel,
    execute: async (input) => {
      log.push(`+${input}`);
      await sleep(ms);
      log.push(`-${input}`);
      return input;
    },
  });
}

test("runCalls takes a whole transcript in time that grows with its length", async () => {
  const t = customTool({ name: "t", execute: (input) => input });
  const turns = Array.from({ length: 50_000 }, (_, i): Item[] => [
    customCall("t", "", { call_id: `${i}` }),
    { type: "custom_tool_call_output", call_id: `${i}`, output: "" },
    { type: "additional_tools", role: "developer", tools: [customTool({ name: `t${i}` })] },
  ]);
  const items = [...turns.flat(), customCall("t", "x"), customCall("t9", "y")];
  const began = performance.now();

  expect(await runCalls(items, [t])).toMatchObject([{ output: "x" }]);
  expect(performance.now() - began).toBeLessThan(2_000);
});

describe("runCalls orders", () => {
  test("one call after another, neighbors marked parallel together", async () => {
    const log: string[] = [];
    const tools = [tracer(log, "s", false), tracer(log, "p", true)];
    const names = ["s1", "p1", "p2", "s2", "s3", "p3", "p4"];
    const items = names.map((id) => customCall(id.slice(0, 1), id, { call_id: id }));
    const outputs = await runCalls(items, tools);

    expect(log.join(" ")).toBe("+s1 -s1 +p1 +p2 -p1 -p2 +s2 -s2 +s3 -s3 +p3 +p4 -p3 -p4");
    expect(outputs.map((item) => "call_id" in item && item.call_id)).toEqual(names);
  });

  test("no more parallel calls at once than the limit", async () => {
    for (const limit of [1, 3, undefined, 0, Number.NaN]) {
      let now = 0;
      let most = 0;
      const busy = customTool({
        name: "b",
        parallel: true,
        execute: async () => {
          most = Math.max(most, ++now);
          await sleep(1);
          now--;
        },
      });
      const items = Array.from({ length: 12 }, (_, i) => customCall("b", "", { call_id: `${i}` }));

      expect(await runCalls(items, [busy], { limit })).toHaveLength(12);
      expect(most).toBe(limit === undefined ? 8 : Number.isNaN(limit) ? 12 : limit || 1);
    }
  });

  test("outputs as the calls, however long each takes, exactly one for each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            kind: fc.constantFrom("s", "p", "unknown", "broken", "mine"),
            ms: fc.nat(3),
          }),
          { maxLength: 8 },
        ),
        fc.integer({ min: 1, max: 3 }),
        async (plan, limit) => {
          const slow = (name: string, parallel: boolean) =>
            customTool({ name, parallel, execute: (ms) => sleep(Number(ms)).then(() => ms) });
          const broken = customTool({
            name: "broken",
            parallel: true,
            execute: () => Promise.reject(),
          });
          const tools = [slow("s", false), slow("p", true), broken, customTool({ name: "mine" })];
          const items: readonly Item[] = Object.freeze(
            plan.map(({ kind, ms }, i) =>
              Object.freeze(customCall(kind, `${ms}`, { call_id: `${i}` })),
            ),
          );
          const seen = new Map<string, unknown>();
          const outputs = await runCalls(items, tools, {
            limit,
            onOutput: (item, call) => seen.set(callId(call), item),
          });

          const ids = plan.flatMap(({ kind }, i) => (kind === "mine" ? [] : [`${i}`]));
          expect(outputs.map((item) => "call_id" in item && item.call_id)).toEqual(ids);
          expect(ids.map((id) => seen.get(id))).toEqual(outputs);
          expect(seen.size).toBe(ids.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
