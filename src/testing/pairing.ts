import { type ApiFailure, badRequest } from "./api-failure.ts";
import { isObject, textOf, type WireItem } from "./wire.ts";

/** Calls the client must answer, by the type of their answer. */
const answers: Readonly<Record<string, string>> = {
  function_call: "function_call_output",
  custom_tool_call: "custom_tool_call_output",
  shell_call: "shell_call_output",
  local_shell_call: "local_shell_call_output",
  apply_patch_call: "apply_patch_call_output",
  computer_call: "computer_call_output",
  tool_search_call: "tool_search_output",
  mcp_approval_request: "mcp_approval_response",
};
const answerTypes = new Set(Object.values(answers));

/** Every call needs one answer of its type, every answer its call, in the whole conversation. */
export function pairingFailure(items: readonly WireItem[]): ApiFailure | undefined {
  const given = new Map<string, WireItem>();
  for (const item of items) {
    const id = answerId(item);
    if (id !== undefined) given.set(`${item.type} ${id}`, item);
  }
  const asked = new Set<string>();
  for (const call of items) {
    const type = answers[call.type];
    if (type === undefined) continue;
    const id = textOf(call.type === "mcp_approval_request" ? call.id : call.call_id);
    asked.add(`${type} ${id}`);
    const answer = given.get(`${type} ${id}`);
    if (!answer && isOwed(call)) {
      return badRequest(`No tool output found for ${words(call.type)} ${id}.`, "input");
    }
    if (answer && callerOf(call) !== callerOf(answer)) {
      return badRequest(`Tool output for ${id} must repeat the caller of its call.`, "input");
    }
  }
  for (const [key, item] of given) {
    if (asked.has(key)) continue;
    const name = words(item.type);
    return badRequest(`No tool call found for ${name} with call_id ${answerId(item)}.`, "input");
  }
  return undefined;
}

function answerId(item: WireItem): string | undefined {
  if (!answerTypes.has(item.type)) return undefined;
  const key =
    item.type === "local_shell_call_output"
      ? "id"
      : item.type === "mcp_approval_response"
        ? "approval_request_id"
        : "call_id";
  return typeof item[key] === "string" ? item[key] : undefined;
}

/** Async calls may be answered later; what the server runs itself needs no answer. */
function isOwed(call: WireItem): boolean {
  if (call.async === true) return false;
  if (call.type === "tool_search_call") return call.execution === "client";
  const environment = call.environment;
  return !isObject(environment) || environment.type === "local";
}

/** The program a call came from; empty for a direct one. */
function callerOf({ caller }: WireItem): string {
  return isObject(caller) && caller.type === "program" ? textOf(caller.caller_id) : "";
}

function words(type: string): string {
  return type.replaceAll("_", " ");
}
