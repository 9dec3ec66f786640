import type { ResponseApplyPatchToolCall } from "openai/resources/responses/responses";
import { checkPatch } from "./check-patch.ts";
import type { Patch, PatchFile } from "./patch.ts";
import { readHunks } from "./read-hunks.ts";
import { tidyPath } from "./tidy-path.ts";
import { unexpectedLine } from "./unexpected-line.ts";

const types: Readonly<Record<string, PatchFile["type"]>> = {
  create_file: "add",
  delete_file: "delete",
  update_file: "update",
};

/**
 * The patch that an `apply_patch_call` of the API's own tool asks for. Its diff has no envelope;
 * lines are counted from the diff's first.
 *
 * @throws CodexError `invalid_patch`, as `parsePatch` does, and for an operation that is not known.
 */
export function patchFromOperation(operation: ResponseApplyPatchToolCall["operation"]): Patch {
  const path = tidyPath(operation.path);
  const type = types[operation.type];
  if (!type) throw unexpectedLine([operation.type], 0, Object.keys(types).join(", "), path);
  const lines = "diff" in operation ? operation.diff.split(/\r?\n/) : [];
  const { hunks, at } = readHunks(lines, 0, type, path);
  if (at < lines.length) throw unexpectedLine(lines, at, "the end", path);
  return checkPatch({ files: [{ type, path, line: 1, hunks }] });
}
