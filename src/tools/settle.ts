import { resultText } from "./result-text.ts";

/**
 * Runs work until it ends, the time is up, or the outer signal aborts, whichever comes first, and
 * tells it by its own signal. Never rejects: a failure is an `Error` value.
 */
export function settle<T>(
  work: (signal: AbortSignal) => T | Promise<T>,
  outer?: AbortSignal,
  timeoutMs?: number,
): Promise<T | Error> {
  const inner = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  return new Promise<T | Error>((resolve) => {
    const stop = (message: string, name: string) => {
      const reason = new DOMException(message, name);
      inner.abort(reason);
      resolve(reason);
    };
    onAbort = () => stop("aborted by user", "AbortError");
    if (outer?.aborted) return onAbort();
    outer?.addEventListener("abort", onAbort);
    if (timeoutMs) {
      timer = setTimeout(stop, timeoutMs, `timed out after ${timeoutMs} ms`, "TimeoutError");
    }
    (async () => work(inner.signal))().then(resolve, (error) =>
      resolve(error instanceof Error ? error : new Error(resultText(error))),
    );
  }).finally(() => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", onAbort);
  });
}
