import type { Response, ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { modelInfo } from "../models/lookup.ts";
import { firstDifference } from "./first-difference.ts";

type Diagnostics = NonNullable<Response["prompt_cache_diagnostics"]>;

/** Why a cache misses, in the API's own words. */
export type MissReason = Extract<Diagnostics, { reason: unknown }>["reason"];

type Pick = (params: ResponseCreateParamsBase) => unknown;

/** What the prefix is made of before the input, in the order in which the API looks at it. */
const settings: [reason: MissReason, path: string, pick: Pick][] = [
  ["model_changed", "model", ({ model }) => model],
  [
    "prompt_cache_key_changed",
    "prompt_cache_key",
    // A key that prompt() derived changes with the text it stands for: that is the change to name.
    ({ prompt_cache_key: key }) => key?.replace(/^codex-[0-9a-f]{16}/, "codex"),
  ],
  // Two names of one tier.
  [
    "service_tier_changed",
    "service_tier",
    ({ service_tier: tier }) => (tier === "priority" ? "fast" : (tier ?? "auto")),
  ],
  ["tools_changed", "tools", ({ tools }) => tools ?? []],
  ["tools_changed", "parallel_tool_calls", (params) => params.parallel_tool_calls ?? true],
  [
    "text_format_changed",
    "text.format",
    ({ text }) => (text?.format?.type === "text" ? null : text?.format),
  ],
  [
    "reasoning_effort_changed",
    "reasoning.effort",
    ({ model, reasoning }) => reasoning?.effort ?? modelInfo(model)?.defaultEffort,
  ],
  ["verbosity_changed", "text.verbosity", ({ text }) => text?.verbosity ?? "medium"],
  [
    "input_changed",
    "instructions",
    ({ model, instructions }) => !modelInfo(model)?.instructionsLast && (instructions || null),
  ],
];

/** The first setting that keeps one request from reading what another put into the cache, by path. */
export function changedSetting(
  before: ResponseCreateParamsBase,
  after: ResponseCreateParamsBase,
): { reason: MissReason; path: string } | undefined {
  for (const [reason, path, pick] of settings) {
    const found = firstDifference(pick(before), pick(after), path);
    if (found) return { reason, path: found };
  }
  return undefined;
}
