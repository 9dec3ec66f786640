import { describe, expect, test } from "vitest";
import { eventOf, isTerminal } from "../../src/stream/event.ts";

describe("an event", () => {
  const cases: [unknown, string | undefined, string | undefined][] = [
    [{ type: "a.b", x: 1 }, undefined, "a.b"],
    [{ type: "a.b" }, "c", "a.b"],
    [{ x: 1 }, "a.b", "a.b"],
    [{ error: {} }, undefined, "error"],
    [{ error: "no" }, "message", "error"],
    [{ error: null }, undefined, undefined],
    [{ x: 1 }, undefined, undefined],
    [{ x: 1 }, "message", undefined],
    [{ type: 7 }, "a", undefined],
    [{ type: "" }, "a", undefined],
    [[1], "a", undefined],
    [7, "a", undefined],
    [undefined, "a", undefined],
  ];
  test.each(cases)("that is %j, named %s, has the type %j", (json, name, type) => {
    expect(eventOf(json, name)?.type).toBe(type);
  });

  test.each([
    { type: "response.failed" },
    { type: "response.incomplete", response: null },
    { type: "response.completed", response: "x" },
    { type: "response.completed", response: { output: "x" } },
    { type: "response.completed", response: { output: [null] } },
    { type: "response.created", response: { output: ["x"] } },
    { type: "response.cancelled", response: { output: [{ type: "message", content: [null] }] } },
    { type: "response.output_item.added" },
    { type: "response.output_item.done", item: null },
    { type: "response.output_item.done", item: { type: "message", content: ["x"] } },
  ])("is none without what its type must have: %j", (json) => {
    expect(eventOf(json, undefined)).toBeUndefined();
  });

  test.each([
    { type: "response.created", response: null },
    { type: "response.completed", response: { id: "x" } },
    { type: "response.completed", response: { output: null } },
    { type: "response.output_item.done", item: { type: "hologram", content: "x" } },
    { type: "hologram.done", response: "x", item: null },
  ])("may lack what nobody reads: %j", (json) => {
    expect(eventOf(json, undefined)).toBe(json);
  });

  test("keeps all of its fields when its name is all that tells the type", () => {
    expect(eventOf({ x: 1 }, "a.b")).toEqual({ type: "a.b", x: 1 });
  });
});

test("four types end a response", () => {
  const states = [
    "created",
    "queued",
    "in_progress",
    "completed",
    "failed",
    "incomplete",
    "cancelled",
    "output_item.done",
  ];
  expect(states.filter((state) => isTerminal(`response.${state}`))).toEqual([
    "completed",
    "failed",
    "incomplete",
    "cancelled",
  ]);
});
