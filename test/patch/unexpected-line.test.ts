import { describe, expect, test } from "vitest";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { envelope, problemOf, update } from "./envelope.ts";

const headers = "*** Add File:, *** Delete File:, *** Update File: or *** End Patch";

describe("what is no patch", () => {
  test.for<[name: string, text: string, path: string, message: string]>([
    ["nothing", "", "patch:2", "found the end, expected *** Begin Patch"],
    ["prose", "\nSure!", "patch:2", 'found "Sure!", expected *** Begin Patch'],
    [
      "no begin",
      "*** Add File: a\n+x\n*** End Patch",
      "patch:1",
      'found "*** Add File: a", expected *** Begin Patch',
    ],
    [
      "no end",
      "*** Begin Patch\n*** Add File: a\n+x",
      "patch:4",
      `found the end, expected ${headers}`,
    ],
    ["no file", envelope(), "patch:2", `found "*** End Patch", expected ${headers}`],
    [
      "two patches",
      `${envelope("*** Delete File: a")}\n${envelope("*** Delete File: b")}`,
      "patch:4",
      'found "*** Begin Patch", expected nothing more',
    ],
    [
      "words after it",
      `${envelope("*** Delete File: a")}\nEOF`,
      "patch:4",
      'found "EOF", expected nothing more',
    ],
    [
      "an unknown header",
      envelope("*** Rename File: a"),
      "patch:2",
      `found "*** Rename File: a", expected ${headers}`,
    ],
    [
      "a move of a new file",
      envelope("*** Add File: a", "*** Move to: b"),
      "patch:3",
      `found "*** Move to: b", expected ${headers}`,
    ],
    [
      "lines before a file",
      envelope("+x", "*** Add File: a"),
      "patch:2",
      `found "+x", expected ${headers}`,
    ],
    [
      "a new line without +",
      envelope("*** Add File: a", "+x", "y"),
      "a:4",
      'found "y", expected "+" or "***" at the start',
    ],
    [
      "a new empty line without +",
      envelope("*** Add File: a", "+x", "", "+y"),
      "a:4",
      'found "", expected "+" or "***" at the start',
    ],
    [
      "an anchor in a new file",
      envelope("*** Add File: a", "@@ x", "+y"),
      "a:3",
      'found "@@ x", expected "+" or "***" at the start',
    ],
    [
      "lines in a deleted file",
      envelope("*** Delete File: a", "-x"),
      "a:3",
      'found "-x", expected "***" at the start',
    ],
    [
      "a line without sign",
      update("@@", "-x", "y"),
      "a.ts:5",
      'found "y", expected " " or "-" or "+" or "***" at the start',
    ],
    [
      "git's last line",
      update("-x", "\\ No newline at end of file"),
      "a.ts:4",
      'found "\\\\ No newline at end of file", expected " " or "-" or "+" or "***" at the start',
    ],
    [
      "an update without lines",
      update(),
      "a.ts:3",
      'found "*** End Patch", expected "+" or "-" before it',
    ],
    [
      "an update with context only",
      update("@@", " x", " y"),
      "a.ts:6",
      'found "*** End Patch", expected "+" or "-" before it',
    ],
    [
      "an end of file without lines",
      update("@@", "*** End of File", "-x"),
      "a.ts:4",
      'found "*** End of File", expected "+" or "-" before it',
    ],
  ])("%s is refused", ([, text, path, message]) => {
    expect(problemOf(() => parsePatch(text))).toEqual({
      level: "error",
      path,
      message,
      fix: "Correct that line and send all again.",
    });
  });
});
