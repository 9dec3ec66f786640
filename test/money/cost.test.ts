import fc from "fast-check";
import type { ResponseUsage } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { models } from "../../src/models/catalogue.ts";
import type { ModelInfo } from "../../src/models/model-info.ts";
import { type BilledUsage, costOf } from "../../src/money/cost.ts";
import { usage } from "./build-usage.ts";

// Every amount in this file is worked out by hand from the price list.
describe("costOf at standard prices", () => {
  test("bills each input token once: ordinary or cached", () => {
    // 20,000 × 1.75 + 80,000 × 0.175 + 5,000 × 14
    const tokens = usage({ input: 100_000, cached: 80_000, output: 5_000 });
    expect(costOf("gpt-5.3-codex", tokens)).toBeCloseTo(0.119, 12);
  });

  test("bills cache writes instead of ordinary input", () => {
    // 10,000 × 2 + 60,000 × 0.1 + 30,000 × 2.5 + 2,000 × 10
    const tokens = usage({ input: 100_000, cached: 60_000, written: 30_000, output: 2_000 });
    expect(costOf("gpt-6.1-sol", tokens)).toBeCloseTo(0.121, 12);
  });

  test("bills cache writes by their lifetime", () => {
    // 20,000 × 2 + 10,000 × 2.5 + 20,000 × 5
    const ttl = { "30m": 10_000, "12h": 20_000 };
    const tokens = usage({ input: 50_000, written: 30_000, ttl });
    expect(costOf("gpt-6.2-sol", tokens)).toBeCloseTo(0.165, 12);
  });

  test("bills 12 hours twice as much as 30 minutes where one price is listed", () => {
    // 1,000 × 5 + 1,000 × 10
    const ttl = { "30m": 1_000, "12h": 1_000 };
    const tokens = usage({ input: 2_000, written: 2_000, ttl });
    expect(costOf("gpt-5.6-sol", tokens)).toBeCloseTo(0.015, 12);
  });

  test("bills writes of an unnamed lifetime for 30 minutes", () => {
    // 3,000 × 2.5 + 1,000 × 5
    const tokens = usage({ input: 4_000, written: 4_000, ttl: { "30m": 0, "12h": 1_000 } });
    expect(costOf("gpt-6.2-sol", tokens)).toBeCloseTo(0.0125, 12);
  });

  test("costs nothing for nothing", () => {
    expect(costOf("gpt-5.4", usage({ input: 0 }))).toBe(0);
  });

  test("never bills less than no ordinary input", () => {
    // 150 × 0.25, although only 100 tokens went in
    expect(costOf("gpt-5.4", usage({ input: 100, cached: 150 }))).toBeCloseTo(0.0000375, 15);
  });

  test.for(["gpt-5-2-codex", "openai/gpt-5.2-codex", "gpt-5.2-codex-2026-01-14"])(
    "finds the price of %s",
    (id) => {
      expect(costOf(id, usage({ input: 1_000_000 }))).toBeCloseTo(1.75, 12);
    },
  );
});

describe("costOf in long context", () => {
  test("bills exactly 272,000 tokens at the normal prices", () => {
    // 272,000 × 2.5 + 1,000 × 15
    expect(costOf("gpt-5.4", usage({ input: 272_000, output: 1_000 }))).toBeCloseTo(0.695, 12);
  });

  test("bills the whole request at the long prices from one token more", () => {
    // 272,001 × 5 + 1,000 × 22.5
    expect(costOf("gpt-5.4", usage({ input: 272_001, output: 1_000 }))).toBeCloseTo(1.382505, 12);
  });

  test("counts cached and written tokens towards the length", () => {
    // 10,000 × 8 + 280,000 × 0.8 + 10,000 × 10 + 4,000 × 30
    const tokens = usage({ input: 300_000, cached: 280_000, written: 10_000, output: 4_000 });
    expect(costOf("gpt-5.6-sol", tokens)).toBeCloseTo(0.524, 12);
  });

  test("keeps the price of 12 hours apart", () => {
    // 280,000 × 2 + 10,000 × 2.5 + 10,000 × 5
    const ttl = { "30m": 10_000, "12h": 10_000 };
    const tokens = usage({ input: 300_000, written: 20_000, ttl });
    expect(costOf("gpt-6.1-terra", tokens)).toBeCloseTo(0.635, 12);
  });

  test("has one price for every length where none is listed", () => {
    // 300,000 × 1.25
    expect(costOf("gpt-5.1", usage({ input: 300_000 }))).toBeCloseTo(0.375, 12);
  });

  test("is undefined where the long price is unknown", () => {
    expect(costOf("gpt-daybreak-blue-latest", usage({ input: 272_000 }))).toBeCloseTo(1.088, 12);
    expect(costOf("gpt-daybreak-blue-latest", usage({ input: 272_001 }))).toBeUndefined();
  });
});

