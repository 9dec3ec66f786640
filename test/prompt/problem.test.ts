import { describe, expect, test } from "vitest";
import { checkChoice, checkLength, collect, refuse } from "../../src/prompt/problem.ts";
import { error, warning } from "./problems-of.ts";

test("collects what is reported, an error unless said otherwise", () => {
  const problems = collect((add) => {
    add("a", "is wrong", "right it");
    add("b", "is odd", "look at it", "warning");
  });
  expect(problems).toEqual([
    error("a", "is wrong", "right it"),
    warning("b", "is odd", "look at it"),
  ]);
});

test("refuses with everything in one error, and nothing with none", () => {
  expect(() => refuse(() => {})).not.toThrow();
  const check = () =>
    refuse((add) => {
      add("a", "is wrong", "right it");
      add("b", "is wrong", "right it");
    });
  expect(check).toThrow("Invalid request, 2 problems:\n- a: is wrong — right it\n- b: is wrong");
});

describe("a choice", () => {
  const choose = (value: unknown, words: readonly string[] | null) =>
    collect((add) => checkChoice(add, "it", value, words, "m"));

  test("may be one of the words, absent, or anything where they are unknown", () => {
    expect([
      choose("low", ["low"]),
      choose(undefined, []),
      choose(null, []),
      choose(7, null),
    ]).toEqual([[], [], [], []]);
  });

  test("is left out where there are no words", () => {
    expect(choose("low", [])).toEqual([error("it", '"low" is not supported by m', "leave it out")]);
  });

  test.for([
    ["hgih", "high"],
    ["lo", "low"],
    ["noen", "none"],
    ["xhig", "xhigh"],
    ["mediumm", "medium"],
    ["mediu", "medium"],
  ])("%s is taken for %s", ([value, meant]) => {
    const words = ["none", "low", "medium", "high", "xhigh", "max"];
    expect(choose(value, words)).toEqual([
      error(
        "it",
        `"${value}" is not supported by m`,
        `did you mean "${meant}"? use ${words.join(" or ")}`,
      ),
    ]);
  });

  test.for(["mx!", "banana", "toString", "very high"])("%s is taken for nothing", (value) => {
    expect(choose(value, ["low", "high"])).toEqual([
      error("it", `"${value}" is not supported by m`, "use low or high"),
    ]);
  });

  test("shows values of every type", () => {
    expect(choose({ effort: 1 }, ["low"])).toEqual([
      error("it", '{"effort":1} is not supported by m', "use low"),
    ]);
  });
});

test("a length is checked of text only", () => {
  const check = (text: unknown) => collect((add) => checkLength(add, "key", text, 3));
  expect([check("abc"), check(undefined), check(7000), check({ length: 9 })]).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(check("abcd")).toEqual([
    error("key", "has 4 characters, more than 3", "shorten or hash it"),
  ]);
});
