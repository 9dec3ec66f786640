import { quote } from "./invalid-patch.ts";
import type { PatchFile, PatchHunk, PatchLine } from "./patch.ts";
import { unexpectedLine } from "./unexpected-line.ts";

interface Draft {
  line: number;
  readonly anchors: string[];
  readonly lines: PatchLine[];
  endOfFile?: true;
}

const draft = (): Draft => ({ line: 0, anchors: [], lines: [] });

const signs: Readonly<Record<PatchFile["type"], readonly PatchLine["kind"][]>> = {
  add: ["+"],
  delete: [],
  update: [" ", "-", "+"],
};

/**
 * Reads the lines of a file's section from `lines[at]` up to a `***` line. Empty lines are context,
 * but at the end of a hunk they are only spacing.
 *
 * @throws CodexError `invalid_patch` for a line without its sign, and for an update that changes
 * nothing and does not move the file.
 */
export function readHunks(
  lines: readonly string[],
  at: number,
  type: PatchFile["type"],
  path: string,
  moved?: unknown,
): { hunks: PatchHunk[]; at: number } {
  const hunks: Draft[] = [];
  let hunk = draft();
  let blanks = 0;
  let changes = moved || type !== "update";
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const kind = signs[type].find((sign) => line.startsWith(sign));
    if (!line) {
      blanks++;
      continue;
    }
    if (hunk.line && line.trimEnd() === "*** End of File") hunk.endOfFile = true;
    else if (line.startsWith("***")) break;
    else if (type === "update" && line.startsWith("@@")) {
      if (hunk.line) hunk = draft();
      // Line numbers, as in a unified diff, are not trusted.
      const anchor = line.replace(/^@@ ?(?:-[\d,]+ \+[\d,]+ @@ ?)?/, "").trimEnd();
      if (anchor) hunk.anchors.push(anchor);
    } else if (kind && (type === "update" || !blanks)) {
      if (hunk.endOfFile) hunk = draft();
      if (!hunk.line) hunks.push(hunk);
      hunk.line ||= at + 1 - blanks;
      while (blanks-- > 0) hunk.lines.push({ kind: " ", text: "" });
      hunk.lines.push({ kind, text: line.slice(1) });
      changes ||= kind !== " ";
    } else {
      const expected = [...signs[type], "***"].map(quote).join(" or ");
      throw unexpectedLine(lines, kind ? at - blanks : at, `${expected} at the start`, path);
    }
    blanks = 0;
  }
  if (!changes) throw unexpectedLine(lines, at, '"+" or "-" before it', path);
  return { hunks, at };
}
