import type { ResponseApplyPatchToolCall } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { applyPatch } from "../../src/patch/apply-patch.ts";
import { patchFromOperation } from "../../src/patch/operation.ts";
import type { Patch } from "../../src/patch/patch.ts";
import { problemOf } from "./envelope.ts";

type Operation = ResponseApplyPatchToolCall["operation"];

describe("an operation of the API's own tool", () => {
  test("is a patch of one file, its lines counted in the diff", () => {
    expect(patchFromOperation({ type: "create_file", path: "a.ts", diff: "+one\n+two\n" })).toEqual(
      {
        files: [
          {
            type: "add",
            path: "a.ts",
            line: 1,
            hunks: [
              {
                line: 1,
                anchors: [],
                lines: [
                  { kind: "+", text: "one" },
                  { kind: "+", text: "two" },
                ],
              },
            ],
          },
        ],
      },
    );
    expect(
      patchFromOperation({
        type: "update_file",
        path: "a.ts",
        diff: "@@ f() {\r\n-one\r\n+two\r\n*** End of File",
      }),
    ).toEqual({
      files: [
        {
          type: "update",
          path: "a.ts",
          line: 1,
          hunks: [
            {
              line: 2,
              anchors: ["f() {"],
              lines: [
                { kind: "-", text: "one" },
                { kind: "+", text: "two" },
              ],
              endOfFile: true,
            },
          ],
        },
      ],
    });
    expect(patchFromOperation({ type: "delete_file", path: "./a.ts" })).toEqual({
      files: [{ type: "delete", path: "a.ts", line: 1, hunks: [] }],
    });
    expectTypeOf(patchFromOperation).toEqualTypeOf<(operation: Operation) => Patch>();
  });

  test("applies like any patch", () => {
    const files = { "a.ts": "one\ntwo\n", "b.ts": "b\n" };
    const apply = (operation: Operation) => applyPatch(files, patchFromOperation(operation));
    expect(apply({ type: "create_file", path: "c.ts", diff: "+c\n+\n+d" })).toEqual({
      "c.ts": "c\n\nd\n",
    });
    expect(apply({ type: "create_file", path: "c.ts", diff: "" })).toEqual({ "c.ts": "" });
    expect(apply({ type: "update_file", path: "a.ts", diff: " one\n-two\n+2\n" })).toEqual({
      "a.ts": "one\n2\n",
    });
    expect(apply({ type: "delete_file", path: "b.ts" })).toEqual({ "b.ts": null });
  });

  test.for<[name: string, operation: Operation, path: string, message: string]>([
    [
      "a new line without +",
      { type: "create_file", path: "a.ts", diff: "+x\ny" },
      "a.ts:2",
      'found "y", expected "+" or "***" at the start',
    ],
    [
      "a line without sign",
      { type: "update_file", path: "a.ts", diff: "@@\n-x\ny" },
      "a.ts:3",
      'found "y", expected " " or "-" or "+" or "***" at the start',
    ],
    [
      "an envelope",
      { type: "update_file", path: "a.ts", diff: "*** Begin Patch" },
      "a.ts:1",
      'found "*** Begin Patch", expected "+" or "-" before it',
    ],
    [
      "another file",
      { type: "update_file", path: "a.ts", diff: "-x\n*** Delete File: b.ts" },
      "a.ts:2",
      'found "*** Delete File: b.ts", expected the end',
    ],
    [
      "an update of nothing",
      { type: "update_file", path: "a.ts", diff: "@@\n x" },
      "a.ts:3",
      'found the end, expected "+" or "-" before it',
    ],
  ])("is refused with %s", ([, operation, path, message]) => {
    const fix = "Correct that line and send all again.";
    expect(problemOf(() => patchFromOperation(operation))).toEqual({
      level: "error",
      path,
      message,
      fix,
    });
  });

  test("is refused with a path out of the root, or a type from the future", () => {
    expect(problemOf(() => patchFromOperation({ type: "delete_file", path: "../a" })).message).toBe(
      'found path "../a", expected a relative one, named once',
    );
    const future = { type: "copy_file", path: "a", diff: "-x" } as unknown as Operation;
    expect(problemOf(() => patchFromOperation(future)).message).toBe(
      'found "copy_file", expected create_file, delete_file, update_file',
    );
  });
});
