/** One line of a hunk. */
export interface PatchLine {
  /** Its sign: context, removed or added. */
  readonly kind: " " | "-" | "+";
  /** Without the sign and the line ending. */
  readonly text: string;
}

/** Lines to change, found in the file by their text. */
export interface PatchHunk {
  /** Where its first line stands in the patch text, from 1. */
  readonly line: number;
  /** Lines of the file above the hunk, outermost first: the class, then the method. */
  readonly anchors: readonly string[];
  readonly lines: readonly PatchLine[];
  /** The hunk ends where the file ends. */
  readonly endOfFile?: true;
}

/** What happens to one file. */
export interface PatchFile {
  readonly type: "add" | "delete" | "update";
  /** Relative, with no `..` in it. */
  readonly path: string;
  /** Where its header stands in the patch text, from 1. */
  readonly line: number;
  /** An updated file's new path. */
  readonly moveTo?: string;
  /** Top to bottom; none when deleted, one with the whole text when added. */
  readonly hunks: readonly PatchHunk[];
}

/** A parsed V4A patch: plain JSON. */
export interface Patch {
  /** Each file once. */
  readonly files: readonly PatchFile[];
}
