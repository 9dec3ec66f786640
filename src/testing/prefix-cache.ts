import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { inputItems } from "./input-items.ts";
import { type Mark, type Prompt, renderPrompt } from "./prompt.ts";
import type { InputUsage } from "./usage.ts";
import { tokensOf } from "./wire.ts";

/** Fewer tokens than this are never cached. */
const minimum = 1024;

interface Domain {
  /** Before GPT-5.6: every prompt seen. */
  readonly prompts: Uint8Array[];
  /** Since GPT-5.6: prompts of which a prefix was written, by its length in bytes. */
  readonly entries: Map<number, Uint8Array[]>;
}

/**
 * Counts the tokens of requests as the API's prompt cache would: input read from it, and input
 * written to it. It compares real bytes, so a changed prefix is a miss.
 *
 * Models before GPT-5.6, and unknown ones, reuse the longest common prefix in whole steps of 128
 * tokens from 1,024 on, and write for free. Later models reuse exactly what an earlier request
 * wrote at a breakpoint. Entries do not expire.
 */
export class PrefixCache {
  readonly #domains = new Map<string, Domain>();

  /** Counts a request that holds its whole input, and remembers it. */
  send(request: ResponseCreateParamsBase): InputUsage {
    return this.use(renderPrompt({ ...request }, inputItems(request.input)));
  }

  use(prompt: Prompt): InputUsage {
    const domain = this.#domain(prompt.domain);
    const input_tokens = tokensOf(prompt.bytes.length);
    if (prompt.breakpoints) {
      return { input_tokens, input_tokens_details: useBreakpoints(domain, prompt) };
    }
    const cached_tokens = longestPrefix(domain, prompt);
    return { input_tokens, input_tokens_details: { cached_tokens, cache_write_tokens: 0 } };
  }

  #domain(name: string): Domain {
    const known = this.#domains.get(name);
    if (known) return known;
    const domain: Domain = { prompts: [], entries: new Map() };
    this.#domains.set(name, domain);
    return domain;
  }
}

function longestPrefix(domain: Domain, { bytes, step }: Prompt): number {
  const longest = Math.max(0, ...domain.prompts.map((prompt) => commonLength(prompt, bytes)));
  domain.prompts.push(bytes);
  const tokens = Math.floor(longest / 4 / step) * step;
  return tokens < minimum ? 0 : tokens;
}

function useBreakpoints(domain: Domain, prompt: Prompt): InputUsage["input_tokens_details"] {
  const { bytes, marks, mode } = prompt;
  const implicit = mode === "implicit";
  const explicit = marks.filter(({ kind }) => kind === "explicit");
  const eligible = implicit ? marks.filter(({ kind }) => kind !== "explicit") : [];
  const initial = eligible.filter(({ kind }) => kind === "initial");
  const isStored = ({ end }: Mark) =>
    (domain.entries.get(end) ?? []).some((entry) => commonLength(entry, bytes) >= end);

  const readable = [...explicit.slice(-80), ...eligible.slice(-21), ...initial].filter(isStored);
  const cached_tokens = tokensOf(Math.max(0, ...readable.map(({ end }) => end)));

  const written = [...explicit.slice(implicit ? -3 : -4), ...eligible.slice(-1)]
    .filter((mark) => tokensOf(mark.end) >= minimum && !isStored(mark))
    .sort((a, b) => a.end - b.end);
  const ttls = { "30m": 0, "12h": 0 };
  let reached = cached_tokens;
  for (const { end, ttl } of written) {
    domain.entries.set(end, [...(domain.entries.get(end) ?? []), bytes]);
    const tokens = Math.max(0, tokensOf(end) - reached);
    ttls[ttl === "12h" || ttl === "30m" ? ttl : prompt.ttl] += tokens;
    reached += tokens;
  }
  return {
    cached_tokens,
    cache_write_tokens: ttls["30m"] + ttls["12h"],
    cache_write_tokens_details: { ttl_30m_tokens: ttls["30m"], ttl_12h_tokens: ttls["12h"] },
  };
}

export function commonLength(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] !== b[index]) return index;
  }
  return length;
}
