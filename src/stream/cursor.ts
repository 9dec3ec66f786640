import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import type { EventQueue } from "./event-queue.ts";

export interface Reading<V> {
  readonly queue: EventQueue;
  /** Calls back when more events wait, or none will come. */
  readonly wait: (wake: () => void) => void;
  /** What the reader gets for an event; `undefined` for nothing. */
  readonly pick: (event: ResponseStreamEvent) => V | undefined;
  /** Called when nothing more will come; throws what the reader gets instead of an end. */
  readonly end: () => Promise<void>;
  /** The reader left. */
  readonly leave: () => Promise<void>;
}

/** Reads a queue: one promise an event, and no more waiting than the source itself asks for. */
export function cursor<V>({ queue, wait, pick, end, leave }: Reading<V>): AsyncIterableIterator<V> {
  function take(): V | undefined {
    for (let event = queue.shift(); event; event = queue.shift()) {
      const value = pick(event);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  /** Who waits. Nobody is served before them. */
  let waiting = 0;
  const iterator: AsyncIterableIterator<V> = {
    next() {
      const value = waiting === 0 ? take() : undefined;
      if (value !== undefined) return Promise.resolve({ done: false, value });
      return new Promise((resolve, reject) => {
        const go = () => {
          try {
            const value = take();
            if (value === undefined && !queue.ended) return wait(go);
            waiting--;
            if (value !== undefined) resolve({ done: false, value });
            else end().then(() => resolve({ done: true, value: undefined }), reject);
          } catch (thrown) {
            waiting--;
            reject(thrown);
          }
        };
        waiting++;
        if (waiting === 1) go();
        else wait(go);
      });
    },
    async return() {
      await leave();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
