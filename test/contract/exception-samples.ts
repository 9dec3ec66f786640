import type { ExceptionName } from "./exceptions.ts";
import type { OfficialName } from "./schemas.ts";

const response = {
  id: "resp_1",
  object: "response",
  created_at: 1,
  access_programs: null,
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  model: "gpt-6-sol",
  output: [],
  output_text: "",
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: "auto",
  tools: [],
  top_p: 1,
};

const usage = {
  input_tokens: 1,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 1,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 2,
};

const place = { item_id: "msg_1", output_index: 0, sequence_number: 3 };
const part = { ...place, content_index: 0 };
const message = { type: "message", role: "user", content: [{ type: "input_text", text: "Go." }] };
const call = { id: "x_1", call_id: "call_1" };
const go = { model: "gpt-6-sol", input: "Go." };

/** For each exception a value that the types reject and the wire has. */
export const samples: Readonly<Record<ExceptionName, readonly [OfficialName, unknown]>> = {
  outputText: ["response", { ...response, output_text: undefined }],
  store: ["response", { ...response, store: true }],
  noUsage: ["response", { ...response, usage: null }],
  errorCodes: [
    "response",
    { ...response, error: { code: "context_length_exceeded", message: "Too long." } },
  ],
  nestedError: [
    "event",
    {
      type: "error",
      sequence_number: 1,
      error: { type: "server_error", code: null, message: "Oh.", param: null },
    },
  ],
  keepalive: ["event", { type: "keepalive", sequence_number: 2 }],
  patchDiff: [
    "event",
    { type: "response.apply_patch_call_operation_diff.delta", ...place, delta: "+a" },
  ],
  obfuscation: [
    "event",
    { type: "response.output_text.delta", ...part, delta: "a", logprobs: [], obfuscation: "xx" },
  ],
  customCallStatus: [
    "outputItem",
    { type: "custom_tool_call", ...call, name: "n", input: "", status: "completed" },
  ],
  compactedMessages: [
    "compacted",
    { id: "resp_1", object: "response.compaction", created_at: 1, usage, output: [message] },
  ],
  messageIds: ["inputItem", { ...message, id: "msg_1" }],
  answerWithoutId: [
    "inputItem",
    {
      type: "message",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "Done.", annotations: [] }],
    },
  ],
  chosenWebSearch: ["create", { ...go, tool_choice: { type: "web_search" } }],
  futureItem: ["outputItem", { type: "telepathy_call", thought: "?" }],
  foreignEffort: ["create", { ...go, reasoning: { effort: "extreme" } }],
  futureParameter: ["create", { ...go, nested: {} }],
};
