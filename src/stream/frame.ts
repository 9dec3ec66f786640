import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { isObject, parseJson } from "./json.ts";

/** One server-sent event as it arrived: its JSON is parsed when somebody looks. */
export interface Frame {
  /** The event's type; empty when it is no event. */
  readonly type: string;
  readonly data: string;
  event: ResponseStreamEvent | undefined;
  /** Whether a ledger has it: an event counts once, however often it is looked at. */
  counted: boolean;
}

const prefix = '{"type":"';

/** The type is read off the data: the `event:` line may be missing, and the data wins over it. */
export function frame(data: string, name: string | undefined, isRead = false): Frame {
  // What is read anyway is parsed at once, and its type is not read off twice.
  const event = isRead ? parseJson(data) : undefined;
  if (isEvent(event)) return makeFrame(event.type, data, event);
  if (data.startsWith(prefix)) {
    const end = data.indexOf('"', prefix.length);
    const type = data.slice(prefix.length, end);
    if (end > 0 && !type.includes("\\")) return makeFrame(type, data);
  }
  const json = parseJson(data);
  if (!isObject(json)) return makeFrame("", data);
  const named = typeof json.type === "string" ? json : { type: nameOf(json, name), ...json };
  return isEvent(named) ? makeFrame(named.type, data, named) : makeFrame("", data);
}

/** All frames have one shape, which is faster to read. */
export function makeFrame(type: string, data: string, event?: ResponseStreamEvent): Frame {
  return { type, data, event, counted: false };
}

function nameOf(json: Record<string, unknown>, name: string | undefined): string {
  return name && name !== "message" ? name : json.error ? "error" : "";
}

/** The event, parsed once. `undefined` when the data is no JSON object. */
export function decode(frame: Frame): ResponseStreamEvent | undefined {
  if (frame.event) return frame.event;
  const json = parseJson(frame.data);
  if (isEvent(json)) frame.event = json;
  return frame.event;
}

/** Unknown events pass: whatever has a type is an event. */
export function isEvent(json: unknown): json is ResponseStreamEvent {
  return isObject(json) && typeof json.type === "string" && json.type !== "";
}

/** Whether an event of this type is the last one of its response. */
export function isTerminal(type: string): boolean {
  return (
    type === "response.completed" ||
    type === "response.failed" ||
    type === "response.incomplete" ||
    type === "response.cancelled"
  );
}
