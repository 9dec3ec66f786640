import { glob } from "./glob.ts";
import { type Jail, locate } from "./jail.ts";
import { codeOf, explain } from "./node-error.ts";
import { skippedNote, walk } from "./walk.ts";

export interface ListFilesArgs {
  /** Default: the root. */
  path?: string;
  /** Levels of folders. Default: all. */
  depth?: number;
  /** Only files whose path or, without a `/`, whose name matches. */
  glob?: string;
}

const deadlineMs = 10_000;

/** Sorted paths relative to the root, folders with a `/` at the end; the upper levels first when there are too many. */
export async function listFiles(
  jail: Jail,
  args: ListFilesArgs,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<string> {
  const place = await locate(jail, args.path ?? ".");
  const matches = args.glob === undefined ? undefined : glob(args.glob);
  const { skipped, entries } = walk(place, Math.max(1, args.depth ?? Number.POSITIVE_INFINITY));
  const until = Date.now() + deadlineMs;
  const found: string[] = [];
  let bytes = 0;
  let note = "";
  try {
    for await (const { path, name, kind } of entries()) {
      signal?.throwIfAborted();
      if (Date.now() > until) {
        note = "[stopped: too many files; narrow with path or depth]";
        break;
      }
      if (matches && (kind === "folder" || !(matches(path) || matches(name)))) continue;
      const line = kind === "folder" ? `${name}/` : kind === "symlink" ? `${name} (symlink)` : name;
      bytes += Buffer.byteLength(line) + 1;
      if (bytes > maxBytes) {
        note = `[the first ${found.length}; there are more: narrow with path, depth or glob]`;
        break;
      }
      found.push(line);
    }
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") throw new Error(`${place.name}: is a file, not a folder`);
    throw explain(place.name, error);
  }
  if (found.length === 0) note ||= matches ? "[no file matches]" : `[${place.name} is empty]`;
  return [...found.sort(), note, skippedNote(skipped)].filter((line) => line !== "").join("\n");
}
