import { describe, expect, test } from "vitest";
import { patched, refusal, text } from "./envelope.ts";

describe("an anchor", () => {
  const before = text(
    "class A {",
    "  run() {",
    "    go();",
    "    stop();",
    "  }",
    "}",
    "",
    "class B {",
    "  run() {",
    "    go();",
    "    stop();",
    "  }",
    "  walk() {",
    "    go();",
    "  }",
    "}",
  );
  const edited = (row: number, ...lines: readonly string[]) => {
    const rows = before.split("\n");
    rows.splice(row - 1, 1, ...lines);
    return rows.join("\n");
  };

  test("names the block a hunk is in, wherever else the hunk fits", () => {
    expect(patched(before, "@@ class A {", "-    go();", "+    fly();")).toBe(
      edited(3, "    fly();"),
    );
    expect(patched(before, "@@ walk() {", "-    go();", "+    fly();")).toBe(
      edited(14, "    fly();"),
    );
    expect(patched(before, "@@   walk() {", "-    go();", "+    fly();")).toBe(
      edited(14, "    fly();"),
    );
    expect(refusal(before, "@@ class B {", "-    go();").message).toBe(
      "fits 2 places, lines 10, 14",
    );
    expect(refusal(before, "@@ run() {", "-    go();").message).toBe("fits 2 places, lines 3, 10");
  });

  test("keeps a hunk in its block when the block has no further place", () => {
    const twice = ["@@ class A {", "-    go();", "@@ class A {", "-    go();"];
    expect(refusal(before, ...twice).message).toMatch(
      /^" {4}go\(\);" fits only out of order .*; nearest is line 3:\n/,
    );
  });

  test("is narrowed by the one before it", () => {
    expect(patched(before, "@@ class B {", "@@ run() {", "-    go();")).toBe(edited(10));
    expect(patched(before, "@@ class A {", "@@   run() {", "-    stop();")).toBe(edited(4));
    expect(patched(text("A", "A", "A", "old"), "@@ A", "@@ A", "-old")).toBe(text("A", "A", "A"));
  });

  test("serves several hunks of its block", () => {
    expect(
      patched(
        before,
        "@@ class A {",
        "-    go();",
        "@@ class A {",
        "-    stop();",
        "@@ class B {",
        "-    stop();",
      ),
    ).toBe(before.replace("    go();\n    stop();\n", "").replace("    stop();\n", ""));
  });

  test("may be the hunk's own first line, or cut short", () => {
    expect(patched(before, "@@   walk() {", "   walk() {", "-    go();")).toBe(edited(14));
    expect(patched(before, "@@ class A", "-    stop();")).toBe(edited(4));
    expect(patched(text("class Foo(Bar):", "  x", "class F:", "  x"), "@@ class F", "-  x")).toBe(
      text("class Foo(Bar):", "  x", "class F:"),
    );
  });

  test("opens a block to its closing bracket, over lines that do not count", () => {
    const source = text("f(", "  a,", ") {", "", "  x", "}", "g() {", "  x", "}");
    expect(patched(source, "@@ f(", "-  x")).toBe(
      text("f(", "  a,", ") {", "", "}", "g() {", "  x", "}"),
    );
    const allman = text("void f()", "{", "  x", "}", "void g()", "{", "  x", "}");
    expect(patched(allman, "@@ void f()", "-  x")).toBe(
      text("void f()", "{", "}", "void g()", "{", "  x", "}"),
    );
    const nested = text("class A", "  f()", "    x", "class B", "  g()", "    x");
    expect(patched(nested, "@@ f()", "-    x")).toBe(
      text("class A", "  f()", "class B", "  g()", "    x"),
    );
  });

  test("that opens no block stands for all that follows", () => {
    const flat = text("a", "# One", "b", "# Two", "a", "c");
    expect(patched(flat, "@@ # One", "-a", "+A")).toBe(text("a", "# One", "b", "# Two", "A", "c"));
    expect(refusal(text("# One", "a", "# Two", "a"), "@@ # One", "-a").message).toBe(
      "fits 2 places, lines 2, 4",
    );
  });

  test("is where lines without context go", () => {
    expect(patched(before, "@@ class B {", "+  new();")).toBe(edited(8, "class B {", "  new();"));
    expect(
      patched(
        before,
        "@@ class A {",
        "@@ run() {",
        "+    new();",
        "",
        "@@ walk() {",
        "+    new();",
      ),
    ).toBe(
      before
        .replace("run() {\n", "run() {\n    new();\n")
        .replace("walk() {\n", "walk() {\n    new();\n"),
    );
    expect(refusal(before, "@@ run() {", "+    new();")).toMatchObject({
      path: "a.ts:4",
      message: "fits 2 places, lines 2, 9",
    });
    expect(
      refusal(before, "@@ walk() {", "-    go();", "@@ class A {", "+  new();").message,
    ).toMatch(/^"class A \{" fits only out of order .*; nearest is line 1:\n1\| class A \{\n/);
  });

  test("that is not there is refused with what is like it", () => {
    expect(refusal(before, "@@ class C {", "-    go();")).toEqual({
      level: "error",
      path: "a.ts:4",
      message:
        '"class C {" is not there; nearest is line 1:\n1| class A {\n2|   run() {\n3|     go();\n4|     stop();',
      fix: "Copy lines of the file as it is now, in its order.",
    });
    expect(refusal(before, "@@ class B {", "@@ fly() {", "+x").message).toMatch(
      /^"fly\(\) \{" is not/,
    );
  });
});

describe("the end of the file", () => {
  test("takes lines without context and anchor", () => {
    expect(patched(text("a", "b"), "@@", "+c")).toBe(text("a", "b", "c"));
    expect(patched(text("a", "", "b"), "+c", "")).toBe(text("a", "", "b", "c"));
    expect(patched(text("a"), "+b", "*** End of File")).toBe(text("a", "b"));
    expect(patched(text("a", "b"), "@@ a", "+c", "*** End of File")).toBe(text("a", "b", "c"));
    expect(patched(text("a"), "+b", "@@", "+c")).toBe(text("a", "b", "c"));
  });

  test("binds a hunk", () => {
    expect(patched(text("a", "b", "a"), "-a", "*** End of File")).toBe(text("a", "b"));
    expect(patched(text("a", "b"), " b", "+c", "*** End of File")).toBe(text("a", "b", "c"));
    expect(patched(text("a", " b "), "-b", "*** End of File", "")).toBe(text("a"));
    expect(refusal(text("a", "b"), "-a", "*** End of File").message).toBe(
      '"a" fits only out of order or not at the end of the file; nearest is line 1:\n1| a\n2| b',
    );
  });

  test("is not given to two hunks", () => {
    expect(refusal(text("a", "b"), "-a", " b", "@@", "-b", "*** End of File").message).toMatch(
      /^"b" fits only out of order/,
    );
  });

  test("keeps its newline, or the lack of it", () => {
    expect(patched("a\nb", "-a", "+A")).toBe("A\nb");
    expect(patched("a\nb", " b", "+c")).toBe("a\nb\nc");
    expect(patched("a\nb", "-b", "+c", "+d")).toBe("a\nc\nd");
    expect(patched("a\nb", "-b")).toBe("a");
    expect(patched("a\nb", "+c")).toBe("a\nb\nc");
    expect(patched("a", " a", "+b")).toBe("a\nb");
    expect(patched("a\n", "-a", "+b")).toBe("b\n");
  });
});
