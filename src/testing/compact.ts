import { type Answer, json, refused } from "./answer.ts";
import { badRequest } from "./api-failure.ts";
import { httpFailure } from "./http-failure.ts";
import { completeItem } from "./item-draft.ts";
import { pairingFailure } from "./pairing.ts";
import { renderPrompt } from "./prompt.ts";
import type { MockRequest } from "./request.ts";
import type { Piece } from "./script.ts";
import type { ServerContext } from "./server-context.ts";
import { readByModel } from "./state.ts";
import { usageOf } from "./usage.ts";
import { windowFailure } from "./window.ts";
import { isObject, type Json, textOf, tokensOf, type WireItem } from "./wire.ts";

const params = new Set([
  "image",
  "input",
  "instructions",
  "model",
  "previous_response_id",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "service_tier",
]);

/** `POST /responses/compact`: all user messages, then one compaction item. @throws {ApiFailure} */
export async function compact(
  context: ServerContext,
  request: MockRequest & { body: Json },
): Promise<Answer | "drop"> {
  const { body } = request;
  const unknown = Object.keys(body).find((key) => !params.has(key));
  if (unknown) throw badRequest(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  if (!body.model) {
    throw badRequest("Missing required parameter: 'model'.", "model", "missing_required_parameter");
  }
  const model = textOf(body.model);
  const { transcript } = context.state.transcript(body);
  if (transcript.some(({ type }) => type === "configuration_update")) {
    throw badRequest("The 'configuration_update' item type cannot be compacted.", "input");
  }
  const prompt = renderPrompt(body, readByModel(transcript));
  const failure = pairingFailure(transcript) ?? windowFailure(model, tokensOf(prompt.bytes.length));
  if (failure && context.checks) throw failure;

  const own: readonly Piece[] = [
    ...transcript.filter(isUserMessage).map((item) => ({ item: asOutput(item) })),
    { item: { type: "compaction" } },
  ];
  const scripted = context.compaction?.endpoint;
  const asked = { ...request, body: { ...body, model }, transcript };
  const step = scripted === undefined ? undefined : await context.script.ask(scripted, asked);
  if (step?.kind === "failure") return refused(httpFailure(step));
  if (step?.kind === "drop") return "drop";
  if (step?.kind === "raw") return { ...step, cutAfter: step.faults?.cuts?.[0] };
  const pieces = step ? step.pieces : own;
  const output = pieces.map(({ item }) => completeItem(item, context.makeId));
  const usage = usageOf(context.cache.use(prompt), output, step?.usage);
  const id = context.makeId("resp");
  const created_at = context.now();
  const result = { id, object: "response.compaction", created_at, output, usage };
  return json(result, 200, {}, step?.faults);
}

function isUserMessage(item: WireItem): boolean {
  return item.type === "message" && item.role === "user";
}

/** A user message as an output item: with parts, an id and a status. */
function asOutput(item: WireItem): WireItem {
  const { content } = item;
  const parts = typeof content === "string" ? [{ type: "input_text", text: content }] : content;
  return { ...item, content: Array.isArray(parts) ? parts.filter(isObject) : [] };
}
