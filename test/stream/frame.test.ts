import { describe, expect, test } from "vitest";
import { decode, frame, isTerminal } from "../../src/stream/frame.ts";

describe("the type of a frame", () => {
  const cases: [string, string | undefined, string][] = [
    ['{"type":"a.b","x":1}', undefined, "a.b"],
    ['{"type":"a.b"}', "c", "a.b"],
    ['{ "type": "a.b" }', undefined, "a.b"],
    ['{"x":1,"type":"a.b"}', undefined, "a.b"],
    ['{"type":"a\\u002eb"}', undefined, "a.b"],
    ['{"x":1}', "a.b", "a.b"],
    ['{"error":{}}', undefined, "error"],
    ['{"error":"no"}', "message", "error"],
    ['{"error":null}', undefined, ""],
    ['{"x":1}', undefined, ""],
    ['{"type":7}', undefined, ""],
    ["[1]", "a", ""],
    ["7", "a", ""],
    ["nonsense", "a", ""],
  ];
  test.each(cases)("of %s, named %s, is %j", (data, name, type) => {
    const made = frame(data, name);
    expect(made.type).toBe(type);
    expect(decode(made)?.type).toBe(type || undefined);
  });

  test("is read without parsing the JSON", () => {
    const made = frame('{"type":"response.output_text.delta","delta":"x"}', undefined);
    expect(made.event).toBeUndefined();
    expect(decode(made)).toBe(decode(made));
  });

  test("can be there while the JSON is broken", () => {
    expect(decode(frame('{"type":"a","x":', undefined))).toBeUndefined();
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
