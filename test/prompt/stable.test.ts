import { describe, expect, test } from "vitest";
import { breakpoints, stableLength, stableText } from "../../src/prompt/stable.ts";
import type { Item } from "../../src/turn.ts";

const marked = { prompt_cache_breakpoint: { mode: "explicit" } } as const;
const developer: Item = { role: "developer", content: "Fix bugs." };
const user: Item = { role: "user", content: [{ type: "input_text", text: "Hi" }] };
const end: Item = { role: "user", content: [{ type: "input_text", text: "env", ...marked }] };
const assistant: Item = { role: "assistant", content: "Hello" };
const added: Item = { type: "additional_tools", role: "developer", tools: [] };

describe("the stable part", () => {
  test.for<[string, Item[], number]>([
    ["nothing", [], 0],
    ["a task", [user], 0],
    ["developer messages", [developer, developer, user], 2],
    ["tools at the head, too", [added, developer, user], 2],
    ["everything up to the first breakpoint", [developer, user, end, user, end, assistant], 3],
    ["no breakpoint after the model has spoken", [developer, user, assistant, end], 1],
    ["no developer message after a user's", [developer, user, developer, assistant], 1],
  ])("holds %s", ([, items, length]) => {
    expect(stableLength(items)).toBe(length);
  });

  test("has texts, each with its path", () => {
    expect(stableText({ instructions: "Be brief." }, [developer, user, end, assistant])).toEqual([
      ["instructions", "Be brief."],
      ["input[0].content", "Fix bugs."],
      ["input[1].content[0].text", "Hi"],
      ["input[2].content[0].text", "env"],
    ]);
    expect(stableText({ instructions: "" }, [user])).toEqual([]);
  });
});

test("breakpoints are found in content, in outputs and on a screenshot", () => {
  const items: Item[] = [
    developer,
    end,
    {
      type: "function_call_output",
      call_id: "call_1",
      output: [
        { type: "input_text", text: "a" },
        { type: "input_text", text: "b", ...marked },
      ],
    },
    {
      type: "computer_call_output",
      call_id: "call_2",
      output: Object.assign({ type: "computer_screenshot" as const, file_id: "file_1" }, marked),
    },
  ];
  expect(breakpoints(items)).toEqual([
    "input[1].content[0].prompt_cache_breakpoint",
    "input[2].output[1].prompt_cache_breakpoint",
    "input[3].output.prompt_cache_breakpoint",
  ]);
});
