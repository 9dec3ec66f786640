import type { CodexError } from "../errors.ts";
import { invalidPatch, quote } from "./invalid-patch.ts";

/** The error for a line that cannot stand where it stands, or for the end of the text. */
export function unexpectedLine(
  lines: readonly string[],
  at: number,
  expected: string,
  path = "",
): CodexError {
  const line = lines[at];
  const found = line === undefined ? "the end" : quote(line);
  return invalidPatch(
    path,
    at + 1,
    `found ${found}, expected ${expected}`,
    "Correct that line and send all again.",
  );
}
