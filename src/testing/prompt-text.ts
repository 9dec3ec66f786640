import { isObject, type Json, objectsOf, textOf, type WireItem } from "./wire.ts";

/** A piece of an item, and the breakpoint at its end. */
export interface Block {
  readonly text: string;
  readonly breakpoint?: Json;
}

/** Closes every tool and item, so that one that grows is no longer a prefix of itself. */
export const closed = "\u001e";

/** What the model does not read: names, states, ciphertext, what the SDK adds. */
const unread = new Set([
  "annotations",
  "created_by",
  "id",
  "logprobs",
  "parsed",
  "parsed_arguments",
  "prompt_cache_breakpoint",
]);
const states = new Set(["in_progress", "completed", "incomplete"]);

/** An item as the server lays it into the prompt: a head, then its blocks, one a line. */
export function itemBlocks(item: WireItem): { head: string; blocks: Block[] } {
  const { type, content, output, ...rest } = item;
  if (type === "message") {
    const phase = rest.phase ? `/${rest.phase}` : "";
    return { head: `${rest.role}${phase}:`, blocks: blocksOf(content) };
  }
  if (type === "reasoning") {
    return { head: "reasoning:", blocks: [...blocksOf(rest.summary), ...blocksOf(content)] };
  }
  const blocks = output === undefined ? [] : blocksOf(output);
  return { head: line(type, content === undefined ? rest : { ...rest, content }), blocks };
}

export function itemText(item: WireItem): string {
  const { head, blocks } = itemBlocks(item);
  return head + blocks.map(({ text }) => `${text}\n`).join("") + closed;
}

function line(type: string, rest: Json): string {
  return `${type}${JSON.stringify(readable(rest))}:`;
}

function blocksOf(content: unknown): Block[] {
  if (typeof content === "string") return [{ text: content }];
  return objectsOf(content).map((part) => {
    const text = part.text ?? part.refusal;
    const breakpoint = part.prompt_cache_breakpoint;
    return {
      text: typeof text === "string" ? text : JSON.stringify(readable(part)),
      ...(isObject(breakpoint) ? { breakpoint } : {}),
    };
  });
}

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isObject(value)) return value;
  const seen = Object.entries(value).filter(
    ([key, part]) =>
      part !== null &&
      part !== undefined &&
      !unread.has(key) &&
      !(key === "status" && states.has(textOf(part))),
  );
  return Object.fromEntries(seen.map(([key, part]) => [key, readable(part)]));
}
