import type { Patch } from "./patch.ts";

/** Every path a patch reads, writes or deletes, in order. */
export function patchPaths(patch: Patch): string[] {
  return patch.files.flatMap(({ path, moveTo }) => (moveTo === undefined ? path : [path, moveTo]));
}
