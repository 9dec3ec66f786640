import type {
  ResponseCustomToolCallOutput,
  ResponseInputItem,
  ResponseToolSearchOutputItemParam,
} from "openai/resources/responses/responses";
import type { Call } from "../turn.ts";
import { type Decision, decisionOf } from "./decision.ts";
import { callId } from "./open-calls.ts";
import { resultContent } from "./result-content.ts";
import { resultText } from "./result-text.ts";
import { type Screenshot, screenshotOf } from "./screenshot.ts";
import { shellEntry } from "./shell-entry.ts";
import type { ShellResult } from "./shell-result.ts";

interface Results {
  function_call: unknown;
  custom_tool_call: unknown;
  shell_call: string | ShellResult | readonly (string | ShellResult | Error)[];
  local_shell_call: string | ShellResult;
  apply_patch_call: string | undefined;
  computer_call: Screenshot;
  tool_search_call: ResponseToolSearchOutputItemParam["tools"];
  mcp_approval_request: Decision;
}

interface Outputs {
  function_call: ResponseInputItem.FunctionCallOutput;
  custom_tool_call: ResponseCustomToolCallOutput;
  shell_call: ResponseInputItem.ShellCallOutput;
  local_shell_call: ResponseInputItem.LocalShellCallOutput;
  apply_patch_call: ResponseInputItem.ApplyPatchCallOutput;
  computer_call: ResponseInputItem.ComputerCallOutput;
  tool_search_call: ResponseToolSearchOutputItemParam;
  mcp_approval_request: ResponseInputItem.McpApprovalResponse;
}

/** What answers a call of this type: a result, or an `Error` for a failure. */
export type CallResult<C extends Call = Call> = Results[C["type"]] | Error;
/** The output item of a call of this type. */
export type CallOutput<C extends Call = Call> = Outputs[C["type"]];

/**
 * The output item that answers a call: type and key by the call's type, `caller` and
 * `max_output_length` echoed. Text longer than `maxOutputTokens` (at 4 bytes each; by default what
 * the API takes) loses its middle.
 *
 * Strings and content parts go as they are, any other value as JSON, nothing as `(no output)`. An
 * `Error` becomes its message (at most 2,000 characters, no stack) in the call's own way to fail;
 * a failed computer call shows one white pixel, since the API takes no text there.
 */
export function answer<C extends Call>(
  call: C,
  result: CallResult<C>,
  maxOutputTokens?: number,
): CallOutput<C>;
export function answer(call: Call, result: unknown, maxOutputTokens?: number): object {
  const { type, caller }: { type: string; caller?: unknown } = call;
  const call_id = callId(call);
  const head = { type: `${type}_output`, call_id, ...(caller ? { caller } : {}) };
  const failed = result instanceof Error;
  switch (call.type) {
    case "shell_call": {
      const { commands, max_output_length } = call.action;
      const results: unknown[] = Array.isArray(result) ? result : commands.map(() => result);
      const output = results.map((each) => shellEntry(each, maxOutputTokens));
      // What was asked for must come back; the API does the cutting.
      return { ...head, output, ...(max_output_length != null && { max_output_length }) };
    }
    case "local_shell_call":
      return { type: head.type, id: call_id, output: resultText(result, maxOutputTokens) };
    case "apply_patch_call":
      return {
        ...head,
        status: failed ? "failed" : "completed",
        output: resultText(result, maxOutputTokens),
      };
    case "computer_call": {
      const { acknowledged_safety_checks: checks, ...screenshot } = screenshotOf(result);
      const output = { type: "computer_screenshot", ...screenshot };
      return { ...head, output, ...(checks?.length && { acknowledged_safety_checks: checks }) };
    }
    case "tool_search_call": {
      const status = failed ? "incomplete" : "completed";
      const tools = Array.isArray(result) ? result : [];
      return { type: "tool_search_output", call_id, execution: "client", status, tools };
    }
    case "mcp_approval_request":
      return { type: "mcp_approval_response", approval_request_id: call_id, ...decisionOf(result) };
    default:
      return { ...head, output: resultContent(result, maxOutputTokens) };
  }
}
