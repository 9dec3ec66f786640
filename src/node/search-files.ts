import { stat } from "node:fs/promises";
import { join } from "node:path";
import { glob } from "./glob.ts";
import { type Jail, locate, openFile, type Place } from "./jail.ts";
import { lineMatcher } from "./line-matcher.ts";
import { explain } from "./node-error.ts";
import { skippedNote, walk } from "./walk.ts";

export interface SearchFilesArgs {
  /** A JavaScript regular expression, tested line by line; `(?i)` in front ignores case. */
  pattern: string;
  /** A file or a folder. Default: the root. */
  path?: string;
  /** Only files whose path or, without a `/`, whose name matches. */
  glob?: string;
}

const largestFile = 10_000_000;

/**
 * `path:line:text` for each matching line. Binary files, files over 10 MB, symlinks, `.git` and
 * `node_modules` are left out. What was found until the deadline is returned.
 */
export async function searchFiles(
  jail: Jail,
  args: SearchFilesArgs,
  maxBytes: number,
  signal?: AbortSignal,
  deadlineMs = 10_000,
): Promise<string> {
  const place = await locate(jail, args.path ?? ".");
  const matches = args.glob === undefined ? () => true : glob(args.glob);
  const deadline = AbortSignal.timeout(deadlineMs);
  const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const skipped: string[] = [];
  const lines: string[] = [];
  const matcher = lineMatcher(args.pattern);
  let room = maxBytes;
  let at = place.name;
  let note = "";
  try {
    for await (const { path, file } of files(place, skipped)) {
      stop.throwIfAborted();
      at = file.name;
      if (!matches(path) && !matches(file.name)) continue;
      const text = await readText(file).catch(() => "unreadable");
      if (typeof text === "string") {
        if (text !== "binary") skipped.push(`${file.name} (${text})`);
        continue;
      }
      for (const match of await matcher.match(text, Math.ceil(room / 4), stop)) {
        const line = `${file.name}:${match.line}:${match.text}`;
        room -= Buffer.byteLength(line) + 1;
        if (room < 0) break;
        lines.push(line);
      }
      if (room < 0) {
        note = `[the first ${lines.length}; there are more: narrow the pattern, path or glob]`;
        break;
      }
    }
  } catch (error) {
    if (!deadline.aborted || signal?.aborted) throw explain(place.name, error);
    note = `[stopped at ${at} after ${deadlineMs / 1000} s: simplify the pattern, or narrow path or glob]`;
  } finally {
    await matcher.close();
  }
  if (lines.length === 0) note ||= "[no line matches]";
  return [...lines, note, skippedNote(skipped)].filter((line) => line !== "").join("\n");
}

interface Found {
  /** Relative to where the search began. */
  readonly path: string;
  readonly file: Place;
}

async function* files(start: Place, skipped: string[]): AsyncGenerator<Found, void, undefined> {
  if ((await stat(start.real)).isFile()) {
    yield { path: start.name, file: start };
    return;
  }
  const tree = walk(start);
  try {
    for await (const { path, name, kind } of tree.entries()) {
      const real = join(start.real, path);
      if (kind === "file") yield { path, file: { name, entry: real, real } };
    }
  } finally {
    skipped.unshift(...tree.skipped);
  }
}

/** The bytes, or why there are none to search. */
async function readText(place: Place): Promise<ArrayBuffer | "binary" | "over 10 MB"> {
  const { file, size } = await openFile(place);
  try {
    if (size > largestFile) return "over 10 MB";
    const bytes = new Uint8Array(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    if (bytes.subarray(0, Math.min(bytesRead, 8_192)).includes(0)) return "binary";
    return bytesRead < size ? bytes.buffer.slice(0, bytesRead) : bytes.buffer;
  } finally {
    await file.close();
  }
}
