import type { CodexError } from "../errors.ts";
import { invalidPatch, quote } from "./invalid-patch.ts";
import type { LineViews } from "./line-views.ts";

/**
 * The error for a hunk at `line` of the patch whose `wanted` lines have no place: names the first one
 * that differs, where most of them are alike.
 */
export function misfit(
  path: string,
  line: number,
  wanted: readonly string[],
  [{ lines: texts }, , { fold, lines }]: LineViews,
): CodexError {
  const keys = wanted.map(fold);
  // 50 lines tell where it is.
  const head = keys.slice(0, 50);
  let start = 0;
  let high = 0;
  for (const row of lines.keys()) {
    const score = head.reduce((sum, key, i) => sum + alike(key, lines[row + i]), 0);
    if (score > high) [start, high] = [row, score];
  }
  const index = keys.findIndex((key, i) => key !== lines[start + i]);
  const differs = Math.max(index, 0);
  const row = start + differs;
  const nearby = texts.map((text, i) => `\n${i + 1}| ${text.slice(0, 120)}`);
  const what = index < 0 ? "fits only out of order or not at the end of the file" : "is not there";
  return invalidPatch(
    path,
    line,
    `${quote(wanted[differs] ?? "")} ${what}; nearest is line ${row + 1}:${nearby.slice(Math.max(row - 3, 0), row + 4).join("")}`,
    "Copy lines of the file as it is now, in its order.",
  );
}

/** How many characters two lines have in common at their start, and one more when they are equal. */
function alike(a: string, b = ""): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length + Number(a === b);
}
