import { describe, expect, expectTypeOf, test } from "vitest";
import { applyPatch } from "../../src/patch/apply-patch.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { envelope, patched, problemOf, update } from "./envelope.ts";

describe("the files", () => {
  const files = { "a.ts": "a\n", "b.ts": "b\n", "c.ts": "c\n", "d.ts": "d\n" };
  const patch = envelope(
    "*** Update File: a.ts",
    "-a",
    "+A",
    "*** Delete File: b.ts",
    "*** Add File: new.ts",
    "+one",
    "+",
    "+three",
    "*** Update File: c.ts",
    "*** Move to: src/c.ts",
    " c",
    "+more",
  );
  const changed = {
    "a.ts": "A\n",
    "b.ts": null,
    "new.ts": "one\n\nthree\n",
    "c.ts": null,
    "src/c.ts": "c\nmore\n",
  };

  test("that changed are returned, null for those gone, from a text or a parsed patch", () => {
    expect(applyPatch(files, patch)).toEqual(changed);
    expect(applyPatch(files, parsePatch(patch))).toEqual(changed);
    expect(applyPatch(files, JSON.parse(JSON.stringify(parsePatch(patch))))).toEqual(changed);
    expectTypeOf(applyPatch(files, patch)).toEqualTypeOf<Record<string, string | null>>();
    // @ts-expect-error a deleted file is null: take it out before the next patch
    applyPatch(applyPatch(files, patch), envelope("*** Delete File: a.ts"));
  });

  test("are not touched, nor is the patch", () => {
    const frozen = Object.freeze({ ...files });
    const parsed = parsePatch(patch);
    const copy = structuredClone(parsed);
    applyPatch(frozen, parsed);
    expect(frozen).toEqual(files);
    expect(parsed).toEqual(copy);
  });

  test("that a hunk leaves as they were are not returned", () => {
    expect(applyPatch(files, update("-a", "+a"))).toEqual({});
  });

  test("move unchanged without hunks", () => {
    expect(applyPatch(files, envelope("*** Update File: a.ts", "*** Move to: deep/er.ts"))).toEqual(
      { "a.ts": null, "deep/er.ts": "a\n" },
    );
  });

  test("may be empty", () => {
    expect(applyPatch({}, envelope("*** Add File: a.ts"))).toEqual({ "a.ts": "" });
    expect(patched("", "@@", "+one", "+two")).toBe("one\ntwo\n");
    expect(patched("one\n", "-one")).toBe("");
    expect(patched("one", "-one")).toBe("");
    expect(patched("\n", "-", "+one")).toBe("one\n");
  });

  test("may have the names of an object's own workings", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const add = envelope(...names.flatMap((name) => [`*** Add File: ${name}`, "+x"]));
    const added = applyPatch({}, add);
    expect(Object.entries(added)).toEqual(names.map((name) => [name, "x\n"]));
    const present = Object.fromEntries(names.map((name) => [name, "x\n"]));
    const remove = envelope(...names.map((name) => `*** Delete File: ${name}`));
    expect(Object.entries(applyPatch(present, remove))).toEqual(names.map((name) => [name, null]));
    expect(() => applyPatch({}, remove)).toThrow("__proto__:2: the file does not exist");
    expect(() => applyPatch(present, add)).toThrow("__proto__:2: the file exists already");
  });

  const fix = "Check the path and the header.";
  test.for([
    ["adding one that exists", envelope("*** Add File: a.ts", "+x"), "a.ts:2", "exists already"],
    ["adding an empty one that exists", envelope("*** Add File: a.ts"), "a.ts:2", "exists already"],
    ["updating a missing one", envelope("*** Update File: x.ts", "-x"), "x.ts:2", "does not exist"],
    ["deleting a missing one", envelope("*** Delete File: x.ts"), "x.ts:2", "does not exist"],
    [
      "moving a missing one",
      envelope("*** Update File: x.ts", "*** Move to: y.ts"),
      "x.ts:2",
      "does not exist",
    ],
    [
      "moving onto one that exists",
      envelope("*** Update File: a.ts", "*** Move to: b.ts", "-a"),
      "b.ts:2",
      "exists already",
    ],
  ] as const)("%s is refused", ([, patch, path, what]) => {
    const message = `the file ${what}`;
    expect(problemOf(() => applyPatch(files, patch))).toEqual({
      level: "error",
      path,
      message,
      fix,
    });
  });

  test("are all left alone when one cannot be changed", () => {
    const frozen = Object.freeze({ ...files });
    expect(() =>
      applyPatch(frozen, envelope("*** Delete File: a.ts", "*** Delete File: x")),
    ).toThrow("Nothing changed. x:3: the file does not exist\nCheck the path and the header.");
    expect(frozen).toEqual(files);
  });

  test("of a patch that was not parsed here are checked, too", () => {
    const hunks = [{ line: 1, anchors: [], lines: [{ kind: "+", text: "x" } as const] }];
    for (const path of ["../a", "/a", "a/../../b", ""]) {
      const patch = { files: [{ type: "add", path, line: 1, hunks } as const] };
      expect(problemOf(() => applyPatch({}, patch)).message).toBe(
        `found path ${JSON.stringify(path)}, expected a relative one, named once`,
      );
    }
  });
});
