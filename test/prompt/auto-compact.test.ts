import { expect, expectTypeOf, test } from "vitest";
import type { Part } from "../../src/part.ts";
import { autoCompact } from "../../src/prompt/auto-compact.ts";
import { error, problemsOf } from "./problems-of.ts";

test("asks the server to compact at a number of tokens", () => {
  expect(autoCompact(200_000)).toEqual({
    context_management: [{ type: "compaction", compact_threshold: 200_000 }],
  });
  expect(autoCompact(1000).context_management).toHaveLength(1);
});

test.for([0, 999, 0.8, -5, Number.NaN, Number.POSITIVE_INFINITY])(
  "refuses %d, which is no number of at least 1,000 tokens",
  (tokens) => {
    expect(problemsOf(() => autoCompact(tokens))).toEqual([
      error(
        "context_management[0].compact_threshold",
        `${tokens} is no number of tokens`,
        "use a whole number, at least 1000",
      ),
    ]);
  },
);

test("types", () => {
  expectTypeOf(autoCompact(1000)).toEqualTypeOf<Part<"context_management">>();
  // @ts-expect-error text is no number of tokens
  expect(problemsOf(() => autoCompact("200000"))).toHaveLength(1);
});