describe("costOf with unknown prices", () => {
  test("is undefined without a model, a price or a usage", () => {
    const tokens = usage({ input: 1_000 });
    expect(costOf("my-model", tokens)).toBeUndefined();
    expect(costOf(undefined, tokens)).toBeUndefined();
    expect(costOf("gpt-5.3-codex-spark", tokens)).toBeUndefined();
    expect(costOf("gpt-5.4", undefined)).toBeUndefined();
    expect(costOf("gpt-5.4", null)).toBeUndefined();
  });

  test("an unknown price matters only to tokens that need it", () => {
    // 1,000 × 30 + 100 × 180
    expect(costOf("gpt-5.5-pro", usage({ input: 1_000, output: 100 }))).toBeCloseTo(0.048, 12);
    expect(costOf("gpt-5.5-pro", usage({ input: 1_000, cached: 1 }))).toBeUndefined();
    expect(costOf("gpt-5.4", usage({ input: 1_000, written: 1 }))).toBeUndefined();
  });

  test("takes a private or corrected model", () => {
    const cheap: ModelInfo = {
      ...models["gpt-5.4"],
      usdPerMillion: { input: 1, cachedInput: null, cacheWrite: null, output: 3 },
      longContext: null,
      tiers: {},
    };
    expect(costOf(cheap, usage({ input: 500_000, output: 100_000 }))).toBeCloseTo(0.8, 12);
    expect(costOf(cheap, usage({ input: 500_000 }), { tier: "fast" })).toBeUndefined();
  });
});

describe("costOf with what gateways leave out", () => {
  test.for<BilledUsage>([
    { input_tokens: 1_000, output_tokens: 100 },
    { input_tokens: 1_000, output_tokens: 100, input_tokens_details: null },
    { input_tokens: 1_000, output_tokens: 100, input_tokens_details: {} },
    { input_tokens: 1_000, output_tokens: 100, input_tokens_details: { cached_tokens: 0 } },
    {
      input_tokens: 1_000,
      output_tokens: 100,
      input_tokens_details: { cache_write_tokens: null, cache_write_tokens_details: null },
    },
  ])("bills %j as ordinary input", (tokens) => {
    // 1,000 × 4 + 100 × 20
    expect(costOf("gpt-5.6-sol", tokens)).toBeCloseTo(0.006, 12);
  });

  test("bills writes that are only listed by lifetime", () => {
    // 400 × 2 + 100 × 2.5 + 500 × 5
    const tokens: BilledUsage = {
      input_tokens: 1_000,
      output_tokens: 0,
      input_tokens_details: {
        cache_write_tokens_details: { ttl_30m_tokens: 100, ttl_12h_tokens: 500 },
      },
    };
    expect(costOf("gpt-6.2-sol", tokens)).toBeCloseTo(0.00355, 12);
  });

  test("is undefined, not 0, when the tokens themselves are missing", () => {
    const empty: BilledUsage = JSON.parse("{}");
    expect(costOf("gpt-5.4", empty)).toBeUndefined();
  });

  test("the SDK's usage is one it takes", () => {
    expectTypeOf<ResponseUsage>().toExtend<BilledUsage>();
  });
});

test("costs are finite, at least 0, and do not change what they are given", () => {
  const tokens = fc.nat({ max: 900_000 });
  const id = fc.constantFrom("gpt-5.6-sol", "gpt-6.2-sol", "gpt-6.1-terra", "gpt-6-luna");
  fc.assert(
    fc.property(id, tokens, tokens, tokens, tokens, (model, input, cached, written, output) => {
      const given = usage({ input, cached, written, output });
      const before = structuredClone(given);
      const usd = costOf(model, given, Object.freeze({ tier: "fast" }));
      expect(given).toEqual(before);
      expect(usd).toBeGreaterThanOrEqual(0);
      expect(usd).toBeLessThan(1_000);
    }),
  );
});
