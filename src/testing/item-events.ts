import { callEvents } from "./call-events.ts";
import { wordsOf } from "./chunks.ts";
import { hostedEvents } from "./hosted-events.ts";
import type { ItemPlay } from "./item-play.ts";
import { encrypt } from "./secret.ts";
import { type Json, objectsOf, omit, textOf, type WireItem } from "./wire.ts";

/** The events of one item from `added` to `done`, without sequence numbers. */
export function itemEvents(item: WireItem, outputIndex: number, play: ItemPlay): Json[] {
  const [start, ...middle] = [
    ...messageEvents(item, play),
    ...reasoningEvents(item),
    ...callEvents(item, play),
    ...hostedEvents(item, play),
  ];
  const added = start ?? unfinished(item);
  const place = { output_index: outputIndex };
  return [
    { type: "response.output_item.added", ...place, item: added },
    ...middle.map((event) => {
      const id = textOf(event.type).includes("shell_call_command") ? {} : { item_id: item.id };
      return { type: event.type, ...id, ...place, ...omit(event, "type") };
    }),
    { type: "response.output_item.done", ...place, item },
  ];
}

/** An item as `output_item.added` shows it when nothing of it is streamed in parts. */
function unfinished(item: WireItem): Json {
  const neverInProgress = /^(apply_patch_call|program)_output$/.test(item.type);
  return "status" in item && !neverInProgress ? { ...item, status: "in_progress" } : item;
}

/** The first entry of each list is the item as it is added; the others are events. */
function messageEvents(item: WireItem, play: ItemPlay): Json[] {
  if (item.type !== "message") return [];
  const parts = objectsOf(item.content).flatMap((part, content_index) =>
    part.type === "refusal"
      ? refusalEvents(part, content_index)
      : textEvents(part, content_index, content_index === 0 ? play.chunks : undefined),
  );
  return [{ ...item, status: "in_progress", content: [] }, ...parts];
}

function textEvents(part: Json, content_index: number, chunks?: readonly string[]): Json[] {
  const text = textOf(part.text);
  const annotations = objectsOf(part.annotations);
  const start = { ...part, text: "", annotations: [], logprobs: [] };
  return [
    { type: "response.content_part.added", content_index, part: start },
    ...(chunks ?? wordsOf(text)).map((delta) => ({
      type: "response.output_text.delta",
      content_index,
      delta,
      logprobs: [],
    })),
    ...annotations.map((annotation, annotation_index) => ({
      type: "response.output_text.annotation.added",
      content_index,
      annotation_index,
      annotation,
    })),
    {
      type: "response.output_text.done",
      content_index,
      text,
      logprobs: withoutBytes(part.logprobs),
    },
    { type: "response.content_part.done", content_index, part },
  ];
}

/** The event names tokens without their bytes, the part has both. */
function withoutBytes(logprobs: unknown): Json[] {
  return objectsOf(logprobs).map((one) => ({
    ...omit(one, "bytes"),
    ...(one.top_logprobs === undefined
      ? {}
      : { top_logprobs: objectsOf(one.top_logprobs).map((top) => omit(top, "bytes")) }),
  }));
}

function refusalEvents(part: Json, content_index: number): Json[] {
  const refusal = textOf(part.refusal);
  return [
    { type: "response.content_part.added", content_index, part: { ...part, refusal: "" } },
    ...wordsOf(refusal).map((delta) => ({ type: "response.refusal.delta", content_index, delta })),
    { type: "response.refusal.done", content_index, refusal },
    { type: "response.content_part.done", content_index, part },
  ];
}

function reasoningEvents(item: WireItem): Json[] {
  if (item.type !== "reasoning") return [];
  const secret = item.encrypted_content;
  const added: Json = { ...omit(item, "content"), summary: [] };
  if (typeof secret === "string") added.encrypted_content = encrypt(item, false);
  const summary = objectsOf(item.summary).flatMap((part, summary_index) => [
    { type: "response.reasoning_summary_part.added", summary_index, part: { ...part, text: "" } },
    ...wordsOf(textOf(part.text)).map((delta) => ({
      type: "response.reasoning_summary_text.delta",
      summary_index,
      delta,
    })),
    { type: "response.reasoning_summary_text.done", summary_index, text: part.text },
    { type: "response.reasoning_summary_part.done", summary_index, part },
  ]);
  const content = objectsOf(item.content).flatMap((part, content_index) => [
    { type: "response.content_part.added", content_index, part: { ...part, text: "" } },
    ...wordsOf(textOf(part.text)).map((delta) => ({
      type: "response.reasoning_text.delta",
      content_index,
      delta,
    })),
    { type: "response.reasoning_text.done", content_index, text: part.text },
    { type: "response.content_part.done", content_index, part },
  ]);
  return [added, ...summary, ...content];
}
