import { drop, put, rename, type Wrong } from "./mutate.ts";

/** Requests that are wrong at the top. */
export const wrongParams: readonly Wrong[] = [
  [
    "a misspelt parameter",
    rename("prompt_cache_key", "promt_cache_key"),
    'unknown property "promt_cache_key"',
  ],
  [
    "a parameter in camel case",
    rename("max_output_tokens", "maxOutputTokens"),
    'unknown property "maxOutputTokens"',
  ],
  [
    "a parameter of Chat Completions",
    rename("max_output_tokens", "max_tokens"),
    'unknown property "max_tokens"',
  ],
  ["messages instead of input", rename("input", "messages"), 'unknown property "messages"'],
  [
    "the effort of Chat Completions",
    put("reasoning_effort", "high"),
    'unknown property "reasoning_effort"',
  ],
  [
    "the response format of Chat Completions",
    put("response_format", { type: "json_object" }),
    'unknown property "response_format"',
  ],
  [
    "parallel tool calls in camel case",
    rename("parallel_tool_calls", "parallelToolCalls"),
    'unknown property "parallelToolCalls"',
  ],
  ["a number as text", put("max_output_tokens", "4000"), "max_output_tokens: must be number,null"],
  ["a stream that is asked for in words", put("stream", "true"), "stream: must be boolean"],
  ["store as a word", put("store", "no"), "store: must be boolean,null"],
  ["a model that is no name", put("model", { id: "gpt-6-sol" }), "model: must be string"],
  ["metadata that is no text", put("metadata.session", 1), "metadata.session: must be string"],
  [
    "an unknown effort",
    put("reasoning.effort", "hgih"),
    'reasoning.effort: "hgih" is none of "none", "minimal", "low", "medium", "high", "xhigh", "max", null, …',
  ],
  [
    "a summary that is switched off by name",
    put("reasoning.summary", "none"),
    'reasoning.summary: "none" is none of "auto", "concise", "detailed", null',
  ],
  [
    "an effort in camel case",
    put("reasoning.reasoningEffort", "high"),
    'reasoning: unknown property "reasoningEffort"',
  ],
  ["reasoning that is only its effort", put("reasoning", "high"), "reasoning: must be object"],
  [
    "an unknown verbosity",
    put("text.verbosity", "quiet"),
    'text.verbosity: "quiet" is none of "low", "medium", "high", null',
  ],
  [
    "an unknown tier",
    put("service_tier", "turbo"),
    'service_tier: "turbo" is none of "auto", "default", "flex", "scale", "priority", "fast", "ultrafast", null',
  ],
  [
    "an unknown truncation",
    put("truncation", "middle"),
    'truncation: "middle" is none of "auto", "disabled", null',
  ],
  [
    "something to include that there is not",
    put("include", ["reasoning.content"]),
    'include[0]: "reasoning.content" is none of "file_search_call.results", "web_search_call.results", "web_search_call.action.sources", "message.input_image.image_url", "computer_call_output.output.image_url", "code_interpreter_call.outputs", "reasoning.encrypted_content", "message.output_text.logprobs"',
  ],
  [
    "a breakpoint on the whole request",
    put("prompt_cache_options.breakpoint", true),
    'prompt_cache_options: unknown property "breakpoint"',
  ],
  [
    "a lifetime that there is not",
    put("prompt_cache_options.ttl", "1h"),
    'prompt_cache_options.ttl: "1h" is none of "30m", "12h"',
  ],
  [
    "context management that is no list",
    put("context_management", { type: "compaction" }),
    "context_management: must be array",
  ],
  [
    "a compaction threshold in camel case",
    rename("context_management.0.compact_threshold", "compactThreshold"),
    'context_management[0]: unknown property "compactThreshold"',
  ],
  ["a format without a name", drop("text.format.name"), 'text.format: missing property "name"'],
  [
    "a format without a schema",
    drop("text.format.schema"),
    'text.format: missing property "schema"',
  ],
  [
    "a format of Chat Completions",
    put("text.format", { type: "json_schema", json_schema: { name: "a", schema: {} } }),
    'text.format: missing property "name"',
  ],
  [
    "an unknown format",
    put("text.format.type", "jsonschema"),
    'text.format: unknown type "jsonschema"',
  ],
  [
    "a format beside text instead of in it",
    put("text", { type: "json_schema", name: "a", schema: {} }),
    'text: unknown property "type"',
  ],
];
