import type {
  Response,
  ResponseOutputItem,
  ResponseStreamEvent,
} from "openai/resources/responses/responses";
import { isTerminal } from "./event.ts";
import { differs, grow } from "./item-delta.ts";
import { isObject } from "./json.ts";
import { mergeOutput } from "./merge-output.ts";

/** What a snapshot was built from: items by their `output_index`, which may skip numbers. */
interface Slots {
  readonly items: Map<number, ResponseOutputItem>;
  /** Indexes whose `output_item.done` arrived: nothing that comes later changes them. */
  readonly done: Set<number>;
  /** Parts and fields that are done. */
  readonly sealed: Set<unknown>;
  /** Open items as they were before events went missing or changed places. */
  readonly sure: Map<number, ResponseOutputItem>;
}

const slotsOf = new WeakMap<Response, Slots>();

/**
 * Folds one event into the response so far, in place, and returns it. Start from `undefined`.
 * Unknown events change nothing; a done item supersedes its deltas, and the terminal response
 * supersedes all but the items it lacks.
 */
export function accumulate(
  snapshot: Response | undefined,
  event: ResponseStreamEvent,
): Response | undefined {
  return fold(snapshot, event);
}

/** As `accumulate`; `onWrong` learns whose deltas did not add up to what they were deltas of. */
export function fold(
  snapshot: Response | undefined,
  event: ResponseStreamEvent,
  onWrong?: (item: ResponseOutputItem) => void,
): Response | undefined {
  if ("response" in event && isObject(event.response)) return withResponse(snapshot, event);
  if (!snapshot || !("output_index" in event)) return snapshot;
  const slots = slotsFor(snapshot);
  const { items, done, sealed, sure } = slots;
  const { output_index: index } = event;
  const item = items.get(index);
  if (event.type === "response.output_item.done") {
    if (item && !done.has(index) && differs(item, event.item)) onWrong?.(item);
    put(snapshot, items, index, event.item);
    done.add(index);
    sure.delete(index);
  } else if (event.type === "response.output_item.added") {
    if (item) return snapshot;
    // A copy: the event stays as the reader saw it. What is encrypted is only right when it is done.
    const copy = structuredClone(event.item);
    Reflect.deleteProperty(copy, "encrypted_content");
    put(snapshot, items, index, copy);
  } else if (item && !done.has(index) && grow(item, event, sealed)) onWrong?.(item);
  return snapshot;
}

function withResponse(
  snapshot: Response | undefined,
  { type, response }: Extract<ResponseStreamEvent, { response: Response }>,
): Response {
  const listed = response.output ?? [];
  if (!snapshot) {
    const created = { ...response, output: structuredClone(listed) };
    const { items, done } = slotsFor(created);
    if (isTerminal(type)) for (const index of items.keys()) done.add(index);
    return created;
  }
  const { items, done } = slotsFor(snapshot);
  // In a completed response only what is done counts; in any other, whatever came.
  const isOpen = (index: number) => type === "response.completed" && !done.has(index);
  const streamed = inOrder(items).filter(([index]) => !isOpen(index));
  const output = isTerminal(type)
    ? mergeOutput(
        streamed.map(([, item]) => item),
        listed,
      )
    : snapshot.output;
  return Object.assign(snapshot, response, { output });
}

/** From here on, what deltas add to the open items may be wrong. */
export function doubt(snapshot: Response): void {
  const { items, done, sure } = slotsFor(snapshot);
  for (const [index, item] of items) {
    if (!done.has(index) && !sure.has(index)) sure.set(index, structuredClone(item));
  }
}

/** Takes back what may be wrong; gives the items there was any of it in. */
export function settle(snapshot: Response): ResponseOutputItem[] {
  const { items, sure } = slotsFor(snapshot);
  const doubted = [...sure.values()];
  for (const [index, item] of sure) items.set(index, item);
  sure.clear();
  if (doubted.length > 0) list(snapshot.output, items);
  return doubted;
}

function slotsFor(snapshot: Response): Slots {
  let slots = slotsOf.get(snapshot);
  if (!slots) {
    const items = new Map(snapshot.output.entries());
    slots = { items, done: new Set(), sealed: new Set(), sure: new Map() };
    slotsOf.set(snapshot, slots);
  }
  return slots;
}

type Items = Slots["items"];

function put({ output }: Response, items: Items, index: number, item: ResponseOutputItem): void {
  const old = items.get(index);
  const isNext = index === output.length && output[index - 1] === items.get(index - 1);
  items.set(index, item);
  if (old ? output[index] === old : isNext) output[index] = item;
  else list(output, items);
}

function list(output: ResponseOutputItem[], items: Items): void {
  output.splice(0, output.length, ...inOrder(items).map(([, item]) => item));
}

function inOrder(items: Items): [number, ResponseOutputItem][] {
  return [...items].sort(([a], [b]) => a - b);
}
