import type { ResponseUsage } from "openai/resources/responses/responses";
import { addUsage } from "./usage.ts";

export interface Bill {
  readonly usage: ResponseUsage | undefined;
  /** USD; `undefined` when the price is unknown. */
  readonly cost: number | undefined;
}

/** Adds up what was spent. The cost is unknown once that of one part is. */
export class Meter implements Bill {
  #usage: ResponseUsage | undefined;
  #cost: number | undefined;

  constructor({ usage, cost }: Bill = { usage: undefined, cost: 0 }) {
    this.#usage = usage;
    this.#cost = cost;
  }

  get usage(): ResponseUsage | undefined {
    return this.#usage;
  }

  get cost(): number | undefined {
    return this.#cost;
  }

  add({ usage, cost }: Bill): void {
    this.#usage = addUsage(this.#usage, usage);
    this.#cost = this.#cost === undefined || cost === undefined ? undefined : this.#cost + cost;
  }
}
