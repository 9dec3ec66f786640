import { isItem, objectsOf, type WireItem } from "./wire.ts";

/** The items of an `input`, each with its type; text is a user message. */
export function inputItems(input: unknown): WireItem[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return objectsOf(input).map((item) => {
    if (isItem(item)) return item;
    return { ...item, type: "role" in item ? "message" : "item_reference" };
  });
}
