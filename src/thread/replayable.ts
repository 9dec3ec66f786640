import type { Item } from "../turn.ts";

/**
 * The items as another server session can read them. Reasoning that was kept on the server only is
 * lost with its session; what followed it must then lose its id, or the API asks for the reasoning.
 */
export function replayable(items: readonly Item[]): Item[] {
  return without(items, (item) => item.type === "reasoning" && !item.encrypted_content);
}

/** The items as a model of another family can read them: nothing that only the first can decrypt. */
export function readableElsewhere(items: readonly Item[]): Item[] {
  return without(items, ({ type }) => type === "reasoning" || type === "compaction");
}

function without(items: readonly Item[], isLost: (item: Item) => boolean): Item[] {
  if (!items.some(isLost)) return [...items];
  return items.filter((item) => !isLost(item)).map(withoutId);
}

/** What the model made right after its reasoning has an id that points there. */
function withoutId(item: Item): Item {
  if (!("id" in item) || !/^(message|(function|custom_tool)_call)$/.test(item.type ?? ""))
    return item;
  const { id, ...rest } = item;
  // The API takes a message without its id, though the SDK's type has it.
  return rest as Item;
}
