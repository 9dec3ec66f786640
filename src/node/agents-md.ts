import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { invalidRequest } from "../errors.ts";
import { codeOf } from "./node-error.ts";

export interface AgentsMdOptions {
  /** Bytes of all files together. The file that crosses the line is cut, later ones are left out. Default 32,768. */
  maxBytes?: number;
  /** Codex's own folder, which holds the global guidance. Default `$CODEX_HOME`, else `~/.codex`. */
  home?: string;
  /** Names to look for in a folder that has neither AGENTS.override.md nor AGENTS.md. */
  fallbackFilenames?: readonly string[];
}

/** A file of guidance, as `prompt({ project })` takes it. */
export interface AgentsMd {
  path: string;
  text: string;
}

const names = ["AGENTS.override.md", "AGENTS.md"];

/**
 * Collects the AGENTS.md files that hold for `cwd`, by Codex's rules and in reading order: the
 * global one, then at most one per folder from the git root down to `cwd`. Without a git root only
 * `cwd` itself is looked at. Empty files are left out; in a project an empty AGENTS.override.md
 * still hides the AGENTS.md beside it.
 *
 * @throws {CodexError} `invalid_request` when `cwd` is no folder, or a file is there but unreadable.
 */
export async function loadAgentsMd(
  cwd: string,
  options: AgentsMdOptions = {},
): Promise<AgentsMd[]> {
  const { maxBytes = 32_768, fallbackFilenames = [] } = options;
  const home = options.home ?? (process.env.CODEX_HOME || join(homedir(), ".codex"));
  const found: AgentsMd[] = [];
  let left = maxBytes;

  /** Adds the first file that exists; with `orNext` the first that is not empty. */
  async function add(folder: string, candidates: readonly string[], orNext: boolean) {
    for (const name of candidates) {
      if (left <= 0) return;
      const path = join(folder, name);
      const file = await read(path, left);
      if (file === undefined) continue;
      if (file.text.trim() !== "") {
        found.push({ path, text: file.text });
        left -= file.bytes;
        return;
      }
      if (!orNext) return;
    }
  }

  await add(resolve(home), names, true);
  const project = [...names, ...fallbackFilenames.filter((name) => name !== "")];
  for (const folder of await projectFolders(cwd)) await add(folder, project, false);
  return found;
}

/** From the git root to `cwd`. In a worktree or a submodule `.git` is a file. */
async function projectFolders(cwd: string): Promise<string[]> {
  const real = await realpath(cwd).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory()) {
    const fix = "pass a folder that exists";
    throw invalidRequest([{ level: "error", path: "cwd", message: `${cwd} is no folder`, fix }]);
  }
  const folders: string[] = [];
  for (let folder = real; ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (await exists(join(folder, ".git"))) return folders;
    if (folder === dirname(folder)) return [real];
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** `undefined` when there is no such file. Reads no more than `limit` bytes, and whole characters. */
async function read(
  path: string,
  limit: number,
): Promise<{ text: string; bytes: number } | undefined> {
  // Where not even the entry can be seen, nothing is known to be missing.
  if ((await lstat(path).catch(() => undefined)) === undefined) return undefined;
  let file: FileHandle | undefined;
  try {
    // A named pipe would block a plain open until somebody writes to it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await file.stat();
    if (!info.isFile()) return undefined;
    const buffer = Buffer.alloc(Math.min(info.size, limit));
    const { bytesRead: bytes } = await file.read(buffer, 0, buffer.length, 0);
    const stream = info.size > bytes;
    return { text: new TextDecoder().decode(buffer.subarray(0, bytes), { stream }), bytes };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "EISDIR") return undefined;
    const message = `cannot be read (${code ?? String(error)})`;
    throw invalidRequest([{ level: "error", path, message, fix: "make it readable or remove it" }]);
  } finally {
    await file?.close();
  }
}
