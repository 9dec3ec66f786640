import fc from "fast-check";
import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import {
  type CacheMissExplanation,
  explainCacheMiss,
} from "../../src/prompt/explain-cache-miss.ts";
import { output } from "../../src/prompt/output.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { tool } from "../../src/tools/tool.ts";
import type { Item } from "../../src/turn.ts";

type Params = ResponseCreateParamsBase;

const grep = tool({
  name: "grep",
  description: "Searches.",
  parameters: z.object({ pattern: z.string(), path: z.string() }),
});
const read: Tool = {
  type: "function",
  name: "read",
  description: "Reads.",
  parameters: { type: "object", properties: { path: {}, lines: {} } },
  strict: false,
};
const docs: Tool = { type: "mcp", server_label: "docs", server_url: "https://docs.test" };

const input = [
  ...prompt({ instructions: "Fix bugs.", context: ["cwd: /repo"], task: "add() is wrong" }).input,
  { id: "rs_1", type: "reasoning", summary: [], encrypted_content: "gAAA" },
  { id: "fc_1", type: "function_call", call_id: "call_1", name: "read", arguments: "{}" },
  { type: "function_call_output", call_id: "call_1", output: "a + a" },
] satisfies Item[];

const before = {
  model: "gpt-6.2-sol",
  tools: [read, grep, docs],
  reasoning: { effort: "medium" },
  prompt_cache_key: "codex-1",
  input,
} satisfies Params;

const nothing = { items: 0, bytes: 0, tokens: 0 };
const explain = (change: Params, base: Params = before) =>
  explainCacheMiss(base, { ...base, ...change });

describe("no miss", () => {
  test.for<[string, Params]>([
    ["the same request", {}],
    [
      "a copy of it",
      structuredClone({ ...before, tools: JSON.parse(JSON.stringify(before.tools)) }),
    ],
    ["items appended", { input: [...input, { role: "user", content: "go on" }] }],
    ["an earlier turn", { input: input.slice(0, 3) }],
    ["another tool choice", { tool_choice: { type: "function", name: "read" } }],
    ["defaults written out", { parallel_tool_calls: true, text: { verbosity: "medium" } }],
    ["the default format written out", { text: { format: { type: "text" } } }],
    ["the default tier written out", { service_tier: "auto" }],
    [
      "a limit, a summary and what to include",
      {
        max_output_tokens: 100,
        reasoning: { effort: "medium", summary: "auto" },
        include: ["reasoning.encrypted_content"],
      },
    ],
    ["instructions where they come after the input", { instructions: "Be brief." }],
    ["a continued response", { previous_response_id: "resp_1", input: "go on" }],
    ["a conversation", { conversation: "conv_1", input: "go on" }],
    [
      "tool keys in another order",
      {
        tools: [
          {
            strict: false,
            parameters: read.parameters,
            name: "read",
            description: "Reads.",
            type: "function",
          },
          grep,
          docs,
        ],
      },
    ],
    [
      "a new token of an MCP server",
      { tools: [read, grep, { ...docs, authorization: "new", headers: {} }] },
    ],
  ])("is seen in %s", ([, change]) => {
    expect(explain(change)).toBeNull();
  });

  test("is seen in what the model never reads: ids, states, marks, SDK fields, forms of a message", () => {
    const [developer, user, task, reasoning, call, result] = structuredClone(input);
    const replayed = [
      { content: "Fix bugs.", role: "developer" },
      prompt({ context: ["cwd: /repo"], model: "gpt-6.2-sol" }).input[0],
      task,
      { ...reasoning, status: "completed" },
      { ...call, id: undefined, status: "completed", parsed_arguments: {} },
      { ...result, status: null },
    ];
    expect([developer, user]).toHaveLength(2);
    // @ts-expect-error SDK fields are none of input items
    expect(explain({ input: replayed })).toBeNull();
  });

  test("is seen in text given as a message, and in a defaulted effort", () => {
    const base = { model: "gpt-5.5", input: "Hi" };
    const more = { role: "user", content: [{ type: "input_text", text: "Hi" }] } satisfies Item;
    expect(explain({ input: [more, more], reasoning: { effort: "medium" } }, base)).toBeNull();
  });
});

