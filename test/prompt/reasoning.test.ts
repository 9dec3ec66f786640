import { expect, expectTypeOf, test } from "vitest";
import { reasoning } from "../../src/prompt/reasoning.ts";
import { error, problemsOf } from "./problems-of.ts";

const all = "use none or minimal or low or medium or high or xhigh or max";

test("returns the effort, or the SDK's own fields", () => {
  expect(reasoning("medium")).toEqual({ reasoning: { effort: "medium" } });
  expect(reasoning({ summary: "auto" })).toEqual({ reasoning: { summary: "auto" } });
  const options = Object.freeze({
    effort: "xhigh",
    summary: "detailed",
    context: "all_turns",
    mode: "pro",
  } as const);
  expect(reasoning(options)).toEqual({ reasoning: options });
  expect(reasoning(options).reasoning).not.toBe(options);
});

test("lets absent values and fields of the future be", () => {
  const options = { effort: undefined, summary: null, depth: 3 };
  // @ts-expect-error an unknown field
  expect(reasoning(options)).toEqual({ reasoning: { summary: null, depth: 3 } });
});

test.for([
  ["hihg", `did you mean "high"? ${all}`],
  ["Medium", `did you mean "medium"? ${all}`],
  ["minmal", `did you mean "minimal"? ${all}`],
  ["extreme", all],
  ["", all],
] as const)("refuses the effort %j", ([effort, fix]) => {
  const problem = error("reasoning.effort", `"${effort}" is not supported by any model`, fix);
  // @ts-expect-error no effort
  expect(problemsOf(() => reasoning(effort))).toEqual([problem]);
});

test.for([[undefined], [null]])("refuses %j: an effort from an unset variable", ([effort]) => {
  // @ts-expect-error no effort
  expect(problemsOf(() => reasoning(effort))).toEqual([
    error("reasoning.effort", `"${effort}" is not supported by any model`, all),
  ]);
});

test("names every problem at once", () => {
  // @ts-expect-error three wrong values
  const problems = problemsOf(() => reasoning({ effort: 3, summary: "brief", context: "all" }));
  expect(problems).toEqual([
    error("reasoning.effort", "3 is not supported by any model", all),
    error(
      "reasoning.summary",
      '"brief" is not supported by the API',
      "use auto or concise or detailed",
    ),
    error(
      "reasoning.context",
      '"all" is not supported by the API',
      "use auto or current_turn or all_turns",
    ),
  ]);
});

test("types", () => {
  expectTypeOf(reasoning("low").reasoning.effort).toEqualTypeOf<"low" | undefined>();
  expectTypeOf(reasoning({ effort: "max" }).reasoning.effort).toEqualTypeOf<"max" | undefined>();
});
