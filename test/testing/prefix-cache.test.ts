import fc from "fast-check";
import type {
  ResponseCreateParamsBase,
  ResponseInputItem,
  ResponseInputText,
} from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { PrefixCache } from "../../src/testing/index.ts";

// A message costs its role and a colon, its text, and 2 bytes more: "user:" + text + 2.
const user = (text: string): ResponseInputItem => ({ role: "user", content: text });
const assistant = (text: string): ResponseInputItem => ({ role: "assistant", content: text });
const developer = (text: string): ResponseInputItem => ({ role: "developer", content: text });
const output = (text: string): ResponseInputItem => ({
  type: "function_call_output",
  call_id: "c",
  output: text,
});
const a = (count: number) => "a".repeat(count);

/** Counts of a request: [input, cached, written]. */
function counts(cache: PrefixCache, request: ResponseCreateParamsBase): [number, number, number] {
  const { input_tokens, input_tokens_details: details } = cache.send(request);
  return [input_tokens, details.cached_tokens, details.cache_write_tokens];
}

describe("before GPT-5.6", () => {
  const model = "gpt-5.3-codex";

  test("the longest common prefix is reused in steps of 128 tokens", () => {
    const cache = new PrefixCache();
    const first = [user(a(8000))]; // 8007 bytes

    expect(counts(cache, { model, input: first })).toEqual([2002, 0, 0]);
    // 8007 + "assistant:" 10 + 2 + 2 + "user:" 5 + 4 + 2 = 8032 bytes; 2001 whole tokens shared
    const second = [...first, assistant("ok"), user("more")];
    expect(counts(cache, { model, input: second })).toEqual([2008, 15 * 128, 0]);
    expect(counts(cache, { model, input: second })).toEqual([2008, 15 * 128, 0]);
  });

  test("nothing is reused below 1,024 tokens", () => {
    const cache = new PrefixCache();
    cache.send({ model, input: a(4088) }); // 4095 bytes, 1023 whole tokens
    expect(counts(cache, { model, input: a(4088) })).toEqual([1024, 0, 0]);
    cache.send({ model, input: `b${a(4088)}` });
    expect(counts(cache, { model, input: `b${a(4088)}` })).toEqual([1024, 1024, 0]);
  });

  test("a changed byte ends the prefix there", () => {
    const cache = new PrefixCache();
    cache.send({ model, input: a(8000) });
    // "user:" + 6000 shared bytes = 6005, 1501 tokens, 11 steps
    expect(counts(cache, { model, input: `${a(6000)}b${a(1999)}` })).toEqual([2002, 11 * 128, 0]);
  });

  test("the best of all earlier prompts counts", () => {
    const cache = new PrefixCache();
    cache.send({ model, input: a(8000) });
    cache.send({ model, input: "something else" });
    expect(counts(cache, { model, input: a(8000) })).toEqual([2002, 15 * 128, 0]);
  });

  test("GPT-5.5 reuses in steps of 2,048", () => {
    const cache = new PrefixCache();
    cache.send({ model: "gpt-5.5", input: a(8000) });
    expect(counts(cache, { model: "gpt-5.5", input: a(8000) })).toEqual([2002, 0, 0]);
    cache.send({ model: "gpt-5.5", input: a(12_000) });
    expect(counts(cache, { model: "gpt-5.5", input: a(12_000) })).toEqual([3002, 2048, 0]);
  });

  test("instructions are part of the prefix", () => {
    const cache = new PrefixCache();
    const request = { model, instructions: a(6000), input: "Go." };
    cache.send(request);
    // "developer:" 10 + 6000 + 1, then "user:" 5 = 6016 shared with another question: 1504 tokens
    expect(counts(cache, { ...request, input: "Stop." })[1]).toBe(11 * 128);
    expect(counts(cache, { ...request, instructions: "Other.", input: "Go." })[1]).toBe(0);
  });
});

const settings: Record<string, Partial<ResponseCreateParamsBase>> = {
  model: { model: "gpt-5.6-terra" },
  "the cache key": { prompt_cache_key: "other" },
  "parallel tool calls": { parallel_tool_calls: false },
  effort: { reasoning: { effort: "high" } },
  verbosity: { text: { verbosity: "low" } },
  "the text format": { text: { format: { type: "json_object" } } },
  "the service tier": { service_tier: "flex" },
  tools: { tools: [{ type: "shell" }] },
};

