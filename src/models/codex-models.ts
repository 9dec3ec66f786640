import type { ModelInfo } from "./model-info.ts";
import { codexTools, lowToHigh, lowToXhigh, unknownTools } from "./values.ts";

// The pure function around the data, here and beside: bundlers keep an unused object with spreads.
export const codexModels = /* @__PURE__ */ (() => {
  const base = {
    contextWindow: 400_000,
    maxInput: 272_000,
    maxOutput: 128_000,
    efforts: lowToHigh,
    defaultEffort: "medium",
    verbosity: ["medium"],
    usdPerMillion: { input: 1.25, cachedInput: 0.125, cacheWrite: null, output: 10 },
    longContext: null,
    tiers: {},
    tools: codexTools,
    breakpoints: false,
    additionalTools: false,
    configurationUpdate: false,
    instructionsLast: false,
    sampling: false,
    shutdown: "2026-07-23",
    replacement: "gpt-5.6-sol",
  } as const;
  return {
    "codex-mini-latest": {
      ...base,
      contextWindow: 200_000,
      maxInput: null,
      maxOutput: 100_000,
      efforts: null,
      defaultEffort: null,
      verbosity: [],
      usdPerMillion: { input: 1.5, cachedInput: 0.375, cacheWrite: null, output: 6 },
      tools: {
        apply_patch: false,
        shell: false,
        web_search: null,
        tool_search: false,
        custom: false,
        computer: false,
      },
      sampling: null,
      released: "2025-05-16",
      shutdown: "2026-02-12",
      // OpenAI named gpt-5-codex-mini, which is gone as well.
      replacement: null,
    },
    "gpt-5-codex": { ...base, released: "2025-09-23" },
    "gpt-5.1-codex": { ...base, tiers: { fast: 2 }, released: "2025-11-13" },
    "gpt-5.1-codex-mini": {
      ...base,
      usdPerMillion: { input: 0.25, cachedInput: 0.025, cacheWrite: null, output: 2 },
      tiers: { fast: 1.8 },
      released: "2025-11-13",
      replacement: "gpt-5.6-terra",
    },
    "gpt-5.1-codex-max": { ...base, efforts: lowToXhigh, released: "2025-12-04" },
    "gpt-5.2-codex": {
      ...base,
      efforts: lowToXhigh,
      usdPerMillion: { input: 1.75, cachedInput: 0.175, cacheWrite: null, output: 14 },
      tiers: { fast: 2 },
      released: "2026-01-14",
    },
    "gpt-5.3-codex": {
      ...base,
      efforts: lowToXhigh,
      verbosity: lowToHigh,
      usdPerMillion: { input: 1.75, cachedInput: 0.175, cacheWrite: null, output: 14 },
      tiers: { fast: 2 },
      released: "2026-02-24",
      shutdown: "2027-04-01",
      replacement: "gpt-6-sol",
    },
    // Only ever offered in OpenAI's own apps, never in the API.
    "gpt-5.3-codex-spark": {
      ...base,
      contextWindow: 128_000,
      maxInput: 100_000,
      maxOutput: 32_000,
      efforts: null,
      defaultEffort: null,
      verbosity: null,
      usdPerMillion: null,
      tools: { ...unknownTools, tool_search: false, computer: false },
      sampling: null,
      released: "2026-02-12",
      shutdown: null,
      replacement: null,
    },
  } as const satisfies Record<string, ModelInfo>;
})();
