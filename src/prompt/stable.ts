import { isRecord, type SchemaNode } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";
import { partsOf } from "./items.ts";

/**
 * How many leading items sessions share: the developer messages, and everything up to the first
 * cache breakpoint among the leading messages, which is where `prompt` ends the stable part.
 */
export function stableLength(items: readonly Item[]): number {
  let length = 0;
  for (const [i, item] of items.entries()) {
    const role = "role" in item ? item.role : "assistant";
    if (role === "assistant") break;
    if (breakpoints([item]).length > 0) return i + 1;
    if (role !== "user" && length === i) length++;
  }
  return length;
}

/** The texts of the stable part, by path: `instructions` and the items that sessions share. */
export function stableText(params: SchemaNode, items: readonly Item[]): [string, string][] {
  const parts = items.slice(0, stableLength(items)).flatMap(partsOf);
  return [["instructions", params.instructions] as const, ...parts].flatMap(([path, part]) => {
    const text = isRecord(part) ? part.text : part;
    return typeof text === "string" && text ? [[text === part ? path : `${path}.text`, text]] : [];
  });
}

/** Where items set explicit cache breakpoints. */
export function breakpoints(items: readonly Item[]): string[] {
  return items
    .flatMap(partsOf)
    .filter(([, part]) => isRecord(part) && part.prompt_cache_breakpoint)
    .map(([path]) => `${path}.prompt_cache_breakpoint`);
}
