import { answeredType, isReference, textIn } from "../prompt/items.ts";
import type { Add } from "../prompt/problem.ts";
import { openCalls } from "../tools/open-calls.ts";
import { isRecord, type SchemaNode } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";

/** Every call needs one output of its own kind, every output its call, and nothing comes twice. */
export function checkPairs(add: Add, params: SchemaNode, items: readonly Item[]): void {
  const calls = new Map<string, Item>();
  for (const item of items) {
    if (!answeredType(item)) calls.set(nameOf(item), item).set(callId(item), item);
  }
  // What a reference stands for is not known here.
  const referred = items.some(isReference);
  const open = new Set<Item>(referred ? [] : openCalls(items));
  let whole = !referred && !params.previous_response_id && !params.conversation;
  const seen = new Map<string, number>();

  items.forEach((item, i) => {
    const path = `input[${i}]`;
    const type = answeredType(item);
    const id = callId(item);
    const earlier = id && !isReference(item) ? seen.get(nameOf(item)) : undefined;
    if (earlier !== undefined) add(path, `repeats input[${earlier}]`, "send each item once");
    seen.set(nameOf(item), earlier ?? i);

    // The model goes on without an async call's output; it may come in any later request.
    if (open.has(item) && !("async" in item && item.async)) {
      const fix = "append answer(call, …), or what runCalls(items, tools) returns";
      add(path, `${nameOf(item)} has no output`, fix);
    }
    const call = type ? calls.get(`${type} "${id}"`) : undefined;
    if (call && programOf(call) !== programOf(item)) {
      add(path, "does not repeat the caller of its call", "use answer(call, …)");
    } else if (type && id && !call) {
      const other = calls.get(id);
      if (other) add(path, `cannot answer ${nameOf(other)}`, "use answer(call, …)");
      else if (whole) {
        add(path, `${nameOf(item)} answers no call`, "keep the call, or use continueFrom(turn)");
      }
    }
    // The compacted part may hold the call.
    if (item.type === "compaction") whole = false;
  });
}

/** A call as problems name it. */
function nameOf(item: Item): string {
  return `${item.type} "${callId(item)}"`;
}

/** The id of a call, or of the call that an output answers; empty when the server answered. */
function callId(item: Item): string {
  const id = textIn(item, "call_id") || textIn(item, "approval_request_id");
  const hasOwn = !answeredType(item) || item.type === "local_shell_call_output";
  return id || (hasOwn ? textIn(item, "id") : "");
}

/** The program that made a call. */
function programOf(item: Item): string {
  const caller: unknown = Reflect.get(item, "caller");
  return isRecord(caller) && caller.type === "program" ? textIn(caller, "caller_id") : "";
}
