import { checkPatch } from "./check-patch.ts";
import { editText } from "./edit-text.ts";
import { invalidPatch } from "./invalid-patch.ts";
import { parsePatch } from "./parse-patch.ts";
import type { Patch } from "./patch.ts";
import { patchPaths } from "./patch-paths.ts";

/**
 * Applies a patch to texts by path. Returns only what changed, `null` for a deleted or moved file;
 * the arguments stay as they are. A hunk is found by its lines, exactly or else with other white
 * space and punctuation, and must fit in one place only.
 *
 * @throws CodexError `invalid_patch` with the first thing that does not fit; nothing is changed then.
 */
export function applyPatch(
  files: Readonly<Record<string, string>>,
  patch: Patch | string,
): Record<string, string | null> {
  const changed: [path: string, text: string | null][] = [];
  for (const file of (typeof patch === "string" ? parsePatch(patch) : checkPatch(patch)).files) {
    const { type, path, line, moveTo, hunks } = file;
    const added = type === "add";
    for (const name of patchPaths({ files: [file] })) {
      const exists = Object.hasOwn(files, name);
      if (exists !== (name === path && !added)) {
        const message = `the file ${exists ? "exists already" : "does not exist"}`;
        throw invalidPatch(name, line, message, "Check the path and the header.");
      }
    }
    const before = added ? "" : (files[path] ?? "");
    const after = type === "delete" ? null : editText(path, before, hunks);
    if (moveTo !== undefined) changed.push([path, null], [moveTo, after]);
    else if (added || after !== before) changed.push([path, after]);
  }
  // Unlike an assignment, makes own properties of names such as `__proto__`.
  return Object.fromEntries(changed);
}
