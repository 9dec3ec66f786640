import fc from "fast-check";
import type {
  ResponseInputItem,
  ResponseInputMessageContentList,
} from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { models } from "../../src/models/catalogue.ts";
import type { ModelInfo } from "../../src/models/model-info.ts";
import type { Part } from "../../src/part.ts";
import { type PromptOptions, prompt } from "../../src/prompt/prompt.ts";
import { error, problemsOf } from "./problems-of.ts";

const developer = (text: string) => message("developer", text);
const user = (text: string) => message("user", text);

function message(role: "developer" | "user", text: string) {
  return { type: "message", role, content: [{ type: "input_text", text }] };
}

const said: ResponseInputItem[] = [
  { type: "message", role: "user", content: "first" },
  { id: "rs_1", type: "reasoning", summary: [], encrypted_content: "gAAA" },
  { type: "function_call", call_id: "call_1", name: "ls", arguments: "{}" },
  { type: "function_call_output", call_id: "call_1", output: "a.ts" },
];

const whole = {
  instructions: "Fix bugs.",
  project: ["Root rules.", { path: "/repo/app/AGENTS.md", text: "App rules." }],
  context: ["cwd: /repo"],
  history: said,
  task: "add() is wrong",
} as const satisfies PromptOptions;

const stable = [
  developer("Fix bugs."),
  user("Root rules."),
  user("# AGENTS.md instructions for /repo/app\n\n<INSTRUCTIONS>\nApp rules.\n</INSTRUCTIONS>"),
  user("cwd: /repo"),
];

describe("order", () => {
  test("goes from what changes least to what changes most", () => {
    expect(prompt(whole)).toEqual({
      input: [...stable, ...said, user("add() is wrong")],
      prompt_cache_key: expect.stringMatching(/^codex-[0-9a-f]{16}$/),
    });
  });

  test("does not depend on the order of the keys", () => {
    const entries = Object.entries({ ...whole, model: "gpt-6.2-sol", ttl: "12h" });
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const options: PromptOptions = Object.fromEntries(shuffled);
        const same: PromptOptions = Object.fromEntries(entries);
        expect(JSON.stringify(prompt(options))).toBe(JSON.stringify(prompt(same)));
      }),
    );
  });

  test("a new turn only appends", () => {
    const text = fc.string({ minLength: 1 });
    const item = fc.record({ role: fc.constant("user" as const), content: text });
    fc.assert(
      fc.property(
        text,
        fc.array(item),
        fc.array(item),
        text,
        (instructions, history, more, task) => {
          const before = prompt({ instructions, history });
          const after = prompt({ instructions, history: [...history, ...more], task });
          expect(after.input.slice(0, before.input.length)).toEqual(before.input);
          expect(after.prompt_cache_key).toBe(before.prompt_cache_key);
        },
      ),
    );
  });

  test("passes history on by reference, and changes no argument", () => {
    const before = structuredClone(whole);
    const { input } = prompt({ ...whole, model: "gpt-6.2-sol" });
    expect(whole).toEqual(before);
    expect(input.slice(4, 8).every((item, i) => item === said[i])).toBe(true);
  });
});

describe("parts", () => {
  test("that are absent, null or empty leave nothing", () => {
    expect(prompt({})).toEqual({ input: [] });
    const empty = { instructions: "", project: ["", { path: "AGENTS.md", text: " \n" }] };
    expect(prompt({ ...empty, context: [" "], history: [], task: "" })).toEqual({ input: [] });
    // @ts-expect-error null is no value of the types, and JSON has it
    expect(prompt({ instructions: null, project: null, model: null, ttl: null })).toEqual({
      input: [],
    });
  });

  test.for([
    ["/repo/AGENTS.md", "/repo"],
    ["AGENTS.md", "."],
    ["app/AGENTS.override.md", "app"],
    ["/AGENTS.md", "/"],
    ["C:\\repo\\AGENTS.md", "C:\\repo"],
  ] as const)("guidance at %s is for %s", ([path, folder]) => {
    const text = `# AGENTS.md instructions for ${folder}\n\n<INSTRUCTIONS>\nRule.\n</INSTRUCTIONS>`;
    expect(prompt({ project: [{ path, text: "Rule." }] }).input).toEqual([user(text)]);
  });

  test("a task may hold text, images and files", () => {
    const task: ResponseInputMessageContentList = [
      { type: "input_text", text: "Build this page." },
      { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "high" },
      { type: "input_file", file_id: "file_1" },
    ];
    const { input } = prompt({ task });
    expect(input).toEqual([{ type: "message", role: "user", content: task }]);
    expect(prompt({ task: [] }).input).toEqual([]);
  });
});

