import { resultText } from "./result-text.ts";

/**
 * Runs work until it ends, the time is up, or the outer signal aborts, whichever comes first, and
 * tells it by its own signal. Never rejects: a failure is an `Error` value.
 */
export async function settle<T>(
  work: (signal: AbortSignal) => T | Promise<T>,
  outer?: AbortSignal,
  timeoutMs?: number,
): Promise<T | Error> {
  const inner = new AbortController();
  const { signal } = inner;
  const stop = (message: string, name: string) => inner.abort(new DOMException(message, name));
  const onAbort = () => stop("aborted by user", "AbortError");
  const timer =
    timeoutMs && setTimeout(stop, timeoutMs, `timed out after ${timeoutMs} ms`, "TimeoutError");
  outer?.addEventListener("abort", onAbort);
  if (outer?.aborted) onAbort();
  try {
    signal.throwIfAborted();
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    return await Promise.race([stopped, work(signal)]);
  } catch (error) {
    return error instanceof Error ? error : new Error(resultText(error));
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", onAbort);
  }
}
