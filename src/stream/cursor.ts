import type { Frame } from "./frame.ts";
import type { FrameQueue } from "./frame-queue.ts";

export interface Reading<V> {
  readonly queue: FrameQueue;
  /** Waits for more frames, or for the end. */
  readonly fill: () => Promise<void>;
  /** What the reader gets for a frame; `undefined` for nothing. */
  readonly pick: (frame: Frame) => V | undefined;
  /** Called when nothing more will come; throws what the reader gets instead of an end. */
  readonly end: () => Promise<void>;
  /** The reader left. */
  readonly leave: () => Promise<void>;
}

/** Reads a queue. What waits already costs one promise an event, and no waiting. */
export function cursor<V>({ queue, fill, pick, end, leave }: Reading<V>): AsyncIterableIterator<V> {
  async function wait(): Promise<IteratorResult<V>> {
    for (;;) {
      const frame = queue.shift();
      const value = frame && pick(frame);
      if (value !== undefined) return { done: false, value };
      if (frame) continue;
      if (queue.ended) break;
      await fill();
    }
    await end();
    return { done: true, value: undefined };
  }
  const iterator: AsyncIterableIterator<V> = {
    next() {
      const frame = queue.shift();
      const value = frame && pick(frame);
      return value === undefined ? wait() : Promise.resolve({ done: false, value });
    },
    async return() {
      await leave();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
