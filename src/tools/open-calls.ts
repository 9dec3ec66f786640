import type { Call, Item } from "../turn.ts";

const callType =
  /^(function|custom_tool|shell|local_shell|apply_patch|computer|tool_search)_call$|^mcp_approval_request$/;

/**
 * The calls among these items that lack their output, in order: what the next request must answer.
 * Calls the server answers itself and items of unknown types are left out.
 *
 * Two kinds are among them although they are special: a call the response cut off (`isCutOff`)
 * needs an output when it is replayed but must not be executed, and an `async` call may be answered
 * in any later request.
 */
export function openCalls(items: readonly Item[]): Call[] {
  const seen = new Set(items.map(outputKey));
  return items.filter((item): item is Call => {
    if (!isCall(item) || isServerSide(item)) return false;
    const key = `${item.type.replace(/_(call|request)$/, "")} ${callId(item)}`;
    return !seen.has(key) && !!seen.add(key);
  });
}

/** What a call and its output share. */
export function callId(call: Call): string {
  return ("call_id" in call && call.call_id) || call.id || "";
}

/** Whether the model had not finished the call when its response ended. */
export function isCutOff(call: Call): boolean {
  if (!("status" in call) || call.status !== "in_progress") {
    return "status" in call && call.status === "incomplete";
  }
  // Half a patch looks like a whole one; other half calls fail to be read.
  return call.type === "apply_patch_call" || ("arguments" in call && !call.arguments);
}

function isCall(item: Item): item is Call {
  return callType.test(item.type ?? "");
}

function isServerSide(call: Call): boolean {
  if (call.type === "tool_search_call") return call.execution === "server" || !call.call_id;
  return call.type === "shell_call" && (call.environment?.type ?? "local") !== "local";
}

function outputKey(item: Item): string {
  // An `mcp_call` names the request that was approved for it.
  if ("approval_request_id" in item) return `mcp_approval ${item.approval_request_id}`;
  const kind = item.type?.replace(/(_call)?_output$/, "");
  // `local_shell_call_output` has the call's `call_id` under `id`.
  return `${kind} ${("call_id" in item && item.call_id) || ("id" in item && item.id)}`;
}
