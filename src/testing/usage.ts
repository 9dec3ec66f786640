import { itemText } from "./prompt-text.ts";
import type { UsageDraft } from "./script.ts";
import { bytesOf, type Json, tokensOf, type WireItem } from "./wire.ts";

/** The input side of a response's usage. */
export interface InputUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: {
    readonly cached_tokens: number;
    readonly cache_write_tokens: number;
    readonly cache_write_tokens_details?: {
      readonly ttl_30m_tokens: number;
      readonly ttl_12h_tokens: number;
    };
  };
}

export function usageOf(
  input: InputUsage,
  output: readonly WireItem[],
  draft: UsageDraft = {},
): Json {
  const count = (items: readonly WireItem[]) =>
    items.reduce((sum, item) => sum + tokensOf(bytesOf(itemText(item)).length), 0);
  const counted = count(output.filter(({ type }) => type === "reasoning"));
  const visible = count(output.filter(({ type }) => type !== "reasoning"));
  const reasoning = draft.output_tokens_details?.reasoning_tokens ?? counted;
  const input_tokens = draft.input_tokens ?? input.input_tokens;
  const output_tokens = draft.output_tokens ?? visible + reasoning;
  return {
    input_tokens,
    input_tokens_details: { ...input.input_tokens_details, ...draft.input_tokens_details },
    output_tokens,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: draft.total_tokens ?? input_tokens + output_tokens,
  };
}
