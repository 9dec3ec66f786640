import { invalidPatch, quote } from "./invalid-patch.ts";
import type { Patch } from "./patch.ts";
import { patchPaths } from "./patch-paths.ts";

// NUL, a drive, or a part that is empty or all dots: also the one before the first slash of an
// absolute path. Both slashes count, as the path may be used on any system.
const refused = /\0|^[a-z]:|(?:^|[\\/])[\s.]*(?:[\\/]|$)/i;

/**
 * Returns the patch.
 *
 * @throws CodexError `invalid_patch` for a path that is empty, absolute or holds `.` or `..`, and for a
 * file named twice.
 */
export function checkPatch(patch: Patch): Patch {
  const seen = new Set<string>();
  for (const file of patch.files) {
    for (const path of patchPaths({ files: [file] })) {
      if (refused.test(path) || seen.has(path)) {
        throw invalidPatch(
          path,
          file.line,
          `found path ${quote(path)}, expected a relative one, named once`,
          "Give each file one section, and name it as in src/main.ts.",
        );
      }
      seen.add(path);
    }
  }
  return patch;
}
