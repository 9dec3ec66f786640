import { findStarts } from "./find-starts.ts";
import { invalidPatch } from "./invalid-patch.ts";
import { lineViews } from "./line-views.ts";
import type { PatchHunk } from "./patch.ts";

/**
 * The row where each hunk starts. Hunks take their first places in a walk down and their last in a
 * walk up; where the two agree for every hunk, there is only one way to apply them.
 *
 * @throws CodexError `invalid_patch` for a hunk that fits nowhere or in several places.
 */
export function placeHunks(
  path: string,
  texts: readonly string[],
  hunks: readonly PatchHunk[],
): number[] {
  const views = lineViews(texts);
  let end = 0;
  const choices = hunks.map((hunk) => {
    const old = hunk.lines.flatMap(({ kind, text }) => (kind === "+" ? [] : text));
    const starts = findStarts(path, hunk, old, views, end);
    const [at = 0] = starts;
    end = at + old.length;
    return { hunk, starts, at, length: old.length };
  });
  let limit = texts.length;
  for (const { hunk, starts, at, length } of choices.toReversed()) {
    const places = starts.filter((row) => row + length <= limit);
    limit = at;
    if (places.length > 1) {
      // Lines without context go below a line: it is that one's number then.
      const lines = places.slice(0, 9).map((row) => row + Math.min(length, 1));
      throw invalidPatch(
        path,
        hunk.line,
        `fits ${places.length} places, lines ${lines.join(", ")}`,
        "Add context, or an @@ line, that only one of them has.",
      );
    }
  }
  return choices.map((choice) => choice.at);
}