describe("cache key", () => {
  const key = (options: PromptOptions) => prompt(options).prompt_cache_key;

  test("is shared by sessions with the same stable part", () => {
    const { history: _, task: __, ...same } = whole;
    expect(key({ ...same, task: "another task" })).toBe(key(whole));
    expect(key({ ...same, history: [], model: "gpt-6.2-sol", ttl: "12h" })).toBe(key(whole));
  });

  test.for<PromptOptions>([
    { instructions: "Fix bugs!" },
    { project: ["Root rules."] },
    { project: [...whole.project].reverse() },
    { context: ["cwd: /repo", "os: linux"] },
    { context: [] },
  ])("changes with the stable part: %j", (change) => {
    expect(key({ ...whole, ...change })).not.toBe(key(whole));
  });

  test("is left out where nothing is stable, and where it is empty", () => {
    expect(key({ task: "Hi", shard: 1 })).toBeUndefined();
    expect(key({ ...whole, cacheKey: "" })).toBeUndefined();
  });

  test("can be given, and split by shard", () => {
    expect(key({ task: "Hi", cacheKey: "thread-1" })).toBe("thread-1");
    expect(key({ task: "Hi", cacheKey: "fleet", shard: 0 })).toBe("fleet-0");
    expect(key({ ...whole, shard: "eu" })).toBe(`${key(whole)}-eu`);
  });

  test("has at most 64 characters, its shard included", () => {
    expect(key({ cacheKey: "k".repeat(64) })).toHaveLength(64);
    expect(problemsOf(() => prompt({ cacheKey: "k".repeat(63), shard: 1 }))).toEqual([
      error("prompt_cache_key", "has 65 characters, more than 64", "shorten or hash it"),
    ]);
  });

  test("lives as long as ttl says", () => {
    expect(prompt({ task: "Hi", ttl: "12h" }).prompt_cache_options).toEqual({ ttl: "12h" });
  });
});

describe("breakpoint", () => {
  const marked = { mode: "explicit" };
  const last = { type: "input_text", text: "cwd: /repo", prompt_cache_breakpoint: marked };

  test.for(["gpt-5.6", "gpt-6.2-sol", "openai/gpt-6-1-sol", "gpt-5.6-sol-2026-07-09"])(
    "ends the stable part for %s",
    (model) => {
      expect(prompt({ ...whole, model }).input).toEqual([
        ...stable.slice(0, 3),
        { type: "message", role: "user", content: [last] },
        ...said,
        user("add() is wrong"),
      ]);
    },
  );

  test("ends it for a model of one's own", () => {
    const own: ModelInfo = { ...models["gpt-5.5"], breakpoints: true };
    expect(JSON.stringify(prompt({ ...whole, model: own }))).toContain("prompt_cache_breakpoint");
  });

  test.for([undefined, "gpt-5.5", "gpt-5.3-codex", "my-own-model"])(
    "is not set for %s",
    (model) => {
      expect(prompt({ ...whole, ...(model && { model }) }).input).toEqual(prompt(whole).input);
    },
  );

  test("needs a stable part", () => {
    expect(JSON.stringify(prompt({ task: "Hi", model: "gpt-6.2-sol" }))).not.toContain(
      "breakpoint",
    );
  });
});

test("refuses nonsense, all of it at once", () => {
  const nonsense: object = {
    instruction: "Fix bugs.",
    instructions: ["Fix bugs."],
    project: [7, { path: "AGENTS.md" }, null],
    context: [{ text: "x" }],
    history: ["hello"],
    task: ["hello"],
    model: 7,
    cacheKey: 1,
    shard: {},
    ttl: "24h",
  };
  const not = (path: string, shape: string) => error(path, `is not ${shape}`, `pass ${shape}`);
  expect(problemsOf(() => prompt(nonsense))).toEqual([
    error(
      "instruction",
      '"instruction" is not supported by prompt()',
      'did you mean "instructions"? use instructions or project or context or history or task or model or cacheKey or shard or ttl',
    ),
    not("instructions", "text"),
    not("project[0]", "text or { path, text }"),
    not("project[1]", "text or { path, text }"),
    not("project[2]", "text or { path, text }"),
    not("context[0]", "text"),
    not("history[0]", "an item"),
    not("task", "text or content parts"),
    not("model", "a model"),
    not("cacheKey", "text"),
    not("shard", "text or a number"),
    not("ttl", '"30m" or "12h"'),
  ]);
});

test.for([[undefined], [null], ["Fix bugs."], [7], [[]]])(
  "refuses %j as its options",
  ([options]) => {
    // @ts-expect-error no options
    expect(problemsOf(() => prompt(options))).toEqual([
      error("prompt", "has no options", "pass instructions or a task"),
    ]);
  },
);

test("refuses text where a list belongs, before its letters become messages", () => {
  // @ts-expect-error no list
  expect(problemsOf(() => prompt({ project: "rules", context: "env", history: {} }))).toEqual([
    error("project", "is no list", "pass an array"),
    error("context", "is no list", "pass an array"),
    error("history", "is no list", "pass an array"),
  ]);
});

test("types", () => {
  expectTypeOf(prompt({})).toEqualTypeOf<
    { input: ResponseInputItem[] } & Part<"prompt_cache_key" | "prompt_cache_options">
  >();
  // @ts-expect-error a misspelt option is a compile error
  expect(problemsOf(() => prompt({ instruction: "typo" }))).toHaveLength(1);
});
