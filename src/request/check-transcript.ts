import { answeredType, isReference, textIn } from "../prompt/items.ts";
import { type Add, addAll } from "../prompt/problem.ts";
import { isRecord, list, type SchemaNode } from "../tools/schema-node.ts";
import { toolListProblems } from "../tools/tool-list-problems.ts";
import type { Item } from "../turn.ts";

/** What the API refuses about single items and what stands beside them, by index. */
export function checkTranscript(add: Add, params: SchemaNode, items: readonly Item[]): void {
  const { reasoning, store } = params;
  const names = new Set(list(params.tools).map((tool) => isRecord(tool) && tool.name));
  const lost = "is lost with store: false";
  let hasPhase = false;
  items.forEach((item, i) => {
    const { type } = item;
    const path = `input[${i}]`;
    if (type === "reasoning") {
      let next = i;
      while (items[next]?.type === type) next++;
      if (isFromClient(items[next])) {
        add(path, "reasoning lacks the item that followed it", "keep both, or leave both out");
      }
      if (store === false && !textIn(item, "encrypted_content")) {
        const fix = "make responses with ...stateless(), or leave it out";
        add(path, `reasoning without encrypted_content ${lost}`, fix);
      }
    } else if (isReference(item)) {
      if (store === false && textIn(item, "id")) {
        add(path, `what it refers to ${lost}`, "send the item itself");
      }
    } else if (type === "configuration_update") {
      if (items[i - 1]?.type === type) add(path, "follows another one", "merge the two");
      if (isRecord(reasoning) && reasoning.mode === "pro") {
        add(path, 'cannot be combined with mode "pro"', "leave one of them out");
      }
    } else if (type === "compaction_trigger") {
      if (items[i + 1]) add(path, "is not the last item", "move it to the end");
    } else if (type === "additional_tools") {
      const tools: readonly unknown[] = list(item.tools);
      addAll(add, toolListProblems(tools, `${path}.tools`));
      tools.forEach((tool, j) => {
        const name = isRecord(tool) && tool.name;
        if (!name || !names.has(name)) return;
        const at = `${path}.tools[${j}].name`;
        add(at, `"${name}" is in tools, which stays in force`, "use another name", "warning");
      });
    } else if ("role" in item && item.role === "assistant") {
      if (hasPhase && "id" in item && !("phase" in item)) {
        add(path, "has lost its phase", "replay messages as they were received", "warning");
      }
      hasPhase ||= textIn(item, "phase") !== "";
    }
  });
}

/** Whether an item is none that the model made; none at all is neither. */
function isFromClient(item: Item | undefined): boolean {
  if (!item || "role" in item) return item?.role !== "assistant";
  return answeredType(item) !== "" || /^(compaction_t|configuration_u)/.test(item.type ?? "");
}
