import { blockRows } from "./block-rows.ts";
import type { LineViews } from "./line-views.ts";
import { misfit } from "./misfit.ts";
import type { PatchHunk } from "./patch.ts";

type Test = (row: number) => unknown;

/**
 * The rows from `end` on where a hunk with `old` lines may start, ascending. Anchors are looked for
 * in the block that the one before them opens, else after it, and so are the lines; each at the
 * strictest level that finds any.
 *
 * @throws CodexError `invalid_patch` for an anchor or lines that are not there.
 */
export function findStarts(
  path: string,
  { line, anchors, endOfFile }: PatchHunk,
  old: readonly string[],
  views: LineViews,
  end: number,
): number[] {
  const [{ lines: texts }, , { fold, lines: loose }] = views;
  let rows: readonly number[] = [];
  let regions: readonly Test[] = [() => true];
  const find = (wanted: readonly string[], from: number, tests: readonly Test[] = []): number[] => {
    const levels = views.map((view): Test => {
      const keys = wanted.map(view.fold);
      return (row) => keys.every((key, i) => key === view.lines[row + i]);
    });
    for (const within of regions) {
      let passed = 0;
      for (const test of [...levels, ...tests]) {
        const found = [...texts, ""].flatMap((_, row) => (within(row) && test(row) ? row : []));
        const starts = found.filter((row) => row >= from);
        if (starts.length > 0) return starts;
        passed += found.length;
      }
      // What is in its block, but out of order, is not looked for after the block.
      if (passed > 0) break;
    }
    throw misfit(path, line, wanted.length > 0 ? wanted : anchors.slice(-1), views);
  };
  for (const anchor of anchors) {
    const key = fold(anchor);
    rows = find([anchor], 0, [
      // Cut short, such as `class Foo` for `class Foo(Bar):`.
      (row) => loose[row]?.startsWith(key) && !/^\w\w/.test(loose[row].slice(key.length - 1)),
    ]);
    const [first = 0] = rows;
    const block = new Set(rows.flatMap((row) => blockRows(texts, row)));
    regions = [(row) => block.has(row), (row) => row >= first];
  }
  if (old.length === 0) {
    // Nothing to look for: the lines go below the anchor, else to the end.
    const below = new Set(
      endOfFile || rows.length === 0 ? [texts.length] : rows.map((row) => row + 1),
    );
    regions = [(row) => below.has(row)];
  }
  return find(old, endOfFile ? Math.max(end, texts.length - old.length) : end);
}
