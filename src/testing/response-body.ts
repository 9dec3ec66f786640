import { modelInfo } from "../models/lookup.ts";
import { isObject, type Json, toolsOf } from "./wire.ts";

/** What a response echoes of its request, with the API's defaults. */
export function responseBody(
  request: Json & { model: string },
  id: string,
  createdAt: number,
): Json {
  const info = modelInfo(request.model);
  const text = isObject(request.text) ? request.text : {};
  const reasoning = isObject(request.reasoning) ? request.reasoning : {};
  const cache = isObject(request.prompt_cache_options) ? request.prompt_cache_options : {};
  const pick = (key: string, fallback: unknown = null) => request[key] ?? fallback;
  return {
    id,
    object: "response",
    created_at: createdAt,
    status: "in_progress",
    access_programs: pick("access_programs"),
    background: pick("background", false),
    completed_at: null,
    ...(request.conversation ? { conversation: conversationOf(request.conversation) } : {}),
    error: null,
    incomplete_details: null,
    instructions: pick("instructions"),
    max_output_tokens: pick("max_output_tokens"),
    max_tool_calls: pick("max_tool_calls"),
    metadata: pick("metadata", {}),
    model: request.model,
    output: [],
    parallel_tool_calls: pick("parallel_tool_calls", true),
    previous_response_id: pick("previous_response_id"),
    prompt_cache_key: pick("prompt_cache_key"),
    ...(info?.breakpoints
      ? {
          prompt_cache_options: {
            mode: cache.mode ?? "implicit",
            ttl: cache.ttl ?? "30m",
            ...(cache.comparison_response_id === undefined
              ? {}
              : { comparison_response_id: cache.comparison_response_id }),
          },
        }
      : {}),
    prompt_cache_retention: pick("prompt_cache_retention"),
    reasoning: { effort: info?.defaultEffort ?? null, summary: null, ...reasoning },
    safety_identifier: pick("safety_identifier"),
    service_tier: pick("service_tier", "auto"),
    store: pick("store", true),
    temperature: pick("temperature", 1),
    text: { format: { type: "text" }, verbosity: "medium", ...text },
    tool_choice: pick("tool_choice", "auto"),
    tools: toolsOf(request),
    top_logprobs: pick("top_logprobs", 0),
    top_p: pick("top_p", 1),
    truncation: pick("truncation", "disabled"),
    usage: null,
    ...(typeof request.user === "string" ? { user: request.user } : {}),
  };
}

function conversationOf(value: unknown): Json {
  return { id: isObject(value) ? value.id : value };
}
