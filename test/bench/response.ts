export type Json = Record<string, unknown>;

export const model = "gpt-5.3-codex";

/** The one tool that the model of these bodies calls. */
export const editTool = {
  type: "function" as const,
  name: "edit",
  description: "Replaces text in a file.",
  strict: false,
  parameters: {
    type: "object" as const,
    properties: { text: { type: "string" as const } },
    required: ["text"],
    additionalProperties: false as const,
  },
};

/** A response with the fields that the API repeats in its first and last events. */
export function responseOf(status: string, output: readonly Json[]): Json {
  const usage = {
    input_tokens: 12_000,
    input_tokens_details: { cached_tokens: 11_008, cache_write_tokens: 0 },
    output_tokens: 24_000,
    output_tokens_details: { reasoning_tokens: 2_000 },
    total_tokens: 36_000,
  };
  return {
    id: "resp_0a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3e4f5a6b7",
    object: "response",
    created_at: 1_770_000_000,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: "You edit code. ".repeat(60),
    max_output_tokens: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    prompt_cache_key: "bench",
    reasoning: { effort: "medium", summary: "auto" },
    service_tier: "default",
    store: true,
    temperature: 1,
    text: { format: { type: "text" }, verbosity: "medium" },
    tool_choice: "auto",
    tools: [editTool],
    top_logprobs: 0,
    top_p: 1,
    truncation: "disabled",
    usage: status === "completed" ? usage : null,
    user: null,
    metadata: {},
  };
}
