import { commonLength } from "./prefix-cache.ts";
import type { Prompt } from "./prompt.ts";
import type { InputUsage } from "./usage.ts";
import { isObject, type Json, objectsOf, tokensOf } from "./wire.ts";

export interface Sent {
  readonly request: Json;
  readonly prompt: Prompt;
}

/** Settings that end reuse, in the order in which the API names the first change. */
const reasons: readonly (readonly [string, (request: Json) => unknown])[] = [
  ["model_changed", ({ model }) => model],
  ["prompt_cache_key_changed", ({ prompt_cache_key: key }) => key],
  ["service_tier_changed", ({ service_tier: tier }) => tier ?? "auto"],
  ["tools_changed", ({ tools, parallel_tool_calls: parallel }) => [tools ?? [], parallel ?? true]],
  ["text_format_changed", ({ text }) => (isObject(text) ? text.format : undefined)],
  [
    "reasoning_effort_changed",
    ({ reasoning }) => (isObject(reasoning) ? reasoning.effort : undefined),
  ],
  ["verbosity_changed", ({ text }) => (isObject(text) ? text.verbosity : undefined)],
];

/** The `prompt_cache_diagnostics` field, for a request with a `comparison_response_id`. */
export function cacheDiagnostics(
  comparisonId: string,
  before: Sent | undefined,
  after: Sent,
  input: InputUsage,
): Json {
  if (!comparisonId || !after.prompt.breakpoints) return {};
  if (!before) return { prompt_cache_diagnostics: { type: "comparison_response_not_found" } };
  const common = commonLength(before.prompt.bytes, after.prompt.bytes);
  const changed = reasons.find(([, pick]) =>
    differ(pick(before.request), pick(after.request)),
  )?.[0];
  const reusable = before.prompt.marks.findLast(({ kind }) => kind !== "explicit")?.end ?? 0;
  if (changed === undefined && common >= reusable) {
    return { prompt_cache_diagnostics: { type: "cache_hit" } };
  }
  const compacted = objectsOf(after.request.input).some(({ type }) => type === "compaction");
  return {
    prompt_cache_diagnostics: {
      type: "cache_miss",
      reason: changed ?? (compacted ? "context_compacted" : "input_changed"),
      cache_missed_tokens: input.input_tokens - input.input_tokens_details.cached_tokens,
      comparison_reusable_tokens: tokensOf(reusable),
    },
  };
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
