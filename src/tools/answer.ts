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
 * `max_output_length` echoed.
 *
 * Strings and content parts go as they are, any other value as JSON, nothing as `(no output)`. An
 * `Error` becomes its message (at most 2,000 characters, no stack) in the call's own way to fail;
 * a failed computer call shows one white pixel, since the API takes no text there.
 */
export function answer<C extends Call>(call: C, result: CallResult<C>): CallOutput<C>;
export function answer(call: Call, result: unknown): CallOutput {
  const failed = result instanceof Error;
  const call_id = callId(call);
  const head = { call_id, ...("caller" in call && call.caller && { caller: call.caller }) };
  switch (call.type) {
    case "function_call":
    case "custom_tool_call":
      return { type: `${call.type}_output`, ...head, output: resultContent(result) };
    case "shell_call": {
      const { commands, max_output_length } = call.action;
      const results: unknown[] = Array.isArray(result) ? result : commands.map(() => result);
      const output = results.map(shellEntry);
      // What was asked for must come back; the API does the cutting.
      const limit = max_output_length != null && { max_output_length };
      return { type: "shell_call_output", ...head, output, ...limit };
    }
    case "local_shell_call":
      return { type: "local_shell_call_output", id: call_id, output: resultText(result) };
    case "apply_patch_call": {
      const status = failed ? "failed" : "completed";
      return { type: "apply_patch_call_output", ...head, status, output: resultText(result) };
    }
    case "computer_call": {
      const { acknowledged_safety_checks, ...screenshot } = screenshotOf(result);
      const output = { type: "computer_screenshot" as const, ...screenshot };
      const checks = acknowledged_safety_checks?.length && { acknowledged_safety_checks };
      return { type: "computer_call_output", call_id, output, ...checks };
    }
    case "tool_search_call": {
      const status = failed ? "incomplete" : "completed";
      const tools = Array.isArray(result) ? result : [];
      return { type: "tool_search_output", call_id, execution: "client", status, tools };
    }
    case "mcp_approval_request":
      return { type: "mcp_approval_response", approval_request_id: call_id, ...decisionOf(result) };
  }
}
