import type { Answer } from "./answer.ts";
import { bytesOf } from "./wire.ts";

export interface Pace {
  /** Splits the body into chunks of so many bytes, wherever that cuts. Default: one event each. */
  readonly chunkBytes?: number;
  /** Waits before each chunk. */
  readonly delayMs?: number;
}

/** What `fetch` throws when a connection breaks in the middle of a body. */
export function broken(): TypeError {
  return new TypeError("terminated");
}

/** The body of an answer, made as it is read. Aborting breaks it with the signal's reason. */
export function bodyStream(
  answer: Answer,
  pace: Pace,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const source = deliver(answer, pace, stop.signal);
  let onAbort = () => {};
  const end = () => {
    signal?.removeEventListener("abort", onAbort);
    stop.abort();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(signal?.reason);
          end();
        };
        signal?.addEventListener("abort", onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await source.next();
          if (stop.signal.aborted) return;
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        end();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

async function* deliver(
  { frames, faults = {}, cutAfter, onFrame }: Answer,
  { chunkBytes, delayMs = 0 }: Pace,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const { stall, clean } = faults;
  const stallAt = typeof stall?.at === "number" ? Math.min(stall.at, frames.length) : undefined;
  const cutAt = cutAfter === undefined ? undefined : Math.min(cutAfter, frames.length);
  for (let index = 0; index <= frames.length; index++) {
    if (stall && index === stallAt) yield* silence(stall, signal);
    if (index === cutAt && clean) return;
    if (index === cutAt) throw broken();
    const frame = frames[index];
    if (frame === undefined || onFrame?.(index) === false) return;
    for (const chunk of slices(frame, chunkBytes)) {
      if (delayMs > 0) await sleep(delayMs, signal);
      yield chunk;
    }
  }
}

async function* silence(
  { ms, commentMs }: { ms: number; commentMs?: number },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let left = ms;
  while (commentMs !== undefined && left > commentMs && !signal.aborted) {
    await sleep(commentMs, signal);
    left -= commentMs;
    yield bytesOf(": keepalive\n\n");
  }
  await sleep(left, signal);
}

function slices(frame: string | Uint8Array, size: number | undefined): Uint8Array[] {
  const bytes = typeof frame === "string" ? bytesOf(frame) : frame;
  if (size === undefined || bytes.length === 0) return bytes.length === 0 ? [] : [bytes];
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.slice(index * size, (index + 1) * size));
}

/** Ends early, without an error, when the signal aborts. `Infinity` is for ever. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = ms < 2 ** 31 ? setTimeout(done, ms) : undefined;
    signal?.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
  });
}
