import { describe, expect, expectTypeOf, test } from "vitest";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import type { Patch } from "../../src/patch/patch.ts";
import { envelope, update } from "./envelope.ts";

const sample = envelope(
  "*** Add File: src/new.ts",
  "+one",
  "+",
  "*** Delete File: old.ts",
  "*** Update File: src/a.ts",
  "*** Move to: src/b.ts",
  "@@ class A {",
  "@@   run() {",
  " before",
  "-gone",
  "+here",
  "",
  " after",
  "@@",
  "-last",
  "*** End of File",
);

const parsed: Patch = {
  files: [
    {
      type: "add",
      path: "src/new.ts",
      line: 2,
      hunks: [
        {
          line: 3,
          anchors: [],
          lines: [
            { kind: "+", text: "one" },
            { kind: "+", text: "" },
          ],
        },
      ],
    },
    { type: "delete", path: "old.ts", line: 5, hunks: [] },
    {
      type: "update",
      path: "src/a.ts",
      line: 6,
      moveTo: "src/b.ts",
      hunks: [
        {
          line: 10,
          anchors: ["class A {", "  run() {"],
          lines: [
            { kind: " ", text: "before" },
            { kind: "-", text: "gone" },
            { kind: "+", text: "here" },
            { kind: " ", text: "" },
            { kind: " ", text: "after" },
          ],
        },
        { line: 16, anchors: [], lines: [{ kind: "-", text: "last" }], endOfFile: true },
      ],
    },
  ],
};

describe("a patch", () => {
  test("is read into plain JSON, with the line where each thing stands", () => {
    expect(parsePatch(sample)).toEqual(parsed);
    expect(JSON.parse(JSON.stringify(parsePatch(sample)))).toEqual(parsed);
    expectTypeOf(parsePatch).toEqualTypeOf<(text: string) => Patch>();
  });

  test("may have CRLF, a BOM, and blank lines around it", () => {
    expect(parsePatch(sample.replaceAll("\n", "\r\n"))).toEqual(parsed);
    expect(parsePatch(`\uFEFF${sample}\n`)).toEqual(parsed);
    expect(parsePatch(`${sample}\n \n\n`)).toEqual(parsed);
    expect(parsePatch(`\n${sample}`).files[0]).toEqual({
      ...parsed.files[0],
      line: 3,
      hunks: [{ ...parsed.files[0]?.hunks[0], line: 4 }],
    });
  });

  test.for([
    ["a code fence", "```", "```"],
    ["a code fence with a language", "```diff", "```"],
    ["a longer fence", "````patch", "````"],
    ["a fence that was not closed", "```", ""],
    ["a heredoc", "apply_patch <<'EOF'", "EOF"],
    ["a heredoc with another word", 'apply_patch <<"PATCH"', "PATCH"],
    ["a bare heredoc", "<<EOF", "EOF"],
    ["an indenting heredoc", "apply_patch <<-EOF", "EOF"],
  ])("may stand in %s", ([, open, close]) => {
    const file = { type: "delete", path: "a.ts", line: 3, hunks: [] };
    expect(parsePatch(`${open}\n${envelope("*** Delete File: a.ts")}\n${close}\n`)).toEqual({
      files: [file],
    });
  });

  test("may have blank lines between its sections and its hunks", () => {
    const spaced = parsePatch(
      envelope(
        "",
        "*** Add File: b.ts",
        "+b",
        "",
        "*** Delete File: c.ts",
        "",
        "*** Update File: a.ts",
        "",
        "@@",
        "-one",
        "",
        "@@",
        "+two",
        "",
        "",
      ),
    );
    expect(spaced.files.map(({ path, hunks }) => [path, hunks.map(({ lines }) => lines)])).toEqual([
      ["b.ts", [[{ kind: "+", text: "b" }]]],
      ["c.ts", []],
      ["a.ts", [[{ kind: "-", text: "one" }], [{ kind: "+", text: "two" }]]],
    ]);
  });

  test("may leave out the first @@, and have one for nothing", () => {
    expect(parsePatch(update("-one", "@@")).files[0]?.hunks).toEqual([
      { line: 3, anchors: [], lines: [{ kind: "-", text: "one" }] },
    ]);
  });

  test("opens a hunk by itself after the end of the file", () => {
    expect(parsePatch(update("-one", "*** End of File", "", "+two")).files[0]?.hunks).toEqual([
      { line: 3, anchors: [], lines: [{ kind: "-", text: "one" }], endOfFile: true },
      {
        line: 5,
        anchors: [],
        lines: [
          { kind: " ", text: "" },
          { kind: "+", text: "two" },
        ],
      },
    ]);
  });

  test("starts an unmarked hunk with the empty line above it", () => {
    expect(parsePatch(update("", "-one")).files[0]?.hunks).toEqual([
      {
        line: 3,
        anchors: [],
        lines: [
          { kind: " ", text: "" },
          { kind: "-", text: "one" },
        ],
      },
    ]);
  });

  test.for([
    ["@@ def f():", ["def f():"]],
    ["@@     def f(): ", ["    def f():"]],
    ["@@def f():", ["def f():"]],
    ["@@ ", []],
    ["@@ -1,2 +3,4 @@", []],
    ["@@ -1 +3,4 @@ def f():", ["def f():"]],
    ["@@ -x", ["-x"]],
  ] as const)("reads %j as the anchors %j", ([line, anchors]) => {
    expect(parsePatch(update(line, "-x")).files[0]?.hunks[0]?.anchors).toEqual(anchors);
  });

  test("adds an empty file, moves one unchanged, and takes odd names as they are", () => {
    expect(
      parsePatch(
        envelope(
          "*** Add File: __proto__",
          "*** Update File: constructor",
          "*** Move to: my dir/..a...b",
        ),
      ),
    ).toEqual({
      files: [
        { type: "add", path: "__proto__", line: 2, hunks: [] },
        { type: "update", path: "constructor", line: 3, moveTo: "my dir/..a...b", hunks: [] },
      ],
    });
  });
});
