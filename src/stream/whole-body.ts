import type { Response } from "openai/resources/responses/responses";
import { cut, type Failure } from "./failure.ts";
import { type Frame, isEvent, makeFrame } from "./frame.ts";
import { isObject, parseJson } from "./json.ts";

/**
 * What a body that is no event stream holds: a whole response, an error, or nothing of ours.
 * `failure` says what is wrong when its frames end no response.
 */
export function framesOfBody(body: string): { frames: Frame[]; failure: Failure } {
  const json = parseJson(body);
  if (isResponse(json)) {
    return { frames: framesOf(json), failure: cut(`The response is still ${json.status}`) };
  }
  if (isObject(json) && json.error) {
    const data = JSON.stringify({ ...json, type: "error" });
    return { frames: [makeFrame("error", data)], failure: cut("") };
  }
  const start = body.trimStart().slice(0, 80);
  const failure: Failure =
    json === undefined && start.startsWith("{")
      ? cut("The body ended in the middle of its JSON")
      : { kind: "invalid_event", message: `No events came: ${start}` };
  return { frames: [], failure };
}

/** The events that would have streamed this response, without its deltas' pace. */
function framesOf(response: Response): Frame[] {
  const frames: Frame[] = [];
  const add = (type: string, fields: object) => {
    const event = { type, sequence_number: frames.length, ...fields };
    if (isEvent(event)) frames.push(makeFrame(type, "", event));
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
  return frames;
}

function isResponse(json: unknown): json is Response {
  return isObject(json) && typeof json.id === "string" && Array.isArray(json.output);
}
