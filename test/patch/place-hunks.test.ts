import { describe, expect, test } from "vitest";
import { patched, refusal, text } from "./envelope.ts";

describe("a hunk", () => {
  test("replaces, removes and adds where its lines are", () => {
    const before = text("one", "two", "three", "four");
    expect(patched(before, "@@", " one", "-two", "+2", " three")).toBe(
      text("one", "2", "three", "four"),
    );
    expect(patched(before, "-two", "-three")).toBe(text("one", "four"));
    expect(patched(before, " two", "+new", "+er")).toBe(
      text("one", "two", "new", "er", "three", "four"),
    );
    expect(patched(before, "+zero", " one", "@@", "-two", " three", "+3.5")).toBe(
      text("zero", "one", "three", "3.5", "four"),
    );
    expect(patched(before, "-one", "-two", "-three", "-four", "+all")).toBe(text("all"));
  });

  test("may hold several changes and empty lines", () => {
    expect(patched(text("a", "", "b", "c"), "-a", "+A", "", "-b", "-c", "+", "+C")).toBe(
      text("A", "", "", "C"),
    );
  });

  test("with context only leads to the next one", () => {
    expect(patched(text("x", "mark", "x"), "@@", " mark", "@@", "-x", "+y")).toBe(
      text("x", "mark", "y"),
    );
  });

  test("is found exactly before it is found loosely", () => {
    expect(patched(text("  x", "x ", "x"), "-x", "+y")).toBe(text("  x", "x ", "y"));
    expect(patched(text("  x", "x\t", "y"), "-x", "+z")).toBe(text("  x", "z", "y"));
    expect(patched(text("  x", "y"), "-x", "+  z")).toBe(text("  z", "y"));
  });

  test("is found with other white space and punctuation, and leaves its context alone", () => {
    const before = text(
      "\tif (a)  ",
      "\t\tsay(“it’s”); // one–two",
      "\t\tb\u00a0= 1 ",
      "  ",
      "\treturn",
    );
    expect(
      patched(
        before,
        "  if (a)",
        '    say("it\'s"); // one-two',
        "-    b = 1",
        "+\t\tb = 2",
        "",
        " return",
      ),
    ).toBe(text("\tif (a)  ", "\t\tsay(“it’s”); // one–two", "\t\tb = 2", "  ", "\treturn"));
  });

  test("is found by every line at one level", () => {
    expect(patched(text("a ", "b", "a", "  b"), " a", "-b", "+c")).toBe(
      text("a ", "c", "a", "  b"),
    );
  });

  const ambiguous = "Add context, or an @@ line, that only one of them has.";
  test("that fits several places is refused with these", () => {
    expect(refusal(text("x", "y", "x", "x"), "@@", "-x", "+z")).toEqual({
      level: "error",
      path: "a.ts:4",
      message: "fits 3 places, lines 1, 3, 4",
      fix: ambiguous,
    });
    expect(refusal(text(" x", "x ", "y", "x "), "-x").message).toBe("fits 2 places, lines 2, 4");
    expect(refusal(text("x", "x", "x"), "-x", "-x").message).toBe("fits 2 places, lines 1, 2");
    expect(refusal("x\n".repeat(100), "-x").message).toBe(
      "fits 100 places, lines 1, 2, 3, 4, 5, 6, 7, 8, 9",
    );
  });

  test("is told from its likes by the hunks before and after it", () => {
    const before = text("x", "one", "x", "two", "x");
    expect(patched(before, " one", "@@", " two", "@@", "-x", "+y")).toBe(
      text("x", "one", "x", "two", "y"),
    );
    expect(patched(before, "@@", "-x", "+y", "@@", " one", "+1")).toBe(
      text("y", "one", "1", "x", "two", "x"),
    );
    expect(patched(before, "-x", "+1", "@@", "-x", "+2", "@@", "-x", "+3")).toBe(
      text("1", "one", "2", "two", "3"),
    );
    expect(refusal(before, "-x", "@@", "-x").message).toBe("fits 2 places, lines 3, 5");
    expect(refusal(before, "-x", "@@", " two", "+2").message).toBe("fits 2 places, lines 1, 3");
  });

  test("that comes before the hunk above it is refused with its place", () => {
    expect(refusal(text("one", "two", "three"), "@@", "-two", "@@", "-one")).toEqual({
      level: "error",
      path: "a.ts:6",
      message:
        '"one" fits only out of order or not at the end of the file; nearest is line 1:\n1| one\n2| two\n3| three',
      fix: "Copy lines of the file as it is now, in its order.",
    });
  });
});
