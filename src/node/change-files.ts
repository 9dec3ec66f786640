import { randomUUID } from "node:crypto";
import {
  chmod,
  chown,
  constants,
  copyFile,
  link,
  mkdir,
  rename,
  rm,
  rmdir,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { explain } from "./node-error.ts";

/** What the rights of a file are taken from. */
export interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** One file to write or, without `text`, to remove. */
export interface FileChange {
  /** For messages. */
  readonly name: string;
  readonly path: string;
  readonly text: string | null;
  /** Whether there is a file now. */
  readonly exists: boolean;
  /** Default: those of a new file. */
  readonly rights?: Rights | undefined;
}

type Undo = () => Promise<unknown>;

/**
 * Writes and removes files, all or none. New content is written beside its target first; a failure
 * up to the last rename puts everything back, new folders included.
 *
 * @throws an `Error` for the model that names the file.
 */
export async function changeFiles(changes: readonly FileChange[]): Promise<void> {
  const undo: Undo[] = [];
  const leftovers: string[] = [];
  let name = "";
  try {
    const staged: string[] = [];
    for (const change of changes) {
      name = change.name;
      staged.push(change.text === null ? "" : await stage(change, change.text, undo));
    }
    for (const [at, change] of changes.entries()) {
      name = change.name;
      const backup = change.exists ? beside(change.path) : undefined;
      if (backup) leftovers.push(backup);
      await replace(change, staged[at] ?? "", backup, undo);
    }
  } catch (error) {
    const lost = await rollBack(undo);
    const { message } = explain(name, error);
    throw new Error(
      lost.length === 0
        ? `Nothing changed. ${message}`
        : `${message}\nSome files could not be put back: ${lost.join("; ")}`,
    );
  }
  await Promise.all(leftovers.map(remove));
}

/** Writes the new content to a file of its own. */
async function stage({ path, rights }: FileChange, text: string, undo: Undo[]): Promise<string> {
  const folder = dirname(path);
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) undo.push(() => removeFolders(folder, first));
  const temporary = beside(path);
  undo.push(() => remove(temporary));
  await writeFile(temporary, text, { flag: "wx" });
  if (rights) {
    // Only root may give a file to another; then it should not come to own what it edits.
    if (rights.uid !== process.getuid?.()) {
      await chown(temporary, rights.uid, rights.gid).catch(() => {});
    }
    await chmod(temporary, rights.mode & 0o7777);
  }
  return temporary;
}

async function replace(
  { path, text }: FileChange,
  temporary: string,
  backup: string | undefined,
  undo: Undo[],
): Promise<void> {
  if (text === null) {
    if (backup === undefined) return;
    await rename(path, backup);
    undo.push(() => rename(backup, path));
    return;
  }
  if (backup !== undefined) {
    // A second name for the old file, so that there is never no file; some file systems have none.
    await link(path, backup).catch(() => copyFile(path, backup, constants.COPYFILE_EXCL));
    undo.push(() => remove(backup));
  }
  await rename(temporary, path);
  undo.push(() => (backup === undefined ? remove(path) : rename(backup, path)));
}

/** Undoes in reverse order. Returns what could not be undone. */
async function rollBack(undo: readonly Undo[]): Promise<string[]> {
  const lost: string[] = [];
  for (const step of undo.toReversed()) {
    await step().catch((error: unknown) => lost.push(String(error)));
  }
  return lost;
}

/** Folders we made, unless somebody else has put something there. */
async function removeFolders(last: string, first: string): Promise<void> {
  for (let folder = last; ; folder = dirname(folder)) {
    await rmdir(folder).catch(() => {});
    if (folder === first) return;
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { force: true });
}

/** A free name in the same folder, and so on the same disk: renaming is one step there. */
function beside(path: string): string {
  return join(dirname(path), `.${randomUUID()}.tmp`);
}
