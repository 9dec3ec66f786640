import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { isObject } from "./json.ts";

/** The event that is the JSON of a server-sent event; its `event:` line may name it. */
export function eventOf(json: unknown, name: string | undefined): ResponseStreamEvent | undefined {
  if (isEvent(json)) return json;
  if (!isObject(json) || "type" in json) return undefined;
  const type = name && name !== "message" ? name : json.error ? "error" : "";
  const named = { type, ...json };
  return isEvent(named) ? named : undefined;
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