describe("what the prefix starts with", () => {
  const request = { model: "gpt-5.6-sol", input: a(8000) };

  test.for(Object.entries(settings))("another %s is a miss", ([, change]) => {
    const cache = new PrefixCache();
    cache.send(request);

    expect(cache.send({ ...request, ...change }).input_tokens_details.cached_tokens).toBe(0);
    expect(counts(cache, request)[1]).toBe(2002);
  });

  test.for([
    ["tool_choice", { tool_choice: "none" }],
    ["metadata", { metadata: { a: "b" } }],
    ["the default effort by name", { reasoning: { effort: "medium" } }],
    ["the default tier by name", { service_tier: "auto" }],
    ["max_output_tokens", { max_output_tokens: 100 }],
  ] as const)("another %s is none", ([, change]) => {
    const cache = new PrefixCache();
    cache.send(request);

    expect(counts(cache, { ...request, ...change })).toEqual([2002, 2002, 0]);
  });

  test("the order of tools matters", () => {
    const cache = new PrefixCache();
    const tools = [{ type: "shell" }, { type: "apply_patch" }] as const;
    cache.send({ ...request, tools: [...tools] });

    expect(counts(cache, { ...request, tools: [...tools] })[1]).toBeGreaterThan(2002);
    expect(counts(cache, { ...request, tools: tools.toReversed() })[1]).toBe(0);
  });
});

describe("since GPT-5.6", () => {
  const model = "gpt-5.6-sol";

  test("a prompt is written up to its last user message, and read exactly", () => {
    const cache = new PrefixCache();
    const first = [user(a(8000))]; // 8007 bytes

    expect(counts(cache, { model, input: first })).toEqual([2002, 0, 2002]);
    expect(counts(cache, { model, input: first })).toEqual([2002, 2002, 0]);
    const second = [...first, assistant("ok"), user("more")]; // 8032 bytes
    expect(counts(cache, { model, input: second })).toEqual([2008, 2002, 6]);
    expect(counts(cache, { model, input: second })).toEqual([2008, 2008, 0]);
  });

  test("a message that grew is a miss, a new one is not", () => {
    const cache = new PrefixCache();
    cache.send({ model, input: a(8000) });

    expect(counts(cache, { model, input: `${a(8000)}!` })).toEqual([2002, 0, 2002]);
    expect(counts(cache, { model, input: [user(a(8000)), user("!")] })).toEqual([2004, 2002, 2]);
  });

  test("nothing is written below 1,024 tokens", () => {
    const cache = new PrefixCache();
    expect(counts(cache, { model, input: a(4085) })).toEqual([1023, 0, 0]);
    expect(counts(cache, { model, input: a(4086) })).toEqual([1024, 0, 1024]);
  });

  test("of tool outputs in a row, the last is a boundary; an answer is none", () => {
    const cache = new PrefixCache();
    const start = [user(a(8000))];
    // function_call_output{"call_id":"c"}: is 36 bytes, the text 100, the end 2: 138 each
    const outputs = [output(a(100)), output(a(100))];
    cache.send({ model, input: start });

    expect(counts(cache, { model, input: [...start, ...outputs] })).toEqual([2071, 2002, 69]);
    const longer = [...start, ...outputs, assistant(a(93))]; // 105 bytes, not written
    expect(counts(cache, { model, input: longer })).toEqual([2097, 2071, 0]);
    const other = [...start, output(a(100)), user("no")]; // the first output ends no prefix
    expect(counts(cache, { model, input: other })).toEqual([2039, 2002, 37]);
  });

  test("tool outputs in a row count as one ending of the twenty looked at", () => {
    const cache = new PrefixCache();
    const start = [user(a(8000))];
    cache.send({ model, input: start });
    const outputs = Array.from({ length: 30 }, () => output("1"));

    expect(counts(cache, { model, input: [...start, ...outputs] })[1]).toBe(2002);
  });

  test("sessions share the developer messages they start with, when one was only that", () => {
    const cache = new PrefixCache();
    const rules = [developer(a(4000)), developer(a(4000))]; // 2 * 4012 bytes

    expect(counts(cache, { model, input: rules })).toEqual([2006, 0, 2006]);
    expect(counts(cache, { model, input: [...rules, user("Go.")] })).toEqual([2009, 2006, 3]);
    expect(counts(cache, { model, input: [...rules, user("Stop")] })).toEqual([2009, 2006, 3]);
  });

  test("a later developer message is no boundary", () => {
    const cache = new PrefixCache();
    const input = [user(a(8000)), developer(a(88))]; // 8007 + 100 bytes

    expect(counts(cache, { model, input })).toEqual([2027, 0, 2002]);
  });

  test("an ending more than 20 endings back is not looked at, the initial one is", () => {
    const rules = developer(a(8000)); // 8012 bytes
    const talk = (count: number) => Array.from({ length: count }, (_, n) => user(`${n % 10}`));
    const [near, far] = [20, 21].map((count) => {
      const cache = new PrefixCache();
      cache.send({ model, input: [rules, user("hello")] }); // 8024 bytes: 2006 tokens
      return counts(cache, { model, input: [rules, user("hello"), ...talk(count)] })[1];
    });
    expect([near, far]).toEqual([2006, 0]);

    const cache = new PrefixCache();
    cache.send({ model, input: [rules] });
    expect(counts(cache, { model, input: [rules, ...talk(50)] })[1]).toBe(2003);
  });
});

