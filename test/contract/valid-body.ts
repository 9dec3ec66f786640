import type { ResponseCreateParamsStreaming } from "openai/resources/responses/responses";

const schema = {
  type: "object",
  properties: { path: { type: "string" } },
  required: ["path"],
  additionalProperties: false,
};

/** A request with something of everything, as the official types have it. */
export const validBody = {
  model: "gpt-6-sol",
  stream: true,
  store: false,
  include: ["reasoning.encrypted_content"],
  stream_options: { include_obfuscation: false },
  max_output_tokens: 4000,
  metadata: { session: "s1" },
  parallel_tool_calls: true,
  prompt_cache_key: "codex-1",
  prompt_cache_options: { mode: "implicit", ttl: "12h", comparison_response_id: "resp_1" },
  service_tier: "flex",
  truncation: "disabled",
  context_management: [{ type: "compaction", compact_threshold: 200_000 }],
  reasoning: { effort: "medium", summary: "auto", context: "all_turns" },
  text: {
    verbosity: "low",
    format: { type: "json_schema", name: "findings", schema, strict: true },
  },
  tool_choice: {
    type: "allowed_tools",
    mode: "auto",
    tools: [{ type: "function", name: "read_file" }],
  },
  tools: [
    { type: "function", name: "read_file", parameters: schema, strict: true },
    {
      type: "custom",
      name: "apply_patch",
      format: { type: "grammar", syntax: "lark", definition: 'start: "a"' },
    },
    { type: "shell", environment: { type: "local" } },
    { type: "web_search", search_context_size: "low", filters: { allowed_domains: ["a.test"] } },
    { type: "file_search", vector_store_ids: ["vs_1"] },
    { type: "code_interpreter", container: { type: "auto" } },
    { type: "mcp", server_label: "docs", server_url: "https://a.test", require_approval: "never" },
    {
      type: "namespace",
      name: "git",
      description: "Git.",
      tools: [{ type: "function", name: "log" }],
    },
  ],
  input: [
    {
      type: "message",
      role: "developer",
      content: [
        { type: "input_text", text: "Fix it.", prompt_cache_breakpoint: { mode: "explicit" } },
      ],
    },
    {
      role: "user",
      content: [{ type: "input_image", detail: "auto", image_url: "data:image/png;base64," }],
    },
    { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "…" },
    {
      type: "message",
      id: "msg_1",
      role: "assistant",
      status: "completed",
      phase: "commentary",
      content: [{ type: "output_text", text: "I look.", annotations: [] }],
    },
    { type: "function_call", call_id: "call_1", name: "read_file", arguments: "{}" },
    { type: "function_call_output", call_id: "call_1", output: "1" },
    { type: "custom_tool_call", call_id: "call_2", name: "apply_patch", input: "…" },
    { type: "custom_tool_call_output", call_id: "call_2", output: "Done." },
    { type: "shell_call", call_id: "call_3", action: { commands: ["ls"] } },
    {
      type: "shell_call_output",
      call_id: "call_3",
      output: [{ stdout: "", stderr: "", outcome: { type: "exit", exit_code: 0 } }],
    },
    {
      type: "apply_patch_call",
      call_id: "call_4",
      operation: { type: "update_file", path: "a", diff: "+a" },
      status: "completed",
    },
    { type: "apply_patch_call_output", call_id: "call_4", status: "completed", output: "Ok." },
    {
      type: "computer_call",
      id: "cu_1",
      call_id: "call_5",
      actions: [{ type: "screenshot" }],
      pending_safety_checks: [],
      status: "completed",
    },
    {
      type: "computer_call_output",
      call_id: "call_5",
      output: { type: "computer_screenshot", image_url: "data:image/png;base64," },
    },
    {
      type: "local_shell_call",
      id: "lsh_1",
      call_id: "call_6",
      action: { type: "exec", command: ["ls"], env: {} },
      status: "completed",
    },
    { type: "local_shell_call_output", id: "call_6", output: "a" },
    { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true },
    { type: "configuration_update", reasoning: { effort: "high" } },
    { type: "compaction", encrypted_content: "…" },
    { type: "item_reference", id: "rs_1" },
  ],
} satisfies ResponseCreateParamsStreaming;
