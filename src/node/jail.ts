import { constants, realpathSync, statSync } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { invalidRequest } from "../errors.ts";
import { codeOf, explain } from "./node-error.ts";

/** A folder that paths of the model must not leave. */
export interface Jail {
  /** The real path. */
  readonly root: string;
  /** The path as the user gave it, which may lead through a symlink. */
  readonly given: string;
}

/** Where a path of the model leads. All three lie inside the root. */
export interface Place {
  /** Relative to the root, with `/`; `.` for the root itself. */
  readonly name: string;
  /** The entry in its real folder. Differs from `real` for a symlink. */
  readonly entry: string;
  /** What the entry leads to. It need not exist. */
  readonly real: string;
}

/** @throws {CodexError} `invalid_request` when `root` is no folder. */
export function openJail(root: string): Jail {
  const given = resolve(String(root));
  try {
    const real = realpathSync.native(given);
    // An empty name is not the current folder: that must be asked for as ".".
    if (root !== "" && statSync(real).isDirectory()) return { root: real, given };
  } catch {
    // Same answer as for a file.
  }
  const fix = "pass a folder that exists";
  throw invalidRequest([{ level: "error", path: "root", message: `${root} is no folder`, fix }]);
}

/**
 * Resolves a path against the root. Goes down folder by folder and never looks at anything outside.
 *
 * @throws an `Error` for the model: the path leads out, by `..`, as an absolute path or through a
 * symlink, or cannot be followed.
 */
export async function locate(jail: Jail, path: string): Promise<Place> {
  if (path.includes("\0")) throw new Error("A path cannot contain a NUL character.");
  const wanted = resolve(jail.root, path);
  const inner = inside(jail.root, wanted) ?? inside(jail.given, wanted);
  if (inner === undefined) throw new Error(`${path}: is outside of the workspace`);

  let entry = jail.root;
  let real = jail.root;
  const parts = inner === "" ? [] : inner.split(sep);
  for (const [at, part] of parts.entries()) {
    entry = join(real, part);
    const next = await follow(jail, entry, path);
    if (next === undefined) {
      // A missing folder is created below the last real one.
      entry = real = join(entry, ...parts.slice(at + 1));
      break;
    }
    real = next;
  }
  return { name: nameOf(jail, entry), entry, real };
}

/** The path relative to the root, as the model writes it. */
export function nameOf(jail: Jail, absolute: string): string {
  return relative(jail.root, absolute).split(sep).join("/") || ".";
}

/** Opens a file for reading. What is no regular file (folder, pipe, device) is refused. */
export async function openFile(place: Place): Promise<{ file: FileHandle; size: number }> {
  let file: FileHandle | undefined;
  try {
    // O_NOFOLLOW: `real` is no symlink, unless somebody has just made it one. O_NONBLOCK: a named
    // pipe would keep us waiting. Windows has neither.
    file = await open(place.real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const info = await file.stat();
    if (info.isFile()) return { file, size: info.size };
    throw new Error(`${place.name}: is ${info.isDirectory() ? "a folder" : "no regular file"}`);
  } catch (error) {
    await file?.close();
    throw explain(place.name, error);
  }
}

/** What an entry leads to; `undefined` when there is no such entry. */
async function follow(jail: Jail, entry: string, path: string): Promise<string | undefined> {
  try {
    if (!(await lstat(entry)).isSymbolicLink()) return entry;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw explain(path, error);
  }
  // A dangling symlink is no free name: writing to it would create its target.
  const target = await realpath(entry).catch((error: unknown) => {
    const why =
      codeOf(error) === "ENOENT" ? "is a symlink to nothing" : explain(path, error).message;
    throw new Error(`${path}: ${why}`);
  });
  if (inside(jail.root, target) !== undefined) return target;
  throw new Error(`${path}: a symlink leads out of the workspace`);
}

function inside(root: string, path: string): string | undefined {
  const inner = relative(root, path);
  const out = inner === ".." || inner.startsWith(`..${sep}`) || isAbsolute(inner);
  return out ? undefined : inner;
}
