import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCodexError } from "../../src/errors.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { bestTime } from "./best-time.ts";
import { envelope, update } from "./envelope.ts";

describe("any text", () => {
  const only = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      if (!isCodexError(error) || error.kind !== "invalid_patch") throw error;
      return error;
    }
  };
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "*** Begin Patch",
      "*** End Patch",
      "*** Add File: a",
      "*** Delete File: b",
      "*** Update File: c",
      "*** Move to: d",
      "*** End of File",
      "@@",
      "@@ x",
      "+x",
      "-x",
      " x",
      "",
      "```",
      "<<EOF",
      "EOF",
    ),
  );

  test("is a patch or an error that says so", () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), (lines, end) => {
        only(() => parsePatch(lines.join(end)));
        only(() => parsePatch(envelope(...lines)));
        only(() => parsePatch(update(...lines)));
      }),
      { numRuns: 1000 },
    );
  });

  test.for([
    ["blank lines", "\n".repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
    ["backticks", "`".repeat(1_000_000)],
    ["a long word", `<<${"w".repeat(1_000_000)} `],
    ["anchors", update(`@@${" -1,1 +1,1".repeat(100_000)}`, "-x")],
    ["carriage returns", update(`-${"\r".repeat(1_000_000)}x`)],
    ["a long path", envelope(`*** Add File: ${"a/. ".repeat(250_000)}`)],
    ["slashes", envelope(`*** Add File: ${"/".repeat(1_000_000)}`)],
    ["empty lines in a hunk", update("-x", "\n".repeat(1_000_000), "-y")],
    [
      "new files",
      envelope(Array.from({ length: 50_000 }, (_, i) => `*** Add File: f${i}\n+x\n`).join("\n")),
    ],
    ["hunks", update("@@\n-x\n".repeat(200_000))],
  ] as const)("of a megabyte of %s is read in no time", ([, text]) => {
    expect(bestTime(() => only(() => parsePatch(text)), 1)).toBeLessThan(1);
  });
});
