// biome-ignore lint/correctness/noUndeclaredDependencies: the root package runs the tests
import { describe, expect, test } from "vitest";
import { CacheSimulator } from "./cache-simulator.ts";

const text = (tokens: number, word = "abc") => `${word} `.repeat(tokens);
const user = (content: unknown) => ({ role: "user", content });
const developer = (content: unknown) => ({ role: "developer", content });

/** Counts requests in order; each answers "ok". */
function count(...bodies: Record<string, unknown>[]) {
  const simulator = new CacheSimulator();
  return bodies.map((body, i) => {
    const output = [{ type: "message", role: "assistant", id: `msg_${i}`, content: "ok" }];
    const { cached, written, input } = simulator.count({ body, response: { id: `r${i}`, output } });
    return { cached, written, rest: input - cached - written };
  });
}

describe("before GPT-5.6", () => {
  const model = "gpt-5.5";

  test("the longest common prefix is read in steps of 128 tokens, and written for free", () => {
    const shared = text(1300);
    const counted = count(
      { model, input: [user(shared), user("one")] },
      { model, input: [user(shared), user("two")] },
    );
    expect(counted).toMatchObject([
      { cached: 0, written: 0 },
      { cached: 1280, written: 0 },
    ]);
  });

  test("nothing under 1,024 tokens is read", () => {
    const same = { model, input: [user(text(1000))] };
    expect(count(same, same)[1]).toMatchObject({ cached: 0 });
  });

  test("instructions are part of the prefix", () => {
    const instructions = text(2000);
    const [, second] = count(
      { model, instructions, input: "one" },
      { model, instructions, input: "two" },
    );
    expect(second).toMatchObject({ cached: 1920 });
  });

  test("another setting, key or tool list reads nothing", () => {
    const base = { model, input: [user(text(2000))], tools: [{ name: "a" }, { name: "b" }] };
    for (const change of [
      { model: "gpt-5.4" },
      { reasoning: { effort: "high" } },
      { text: { verbosity: "low" } },
      { text: { format: { type: "json_schema" } } },
      { parallel_tool_calls: false },
      { prompt_cache_key: "other" },
      { tools: [{ name: "b" }, { name: "a" }] },
    ]) {
      expect(count(base, { ...base, ...change })[1]).toMatchObject({ cached: 0 });
    }
    expect(count(base, { ...base, tool_choice: "none" })[1]?.cached).toBeGreaterThan(1900);
  });
});

describe("from GPT-5.6 on", () => {
  const model = "gpt-6.1-sol";
  const mark = { prompt_cache_breakpoint: { mode: "explicit" } };
  const stable = (extra: object) => developer([{ type: "input_text", text: text(2000), ...extra }]);

  test("a prefix is read where a breakpoint was written, and nowhere else", () => {
    const bodies = (extra: object) =>
      ["one", "two"].map((task) => ({ model, input: [stable(extra), user(task)] }));
    const [first, second] = count(...bodies(mark));
    expect(first).toMatchObject({ cached: 0, rest: 0 });
    expect(second?.cached).toBeGreaterThan(1990);
    expect(second?.written).toBeLessThan(10);
    expect(count(...bodies({}))[1]).toMatchObject({ cached: 0, rest: 0 });
  });

  test("a chain reads the whole of the request before, and writes what is new", () => {
    const [first, second] = count(
      { model, input: [stable({}), user("one")] },
      { model, input: [user(text(500, "new"))], previous_response_id: "r0" },
    );
    expect(second?.cached).toBe(first?.written);
    expect(second?.rest).toBe(0);
  });

  test("explicit mode without a breakpoint caches nothing", () => {
    const body = { model, input: [stable({})], prompt_cache_options: { mode: "explicit" } };
    expect(count(body, body)[1]).toMatchObject({ cached: 0, written: 0 });
  });

  test("GPT-6.2 lays instructions after the input, where they are never cached", () => {
    const body = { model: "gpt-6.2-sol", instructions: text(3000), input: [user(text(2000))] };
    const [first, second] = count(body, body);
    expect(first?.rest).toBeGreaterThan(2990);
    expect(second).toMatchObject({ written: 0, rest: first?.rest });
    expect(second?.cached).toBe(first?.written);
  });
});

test("a parent or an item that was never recorded is an error", () => {
  const model = "gpt-5.5";
  expect(() => count({ model, input: "go", previous_response_id: "r9" })).toThrow(/"r9"/);
  const input = [{ type: "item_reference", id: "rs_1" }];
  expect(() => count({ model, input })).toThrow(/"rs_1"/);
});
