import { type Answer, eventStream } from "./answer.ts";
import type { Plan } from "./plan.ts";
import type { Faults } from "./script.ts";
import type { Json, WireItem } from "./wire.ts";

/**
 * A response that goes on without its client. Each read moves it a step on, so that polling is
 * the same in every test: queued, in progress, then its end. Streaming all of it ends it too.
 */
export class BackgroundRun {
  /** Whether it was created with `stream`: only then can its events be read again. */
  readonly streamed: boolean;
  readonly #plan: Plan;
  readonly #faults: Faults;
  readonly #onEnd: () => void;
  #step = 0;
  #connections = 0;
  #cancelled = false;

  constructor(plan: Plan, options: { streamed: boolean; faults: Faults; onEnd: () => void }) {
    this.streamed = options.streamed;
    this.#plan = plan;
    this.#faults = options.faults;
    this.#onEnd = options.onEnd;
  }

  get output(): readonly WireItem[] {
    return this.#ended ? this.#plan.output : [];
  }

  get #ended(): boolean {
    return this.#step >= 2 && !this.#cancelled;
  }

  /** The response now, without moving it on. */
  response(): Json {
    const { response } = this.#plan;
    if (this.#ended) return response;
    const status = this.#cancelled ? "cancelled" : this.#step === 0 ? "queued" : "in_progress";
    const open = { completed_at: null, error: null, incomplete_details: null };
    return { ...response, ...open, status, output: [], usage: null };
  }

  poll(): Json {
    this.#moveTo(this.#step + 1);
    return this.response();
  }

  /** The events after a sequence number. A cancelled response has no further ones. */
  stream(after: number): Answer {
    const connection = this.#connections++;
    const events = this.#plan.events.filter((event) => Number(event.sequence_number) > after);
    const onFrame = (index: number) => {
      if (!this.#cancelled) this.#moveTo(index === events.length - 1 ? 2 : 1);
      return !this.#cancelled;
    };
    const { stall, cuts, ...rest } = this.#faults;
    const faults = connection === 0 && stall ? { ...rest, stall } : rest;
    return eventStream(events, onFrame, faults, cuts?.[connection]);
  }

  /** Ends it unless it has ended; idempotent. */
  cancel(): Json {
    if (this.#step < 2) this.#cancelled = true;
    return this.response();
  }

  #moveTo(step: number): void {
    if (this.#cancelled || this.#step >= 2 || step < this.#step) return;
    this.#step = step;
    if (step >= 2) this.#onEnd();
  }
}