describe("explicit breakpoints", () => {
  const model = "gpt-6-sol";
  const part = (text: string, ttl?: "30m" | "12h"): ResponseInputText => ({
    type: "input_text",
    text,
    prompt_cache_breakpoint: { mode: "explicit", ...(ttl && { ttl }) },
  });
  const stable: ResponseInputItem = { role: "developer", content: [part(a(8000))] };
  // "developer:" 10 + 8000 + 1 = 8011 bytes before the breakpoint, 8012 with the end

  test("let sessions share a prefix from the first request on", () => {
    const cache = new PrefixCache();

    expect(counts(cache, { model, input: [stable, user("Go.")] })).toEqual([2006, 0, 2006]);
    expect(counts(cache, { model, input: [stable, user("Stop")] })).toEqual([2006, 2003, 3]);
  });

  test("end inside a message, whatever follows there", () => {
    const cache = new PrefixCache();
    const more: ResponseInputItem = {
      role: "developer",
      content: [part(a(8000)), { type: "input_text", text: "New here." }],
    };
    cache.send({ model, input: [stable] });

    expect(counts(cache, { model, input: [more] })[1]).toBe(2003);
  });

  test("are the only ones in explicit mode; without any there is no caching", () => {
    const cache = new PrefixCache();
    const explicit = { model, prompt_cache_options: { mode: "explicit" as const } };
    const input = [stable, user(a(100))];

    expect(counts(cache, { ...explicit, input })).toEqual([2030, 0, 2003]);
    expect(counts(cache, { ...explicit, input })).toEqual([2030, 2003, 0]);
    expect(counts(cache, { ...explicit, input: a(8000) })).toEqual([2002, 0, 0]);
    expect(counts(cache, { ...explicit, input: a(8000) })).toEqual([2002, 0, 0]);
  });

  test("of explicit mode do not find what was written implicitly", () => {
    const cache = new PrefixCache();
    const explicit = { model, prompt_cache_options: { mode: "explicit" as const } };
    cache.send({ model, input: a(8000) });

    expect(counts(cache, { ...explicit, input: a(8000) })[1]).toBe(0);
  });

  test("are written at most four at a time, the latest", () => {
    const blocks = ["1", "2", "3", "4", "5", "6"].map((text) => part(text.repeat(4100)));
    const upTo = (count: number) => ({
      model,
      input: [{ role: "user", content: blocks.slice(0, count) }] satisfies ResponseInputItem[],
    });
    const read = (mode: "implicit" | "explicit") =>
      [1, 2, 3, 4, 5].map((count) => {
        const cache = new PrefixCache();
        const prompt_cache_options = { mode };
        cache.send({ ...upTo(6), prompt_cache_options });
        return counts(cache, { ...upTo(count), prompt_cache_options })[1];
      });
    // "user:" 5 + 4101 for each block
    const [, , third, fourth, fifth] = [1, 2, 3, 4, 5].map((n) => Math.ceil((5 + n * 4101) / 4));

    expect(read("implicit")).toEqual([0, 0, 0, fourth, fifth]);
    expect(read("explicit")).toEqual([0, 0, third, fourth, fifth]);
  });

  test("count what they write by lifetime", () => {
    const cache = new PrefixCache();
    const lasting: ResponseInputItem = { role: "developer", content: [part(a(8000), "12h")] };
    const { input_tokens_details } = cache.send({ model, input: [lasting, user("Go.")] });

    expect(input_tokens_details).toEqual({
      cached_tokens: 0,
      cache_write_tokens: 2006,
      cache_write_tokens_details: { ttl_30m_tokens: 3, ttl_12h_tokens: 2003 },
    });
    const long = new PrefixCache().send({
      model,
      input: [stable, user("Go.")],
      prompt_cache_options: { ttl: "12h" },
    });
    expect(long.input_tokens_details.cache_write_tokens_details).toEqual({
      ttl_30m_tokens: 0,
      ttl_12h_tokens: 2006,
    });
  });
});

