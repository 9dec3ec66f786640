import { textField } from "./call-events.ts";
import type { ItemPlay } from "./item-play.ts";
import { encrypt } from "./secret.ts";
import { isObject, type Json, textOf, type WireItem } from "./wire.ts";

/** The events of what the server runs itself; the first entry is the item as it is added. */
export function hostedEvents(item: WireItem, play: ItemPlay): Json[] {
  const { type } = item;
  const is = (state: string): Json => ({ type: `response.${type}.${state}` });
  const added = { ...item, status: "in_progress" };
  const failed = item.status === "failed";
  switch (type) {
    case "web_search_call": {
      const action = isObject(item.action) ? { type: item.action.type } : {};
      return [{ ...added, action }, is("in_progress"), is("searching"), is("completed")];
    }
    case "file_search_call": {
      const start = { ...added, queries: [], results: null };
      return [start, is("in_progress"), is("searching"), is("completed")];
    }
    case "code_interpreter_call":
      return [
        { ...added, code: "", outputs: null },
        is("in_progress"),
        ...textField("response.code_interpreter_call_code", "code", item, play),
        is("interpreting"),
        is("completed"),
      ];
    case "image_generation_call":
      return [
        { ...added, result: null },
        is("in_progress"),
        is("generating"),
        ...Array.from({ length: play.partialImages ?? 0 }, (_, partial_image_index) => ({
          ...is("partial_image"),
          partial_image_index,
          partial_image_b64: textOf(item.result),
        })),
        is("completed"),
      ];
    case "mcp_call":
      return [
        { ...added, arguments: "", error: null, output: null },
        is("in_progress"),
        ...textField("response.mcp_call_arguments", "arguments", item, play),
        is(failed || isObject(item.error) ? "failed" : "completed"),
      ];
    case "mcp_list_tools":
      return [
        { ...item, error: null, tools: [] },
        is("in_progress"),
        is(typeof item.error === "string" ? "failed" : "completed"),
      ];
    case "compaction":
      return [
        { ...item, encrypted_content: encrypt(item, false) },
        ...(play.triggered ? [{ type: "response.compaction.compacting" }] : []),
      ];
    default:
      return [];
  }
}
