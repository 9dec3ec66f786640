import type { Item } from "../turn.ts";

/** The developer messages at the start: the part of a transcript that compaction never touches. */
export function leadingDeveloper(items: readonly Item[]): readonly Item[] {
  return leading(items, isDeveloper);
}

/** The messages at the start that the model has not answered yet: instructions, guidance, task. */
export function leadingInput(items: readonly Item[]): readonly Item[] {
  return leading(items, (item) => "role" in item && item.role !== "assistant");
}

export function isDeveloper(item: Item): boolean {
  return "role" in item && (item.role === "developer" || item.role === "system");
}

function leading(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const end = items.findIndex((item) => !fits(item));
  return end < 0 ? items : items.slice(0, end);
}
