import { describe, expect, test } from "vitest";
import { models } from "../../src/models/catalogue.ts";
import { costOf } from "../../src/money/cost.ts";
import { usage } from "./build-usage.ts";

// Every amount in this file is worked out by hand from the price list.
describe("costOf by tier", () => {
  const tokens = usage({ input: 100_000, cached: 60_000, output: 10_000 });

  test.for([
    // 40,000 × 2.5 + 60,000 × 0.25 + 10,000 × 15
    ["gpt-5.4", undefined, 0.265],
    ["gpt-5.4", null, 0.265],
    ["gpt-5.4", "auto", 0.265],
    ["gpt-5.4", "default", 0.265],
    ["gpt-5.4", "fast", 0.53],
    ["gpt-5.4", "priority", 0.53],
    // 40,000 × 1.25 + 60,000 × 0.13 + 10,000 × 7.5
    ["gpt-5.4", "flex", 0.1328],
    ["gpt-5.4", "batch", 0.1328],
    // (40,000 × 5 + 60,000 × 0.5 + 10,000 × 30) × 2.5
    ["gpt-5.5", "priority", 1.325],
    // (40,000 × 0.25 + 60,000 × 0.025 + 10,000 × 2) × 1.8
    ["gpt-5-mini", "fast", 0.0567],
    // (40,000 × 10 + 60,000 × 1 + 10,000 × 50) × 6
    ["gpt-6-astra", "ultrafast", 5.76],
    // (40,000 × 4 + 60,000 × 0.4 + 10,000 × 20) ÷ 2
    ["gpt-5.6", "flex", 0.192],
  ] as const)("bills %s at tier %s", ([model, tier, usd]) => {
    expect(costOf(model, tokens, { tier })).toBeCloseTo(usd, 12);
  });

  test.for([
    ["gpt-5.6-sol", "ultrafast"],
    ["gpt-5.6-sol", "scale"],
    ["gpt-5.6-sol", "from-the-future"],
    ["gpt-5.6-sol", "constructor"],
    ["gpt-6.2-sol", "flex"],
    ["gpt-5-nano", "fast"],
    ["gpt-5.3-codex", "flex"],
  ] as const)("does not know what %s costs at tier %s", ([model, tier]) => {
    expect(costOf(model, tokens, { tier })).toBeUndefined();
  });

  test("multiplies the long-context prices", () => {
    const long = usage({ input: 300_000, cached: 200_000, output: 10_000 });
    // (100,000 × 5 + 200,000 × 0.5 + 10,000 × 22.5) ÷ 2
    expect(costOf("gpt-5.4", long, { tier: "flex" })).toBeCloseTo(0.4125, 12);
    // (100,000 × 8 + 200,000 × 0.8 + 10,000 × 30) × 2
    expect(costOf("gpt-5.6-sol", long, { tier: "fast" })).toBeCloseTo(2.52, 12);
  });

  test("changes a multiplier after its last day, which ends in UTC", () => {
    // 40,000 × 2 + 60,000 × 0.1 + 10,000 × 10 = 0.186
    const on = (date: string) =>
      costOf("gpt-6.2-sol", tokens, { tier: "ultrafast", at: new Date(date) });
    expect(on("2026-11-20T12:00:00Z")).toBeCloseTo(0.558, 12);
    expect(on("2027-02-28T23:59:59Z")).toBeCloseTo(0.558, 12);
    expect(on("2027-03-01T00:00:00Z")).toBeCloseTo(1.116, 12);
  });

  test("does not know the price after the last day unless it is given", () => {
    const tiers = { fast: { multiplier: 2, until: "2026-12-31" } };
    const at = new Date("2027-01-01");
    expect(costOf({ ...models["gpt-5.4"], tiers }, tokens, { tier: "fast", at })).toBeUndefined();
  });
});
