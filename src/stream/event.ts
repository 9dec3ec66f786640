import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import { isObject } from "./json.ts";

/** The event that is the JSON of a server-sent event; its `event:` line may name it. */
export function eventOf(json: unknown, name: string | undefined): ResponseStreamEvent | undefined {
  if (isEvent(json)) return json;
  if (!isObject(json) || "type" in json) return undefined;
  const type = name && name !== "message" ? name : json.error ? "error" : "";
  const named = { type, ...json };
  return isEvent(named) ? named : undefined;
}

/** Unknown events pass: whatever has a type is an event. Of known ones, what is read must be there. */
export function isEvent(json: unknown): json is ResponseStreamEvent {
  if (!isObject(json) || typeof json.type !== "string" || json.type === "") return false;
  const { type, item, response } = json;
  if (type === "response.output_item.added" || type === "response.output_item.done") {
    return isItem(item);
  }
  if (isTerminal(type)) return isResponse(response);
  return !opening.test(type) || !response || isResponse(response);
}

const opening = /^response\.(created|queued|in_progress)$/;

/** Whether it is a response as far as it is read: an object whose output, if any, is items. */
export function isResponse(json: unknown): json is Response {
  return isObject(json) && (json.output == null || isListOf(json.output, isItem));
}

function isItem(json: unknown): boolean {
  return isObject(json) && (!Array.isArray(json.content) || isListOf(json.content, isObject));
}

function isListOf(list: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(isOne);
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
