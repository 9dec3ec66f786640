import type { ResponseOutputItem } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { differs, grow } from "../../src/stream/item-delta.ts";

/** Feeds events to a bare item. */
function grown(item: object, ...events: object[]): unknown {
  const copy: ResponseOutputItem = structuredClone(item) as ResponseOutputItem;
  const sealed = new Set();
  for (const event of events) grow(copy, event, sealed);
  return copy;
}

const at = (type: string, fields: object) => ({
  type: `response.${type}`,
  output_index: 0,
  ...fields,
});
const twice = (kind: string, where: object) =>
  ["ab", "cd"].map((delta) => at(`${kind}.delta`, { delta, ...where }));

describe("grow", () => {
  const cases: [string, object, object, object, unknown][] = [
    [
      "output_text",
      { content: [] },
      { content_index: 0 },
      { text: "XY" },
      (text: string) => ({ content: [{ type: "output_text", text, annotations: [] }] }),
    ],
    [
      "refusal",
      { content: [] },
      { content_index: 0 },
      { refusal: "XY" },
      (refusal: string) => ({ content: [{ type: "refusal", refusal }] }),
    ],
    [
      "reasoning_text",
      {},
      { content_index: 0 },
      { text: "XY" },
      (text: string) => ({ content: [{ type: "reasoning_text", text }] }),
    ],
    [
      "reasoning_summary_text",
      { summary: [] },
      { summary_index: 0 },
      { text: "XY" },
      (text: string) => ({ summary: [{ type: "summary_text", text }] }),
    ],
    [
      "function_call_arguments",
      { arguments: "" },
      {},
      { arguments: "XY" },
      (text: string) => ({ arguments: text }),
    ],
    [
      "mcp_call_arguments",
      { arguments: "" },
      {},
      { arguments: "XY" },
      (text: string) => ({ arguments: text }),
    ],
    ["custom_tool_call_input", { input: "" }, {}, { input: "XY" }, (input: string) => ({ input })],
    [
      "code_interpreter_call_code",
      { code: null },
      {},
      { code: "XY" },
      (code: string) => ({ code }),
    ],
    [
      "shell_call_command",
      { action: { commands: [] } },
      { command_index: 0 },
      { command: "XY" },
      (text: string) => ({ action: { commands: [text] } }),
    ],
    [
      "apply_patch_call_operation_diff",
      { operation: { type: "update_file" } },
      {},
      { diff: "XY" },
      (diff: string) => ({ operation: { type: "update_file", diff } }),
    ],
  ];
  test.each(cases)(
    "%s: deltas add up, and what is done supersedes them",
    (kind, item, where, done, shape) => {
      const made = shape as (text: string) => unknown;
      expect(grown(item, ...twice(kind, where))).toEqual(made("abcd"));
      expect(grown(item, ...twice(kind, where), at(`${kind}.done`, { ...where, ...done }))).toEqual(
        made("XY"),
      );
      expect(grown(item, at(`${kind}.done`, { ...where, ...done }))).toEqual(made("XY"));
    },
  );

  test("parts and annotations are set where they belong", () => {
    const part = { type: "output_text", text: "", annotations: [] };
    const annotation = { type: "url_citation", url: "u" };
    expect(
      grown(
        { content: [] },
        at("content_part.added", { content_index: 0, part }),
        at("output_text.delta", { content_index: 0, delta: "a" }),
        at("content_part.added", { content_index: 0, part }),
        at("output_text.annotation.added", { content_index: 0, annotation_index: 0, annotation }),
        at("content_part.done", { content_index: 1, part: { ...part, text: "b" } }),
      ),
    ).toEqual({
      content: [
        { ...part, text: "a", annotations: [annotation] },
        { ...part, text: "b" },
      ],
    });
    expect(
      grown(
        { summary: [] },
        at("reasoning_summary_part.done", {
          summary_index: 0,
          part: { type: "summary_text", text: "s" },
        }),
      ),
    ).toEqual({ summary: [{ type: "summary_text", text: "s" }] });
  });

  test("deltas of several parts do not mix", () => {
    const to = (content_index: number, delta: string) =>
      at("output_text.delta", { content_index, delta });
    expect(
      grown({ content: [] }, to(0, "a"), to(1, "x"), to(0, "b"), to(1, "y"), to(1, "z")),
    ).toEqual({
      content: [
        { type: "output_text", text: "ab", annotations: [] },
        { type: "output_text", text: "xyz", annotations: [] },
      ],
    });
  });

  const misfits: [string, object, object][] = [
    ["an unknown event", { content: [] }, at("hologram.delta", { delta: "x" })],
    [
      "a place beyond the next",
      { content: [] },
      at("output_text.delta", { content_index: 3, delta: "x" }),
    ],
    [
      "a place that is no number",
      { content: [] },
      at("output_text.delta", { content_index: "__proto__", delta: "x" }),
    ],
    [
      "a fraction of a place",
      { content: [] },
      at("output_text.delta", { content_index: 0.5, delta: "x" }),
    ],
    ["no place", { content: [] }, at("output_text.delta", { delta: "x" })],
    [
      "a delta that is no text",
      { arguments: "a" },
      at("function_call_arguments.delta", { delta: 7 }),
    ],
    [
      "text for a part of another type",
      { content: [{ type: "refusal", refusal: "No" }] },
      at("output_text.delta", { content_index: 0, delta: "x" }),
    ],
    [
      "a diff without an operation",
      {},
      at("apply_patch_call_operation_diff.delta", { delta: "x" }),
    ],
    ["nothing done", { arguments: "a" }, at("function_call_arguments.done", {})],
  ];
  test.each(misfits)("%s changes nothing", (_, item, event) => {
    expect(grown(item, event)).toEqual(item);
  });

  test("a delta that comes after what is done changes it no more", () => {
    const done = at("output_text.done", { content_index: 0, text: "ab" });
    const part = { type: "output_text", text: "ab", annotations: [] };
    const late = at("output_text.delta", { content_index: 0, delta: "cd" });
    expect(grown({ content: [] }, done, late)).toEqual({ content: [part] });
    expect(
      grown({ content: [] }, at("content_part.done", { content_index: 0, part }), late),
    ).toEqual({ content: [part] });
  });

  test("it says whether the deltas were those of the text", () => {
    const item = structuredClone({ type: "message", content: [] }) as unknown as ResponseOutputItem;
    const sealed = new Set();
    for (const event of twice("output_text", { content_index: 0 })) grow(item, event, sealed);
    expect(grow(item, at("output_text.done", { content_index: 0, text: "abcd" }), sealed)).toBe(
      false,
    );
    expect(grow(item, at("output_text.done", { content_index: 0, text: "abXd" }), sealed)).toBe(
      true,
    );
  });
});

test("text differs only when some of it was read", () => {
  expect(differs("", "abc")).toBe(false);
  expect(differs("ab", "abc")).toBe(true);
  expect(
    differs({ content: [{ text: "a" }, { refusal: "b" }] }, { content: [{ text: "ab" }] }),
  ).toBe(false);
  expect(differs({ arguments: "{" }, { arguments: "{}" })).toBe(true);
  expect(differs({ type: "x" }, { type: "y", text: "z" })).toBe(false);
});
