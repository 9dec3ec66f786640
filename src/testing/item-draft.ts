import type { ResponseOutputItem } from "openai/resources/responses/responses";
import type { MakeId } from "./ids.ts";
import { encrypt } from "./secret.ts";
import { isObject, type Json, objectsOf, type WireItem } from "./wire.ts";

type Loose<T> = T extends { type: infer Type } ? { type: Type } & Partial<Omit<T, "type">> : never;

/** An output item of which only `type` must be given: ids, status and the rest are filled in. */
export type ItemDraft = Loose<ResponseOutputItem> | (Json & { type: string });

/** What an item of each type has beside the fields its draft gives. */
const defaults: Readonly<Record<string, { prefix: string; fields?: Json; call?: true }>> = {
  message: { prefix: "msg", fields: { role: "assistant", status: "completed", content: [] } },
  reasoning: { prefix: "rs", fields: { summary: [] } },
  function_call: {
    prefix: "fc",
    fields: { name: "", arguments: "{}", status: "completed" },
    call: true,
  },
  function_call_output: { prefix: "fco", fields: { output: "", status: "completed" } },
  custom_tool_call: {
    prefix: "ctc",
    fields: { name: "", input: "", status: "completed" },
    call: true,
  },
  custom_tool_call_output: { prefix: "ctco", fields: { output: "", status: "completed" } },
  shell_call: {
    prefix: "sh",
    fields: { action: {}, environment: { type: "local" }, status: "completed" },
    call: true,
  },
  shell_call_output: {
    prefix: "sho",
    fields: { output: [], max_output_length: null, status: "completed" },
  },
  local_shell_call: {
    prefix: "lsh",
    fields: { action: { type: "exec", command: [], env: {} }, status: "completed" },
    call: true,
  },
  local_shell_call_output: { prefix: "lsho", fields: { output: "{}", status: "completed" } },
  apply_patch_call: { prefix: "apc", fields: { operation: {}, status: "completed" }, call: true },
  apply_patch_call_output: { prefix: "apco", fields: { status: "completed" } },
  computer_call: {
    prefix: "cu",
    fields: { pending_safety_checks: [], status: "completed" },
    call: true,
  },
  computer_call_output: { prefix: "cuo", fields: { status: "completed" } },
  tool_search_call: {
    prefix: "tsc",
    fields: { arguments: {}, execution: "server", status: "completed" },
  },
  tool_search_output: {
    prefix: "tso",
    fields: { execution: "server", status: "completed", tools: [] },
  },
  mcp_approval_request: { prefix: "mcpr", fields: { arguments: "{}", name: "", server_label: "" } },
  mcp_approval_response: { prefix: "mcpa", fields: { approve: true } },
  mcp_call: {
    prefix: "mcp",
    fields: {
      arguments: "{}",
      name: "",
      server_label: "",
      approval_request_id: null,
      error: null,
      output: null,
      status: "completed",
    },
  },
  mcp_list_tools: { prefix: "mcpl", fields: { server_label: "", tools: [], error: null } },
  web_search_call: { prefix: "ws", fields: { action: { type: "search" }, status: "completed" } },
  file_search_call: { prefix: "fs", fields: { queries: [], results: null, status: "completed" } },
  code_interpreter_call: {
    prefix: "ci",
    fields: { code: "", container_id: "cntr_1", outputs: null, status: "completed" },
  },
  image_generation_call: { prefix: "ig", fields: { result: null, status: "completed" } },
  program: { prefix: "prog", fields: { code: "", fingerprint: "fp_1" }, call: true },
  program_output: { prefix: "progo", fields: { result: "", status: "completed" } },
  compaction: { prefix: "cmp" },
  additional_tools: { prefix: "at", fields: { role: "developer", tools: [] } },
};

/** The id prefix the API gives items of a type. */
export function idPrefix(type: string): string {
  return defaults[type]?.prefix ?? "item";
}

/** A whole output item from its draft: every field the API sends for that type. */
export function completeItem(draft: ItemDraft, makeId: MakeId): WireItem {
  const { type } = draft;
  const known = defaults[type];
  const given: Json = Object.fromEntries(
    Object.entries({ ...draft }).filter(([, value]) => value !== undefined),
  );
  const item: WireItem = { id: makeId(idPrefix(type)), ...known?.fields, ...given, type };
  if (type === "tool_search_call" || type === "tool_search_output") {
    item.call_id ??= item.execution === "client" ? makeId("call") : null;
  } else if (known?.call) item.call_id ??= makeId("call");
  if (type === "message") item.content = objectsOf(item.content).map(completePart);
  if (type === "shell_call" && isObject(item.action)) {
    item.action = { commands: [], max_output_length: null, timeout_ms: null, ...item.action };
  }
  if ((type === "reasoning" || type === "compaction") && item.encrypted_content === undefined) {
    item.encrypted_content = encrypt(item, true);
  }
  return item;
}

function completePart(part: Json): Json {
  return part.type === "output_text" ? { annotations: [], logprobs: [], ...part } : part;
}
