import type { MakeId } from "./ids.ts";
import { completeItem, type ItemDraft } from "./item-draft.ts";
import { itemEvents } from "./item-events.ts";
import type { ItemPlay } from "./item-play.ts";
import { responseBody } from "./response-body.ts";
import type { Ending, ErrorDraft, Reply } from "./script.ts";
import { type InputUsage, usageOf } from "./usage.ts";
import { isObject, type Json, objectsOf, type WireItem } from "./wire.ts";

export interface PlanInput {
  readonly request: Json & { model: string };
  readonly reply: Reply;
  readonly input: InputUsage;
  /** Items the server itself puts before the reply's own, such as a compaction. */
  readonly first: readonly ItemDraft[];
  /** Whether it answers a `compaction_trigger`. */
  readonly triggered: boolean;
  readonly full: boolean;
  readonly makeId: MakeId;
  readonly now: () => number;
  /** Fields of the terminal response only. */
  readonly terminal: Json;
}

/** A whole response, worked out before any of it is sent. */
export interface Plan {
  readonly id: string;
  readonly events: readonly Json[];
  /** The response as it is at the end, and as a client without a stream gets it. */
  readonly response: Json;
  readonly output: readonly WireItem[];
  readonly ending: Ending;
}

export function planResponse(plan: PlanInput): Plan {
  const { request, reply, makeId } = plan;
  const { ending } = reply;
  const failed = ending.status === "failed" || ending.status === "error";
  const id = makeId("resp");
  const start = responseBody(request, id, plan.now());
  const drafts = [...plan.first.map((item) => ({ item })), ...reply.pieces];
  const pieces = drafts.map((piece, index) => {
    const item = completeItem(piece.item, makeId);
    const cut = ending.status === "incomplete" && index === drafts.length - 1;
    if (cut && "status" in item && item.status !== "failed") {
      item.status = item.type === "apply_patch_call" ? "in_progress" : "incomplete";
    }
    return { ...piece, item };
  });
  const output = pieces.map(({ item }) => item);
  const response: Json = {
    ...start,
    ...endingFields(ending, plan.now()),
    output,
    service_tier: servedTier(start.service_tier),
    usage: failed && !reply.usage ? null : usageOf(plan.input, output, reply.usage),
    ...plan.terminal,
  };
  const tool = objectsOf(request.tools).find((each) => each.type === "image_generation");
  const play: ItemPlay = {
    full: plan.full,
    triggered: plan.triggered,
    partialImages: Number(tool?.partial_images ?? 0),
  };
  const events = [
    ...opening(start, plan.full),
    ...pieces.flatMap((piece, index) =>
      itemEvents(piece.item, index, {
        ...play,
        chunks: "chunks" in piece ? piece.chunks : undefined,
      }),
    ),
    ...closing(ending, response),
  ];
  return { id, events: events.map(numbered(request, plan.full)), response, output, ending };
}

/** Sequence numbers, and on the full wire the padding of delta events, unless it was refused. */
function numbered(request: Json, full: boolean): (event: Json, index: number) => Json {
  const options = isObject(request.stream_options) ? request.stream_options : {};
  const padded = full && options.include_obfuscation !== false;
  return (event, sequence_number) => {
    const { type, ...rest } = event;
    const padding =
      padded && typeof event.delta === "string"
        ? { obfuscation: "x".repeat(16 - (event.delta.length % 16)) }
        : {};
    return { type, sequence_number, ...rest, ...padding };
  };
}

function opening(start: Json, full: boolean): Json[] {
  const queued = { ...start, status: "queued" };
  const background = start.background === true;
  return [
    { type: "response.created", response: background ? queued : start },
    ...(background ? [{ type: "response.queued", response: queued }] : []),
    { type: "response.in_progress", response: start },
    ...(full ? [{ type: "keepalive" }] : []),
  ];
}

function closing(ending: Ending, response: Json): Json[] {
  if (ending.status !== "error") return [{ type: `response.${ending.status}`, response }];
  const error = { ...errorFields(ending.error), param: ending.error.param ?? null };
  return [
    { type: "error", error: { type: ending.error.type ?? "server_error", ...error } },
    { type: "response.failed", response },
  ];
}

function endingFields(ending: Ending, now: number): Json {
  switch (ending.status) {
    case "completed":
      return { status: "completed", completed_at: now };
    case "incomplete":
      return { status: "incomplete", incomplete_details: { reason: ending.reason } };
    default:
      return { status: "failed", error: errorFields(ending.error) };
  }
}

function errorFields(error: ErrorDraft): Json {
  const { code = "server_error", message = "The server had an error while processing." } = error;
  return { code, message };
}

/** What `auto` turned out to be. */
function servedTier(tier: unknown): unknown {
  return tier === "auto" ? "default" : tier;
}
