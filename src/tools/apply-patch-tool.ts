import type {
  ApplyPatchTool,
  CustomTool,
  ResponseApplyPatchToolCall,
  ResponseCustomToolCall,
} from "openai/resources/responses/responses";
import { applyPatchGrammar } from "../patch/grammar.ts";
import { patchFromOperation } from "../patch/operation.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import type { Patch } from "../patch/patch.ts";
import {
  type BehaviorOptions,
  behavior,
  type RunnableTool,
  type ToolBehavior,
  type ToolContext,
} from "./behavior.ts";
import { throwProblems, toolProblems } from "./check-tool.ts";

export type ApplyPatchCall = ResponseCustomToolCall | ResponseApplyPatchToolCall;

export interface ApplyPatchToolOptions
  extends Omit<BehaviorOptions<Patch, ApplyPatchCall>, "execute" | "parallel"> {
  /** Changes the files. Returns a line for the model; what it throws goes to the model as well. */
  readonly apply: (patch: Patch, context: ToolContext<ApplyPatchCall>) => unknown;
  /**
   * How the model gets it: `custom` is the freeform tool every model since GPT-5 knows, one patch
   * over many files; `builtin` is the API's own type, one file a call. Default: `custom`.
   */
  readonly wire?: "custom" | "builtin" | undefined;
  /** Replaces the description of the `custom` form. */
  readonly description?: string | undefined;
}

const defaultDescription =
  "Edits files by a patch, from *** Begin Patch to *** End Patch. Paths are relative.";

/**
 * Lets the model edit files by patches; the parsed patch goes to `apply`. A patch that does not
 * parse never reaches it: the model gets the parse error.
 *
 * @throws `invalid_request` for a bad limit.
 */
export function applyPatchTool(
  options: ApplyPatchToolOptions,
): RunnableTool<(CustomTool & { name: "apply_patch" }) | ApplyPatchTool, Patch, ApplyPatchCall> {
  const { apply, wire, description = defaultDescription, ...rest } = options;
  throwProblems(toolProblems("apply_patch", rest));
  const own: { readonly [behavior]: ToolBehavior<Patch, ApplyPatchCall> } = {
    [behavior]: {
      ...rest,
      execute: apply,
      read: (call) => ({
        ok: true,
        args: "operation" in call ? patchFromOperation(call.operation) : parsePatch(call.input),
      }),
    },
  };
  if (wire === "builtin") return { type: "apply_patch", ...own };
  return {
    type: "custom",
    name: "apply_patch",
    description,
    format: { type: "grammar", syntax: "lark", definition: applyPatchGrammar },
    ...own,
  };
}
