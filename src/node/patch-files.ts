import { lstat } from "node:fs/promises";
import { applyPatch } from "../patch/apply-patch.ts";
import type { Patch, PatchFile } from "../patch/patch.ts";
import { patchPaths } from "../patch/patch-paths.ts";
import { changeFiles, type FileChange, type Rights } from "./change-files.ts";
import { type Jail, locate, nameOf, openFile, type Place } from "./jail.ts";
import { codeOf, explain } from "./node-error.ts";

interface Source {
  readonly place: Place;
  /** Of a file that is there. */
  readonly found?: Rights & { readonly id: string };
  /** Of a file to update; otherwise empty. */
  readonly text: string;
}

const largestFile = 50_000_000;

/**
 * Applies a patch to the files below a root, all or nothing. Rights are kept, folders made. Nothing
 * is written through a symlink out of the root, or below `.git`, where a file can be a program.
 *
 * @returns one line for each file, such as `M src/a.ts (+3 -1)`.
 * @throws {CodexError} `invalid_patch` when it does not fit, and an `Error` for the rest.
 */
export async function patchFiles(jail: Jail, patch: Patch, signal?: AbortSignal): Promise<string> {
  const sources = await readAll(jail, patch).catch((error: unknown) => {
    throw new Error(`Nothing changed. ${error instanceof Error ? error.message : error}`);
  });
  const present = [...sources].filter(([, { found }]) => found !== undefined);
  const texts = Object.fromEntries(present.map(([path, { text }]) => [path, text]));
  const changed = applyPatch(texts, patch);
  signal?.throwIfAborted();
  const origins = new Map(patch.files.map(({ path, moveTo = path }) => [moveTo, path]));
  const changes = Object.entries(changed).flatMap(([name, text]): FileChange[] => {
    const source = sources.get(name);
    if (source === undefined) return [];
    const { place, found } = source;
    const rights = sources.get(origins.get(name) ?? name)?.found;
    // Deleting a symlink deletes the link; writing to it writes to its file.
    const path = text === null ? place.entry : place.real;
    return [{ name, path, text, exists: found !== undefined, rights }];
  });
  await changeFiles(changes);
  return patch.files.map(summary).join("\n");
}

async function readAll(jail: Jail, patch: Patch): Promise<Map<string, Source>> {
  const updated = new Set(patch.files.flatMap(({ type, path }) => (type === "update" ? path : [])));
  const sources = new Map<string, Source>();
  const names = new Map<string, string>();
  for (const path of patchPaths(patch)) {
    const source = await read(jail, path, updated.has(path));
    // Two names of one file: the later change would undo the earlier.
    const id = source.found?.id ?? source.place.real;
    const twin = names.get(id);
    if (twin !== undefined) throw new Error(`${path}: is the same file as ${twin}`);
    names.set(id, path);
    sources.set(path, source);
  }
  return sources;
}

async function read(jail: Jail, path: string, needed: boolean): Promise<Source> {
  const place = await locate(jail, path);
  if (/(^|\/)\.git(\/|$)/i.test(`${place.name}/${nameOf(jail, place.real)}`)) {
    throw new Error(`${path}: what is in .git cannot be patched`);
  }
  const stats = await lstat(place.real).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw explain(path, error);
  });
  if (stats === undefined) return { place, text: "" };
  if (!stats.isFile()) {
    throw new Error(`${path}: is ${stats.isDirectory() ? "a folder" : "no regular file"}`);
  }
  const { mode, uid, gid } = stats;
  const found = { mode, uid, gid, id: `${stats.dev}:${stats.ino}` };
  return { place, found, text: needed ? await readText(place) : "" };
}

/** Only what is text through and through: the rest would not survive being written back. */
async function readText(place: Place): Promise<string> {
  const { file, size } = await openFile(place);
  try {
    if (size > largestFile) throw new Error(`${place.name}: is larger than 50 MB`);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.readFile());
  } catch (error) {
    if (!(error instanceof TypeError)) throw explain(place.name, error);
    throw new Error(`${place.name}: is not UTF-8 text`);
  } finally {
    await file.close();
  }
}

function summary({ type, path, moveTo, hunks }: PatchFile): string {
  if (type === "delete") return `D ${path}`;
  const signs = hunks.flatMap(({ lines }) => lines.map(({ kind }) => kind));
  const count = (sign: string) => signs.filter((each) => each === sign).length;
  if (type === "add") return `A ${path} (+${count("+")})`;
  const name = moveTo === undefined ? path : `${path} -> ${moveTo}`;
  return `M ${name} (+${count("+")} -${count("-")})`;
}
