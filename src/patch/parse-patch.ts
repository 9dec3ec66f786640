import { checkPatch } from "./check-patch.ts";
import type { Patch, PatchFile } from "./patch.ts";
import { readHunks } from "./read-hunks.ts";
import { tidyPath } from "./tidy-path.ts";
import { unexpectedLine } from "./unexpected-line.ts";

/** A code fence or the first line of a heredoc; group 1 or 2 closes it. */
const wrapper = /^(?:(`{3,})\w*|(?:apply_patch\s*)?<<-?\s*["']?(\w+)["']?)$/;

const types = ["add", "delete", "update"] as const;

/**
 * Reads a V4A patch: `*** Begin Patch`, sections that add, delete, update or move one file each,
 * `*** End Patch`. CRLF is read as LF; a code fence or heredoc around the patch is ignored.
 *
 * @throws CodexError `invalid_patch` with the line, what stands there and what should.
 */
export function parsePatch(text: string): Patch {
  const lines = String(text).split(/\r?\n/);
  const files: PatchFile[] = [];
  let at = 0;
  /** The next line that is not blank; `at` stands on it. */
  const next = (): string => {
    while (lines[at]?.trim() === "") at++;
    return lines[at]?.trim() ?? "";
  };
  const take = (ok: unknown, expected: string) => {
    if (!ok) throw unexpectedLine(lines, at, expected);
    at++;
  };
  const wrap = wrapper.exec(next());
  if (wrap) at++;
  const begin = "*** Begin Patch";
  take(next() === begin, begin);
  for (;;) {
    const header = next();
    const type = types.find((each) => header.toLowerCase().startsWith(`*** ${each} file:`));
    if (!type) break;
    const path = tidyPath(header.slice(type.length + 10));
    const line = ++at;
    const move = type === "update" && /^\*\*\* Move to:(.*)/s.exec(lines[at] ?? "");
    if (move) at++;
    const read = readHunks(lines, at, type, path, move);
    at = read.at;
    files.push({
      type,
      path,
      line,
      ...(move && { moveTo: tidyPath(`${move[1]}`) }),
      hunks: read.hunks,
    });
  }
  take(
    next() === "*** End Patch" && files.length,
    "*** Add File:, *** Delete File:, *** Update File: or *** End Patch",
  );
  if (wrap && next() === (wrap[1] ?? wrap[2])) at++;
  take(!next(), "nothing more");
  return checkPatch({ files });
}
