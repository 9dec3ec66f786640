import { expect, expectTypeOf, test } from "vitest";
import type { Part } from "../../src/part.ts";
import { stateless } from "../../src/prompt/stateless.ts";
import { error, problemsOf } from "./problems-of.ts";

test("keeps nothing on the server and asks for encrypted reasoning", () => {
  expect(stateless()).toEqual({ store: false, include: ["reasoning.encrypted_content"] });
});

test("adds what else to include, each once and in order", () => {
  const logprobs = "message.output_text.logprobs";
  expect(stateless(logprobs, "reasoning.encrypted_content", logprobs)).toEqual({
    store: false,
    include: ["reasoning.encrypted_content", logprobs],
  });
});

test("lets through a value the SDK does not know yet", () => {
  // @ts-expect-error not in the SDK's union
  expect(stateless("from.the.future").include).toContain("from.the.future");
});

test("refuses what is no text, all of it at once", () => {
  // @ts-expect-error a list instead of its entries
  const problems = problemsOf(() => stateless(["file_search_call.results"], 7));
  expect(problems).toEqual([
    error("include[0]", "is no text", "name what to include"),
    error("include[1]", "is no text", "name what to include"),
  ]);
});

test("types", () => {
  expectTypeOf(stateless()).toEqualTypeOf<Part<"store" | "include">>();
});
