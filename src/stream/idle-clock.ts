/**
 * Calls `expire` when events stay away for too long while somebody waits for one. A slow reader
 * stops the clock; bytes and comments that complete no event do not.
 */
export interface IdleClock {
  /** A read begins. */
  wait(): void;
  /** A read ended; `events` says whether it brought any. */
  arrived(events: boolean): void;
  stop(): void;
}

export function idleClock(
  firstEventMs: number,
  idleMs: number,
  expire: (message: string) => void,
): IdleClock {
  let limit = firstEventMs;
  let since: number | undefined;
  let waiting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function check(): void {
    timer = undefined;
    if (!waiting || since === undefined) return;
    const left = limit - (performance.now() - since);
    if (left > 0) timer = setTimeout(check, Math.ceil(left));
    else expire(`No event for ${limit} ms`);
  }

  return {
    wait() {
      waiting = true;
      since ??= performance.now();
      // Past 2^31 ms a timer would fire at once: such a limit is none.
      if (limit < 2 ** 31) timer ??= setTimeout(check, limit);
    },
    arrived(events) {
      waiting = false;
      if (!events) return;
      since = undefined;
      // A timer that runs is left to run: it looks again. But it must not look too late.
      if (idleMs < limit) {
        clearTimeout(timer);
        timer = undefined;
      }
      limit = idleMs;
    },
    stop() {
      waiting = false;
      clearTimeout(timer);
    },
  };
}
