import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import type { EventQueue } from "./event-queue.ts";

export interface Reading<V> {
  readonly queue: EventQueue;
  /** Waits for more events, or for the end. Never rejects. */
  readonly fill: () => Promise<void>;
  /** What the reader gets for an event; `undefined` for nothing. */
  readonly pick: (event: ResponseStreamEvent) => V | undefined;
  /** Called when nothing more will come; throws what the reader gets instead of an end. */
  readonly end: () => Promise<void>;
  /** The reader left. */
  readonly leave: () => Promise<void>;
}

/** Reads a queue: one promise an event, and no more waiting than the source itself asks for. */
export function cursor<V>({ queue, fill, pick, end, leave }: Reading<V>): AsyncIterableIterator<V> {
  function take(): V | undefined {
    for (let event = queue.shift(); event; event = queue.shift()) {
      const value = pick(event);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  let hasLeft = false;
  /** What the last reader still waits for: nobody is served before. */
  let pending: Promise<IteratorResult<V>> | undefined;

  function serve(): IteratorResult<V> | Promise<IteratorResult<V>> {
    pending = undefined;
    const value = take();
    if (value !== undefined) return { done: false, value };
    return queue.ended ? finish() : wait();
  }

  function wait(): Promise<IteratorResult<V>> {
    pending = fill().then(serve);
    return pending;
  }

  async function finish(): Promise<IteratorResult<V>> {
    await end();
    return { done: true, value: undefined };
  }

  const iterator: AsyncIterableIterator<V> = {
    next() {
      if (hasLeft) return Promise.resolve({ done: true, value: undefined });
      if (pending) return pending.then(iterator.next, iterator.next);
      const value = take();
      return value === undefined ? wait() : Promise.resolve({ done: false, value });
    },
    async return() {
      hasLeft = true;
      await leave();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
