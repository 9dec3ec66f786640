import type { ResponseInputMessageContentList } from "openai/resources/responses/responses";
import { invalidRequest } from "../errors.ts";
import { isObject } from "../stream/json.ts";
import type { Item } from "../turn.ts";

/** What a thread takes: text, the parts of one user message, or items such as call outputs. */
export type ThreadInput = string | ResponseInputMessageContentList | readonly Item[];

const partTypes = /^input_(text|image|file|audio)$/;

/** The items that `input` stands for. */
export function toItems(input: ThreadInput | undefined | null): Item[] {
  if (input === undefined || input === null || input.length === 0) return [];
  if (typeof input === "string") return [userMessage([{ type: "input_text", text: input }])];
  if (Array.isArray(input) && input.every(isObject)) {
    return isParts(input) ? [userMessage(input)] : [...input];
  }
  const message = "is nothing a thread can send";
  const fix = 'pass text, content parts such as { type: "input_text", text }, or items';
  throw invalidRequest([{ level: "error", path: "input", message, fix }]);
}

/** Whether an item answers a call. */
export function isAnswer({ type }: Item): boolean {
  return /_output$|^mcp_approval_response$/.test(type ?? "");
}

function isParts(input: readonly object[]): input is ResponseInputMessageContentList {
  return input.every((part) => "type" in part && partTypes.test(String(part.type)));
}

function userMessage(content: ResponseInputMessageContentList): Item {
  return { type: "message", role: "user", content: [...content] };
}
