import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Place } from "./jail.ts";

export interface Entry {
  /** Relative to where the walk began, with `/`. */
  readonly path: string;
  /** Relative to the root, with `/`. */
  readonly name: string;
  readonly kind: "file" | "folder" | "symlink" | "other";
}

const ignored = new Set([".git", "node_modules"]);

export interface Walk {
  /** Folders not gone into, with the reason where it is not their name. */
  readonly skipped: string[];
  entries(): AsyncGenerator<Entry, void, undefined>;
}

/** Lists a folder level by level, each in alphabetical order. Symlinks are not followed. */
export function walk(start: Place, depth = Number.POSITIVE_INFINITY): Walk {
  const skipped: string[] = [];
  const base = start.name === "." ? "" : `${start.name}/`;
  async function* entries(): AsyncGenerator<Entry, void, undefined> {
    const queue = [{ path: "", depth: 1 }];
    for (const here of queue) {
      const children = await readdir(join(start.real, here.path), { withFileTypes: true }).catch(
        (error: unknown) => {
          if (here.path === "") throw error;
          skipped.push(`${base}${here.path} (unreadable)`);
          return [];
        },
      );
      for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = here.path === "" ? child.name : `${here.path}/${child.name}`;
        const name = base + path;
        if (child.isDirectory() && ignored.has(child.name)) {
          skipped.push(name);
          continue;
        }
        if (child.isDirectory()) {
          yield { path, name, kind: "folder" };
          if (here.depth < depth) queue.push({ path, depth: here.depth + 1 });
        } else {
          const kind = child.isFile() ? "file" : child.isSymbolicLink() ? "symlink" : "other";
          yield { path, name, kind };
        }
      }
    }
  }
  return { skipped, entries };
}

/** One line that says which folders were left out; empty when none. */
export function skippedNote(skipped: readonly string[]): string {
  if (skipped.length === 0) return "";
  const more = skipped.length > 5 ? ` and ${skipped.length - 5} more` : "";
  return `[skipped: ${skipped.slice(0, 5).join(", ")}${more}]`;
}
