import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fingerprint } from "../../src/prompt/fingerprint.ts";
import { hash } from "../../src/prompt/hash.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { reasoning } from "../../src/prompt/reasoning.ts";
import { tool } from "../../src/tools/tool.ts";

const grep = tool({
  name: "grep",
  parameters: z.object({ pattern: z.string() }),
  execute: () => "",
});
const options = {
  model: "gpt-6.2-sol",
  instructions: "Fix bugs.",
  project: ["Root rules."],
  context: ["cwd: /repo"],
  task: "żółw",
} as const;
const request = { model: "gpt-6.2-sol", tools: [grep], ...prompt(options) };
const { input } = request;
const size = (...values: unknown[]) => {
  const text = values.map((value) => JSON.stringify(value)).join("\n");
  const bytes = Buffer.byteLength(text);
  return { hash: hash(text), bytes, tokens: Math.ceil(bytes / 4) };
};

test("measures each section, from stable to volatile", () => {
  expect(fingerprint(request)).toEqual({
    model: size("gpt-6.2-sol"),
    settings: expect.anything(),
    tools: size(grep),
    instructions: size(input[0]),
    "input[1]": size(input[1]),
    "input[2]": size(input[2]),
    history: size(),
    task: size(input[3]),
  });
  expect(Object.keys(fingerprint(request))).toEqual([
    "model",
    "settings",
    "tools",
    "instructions",
    "input[1]",
    "input[2]",
    "history",
    "task",
  ]);
  expect(fingerprint(request).history).toEqual({ hash: hash(""), bytes: 0, tokens: 0 });
});

test("counts bytes of UTF-8, and not what never reaches the wire", () => {
  expect(fingerprint(request).task.bytes).toBe(JSON.stringify(input[3]).length + 3);
  expect(fingerprint({ ...request, tools: JSON.parse(JSON.stringify([grep])) })).toEqual(
    fingerprint(request),
  );
});

describe("each section", () => {
  const call = { type: "function_call", call_id: "c", name: "grep", arguments: "{}" } as const;
  const result = { type: "function_call_output", call_id: "c", output: "" } as const;
  test.for<[string, object]>([
    ["model", { model: "gpt-5.5" }],
    ["settings", reasoning("low")],
    ["settings", { text: { verbosity: "low" } }],
    ["settings", { text: { format: { type: "json_object" } } }],
    ["settings", { prompt_cache_key: "other" }],
    ["settings", { service_tier: "flex" }],
    ["settings", { parallel_tool_calls: false }],
    ["tools", { tools: [] }],
    ["instructions", { instructions: "Be brief." }],
    ["instructions", { input: prompt({ ...options, instructions: "Fix!" }).input }],
    ["input[1]", { input: prompt({ ...options, project: ["Other."] }).input }],
    ["history", { input: prompt({ ...options, history: [call, result] }).input }],
    ["task", { input: prompt({ ...options, task: "Other." }).input }],
  ])("%s alone changes with %j", ([section, change]) => {
    const after: object = fingerprint({ ...request, ...change });
    const changed = Object.entries(fingerprint(request)).filter(
      ([key, { hash }]) => Reflect.get(after, key).hash !== hash,
    );
    expect(changed.map(([key]) => key)).toEqual([section]);
  });
});

test("text is the task, and an output at the end is history", () => {
  expect(fingerprint({ model: "gpt-5.5", input: "Hi" })).toMatchObject({
    instructions: { bytes: 0 },
    history: { bytes: 0 },
    task: size({ role: "user", content: "Hi" }),
  });
  const output = { type: "function_call_output", call_id: "c", output: "" } as const;
  expect(fingerprint({ model: "gpt-5.5", input: [output] })).toMatchObject({
    history: size(output),
    task: { bytes: 0 },
  });
});
