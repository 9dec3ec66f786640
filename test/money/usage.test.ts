import type { ResponseUsage } from "openai/resources/responses/responses";
import { expect, expectTypeOf, test } from "vitest";
import { addUsage } from "../../src/money/usage.ts";

const first: ResponseUsage = {
  input_tokens: 100,
  input_tokens_details: {
    cached_tokens: 40,
    cache_write_tokens: 30,
    cache_write_tokens_details: { ttl_30m_tokens: 20, ttl_12h_tokens: 10 },
  },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 107,
};
const second: ResponseUsage = {
  input_tokens: 1_000,
  input_tokens_details: { cached_tokens: 900, cache_write_tokens: 50 },
  output_tokens: 70,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 1_070,
};
const sum: ResponseUsage = {
  input_tokens: 1_100,
  input_tokens_details: {
    cached_tokens: 940,
    cache_write_tokens: 80,
    cache_write_tokens_details: { ttl_30m_tokens: 20, ttl_12h_tokens: 10 },
  },
  output_tokens: 77,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 1_177,
};

test("adds every count, in either order", () => {
  expect(addUsage(first, second)).toEqual(sum);
  expect(addUsage(second, first)).toEqual(sum);
});

test("adds cache writes by lifetime", () => {
  expect(addUsage(first, first).input_tokens_details).toEqual({
    cached_tokens: 80,
    cache_write_tokens: 60,
    cache_write_tokens_details: { ttl_30m_tokens: 40, ttl_12h_tokens: 20 },
  });
});

test("leaves its arguments alone and shares nothing with them", () => {
  const before = structuredClone([first, second]);
  const total = addUsage(first, second);
  const copy = addUsage(first, undefined);
  addUsage(total, second);
  copy.input_tokens_details.cached_tokens = 0;
  if (copy.input_tokens_details.cache_write_tokens_details) {
    copy.input_tokens_details.cache_write_tokens_details.ttl_12h_tokens = 0;
  }
  expect([first, second]).toEqual(before);
  expect(total).toEqual(sum);
});

test("takes one or none", () => {
  expect(addUsage(first, undefined)).toEqual(first);
  expect(addUsage(undefined, second)).toEqual(second);
  expect(addUsage(undefined, undefined)).toBeUndefined();
});

test("counts missing details as 0", () => {
  const bare: ResponseUsage = JSON.parse(
    `{"input_tokens": 1, "input_tokens_details": null, "output_tokens": 2,
      "output_tokens_details": { "reasoning_tokens": null }, "total_tokens": 3}`,
  );
  expect(addUsage(bare, undefined)).toEqual({
    input_tokens: 1,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 2,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 3,
  });
});

test("adds counts it does not know, and keeps the latest of what is no number", () => {
  const old = { ...first, cost: 0.5, route: "a", more: { audio_tokens: 1 } };
  const recent = { ...second, cost: 0.25, route: "b", more: { audio_tokens: 2, image_tokens: 3 } };
  expect(addUsage(old, recent)).toEqual({
    ...sum,
    cost: 0.75,
    route: "b",
    more: { audio_tokens: 3, image_tokens: 3 },
  });
});

test("is undefined only by type when both may be", () => {
  const maybe = (): ResponseUsage | undefined => undefined;
  expectTypeOf(addUsage(first, maybe())).toEqualTypeOf<ResponseUsage>();
  expectTypeOf(addUsage(maybe(), second)).toEqualTypeOf<ResponseUsage>();
  expectTypeOf(addUsage(maybe(), maybe())).toEqualTypeOf<ResponseUsage | undefined>();
});
