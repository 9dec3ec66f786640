import type { PatchHunk } from "./patch.ts";
import { placeHunks } from "./place-hunks.ts";

/**
 * Applies hunks to a file's text. Lines they do not change keep their bytes, added lines end as those
 * they replace or follow do; a BOM, and whether the last line ends in a newline, stay as they are.
 *
 * @throws CodexError `invalid_patch`.
 */
export function editText(path: string, text: string, hunks: readonly PatchHunk[]): string {
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  // A line and its end by turns.
  const parts = text.slice(bom.length).split(/(\r?\n)/);
  const last = parts.pop();
  const lastEnd = parts[1] ?? "\n";
  if (last) parts.push(last, lastEnd);
  const starts = placeHunks(
    path,
    parts.filter((_, i) => i % 2 === 0),
    hunks,
  );
  const out: string[] = [];
  let done = 0;
  const copyTo = (row: number) => {
    while (done < 2 * row) out.push(parts[done++] ?? "");
  };
  for (const [index, { lines }] of hunks.entries()) {
    let row = starts[index] ?? 0;
    let ends: string[] = [];
    for (const { kind, text: line } of lines) {
      copyTo(row);
      if (kind === "+") out.push(line, ends.shift() ?? parts[2 * row - 1] ?? lastEnd);
      else {
        row++;
        if (kind === "-") {
          done = 2 * row;
          ends.push(parts[done - 1] ?? "");
        } else ends = [];
      }
    }
  }
  copyTo(parts.length / 2);
  if (last) out.pop();
  const edited = out.join("");
  return edited.startsWith(bom) ? edited : bom + edited;
}
