import type {
  ResponseOutputMessage,
  ResponseOutputText,
} from "openai/resources/responses/responses";
import type { Item } from "../turn.ts";

export type Citation = ResponseOutputText["annotations"][number];

/** All text the model wrote; with `phase`, only that of messages in it. `turn.text` is the answer alone. */
export function outputText(
  items: readonly Item[],
  phase?: NonNullable<ResponseOutputMessage["phase"]>,
): string {
  return parts(items, phase)
    .map((part) => ("text" in part ? part.text : ""))
    .join("");
}

/** What the model wrote where it refused. */
export function refusals(items: readonly Item[]): string[] {
  return parts(items).flatMap((part) => ("refusal" in part ? [part.refusal] : []));
}

/** The sources that the text names: web pages, files, file paths. */
export function citations(items: readonly Item[]): Citation[] {
  return parts(items).flatMap((part) => ("annotations" in part ? (part.annotations ?? []) : []));
}

/** The images that `imageGeneration()` made, as base64. */
export function images(items: readonly Item[]): string[] {
  return items.flatMap((item) =>
    item.type === "image_generation_call" && item.result ? [item.result] : [],
  );
}

function parts(items: readonly Item[], phase?: string): ResponseOutputMessage["content"] {
  return items.flatMap((item) =>
    isOutputMessage(item) && (!phase || item.phase === phase) ? item.content : [],
  );
}

function isOutputMessage(item: Item): item is ResponseOutputMessage {
  return item.type === "message" && item.role === "assistant" && typeof item.content === "object";
}
