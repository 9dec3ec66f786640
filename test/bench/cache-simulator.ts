import { modelInfo } from "../../src/models/lookup.ts";
import { costOf } from "../../src/money/cost.ts";
import { isList, isObject, type Json, textOf } from "./cache-json.ts";
import { blocksOf, type End, layOut, type Prompt } from "./cache-prompt.ts";

/** A request as it was sent, and the response to it. */
export interface Sent {
  readonly body: Json;
  readonly response: Json;
}

/** What the prompt cache made of a request. Tokens. */
export interface Counted {
  readonly input: number;
  /** Read from the cache. */
  readonly cached: number;
  /** Written to it, at a price. */
  readonly written: number;
  readonly output: number;
  readonly usd: number;
  /** What a request that repeats this one's prefix could read of it. */
  readonly reusable: number;
}

/**
 * Counts recorded requests as the API's prompt cache would, from nothing but their bodies. Before
 * GPT-5.6 the longest common prefix is reused, in steps of 128 tokens from 1,024, and writing is
 * free. Later models reuse what was written at a breakpoint, and bill the writing. Nothing expires.
 */
export class CacheSimulator {
  readonly #kept = new Set<string>();
  readonly #transcripts = new Map<string, readonly Json[]>();
  readonly #items = new Map<string, Json>();

  count({ body, response }: Sent): Counted {
    const model = textOf(body.model);
    const items = [...this.#before(body), ...this.#sent(body.input)];
    const output = isList(response.output) ? response.output.filter(isObject) : [];
    this.#transcripts.set(textOf(response.id), [...items, ...output]);
    for (const item of output) this.#items.set(textOf(item.id), item);

    const prompt = layOut(body, items);
    const info = modelInfo(model);
    const { cached, written, reusable } = info?.breakpoints
      ? this.#byBreakpoints(prompt, body)
      : this.#byLongestPrefix(prompt);
    const produced = tokensOf(output);
    const usage = {
      input_tokens: prompt.tokens,
      input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
      output_tokens: produced,
    };
    const usd = costOf(model, usage) ?? Number.NaN;
    return { input: prompt.tokens, cached, written, reusable, output: produced, usd };
  }

  #byLongestPrefix({ steps }: Prompt) {
    const cached = this.#longest(steps);
    for (const { digest } of steps) this.#kept.add(digest);
    return { cached, written: 0, reusable: steps.at(-1)?.tokens ?? 0 };
  }

  /** At most 4 writes: the caller's latest, and by default one that the API chooses. */
  #byBreakpoints({ ends }: Prompt, { prompt_cache_options: options }: Json) {
    const implicit = !(isObject(options) && options.mode === "explicit");
    const set = ends.filter(({ kind }) => kind === "explicit");
    const own = implicit ? ends.filter(({ kind }) => kind !== "explicit") : [];
    const initial = own.filter(({ kind }) => kind === "initial");
    const cached = this.#longest([...set.slice(-80), ...own.slice(-21), ...initial]);
    const writes = [...set.slice(implicit ? -3 : -4), ...own.slice(-1)];
    for (const { digest } of writes) this.#kept.add(digest);
    const reusable = Math.max(0, ...writes.map(({ tokens }) => tokens));
    return { cached, written: Math.max(0, reusable - cached), reusable };
  }

  #longest(ends: readonly End[]): number {
    const found = ends.filter(({ digest }) => this.#kept.has(digest));
    return Math.max(0, ...found.map(({ tokens }) => tokens));
  }

  /** @throws When the parent is not known: a body that the API would refuse proves nothing. */
  #before({ previous_response_id: parent }: Json): readonly Json[] {
    if (!parent) return [];
    const transcript = this.#transcripts.get(textOf(parent));
    if (!transcript) throw new Error(`No response "${parent}" was recorded`);
    return transcript;
  }

  #sent(input: unknown): Json[] {
    if (typeof input === "string") return [{ role: "user", content: input }];
    return (isList(input) ? input.filter(isObject) : []).map((item) => {
      const stored = this.#items.get(textOf(item.id));
      if (item.type !== "item_reference" && !isBareReasoning(item)) return item;
      if (!stored) throw new Error(`No item "${item.id}" was recorded`);
      return stored;
    });
  }
}

function isBareReasoning(item: Json): boolean {
  return item.type === "reasoning" && !item.encrypted_content;
}

function tokensOf(items: readonly Json[]): number {
  const bytes = items.flatMap(blocksOf).map(({ text }) => Buffer.byteLength(text));
  return Math.ceil(bytes.reduce((sum, size) => sum + size, 0) / 4);
}
