import type { ResponseOutputItem } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { mergeOutput } from "../../src/stream/merge-output.ts";

const item = (id: string, fields: object = {}): ResponseOutputItem =>
  JSON.parse(JSON.stringify({ type: "reasoning", id, summary: [], ...fields }));
const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => item(id));
const list = (...items: (ResponseOutputItem | undefined)[]) =>
  items.filter((each) => each !== undefined);

describe("mergeOutput", () => {
  test("is what was streamed when nothing is listed", () => {
    expect(mergeOutput(list(a, b), [])).toEqual([a, b]);
  });

  test("is what is listed when it has all of it, changes included", () => {
    const changed = item("b", { summary: [{ type: "summary_text", text: "more" }] });
    expect(mergeOutput(list(a, b), list(a, changed, c))).toEqual([a, changed, c]);
  });

  test.each([
    [list(a, b, c), list(b)],
    [list(a, b, c), list(a, c)],
    [list(a, b, c), list(a)],
    [list(a, b), list(b, c)],
  ])("puts what is missing where it was streamed (%#)", (streamed, listed) => {
    expect(mergeOutput(streamed, listed)).toEqual(list(a, b, c));
  });

  test("takes encrypted content from where it is", () => {
    const secret = item("a", { encrypted_content: "x" });
    expect(mergeOutput([secret], list(a, d))).toEqual([secret, d]);
    expect(mergeOutput(list(a), [secret])).toEqual([secret]);
  });

  test("knows items without an id by their call, or by what they are", () => {
    const call = item("", { type: "function_call", id: undefined, call_id: "c1", arguments: "{}" });
    const done = item("fc", { type: "function_call", call_id: "c1", arguments: "{}" });
    expect(mergeOutput([call], [done])).toEqual([done]);
    const bare = item("", { id: undefined });
    expect(mergeOutput([bare], [structuredClone(bare)])).toEqual([bare]);
  });

  test("changes neither list", () => {
    const streamed = list(a, b);
    const listed = list(b, c);
    mergeOutput(streamed, listed);
    expect([streamed, listed]).toEqual([list(a, b), list(b, c)]);
  });
});
