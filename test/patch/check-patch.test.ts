import { describe, expect, test } from "vitest";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { envelope, problemOf } from "./envelope.ts";

describe("a path", () => {
  const message = (path: string) =>
    `found path ${JSON.stringify(path)}, expected a relative one, named once`;
  const fix = "Give each file one section, and name it as in src/main.ts.";

  test.for([
    "",
    "/etc/passwd",
    "\\\\server\\x",
    "\\x",
    "C:\\x",
    "c:/x",
    "C:x",
    "..",
    "../x",
    "a/../b",
    "a\\..\\b",
    "a/..",
    ".. /x",
    ".",
    "a//x",
    "a/./x",
    "a//b",
    "a/",
    "a\0b",
  ])("%j is refused", (path) => {
    for (const header of ["Add", "Delete", "Update"]) {
      const text = envelope(`*** ${header} File: ${path}`, ...(header === "Update" ? ["-x"] : []));
      expect(problemOf(() => parsePatch(text))).toEqual({
        level: "error",
        path: `${path || "patch"}:2`,
        message: message(path),
        fix,
      });
    }
    const move = envelope("*** Update File: a.ts", `*** Move to: ${path}`);
    expect(problemOf(() => parsePatch(move)).message).toBe(message(path));
  });

  test("loses space around it and ./ before it", () => {
    const lines = ["*** Update File:  ./a b.ts ", "*** Move to: ././src/a.ts"];
    expect(parsePatch(envelope(...lines)).files).toEqual([
      { type: "update", path: "a b.ts", line: 2, moveTo: "src/a.ts", hunks: [] },
    ]);
  });

  test("that is named twice is refused", () => {
    for (const text of [
      envelope("*** Delete File: a", "*** Add File: a"),
      envelope("*** Update File: a", "-x", "*** Update File: a", "-y"),
      envelope("*** Update File: b", "*** Move to: a", "*** Delete File: a"),
      envelope("*** Update File: a", "*** Move to: a"),
      envelope("*** Delete File: a", "*** Delete File: ./a"),
    ]) {
      expect(problemOf(() => parsePatch(text)).message).toBe(message("a"));
    }
  });
});