describe("a changed setting", () => {
  const schema = z.object({ a: z.string(), b: z.string() });
  const base: Params = { ...before, ...output(schema) };
  test.for<[string, string, Params]>([
    ["model_changed", "model", { model: "gpt-6.1-sol" }],
    ["prompt_cache_key_changed", "prompt_cache_key", { prompt_cache_key: "codex-2" }],
    ["service_tier_changed", "service_tier", { service_tier: "flex" }],
    ["tools_changed", "parallel_tool_calls", { parallel_tool_calls: false }],
    ["text_format_changed", "text.format", { text: {} }],
    ["text_format_changed", "text.format.type", { text: { format: { type: "json_object" } } }],
    ["text_format_changed", "text.format.name", output(schema, { name: "other" })],
    [
      "text_format_changed",
      "text.format.schema.properties.b",
      output(z.object({ b: z.string(), a: z.string() })),
    ],
    [
      "text_format_changed",
      "text.format.schema.properties.b.type",
      output(z.object({ a: z.string(), b: z.number() })),
    ],
    ["reasoning_effort_changed", "reasoning.effort", { reasoning: { effort: "high" } }],
    ["verbosity_changed", "text.verbosity", output(schema, { verbosity: "low" })],
  ])("gives %s at %s", ([reason, path, change]) => {
    expect(explain(change, base)).toEqual({ reason, path, reusable: nothing });
  });

  test("fast and priority are one tier", () => {
    expect(explain({ service_tier: "fast" }, { ...base, service_tier: "priority" })).toBeNull();
  });

  test("instructions before the input are part of it", () => {
    expect(explain({ instructions: "Be brief." }, { ...before, model: "gpt-6.1-sol" })).toEqual({
      reason: "input_changed",
      path: "instructions",
      reusable: nothing,
    });
  });

  test("is found on a continued response too", () => {
    const change = { previous_response_id: "resp_1", input: "go on", parallel_tool_calls: false };
    expect(explain(change)).toMatchObject({ reason: "tools_changed" });
  });
});

describe("changed tools", () => {
  const swapped = { type: "object", properties: { lines: {}, path: {} } };
  test.for<[string, string, Tool[]]>([
    ["reordered", "tools[0]", [grep, read, docs]],
    ["one more", "tools[3]", [read, grep, docs, { type: "web_search" }]],
    ["one less", "tools[2]", [read, grep]],
    ["a description", "tools[0].description", [{ ...read, description: "Reads!" }, grep, docs]],
    ["a description gone", "tools[0].description", [{ ...read, description: null }, grep, docs]],
    [
      "the order of keys in a schema",
      "tools[0].parameters.properties.lines",
      [{ ...read, parameters: swapped }, grep, docs],
    ],
    ["strictness", "tools[0].strict", [{ ...read, strict: true }, grep, docs]],
    [
      "allowed tools of a server",
      "tools[2].allowed_tools",
      [read, grep, { ...docs, allowed_tools: ["a"] }],
    ],
  ])("%s: %s", ([, path, tools]) => {
    expect(explain({ tools })).toEqual({ reason: "tools_changed", path, reusable: nothing });
  });

  test("a property called id or status is one to the model", () => {
    const of = (id: string) => ({
      ...read,
      parameters: { type: "object", properties: { id: { description: id } } },
    });
    expect(explain({ tools: [of("b")] }, { ...before, tools: [of("a")] })?.path).toBe(
      "tools[0].parameters.properties.id.description",
    );
  });
});

describe("a changed input", () => {
  const image = { type: "input_image", file_id: "file_1", detail: "low" } as const;
  const base: Params = { ...before, input: [{ role: "user", content: [image] }, ...input] };
  const bytes = (values: readonly unknown[]) =>
    new TextEncoder().encode(values.map((value) => JSON.stringify(value)).join("\n")).length;

  test.for<[string, number, (items: Item[]) => unknown]>([
    [
      "input[0].content[0].text",
      0,
      (items) => Object.assign(items, { 0: prompt({ instructions: "Fix all bugs." }).input[0] }),
    ],
    ["input[0]", 0, (items) => Object.assign(items, { 0: { ...input[0], role: "user" } })],
    [
      "input[1].content[1]",
      1,
      (items) =>
        Object.assign(items, {
          1: { role: "user", content: [{ type: "input_text", text: "cwd: /repo" }, image] },
        }),
    ],
    ["input[2]", 2, (items) => items.splice(2, 1)],
    [
      "input[3].encrypted_content",
      3,
      (items) => Object.assign(items, { 3: { ...input[3], encrypted_content: "gBBB" } }),
    ],
    [
      "input[4].arguments",
      4,
      (items) => Object.assign(items, { 4: { ...input[4], arguments: '{"path":"b"}' } }),
    ],
    ["input[4]", 4, (items) => Object.assign(items, { 4: { ...input[4], call_id: "call_9" } })],
    [
      "input[5].output",
      5,
      (items) => Object.assign(items, { 5: { ...input[5], output: "trimmed" } }),
    ],
  ])("gives %s, after %d reusable items", ([path, items, change]) => {
    const changed: Item[] = structuredClone(input);
    change(changed);
    const size = bytes([...before.tools, ...input.slice(0, items)]);
    // @ts-expect-error an item of any form
    expect(explain({ input: [...changed, { role: "user", content: "go on" }] })).toEqual({
      reason: "input_changed",
      path,
      reusable: { items, bytes: size, tokens: Math.ceil(size / 4) },
    });
  });

  test("names an image's detail", () => {
    const content = [{ ...image, detail: "high" }] as const;
    expect(
      explain({ input: [{ role: "user", content: [...content] }, ...input] }, base)?.path,
    ).toBe("input[0].content[0].detail");
  });

  test("names a timestamp in the instructions", () => {
    const at = (time: string) => ({
      model: "gpt-5.5",
      ...prompt({ instructions: `Now: ${time}`, cacheKey: "k" }),
    });
    expect(explainCacheMiss(at("10:00"), at("10:01"))).toMatchObject({
      reason: "input_changed",
      path: "input[0].content[0].text",
    });
  });

  test("compares requests that continue the same response", () => {
    const from = (text: string) => ({
      model: "gpt-5.5",
      previous_response_id: "resp_1",
      input: text,
    });
    expect(explainCacheMiss(from("a"), from("b"))).toMatchObject({ path: "input[0].content" });
  });
});

