import { describe, expect, test } from "vitest";
import { aliases, models, modelsChecked } from "../../src/models/catalogue.ts";
import type { LongContextPrices, ModelInfo, Prices } from "../../src/models/model-info.ts";

const all: [string, ModelInfo][] = Object.entries(models);
const isoDate = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const order = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

test("the catalogue holds these models", () => {
  expect(Object.keys(models).sort()).toEqual([
    "codex-mini-latest",
    "gpt-5",
    "gpt-5-codex",
    "gpt-5-mini",
    "gpt-5-nano",
    "gpt-5.1",
    "gpt-5.1-codex",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.2",
    "gpt-5.2-codex",
    "gpt-5.2-pro",
    "gpt-5.3-codex",
    "gpt-5.3-codex-spark",
    "gpt-5.4",
    "gpt-5.4-mini",
    "gpt-5.4-nano",
    "gpt-5.4-pro",
    "gpt-5.5",
    "gpt-5.5-pro",
    "gpt-5.6-luna",
    "gpt-5.6-sol",
    "gpt-5.6-terra",
    "gpt-6-astra",
    "gpt-6-luna",
    "gpt-6-sol",
    "gpt-6.1-sol",
    "gpt-6.1-terra",
    "gpt-6.2-astra",
    "gpt-6.2-sol",
    "gpt-daybreak-blue-latest",
    "gpt-daybreak-red-latest",
  ]);
});

test("the day of the check is an ISO date", () => {
  expect(modelsChecked).toMatch(isoDate);
});

test("one entry, whole", () => {
  expect(models["gpt-5.3-codex"]).toEqual({
    contextWindow: 400_000,
    maxInput: 272_000,
    maxOutput: 128_000,
    efforts: ["low", "medium", "high", "xhigh"],
    defaultEffort: "medium",
    verbosity: ["low", "medium", "high"],
    usdPerMillion: { input: 1.75, cachedInput: 0.175, cacheWrite: null, output: 14 },
    longContext: null,
    tiers: { fast: 2 },
    tools: {
      apply_patch: null,
      shell: null,
      web_search: true,
      tool_search: false,
      custom: true,
      computer: false,
    },
    breakpoints: false,
    additionalTools: false,
    configurationUpdate: false,
    instructionsLast: false,
    sampling: false,
    released: "2026-02-24",
    shutdown: "2027-04-01",
    replacement: "gpt-6-sol",
  });
});

test("what is unknown about a model stays unknown, prices included", () => {
  expect(models["gpt-5.3-codex-spark"]).toMatchObject({ usdPerMillion: null, efforts: null });
  expect(models["gpt-daybreak-red-latest"]).toMatchObject({ maxOutput: null, breakpoints: null });
  expect(models["gpt-6.2-sol"]).toMatchObject({ defaultEffort: null, configurationUpdate: null });
});

describe.each(all)("%s", (_id, info) => {
  test("has the fields of every other entry", () => {
    expect(Object.keys(info).sort()).toEqual(Object.keys(models["gpt-5"]).sort());
    expect(Object.keys(info.tools).sort()).toEqual(Object.keys(models["gpt-5"].tools).sort());
  });

  test("has a default effort that it takes, and lists efforts from low to high", () => {
    if (info.defaultEffort) expect(info.efforts).toContain(info.defaultEffort);
    const ranks = (info.efforts ?? []).map((effort) => order.indexOf(effort));
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
  });

  test("takes sampling parameters exactly when it can be told not to reason", () => {
    const canStopReasoning = info.efforts?.includes("none") ?? null;
    expect(info.sampling).toBe(canStopReasoning);
  });

  test("has limits that fit into its window", () => {
    const window = info.contextWindow ?? 0;
    expect(info.maxInput ?? 0).toBeLessThan(window);
    expect(info.maxOutput ?? 0).toBeLessThan(window);
  });

  test("has prices in their natural order, and none of 0", () => {
    if (info.usdPerMillion) expectNaturalOrder(info.usdPerMillion);
    if (info.longContext) expectNaturalOrder(info.longContext);
  });

  test("bills a cache write at 1.25 times the input price, or 2.5 times for 12 hours", () => {
    const { cacheWrite, input } = info.usdPerMillion ?? { cacheWrite: null, input: 0 };
    if (cacheWrite === null) return;
    if (typeof cacheWrite === "number") expect(cacheWrite).toBeCloseTo(input * 1.25, 9);
    else expect(cacheWrite).toEqual({ "30m": input * 1.25, "12h": input * 2.5 });
  });

  test("costs in long context twice for input and cache, 1.5 times for output", () => {
    const { usdPerMillion: price, longContext: long } = info;
    if (!price || !long || long.input === null || long.output === null) return;
    const write = price.cacheWrite;
    expect(long.above).toBe(272_000);
    expect(long.input).toBeCloseTo(price.input * 2, 9);
    expect(long.output).toBeCloseTo(price.output * 1.5, 9);
    expect(long.cachedInput).toBe(price.cachedInput === null ? null : price.cachedInput * 2);
    expect(long.cacheWrite).toBe(write === null ? null : ofHalfHour(write) * 2);
  });

  test("was released before it ends, and its replacement is in the catalogue", () => {
    expect(info.released).toMatch(isoDate);
    if (info.shutdown !== null) {
      expect(info.shutdown).toMatch(isoDate);
      expect(String(info.released) < info.shutdown).toBe(true);
    }
    if (info.replacement !== null) {
      expect(Object.keys(models)).toContain(info.replacement);
      const next: ModelInfo | undefined = all.find(([id]) => id === info.replacement)?.[1];
      expect(next?.shutdown).toBeNull();
    }
  });
});

test("breakpoints, added tools and paid cache writes came together, with GPT-5.6", () => {
  const named = all.filter(([id]) => !id.includes("daybreak"));
  for (const [id, info] of named) {
    const since56 = /^gpt-(5\.6|6)/.test(id);
    expect([id, info.breakpoints, info.additionalTools]).toEqual([id, since56, since56]);
    expect([id, (info.usdPerMillion?.cacheWrite ?? null) !== null]).toEqual([id, since56]);
  }
});

test("every alias names a catalogue model and is none itself", () => {
  for (const [alias, id] of Object.entries(aliases)) {
    expect(Object.keys(models)).toContain(id);
    expect(Object.keys(models)).not.toContain(alias);
  }
});

function ofHalfHour(write: NonNullable<Prices["cacheWrite"]>): number {
  return typeof write === "number" ? write : write["30m"];
}

function expectNaturalOrder(prices: Prices | LongContextPrices): void {
  const { input, output, cachedInput, cacheWrite } = prices;
  if (input === null || output === null) return;
  expect(input).toBeGreaterThan(0);
  expect(output).toBeGreaterThan(input);
  if (cachedInput !== null) {
    expect(cachedInput).toBeGreaterThan(0);
    expect(cachedInput).toBeLessThan(input);
  }
  if (cacheWrite !== null) expect(ofHalfHour(cacheWrite)).toBeGreaterThan(input);
}
