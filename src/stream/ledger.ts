import type {
  Response,
  ResponseOutputItem,
  ResponseStreamEvent,
} from "openai/resources/responses/responses";
import { doubt, fold, settle } from "./accumulate.ts";
import { isTerminal } from "./event.ts";

/** Longest run of deltas that is not folded yet. */
const longest = 4096;

/** What the events of one response add up to. */
export class Ledger {
  readonly #onWrong: ((index: number, item: ResponseOutputItem) => void) | undefined;
  #snapshot: Response | undefined;
  /** The last event, when it was a delta, and what the like of it added since. */
  #run: Delta | undefined;
  #added = "";
  #previous: ResponseStreamEvent | undefined;
  /** The number that the next event should have, when it is known; false when numbers say nothing. */
  #next: number | undefined | false;
  /** How many events were counted. */
  count = 0;
  /** The highest number so far. */
  sequenceNumber: number | undefined;
  /** The event that ended the response. */
  last: ResponseStreamEvent | undefined;

  /** `onWrong` learns at which event an item's deltas turned out not to add up to what is done. */
  constructor(onWrong?: (index: number, item: ResponseOutputItem) => void) {
    this.#onWrong = onWrong;
  }

  /** Counts the next event. A delta that follows its like only waits to be folded with it. */
  add(event: ResponseStreamEvent): void {
    this.count++;
    const number = event.sequence_number;
    if (number === this.#next && isDelta(event) && goesOn(this.#run, event)) {
      if (number !== undefined) {
        this.#next = number + 1;
        this.sequenceNumber = number;
        this.#previous = event;
      }
      this.#added += event.delta;
      if (this.#added.length > longest) this.#flush();
      return;
    }
    this.#flush();
    // A copy: what a reader does to the event afterwards is none of ours.
    this.#run = isDelta(event) ? { ...event } : undefined;
    const isLate = this.#follow(event);
    this.#fold(event);
    if (isLate && this.#snapshot) doubt(this.#snapshot);
  }

  /** Everything counted so far. */
  get snapshot(): Response | undefined {
    this.#flush();
    return this.#snapshot;
  }

  /** No terminal event will come: takes back what is not sure of the items that are not done. */
  settle(): void {
    const { snapshot } = this;
    if (this.last || !snapshot) return;
    for (const item of settle(snapshot)) this.#wrong(item);
  }

  #flush(): void {
    if (this.#added === "" || !this.#run) return;
    const delta = this.#added;
    this.#added = "";
    this.#grow(Object.assign({}, this.#run, { delta }));
  }

  /** Watches the order. After a gap, what open items still get may not be all of it. */
  #follow(event: ResponseStreamEvent): boolean {
    const number = event.sequence_number;
    const next = this.#next;
    if (typeof number !== "number" || next === false) return false;
    // A server that gives different events one number counts nothing.
    const isSame = next !== undefined && number === next - 1;
    if (isSame && JSON.stringify(event) !== JSON.stringify(this.#previous)) this.#next = false;
    else {
      if (next !== undefined && number !== next && this.#snapshot) doubt(this.#snapshot);
      this.#next = Math.max(number + 1, next ?? 0);
      this.#previous = event;
    }
    return next !== undefined && number < next;
  }

  #fold(event: ResponseStreamEvent): void {
    const { type, sequence_number: number } = event;
    if (typeof number === "number") {
      this.sequenceNumber = Math.max(number, this.sequenceNumber ?? number);
    }
    if (type === "error" || isTerminal(type)) {
      if (type !== "response.completed") this.settle();
      this.last = { ...event };
    }
    this.#grow(event);
  }

  #grow(event: ResponseStreamEvent): void {
    this.#snapshot = fold(this.#snapshot, event, this.#wrong);
  }

  readonly #wrong = (item: ResponseOutputItem): void => this.#onWrong?.(this.count - 1, item);
}

interface Place {
  readonly type: string;
  readonly delta?: unknown;
  readonly output_index?: number;
  readonly content_index?: number;
  readonly summary_index?: number;
  readonly command_index?: number;
}

type Delta = ResponseStreamEvent & Place & { readonly delta: string };

function isDelta(event: Place): event is Delta {
  return typeof event.delta === "string";
}

/** Whether a delta goes where the last one went. */
function goesOn(last: Place | undefined, delta: Place): boolean {
  return (
    last?.type === delta.type &&
    last.output_index === delta.output_index &&
    last.content_index === delta.content_index &&
    last.summary_index === delta.summary_index &&
    last.command_index === delta.command_index
  );
}
