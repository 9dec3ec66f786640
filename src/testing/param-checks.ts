import { modelInfo } from "../models/lookup.ts";
import { type ApiFailure, badRequest } from "./api-failure.ts";
import { isObject, type Json, objectsOf, textOf } from "./wire.ts";

/** What is wrong with a request before its conversation is looked at. */
export function paramFailure(request: Json): ApiFailure | undefined {
  const model = textOf(request.model);
  return (
    missing(request) ??
    choiceFailure("reasoning", "effort", request, modelInfo(model)?.efforts) ??
    choiceFailure("text", "verbosity", request, modelInfo(model)?.verbosity) ??
    minimumFailure("max_output_tokens", request.max_output_tokens, 16) ??
    thresholdFailure(request) ??
    samplingFailure(request, model) ??
    keyFailure(request.prompt_cache_key) ??
    duplicateTool(request)
  );
}

function missing(request: Json): ApiFailure | undefined {
  if (!request.model) {
    return badRequest(
      "Missing required parameter: 'model'.",
      "model",
      "missing_required_parameter",
    );
  }
  const { input, previous_response_id: previous, conversation, prompt } = request;
  if (previous && conversation) {
    const message =
      "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Provide only one of them.";
    return badRequest(message, "previous_response_id", "mutually_exclusive_parameters");
  }
  if (input !== undefined && input !== null) return undefined;
  if (previous || conversation || prompt) return undefined;
  const message =
    "One of 'input', 'previous_response_id', 'prompt' or 'conversation' must be provided.";
  return badRequest(message, "input", "missing_required_parameter");
}

function choiceFailure(
  group: string,
  key: string,
  request: Json,
  valid: readonly string[] | null | undefined,
): ApiFailure | undefined {
  const value = isObject(request[group]) ? request[group][key] : undefined;
  if (typeof value !== "string" || !valid || valid.includes(value)) return undefined;
  const names = valid.map((each) => `'${each}'`);
  const list =
    names.length > 1 ? `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}` : names.join("");
  const message = `Unsupported value: '${value}' is not supported with the '${request.model}' model. Supported values are: ${list}.`;
  return badRequest(message, `${group}.${key}`, "unsupported_value");
}

function thresholdFailure(request: Json): ApiFailure | undefined {
  for (const [index, entry] of objectsOf(request.context_management).entries()) {
    const path = `context_management[${index}].compact_threshold`;
    const failure = minimumFailure(path, entry.compact_threshold, 1000);
    if (failure) return failure;
  }
  return undefined;
}

function minimumFailure(path: string, value: unknown, least: number): ApiFailure | undefined {
  if (typeof value !== "number" || value >= least) return undefined;
  const message = `Invalid '${path}': integer below minimum value. Expected a value >= ${least}, but got ${value} instead.`;
  return badRequest(message, path, "integer_below_min_value");
}

function duplicateTool(request: Json): ApiFailure | undefined {
  const seen = new Set<string>();
  for (const [index, tool] of objectsOf(request.tools).entries()) {
    const { name } = tool;
    if (typeof name !== "string" || !seen.has(name)) {
      if (typeof name === "string") seen.add(name);
      continue;
    }
    const message = `Invalid 'tools[${index}].name': tool names must be unique, but '${name}' is there twice.`;
    return badRequest(message, `tools[${index}].name`, "invalid_value");
  }
  return undefined;
}

/** A model that reasons takes no sampling parameters. */
function samplingFailure(request: Json, model: string): ApiFailure | undefined {
  const info = modelInfo(model);
  if (!info || info.sampling === null) return undefined;
  const given = isObject(request.reasoning) ? request.reasoning.effort : undefined;
  if (info.sampling && (given ?? info.defaultEffort) === "none") return undefined;
  const key = ["temperature", "top_p", "top_logprobs"].find(
    (name) => (request[name] ?? null) !== null,
  );
  if (key === undefined) return undefined;
  return badRequest(`Unsupported parameter: '${key}' is not supported with this model.`, key);
}

function keyFailure(key: unknown): ApiFailure | undefined {
  if (typeof key !== "string" || key.length <= 64) return undefined;
  const message = `Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64, but got a string with length ${key.length} instead.`;
  return badRequest(message, "prompt_cache_key", "string_above_max_length");
}