describe("GPT-6.2", () => {
  const model = "gpt-6.2-sol";

  test("lays instructions after the input, where they are never cached", () => {
    const cache = new PrefixCache();
    const request = { model, instructions: a(989), input: a(8000) }; // 1000 + 8007 bytes

    expect(counts(cache, request)).toEqual([2252, 0, 2002]);
    expect(counts(cache, request)).toEqual([2252, 2002, 0]);
    expect(counts(cache, { ...request, instructions: "Other." })).toEqual([2006, 2002, 0]);
  });
});

describe("what the model does not read", () => {
  const model = "gpt-5.6-sol";
  const call = {
    type: "apply_patch_call",
    call_id: "c",
    operation: { type: "delete_file", path: "a" },
  } as const;
  const result = { type: "apply_patch_call_output", call_id: "c" } as const;
  const input = (id: string, status: "completed" | "failed"): ResponseInputItem[] => [
    user(a(8000)),
    { ...call, id: `apc_${id}`, status: "completed" },
    { ...result, id: `apco_${id}`, status },
  ];

  test("makes no difference: ids, states, nulls, and what the SDK adds", () => {
    const cache = new PrefixCache();
    const [total] = counts(cache, { model, input: input("1", "completed") });
    const again = [
      user(a(8000)),
      { ...call, status: "in_progress" as const, caller: null },
      { ...result, status: "completed" as const, output: null },
    ];

    expect(counts(cache, { model, input: again })).toEqual([total, total, 0]);
  });

  test("is not whether a patch failed", () => {
    const cache = new PrefixCache();
    cache.send({ model, input: input("1", "completed") });

    expect(counts(cache, { model, input: input("1", "failed") })[1]).toBe(0);
  });
});

describe("laws", () => {
  const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 12 });

  test.for(["gpt-5.3-codex", "gpt-5.6-sol"])("%s: no token is counted twice", (model) => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 6 }), (requests) => {
        const cache = new PrefixCache();
        for (const request of requests) {
          const input = [user(a(5000)), ...request.map(user)];
          const [total, cached, written] = counts(cache, { model, input });
          expect(cached + written).toBeLessThanOrEqual(total);
        }
      }),
    );
  });

  test("what a request wrote, the next one that only appends reads", () => {
    fc.assert(
      fc.property(texts, (turns) => {
        const cache = new PrefixCache();
        let input = [user(a(5000))];
        let [, cached, written] = counts(cache, { model: "gpt-5.6-sol", input });
        for (const turn of turns) {
          input = [...input, assistant("ok"), user(turn)];
          const next = counts(cache, { model: "gpt-5.6-sol", input });
          expect(next[1]).toBe(cached + written);
          [, cached, written] = next;
        }
      }),
    );
  });

  test("a request is not changed by being counted", () => {
    const request = Object.freeze({ model: "gpt-5.6-sol", input: [Object.freeze(user("hi"))] });
    const before = structuredClone(request);
    new PrefixCache().send(request);

    expect(request).toEqual(before);
  });
});
