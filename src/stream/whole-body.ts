import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import { isEvent, isResponse } from "./event.ts";
import { cut, type Failure } from "./failure.ts";
import { isObject, parseJson } from "./json.ts";

/**
 * What a body that is no event stream holds: a whole response, an error, or nothing of ours.
 * `failure` says what is wrong when its events end no response.
 */
export function eventsOfBody(body: string): { events: ResponseStreamEvent[]; failure: Failure } {
  // Trimmed of a byte order mark, too.
  const json = parseJson(body.trim());
  if (isResponse(json) && typeof json.id === "string" && json.output) {
    return { events: eventsOf(json), failure: cut(`The response is still ${json.status}`) };
  }
  if (isObject(json) && json.error) {
    const event = { ...json, type: "error" };
    return { events: isEvent(event) ? [event] : [], failure: cut("") };
  }
  const start = body.trimStart().slice(0, 80);
  const failure: Failure =
    json === undefined && start.startsWith("{")
      ? cut("The body ended in the middle of its JSON")
      : { kind: "invalid_event", message: `No events came: ${start}` };
  return { events: [], failure };
}

/** The events that would have streamed this response, without its deltas' pace. */
function eventsOf(response: Response): ResponseStreamEvent[] {
  const events: ResponseStreamEvent[] = [];
  const add = (type: string, fields: object) => {
    const event = { type, sequence_number: events.length, ...fields };
    if (isEvent(event)) events.push(event);
  };
  const { status = "completed", output } = response;
  add("response.created", { response: { ...response, status: "in_progress", output: [] } });
  output.forEach((item, output_index) => {
    const isMessage = item.type === "message" && item.content;
    const place = { item_id: item.id, output_index };
    add("response.output_item.added", {
      output_index,
      item: isMessage ? { ...item, content: [] } : item,
    });
    if (isMessage) {
      item.content.forEach((part, content_index) => {
        if (part.type !== "output_text") return;
        add("response.output_text.delta", {
          ...place,
          content_index,
          delta: part.text,
          logprobs: [],
        });
      });
    }
    if (!("status" in item && item.status === "in_progress")) {
      add("response.output_item.done", { output_index, item });
    }
  });
  if (status !== "queued" && status !== "in_progress") add(`response.${status}`, { response });
  return events;
}