describe("a compaction", () => {
  const compaction = { type: "compaction", id: "cmp_1", encrypted_content: "gCCC" } as const;
  test.for<[string, Item[], string]>([
    ["in place of the transcript", [compaction, { role: "user", content: "go on" }], "input[0]"],
    ["after kept messages", [...input.slice(0, 3), compaction], "input[3]"],
    ["appended", [...input, compaction], "input[6]"],
  ])("%s is context_compacted", ([, items, path]) => {
    // @ts-expect-error output items go back as input
    expect(explain({ input: items })).toEqual({
      reason: "context_compacted",
      path,
      reusable: nothing,
    });
  });

  test("that both have is none", () => {
    const base: Params = { ...before, input: [compaction, { role: "user", content: "go on" }] };
    expect(
      explain(
        {
          input: [
            compaction,
            { role: "user", content: "go on" },
            { role: "user", content: "more" },
          ],
        },
        base,
      ),
    ).toBeNull();
    expect(explain({ input: [compaction, { role: "user", content: "else" }] }, base)).toMatchObject(
      {
        reason: "input_changed",
        path: "input[1].content",
      },
    );
  });
});

test("names the first of several changes, in the order of the prefix", () => {
  const all: Params = {
    model: "gpt-5.5",
    prompt_cache_key: "other",
    service_tier: "flex",
    tools: [],
    text: { format: { type: "json_object" }, verbosity: "low" },
    reasoning: { effort: "low" },
    input: "other",
  };
  const seen: string[] = [];
  const left: Params = { ...all };
  for (let miss = explain(left); miss; miss = explain(left)) {
    seen.push(miss.reason);
    const [key = ""] = /^\w+/.exec(miss.path) ?? [];
    if (miss.reason === "text_format_changed") left.text = { verbosity: "low" };
    else Object.assign(left, { [key]: Reflect.get(before, key) });
  }
  expect(seen).toEqual([
    "model_changed",
    "prompt_cache_key_changed",
    "service_tier_changed",
    "tools_changed",
    "text_format_changed",
    "reasoning_effort_changed",
    "verbosity_changed",
    "input_changed",
  ]);
});

test("laws: appending is no miss, an edit is one, and no argument changes", () => {
  const message = fc.record({ role: fc.constantFrom("user", "developer"), content: fc.string() });
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1 }),
      fc.array(message),
      fc.nat(),
      (items, more, at) => {
        const old = { model: "gpt-5.5", input: items };
        const copy = structuredClone(old);
        expect(explainCacheMiss(old, { ...old, input: [...items, ...more] })).toBeNull();
        const i = at % items.length;
        const edited = items.map((item, j) =>
          j === i ? { ...item, content: `${item.content}!` } : item,
        );
        const miss = explainCacheMiss(old, { ...old, input: [...edited, ...more] });
        expect(miss).toMatchObject({ path: `input[${i}].content`, reusable: { items: i } });
        expect(old).toEqual(copy);
      },
    ),
  );
});

test("any JSON can be compared", () => {
  const params = fc.record(
    { model: fc.jsonValue(), tools: fc.jsonValue(), text: fc.jsonValue(), input: fc.jsonValue() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(params, params, (a, b) => {
      const json = (value: object): Params => JSON.parse(JSON.stringify(value));
      expect(() => explainCacheMiss(json(a), json(b))).not.toThrow();
      expect(explainCacheMiss(json(a), json(a))).toBeNull();
    }),
  );
  // @ts-expect-error tools that are no list
  expect(explain({ input: "b" }, { ...before, tools: 5, input: "a" })).toMatchObject({
    reusable: { items: 0, bytes: 1 },
  });
});

test("types", () => {
  expectTypeOf<CacheMissExplanation["reason"]>().toEqualTypeOf<
    | "model_changed"
    | "prompt_cache_key_changed"
    | "service_tier_changed"
    | "tools_changed"
    | "text_format_changed"
    | "reasoning_effort_changed"
    | "verbosity_changed"
    | "context_compacted"
    | "input_changed"
  >();
});
