import { isRecord } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";

/** Whether a value can be looked at as an item: an object, its type and ids text. */
export function isItem(value: unknown): value is Item {
  const keys = ["type", "id", "call_id", "approval_request_id"];
  return isRecord(value) && keys.every((key) => typeof (value[key] ?? "") === "string");
}

/** The items of an input, none for text. What is no item becomes an empty one: indexes stay. */
export function itemsOf(input: unknown): Item[] {
  const empty: Item = { id: "" };
  return Array.isArray(input) ? input.map((value: unknown) => (isItem(value) ? value : empty)) : [];
}

/** The items of an input, text as the message it stands for. */
export function inputItems(input: unknown): Item[] {
  return typeof input === "string" && input ? [{ role: "user", content: input }] : itemsOf(input);
}

/** A reference may come without a type. */
export function isReference(item: Item): boolean {
  return item.type === "item_reference" || (!item.type && !("role" in item));
}

/** A field of an item that is text; empty when it is not. */
export function textIn(item: object, key: string): string {
  const value: unknown = Reflect.get(item, key);
  return typeof value === "string" ? value : "";
}

/** The content or output of an item: its parts, or all of it. */
export function partsOf(item: Item, index: number): [path: string, part: unknown][] {
  return ["content", "output"].flatMap((key) => {
    const value: unknown = Reflect.get(item, key);
    const path = `input[${index}].${key}`;
    const parts: unknown[] = Array.isArray(value) ? value : [];
    return [[path, value], ...parts.map((part, i): [string, unknown] => [`${path}[${i}]`, part])];
  });
}

/** The type of the call that an item answers; empty for an item that is no output of a call. */
export function answeredType({ type }: Item): string {
  if (type === "mcp_approval_response") return "mcp_approval_request";
  if (type === "tool_search_output") return "tool_search_call";
  return type?.endsWith("_call_output") ? type.slice(0, -7) : "";
}
