import { describe, expect, test } from "vitest";
import { patched, refusal, text } from "./envelope.ts";

describe("lines that are not there", () => {
  test("are named with what is there, and around it", () => {
    const before = text(...Array.from({ length: 30 }, (_, i) => `  const n${i} = ${i};`));
    const problem = refusal(
      before,
      "@@",
      "   const n10 = 10;",
      "   const n11 = 11;",
      "-  const n12 = 13;",
      "+  const n12 = 14;",
      "   const n13 = 13;",
    );
    expect(problem).toEqual({
      level: "error",
      path: "a.ts:4",
      message: [
        '"  const n12 = 13;" is not there; nearest is line 13:',
        ...[9, 10, 11, 12, 13, 14, 15].map((n) => `${n + 1}|   const n${n} = ${n};`),
      ].join("\n"),
      fix: "Copy lines of the file as it is now, in its order.",
    });
  });

  test("are named also in an empty file, at an end, and when they are long", () => {
    expect(refusal("", "-x").message).toBe('"x" is not there; nearest is line 1:');
    expect(refusal(text("a", "b"), " a", " b", "-c").message).toBe(
      '"c" is not there; nearest is line 3:\n1| a\n2| b',
    );
    const long = "x".repeat(1_000_000);
    expect(refusal(text(`${long}1`, "y", long), `-${long}2`, " z").message.length).toBeLessThan(
      600,
    );
  });

  test("are named where most lines are alike, not where the first is", () => {
    expect(refusal(text("}", "x", "}", "one", "two"), "@@", " }", " one", "-2").message).toMatch(
      /^"2" is not there; nearest is line 5:/,
    );
  });

  test("are told from longer ones that start alike", () => {
    expect(refusal(text("foobar", "foo", "x"), "@@", "-x", "@@", "-foo").message).toBe(
      '"foo" fits only out of order or not at the end of the file; nearest is line 2:\n1| foobar\n2| foo\n3| x',
    );
  });

  test("are not taken for the same with other words", () => {
    expect(() => patched(text("a b"), "-ab")).toThrow("is not there");
    expect(() => patched(text("a"), "-a.*")).toThrow("is not there");
  });
});
