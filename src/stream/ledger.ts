import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import { doubt, fold, growOn, settle } from "./accumulate.ts";
import { decode, type Frame, isTerminal } from "./frame.ts";

/** These say what the response is made of: they are counted at once, even when skipped. */
function isStructural(type: string): boolean {
  return (
    type === "response.output_item.added" ||
    type === "response.output_item.done" ||
    type === "response.created" ||
    type === "response.queued" ||
    type === "response.in_progress" ||
    type === "error" ||
    type === "" ||
    isTerminal(type)
  );
}

/**
 * What the frames of one response add up to. A skipped delta stays undecoded, and is dropped when
 * its item is done, because the done item repeats it.
 */
export class Ledger {
  readonly #onWrong: ((index: number) => void) | undefined;
  readonly #open = new Set<number>();
  #snapshot: Response | undefined;
  /** What was skipped while items were open, and the structural frames in between. */
  #skipped: Frame[] = [];
  #count = 0;
  #previous: Frame | undefined;
  /** The number that the next event should have, when it is known; false when numbers say nothing. */
  #next: number | undefined | false;
  /** The highest number so far. */
  sequenceNumber: number | undefined;
  /** The event that ended the response. */
  last: ResponseStreamEvent | undefined;

  /** `onWrong` learns at which event deltas turned out not to add up to what they should. */
  constructor(onWrong?: (index: number) => void) {
    this.#onWrong = onWrong;
  }

  /** The event of a frame, counted; `undefined` for a frame that is none. */
  look(frame: Frame): ResponseStreamEvent | undefined {
    const event = decode(frame);
    if (!event || frame.counted) return event;
    frame.counted = true;
    this.#count++;
    if (this.#skipped.length === 0) this.#take(frame, event);
    else if (isStructural(frame.type)) {
      this.#skipped.push(frame);
      this.#fold(event);
    } else {
      this.#flush();
      this.#take(frame, event);
    }
    return event;
  }

  /** Counts a frame that nobody looks at; false for a frame that is no event. */
  skip(frame: Frame): boolean {
    if (frame.counted) return true;
    if (isStructural(frame.type)) return this.look(frame) !== undefined;
    frame.counted = true;
    this.#count++;
    this.#skipped.push(frame);
    return true;
  }

  /** Everything counted so far. */
  get snapshot(): Response | undefined {
    this.#flush();
    return this.#snapshot;
  }

  /** No terminal event will come: takes back what is not sure of the items that are not done. */
  settle(): void {
    if (!this.last && this.snapshot && settle(this.snapshot)) this.#wrong();
  }

  #flush(): void {
    const frames = this.#skipped;
    if (frames.length === 0) return;
    this.#skipped = [];
    for (const frame of frames) {
      const event = decode(frame);
      if (!event) continue;
      if (isStructural(frame.type)) this.#follow(frame, event);
      else this.#take(frame, event);
    }
  }

  #take(frame: Frame, event: ResponseStreamEvent): void {
    const isLate = this.#follow(frame, event);
    this.#fold(event);
    if (isLate && this.#snapshot) doubt(this.#snapshot);
  }

  /** Watches the order. After a gap, what open items still get may not be all of it. */
  #follow(frame: Frame, { sequence_number: number }: ResponseStreamEvent): boolean {
    const next = this.#next;
    if (typeof number !== "number" || next === false) return false;
    // A server that gives different events one number counts nothing.
    const isSame = next !== undefined && number === next - 1;
    if (isSame && frame.data !== this.#previous?.data) this.#next = false;
    else {
      if (next !== undefined && number !== next && this.#snapshot) doubt(this.#snapshot);
      this.#next = Math.max(number + 1, next ?? 0);
      this.#previous = frame;
    }
    return next !== undefined && number < next;
  }

  #fold(event: ResponseStreamEvent): void {
    const { type, sequence_number: number } = event;
    if (typeof number === "number") {
      this.sequenceNumber = Math.max(number, this.sequenceNumber ?? number);
    }
    if (this.#snapshot && growOn(this.#snapshot, event)) return;
    if (type === "error" || isTerminal(type)) {
      if (type !== "response.completed") this.settle();
      this.last = event;
    }
    this.#snapshot = fold(this.#snapshot, event, this.#wrong);
    if (type === "response.output_item.added") this.#open.add(event.output_index);
    else if (type === "response.output_item.done") {
      this.#open.delete(event.output_index);
      if (this.#open.size > 0 || this.#skipped.length === 0) return;
      this.#skipped = [];
      this.#next &&= number + 1;
    }
  }

  readonly #wrong = (): void => {
    // Whoever skipped deltas has not read them as they came.
    if (!this.#skipped.some(({ type }) => type.endsWith(".delta")))
      this.#onWrong?.(this.#count - 1);
  };
}
