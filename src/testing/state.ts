import { ApiFailure, badRequest } from "./api-failure.ts";
import type { BackgroundRun } from "./background.ts";
import { inputItems } from "./input-items.ts";
import type { Prompt } from "./prompt.ts";
import { isObject, type Json, textOf, type WireItem } from "./wire.ts";

/** A response the server keeps. */
export interface StoredResponse {
  /** The response as it is when retrieved. */
  readonly response: () => Json;
  /** Everything before its output, and its output. */
  readonly conversation: () => readonly WireItem[];
  readonly run?: BackgroundRun;
}

/** What requests leave behind. */
export class ServerState {
  readonly responses = new Map<string, StoredResponse>();
  readonly conversations = new Map<string, readonly WireItem[]>();
  /** Stored items by id, for `item_reference`. */
  readonly items = new Map<string, WireItem>();
  /** The reasoning item right before an output item, by the latter's id. */
  readonly reasoningOf = new Map<string, string>();
  /** What later requests may be compared with, also without `store`. */
  readonly prompts = new Map<string, { request: Json; prompt: Prompt }>();

  get(id: string): StoredResponse {
    const stored = this.responses.get(id);
    if (stored) return stored;
    throw new ApiFailure(404, `Response with id '${id}' not found.`);
  }

  rememberOutput(output: readonly WireItem[], stored: boolean): void {
    for (const [index, item] of output.entries()) {
      const id = textOf(item.id);
      const before = output[index - 1];
      if (before?.type === "reasoning" && item.type !== "reasoning") {
        this.reasoningOf.set(id, textOf(before.id));
      }
      if (stored) this.items.set(id, item);
    }
  }

  /** What this request sent, and the whole conversation with it. @throws {ApiFailure} */
  transcript(request: Json): { sent: WireItem[]; transcript: WireItem[] } {
    const sent = inputItems(request.input).map((item) => this.#resolve(item, request));
    return { sent, transcript: [...this.#history(request), ...sent] };
  }

  #history(request: Json): readonly WireItem[] {
    const { previous_response_id: previous, conversation } = request;
    if (conversation) return this.conversations.get(conversationId(conversation)) ?? [];
    if (typeof previous !== "string") return [];
    const stored = this.responses.get(previous);
    if (stored) return stored.conversation();
    const message = `Previous response with id '${previous}' not found.`;
    throw badRequest(message, "previous_response_id", "previous_response_not_found");
  }

  #resolve(item: WireItem, request: Json): WireItem {
    const bare = item.type === "reasoning" && !item.encrypted_content && Boolean(item.id);
    if (item.type !== "item_reference" && !bare) return item;
    const id = textOf(item.id);
    const found = request.store === false ? undefined : this.items.get(id);
    if (found) return bare ? item : found;
    const hint =
      request.store === false
        ? " Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input."
        : "";
    throw badRequest(`Item with id '${id}' not found.${hint}`, "input");
  }
}

export function conversationId(conversation: unknown): string {
  return textOf(isObject(conversation) ? conversation.id : conversation);
}

/** What the model reads: a compaction stands for all before it but messages to the model. */
export function readByModel(transcript: readonly WireItem[]): WireItem[] {
  const last = transcript.findLastIndex(({ type }) => type === "compaction");
  const kept = new Set(["additional_tools", "configuration_update"]);
  return transcript.filter((item, index) => {
    if (item.type === "compaction_trigger") return false;
    if (index >= last) return true;
    return kept.has(item.type) || (item.type === "message" && item.role !== "assistant");
  });
}
