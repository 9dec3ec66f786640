import type { ModelInfo } from "./model-info.ts";
import { allTools, lowToHigh, lowToMax, noneToMax, unknownTools } from "./values.ts";

/** GPT-5.6 and later: the models with cache breakpoints. */
export const gpt6Models = /* @__PURE__ */ (() => {
  const above = 272_000;
  const tiers = { fast: 2, flex: 0.5, batch: 0.5 } as const;
  const gpt6 = {
    contextWindow: 1_050_000,
    maxInput: 922_000,
    maxOutput: 128_000,
    efforts: noneToMax,
    defaultEffort: "medium",
    verbosity: lowToHigh,
    tiers,
    tools: allTools,
    breakpoints: true,
    additionalTools: true,
    configurationUpdate: true,
    instructionsLast: false,
    sampling: true,
    shutdown: null,
    replacement: null,
  } as const;
  const gpt56 = { ...gpt6, configurationUpdate: false, released: "2026-07-09" } as const;
  const always = { ...gpt6, efforts: lowToMax, sampling: false } as const;
  const gpt62 = {
    ...always,
    defaultEffort: null,
    tools: { ...unknownTools, web_search: true, computer: true },
    configurationUpdate: null,
    instructionsLast: true,
    released: "2026-11-17",
  } as const;
  /** Moving names behind an approval; what they stand for today is not theirs to promise. */
  const daybreak = {
    maxInput: null,
    maxOutput: null,
    efforts: null,
    defaultEffort: null,
    verbosity: null,
    tiers: {},
    tools: unknownTools,
    breakpoints: null,
    additionalTools: null,
    configurationUpdate: null,
    instructionsLast: null,
    sampling: null,
    released: "2026-08-07",
    shutdown: null,
    replacement: null,
  } as const;
  return {
    "gpt-5.6-sol": {
      ...gpt56,
      usdPerMillion: { input: 4, cachedInput: 0.4, cacheWrite: 5, output: 20 },
      longContext: { above, input: 8, cachedInput: 0.8, cacheWrite: 10, output: 30 },
    },
    "gpt-5.6-terra": {
      ...gpt56,
      usdPerMillion: { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 12 },
      longContext: { above, input: 4, cachedInput: 0.4, cacheWrite: 5, output: 18 },
    },
    "gpt-5.6-luna": {
      ...gpt56,
      usdPerMillion: { input: 0.2, cachedInput: 0.02, cacheWrite: 0.25, output: 1.2 },
      longContext: { above, input: 0.4, cachedInput: 0.04, cacheWrite: 0.5, output: 1.8 },
    },
    "gpt-6-astra": {
      ...always,
      usdPerMillion: { input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50 },
      longContext: { above, input: 20, cachedInput: 2, cacheWrite: 25, output: 75 },
      tiers: { ...tiers, ultrafast: 6 },
      released: "2026-09-03",
    },
    "gpt-6-sol": {
      ...gpt6,
      usdPerMillion: { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10 },
      longContext: { above, input: 4, cachedInput: 0.4, cacheWrite: 5, output: 15 },
      released: "2026-09-22",
    },
    "gpt-6-luna": {
      ...gpt6,
      usdPerMillion: { input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5 },
      longContext: { above, input: 0.2, cachedInput: 0.02, cacheWrite: 0.25, output: 0.75 },
      released: "2026-09-22",
    },
    "gpt-6.1-sol": {
      ...always,
      usdPerMillion: { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10 },
      longContext: { above, input: 4, cachedInput: 0.2, cacheWrite: 5, output: 15 },
      tiers: { ...tiers, ultrafast: 6 },
      released: "2026-09-29",
    },
    "gpt-6.1-terra": {
      ...gpt6,
      usdPerMillion: {
        input: 1,
        cachedInput: 0.05,
        cacheWrite: { "30m": 1.25, "12h": 2.5 },
        output: 5,
      },
      longContext: { above, input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 7.5 },
      released: "2026-10-26",
    },
    "gpt-6.2-astra": {
      ...gpt62,
      usdPerMillion: { input: 8, cachedInput: 0.4, cacheWrite: 10, output: 40 },
      longContext: { above, input: 16, cachedInput: 0.8, cacheWrite: 20, output: 60 },
      tiers: { fast: 2, batch: 0.5, ultrafast: 3 },
    },
    "gpt-6.2-sol": {
      ...gpt62,
      usdPerMillion: {
        input: 2,
        cachedInput: 0.1,
        cacheWrite: { "30m": 2.5, "12h": 5 },
        output: 10,
      },
      longContext: { above, input: 4, cachedInput: 0.2, cacheWrite: 5, output: 15 },
      tiers: {
        fast: 2,
        batch: 0.5,
        ultrafast: { multiplier: 3, until: "2027-02-28", afterwards: 6 },
      },
    },
    // Served by gpt-5.6-sol in August 2026, whose long requests cost more. By how much, under this
    // name, is not published.
    "gpt-daybreak-blue-latest": {
      ...daybreak,
      contextWindow: 1_050_000,
      usdPerMillion: { input: 4, cachedInput: 0.4, cacheWrite: 5, output: 20 },
      longContext: { above, input: null, cachedInput: null, cacheWrite: null, output: null },
    },
    // Served by gpt-5.6-cyber in August 2026.
    "gpt-daybreak-red-latest": {
      ...daybreak,
      contextWindow: 400_000,
      usdPerMillion: { input: 12.5, cachedInput: 1.25, cacheWrite: 15.625, output: 75 },
      longContext: null,
    },
  } as const satisfies Record<string, ModelInfo>;
})();
