import { expect, test } from "vitest";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { patchPaths } from "../../src/patch/patch-paths.ts";
import { envelope } from "./envelope.ts";

test("patchPaths names every path a patch reads, writes or deletes", () => {
  const patch = parsePatch(
    envelope(
      "*** Update File: from.ts",
      "*** Move to: to.ts",
      "*** Add File: new.ts",
      "*** Delete File: old.ts",
      "*** Update File: a.ts",
      "-x",
    ),
  );
  expect(patchPaths(patch)).toEqual(["from.ts", "to.ts", "new.ts", "old.ts", "a.ts"]);
  expect(patchPaths({ files: [] })).toEqual([]);
});
