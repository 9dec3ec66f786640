import type { ModelInfo } from "./model-info.ts";
import {
  allTools,
  codexTools,
  lowToHigh,
  mediumToXhigh,
  minimalToHigh,
  noneToHigh,
  noneToXhigh,
  unknownTools,
} from "./values.ts";

/** GPT-5 to GPT-5.5. */
export const gpt5Models = /* @__PURE__ */ (() => {
  const half = { flex: 0.5, batch: 0.5 } as const;
  const base = {
    contextWindow: 400_000,
    maxInput: 272_000,
    maxOutput: 128_000,
    verbosity: lowToHigh,
    longContext: null,
    tiers: half,
    breakpoints: false,
    additionalTools: false,
    configurationUpdate: false,
    instructionsLast: false,
    shutdown: null,
    replacement: null,
  } as const;
  const gpt5 = {
    ...base,
    efforts: minimalToHigh,
    defaultEffort: "medium",
    tools: {
      apply_patch: false,
      shell: false,
      web_search: true,
      tool_search: false,
      custom: true,
      computer: false,
    },
    sampling: false,
    released: "2025-08-07",
    shutdown: "2026-12-11",
  } as const;
  const gpt51 = {
    ...base,
    efforts: noneToHigh,
    defaultEffort: "none",
    tiers: { fast: 2, ...half },
    tools: { ...allTools, tool_search: false, computer: false },
    sampling: true,
  } as const;
  const gpt54 = { ...gpt51, efforts: noneToXhigh, tools: allTools } as const;
  const wide = { contextWindow: 1_050_000, maxInput: 922_000 } as const;
  const pro = {
    ...base,
    efforts: mediumToXhigh,
    defaultEffort: "medium",
    usdPerMillion: { input: 30, cachedInput: null, cacheWrite: null, output: 180 },
    tools: { ...unknownTools, web_search: true, custom: true },
    sampling: false,
  } as const;
  const longPro = {
    above: 272_000,
    input: 60,
    cachedInput: null,
    cacheWrite: null,
    output: 270,
  } as const;
  /** The multiplied price is 0.125; the price list rounds it up. */
  const rounded = { multiplier: 0.5, cachedInput: 0.13 } as const;
  return {
    "gpt-5": {
      ...gpt5,
      usdPerMillion: { input: 1.25, cachedInput: 0.125, cacheWrite: null, output: 10 },
      tiers: { fast: 2, ...half },
      replacement: "gpt-5.6-sol",
    },
    "gpt-5-mini": {
      ...gpt5,
      usdPerMillion: { input: 0.25, cachedInput: 0.025, cacheWrite: null, output: 2 },
      tiers: { fast: 1.8, ...half },
      replacement: "gpt-5.6-terra",
    },
    "gpt-5-nano": {
      ...gpt5,
      usdPerMillion: { input: 0.05, cachedInput: 0.005, cacheWrite: null, output: 0.4 },
      replacement: "gpt-5.6-luna",
    },
    "gpt-5.1": {
      ...gpt51,
      usdPerMillion: { input: 1.25, cachedInput: 0.125, cacheWrite: null, output: 10 },
      released: "2025-11-13",
      shutdown: "2027-04-01",
      replacement: "gpt-6-sol",
    },
    "gpt-5.2": {
      ...gpt51,
      efforts: noneToXhigh,
      usdPerMillion: { input: 1.75, cachedInput: 0.175, cacheWrite: null, output: 14 },
      released: "2025-12-11",
    },
    "gpt-5.2-pro": {
      ...pro,
      verbosity: null,
      usdPerMillion: { input: 21, cachedInput: null, cacheWrite: null, output: 168 },
      tiers: { batch: 0.5 },
      released: "2025-12-11",
    },
    "gpt-5.4": {
      ...gpt54,
      ...wide,
      usdPerMillion: { input: 2.5, cachedInput: 0.25, cacheWrite: null, output: 15 },
      longContext: { above: 272_000, input: 5, cachedInput: 0.5, cacheWrite: null, output: 22.5 },
      tiers: { fast: 2, flex: rounded, batch: rounded },
      released: "2026-03-05",
    },
    "gpt-5.4-mini": {
      ...gpt54,
      usdPerMillion: { input: 0.75, cachedInput: 0.075, cacheWrite: null, output: 4.5 },
      released: "2026-03-17",
    },
    "gpt-5.4-nano": {
      ...gpt54,
      usdPerMillion: { input: 0.2, cachedInput: 0.02, cacheWrite: null, output: 1.25 },
      tiers: half,
      tools: codexTools,
      released: "2026-03-17",
      shutdown: "2027-04-01",
      replacement: "gpt-6-luna",
    },
    "gpt-5.4-pro": { ...pro, ...wide, longContext: longPro, released: "2026-03-05" },
    "gpt-5.5": {
      ...gpt54,
      ...wide,
      defaultEffort: "medium",
      usdPerMillion: { input: 5, cachedInput: 0.5, cacheWrite: null, output: 30 },
      longContext: { above: 272_000, input: 10, cachedInput: 1, cacheWrite: null, output: 45 },
      tiers: { fast: 2.5, ...half },
      released: "2026-04-24",
    },
    "gpt-5.5-pro": {
      ...pro,
      ...wide,
      defaultEffort: null,
      longContext: longPro,
      released: "2026-04-24",
    },
  } as const satisfies Record<string, ModelInfo>;
})();
