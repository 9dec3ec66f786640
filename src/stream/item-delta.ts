import type { ResponseOutputItem } from "openai/resources/responses/responses";
import { isObject } from "./json.ts";

/**
 * Where the pieces of an item go: keys of the item, and keys of the event that hold an index.
 * Whatever else there is, or will be, arrives whole in its `output_item.done`.
 */
const places: Record<string, string> = {
  output_text: "content content_index text",
  "output_text.annotation": "content content_index annotations annotation_index",
  refusal: "content content_index refusal",
  reasoning_text: "content content_index text",
  reasoning_summary_text: "summary summary_index text",
  content_part: "content content_index",
  reasoning_summary_part: "summary summary_index",
  function_call_arguments: "arguments",
  mcp_call_arguments: "arguments",
  custom_tool_call_input: "input",
  code_interpreter_call_code: "code",
  shell_call_command: "action commands command_index",
  // On the wire, but not in the SDK's union.
  apply_patch_call_operation_diff: "operation diff",
};

interface Key {
  readonly name: string;
  /** Whether it is a key of the event, which holds a place in a list. */
  readonly isIndex: boolean;
}

interface Route {
  readonly verb: string;
  readonly keys: readonly Key[];
  /** The key of the event that holds what is done. */
  readonly value: string;
  /** The type of the part that the text is in. */
  readonly part: string | false;
}

const routes = new Map<string, Route>();
for (const [kind, place] of Object.entries(places)) {
  const keys = place.split(" ").map((name) => ({ name, isIndex: name.endsWith("_index") }));
  const value = keys.at(-1)?.name.replace("_index", "") ?? "";
  const part = /text|refusal/.test(value) && kind.replace("reasoning_s", "s");
  for (const verb of ["added", "delta", "done"]) {
    routes.set(`response.${kind}.${verb}`, { verb, keys, value, part });
  }
}

/**
 * Grows or sets the part of `item` that `event` is about; an event that does not fit changes
 * nothing. `sealed` has the parts and fields that are done: a late delta changes them no more.
 *
 * @returns Whether the deltas did not add up to what is done.
 */
export function grow(item: ResponseOutputItem, event: object, sealed: Set<unknown>): boolean {
  const route = isObject(event) && routes.get(String(event.type));
  if (!route) return false;
  const { keys, part } = route;
  let holder: unknown = item;
  for (let i = 0; isHolder(holder); i++) {
    const { name = "", isIndex } = keys[i] ?? {};
    const next = keys[i + 1];
    const key = isIndex ? event[name] : name;
    if (!fits(holder, key)) return false;
    if (!next) return put(holder, key, event, route, sealed);
    // Some servers leave out the event that adds a part.
    if (next.isIndex) holder[key] ??= [];
    else if (part)
      holder[key] ??= { type: part, [next.name]: "", ...(part[0] === "o" && { annotations: [] }) };
    holder = holder[key];
  }
  return false;
}

function put(
  holder: Holder,
  key: string | number,
  event: Record<string, unknown>,
  { verb, value, part }: Route,
  sealed: Set<unknown>,
): boolean {
  const old = holder[key];
  if (verb === "delta") {
    const { delta } = event;
    if (typeof delta !== "string" || sealed.has(holder)) return false;
    if (typeof old !== "string" && part && holder.type !== part) return false;
    holder[key] = typeof old === "string" ? old + delta : delta;
    return false;
  }
  const done = event.part ?? event[value];
  if (done === undefined || (verb === "added" && old !== undefined)) return false;
  holder[key] = structuredClone(done);
  if (verb === "added") return false;
  sealed.add(Array.isArray(holder) ? holder[key] : holder);
  return differs(old, done);
}

/** Whether text that was read as it grew is not the text that is done. */
export function differs(live: unknown, done: unknown): boolean {
  const text = textIn(live);
  return text !== "" && text !== textIn(done);
}

/** All that a reader may have seen grow in an item, a part or a string. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textIn).join("");
  if (!isObject(value)) return "";
  const { content, text, refusal, arguments: args, input } = value;
  return textIn(content ?? text ?? refusal ?? args ?? input);
}

type Holder = Record<string | number, unknown>;

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}

/** A place in a list must exist or be the next one: a hole would be an item that nobody sent. */
function fits(holder: Holder, key: unknown): key is string | number {
  if (!Array.isArray(holder)) return typeof key === "string";
  return key === holder.length || (typeof key === "number" && key in holder);
}
