/**
 * Calls `expire` when events stay away for too long while somebody waits for one. A slow reader
 * stops the clock; bytes and comments that complete no event do not. It looks eight times in the
 * span of a limit, which is cheaper than to ask for the time at every read, so that it may be late
 * by an eighth.
 */
export interface IdleClock {
  /** A read begins. */
  wait(): void;
  /** A read ended; `events` says whether it brought any. */
  arrived(events: boolean): void;
  stop(): void;
}

const looks = 8;

export function idleClock(
  firstEventMs: number,
  idleMs: number,
  expire: (message: string) => void,
): IdleClock {
  let limit = firstEventMs;
  let waiting = false;
  let stopped = false;
  /** Looks since the last event that found somebody waiting; the first may come too soon to count. */
  let quiet = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    timer = undefined;
    if (!waiting) return;
    if (++quiet >= looks) expire(`No event for ${limit} ms`);
    else start();
  }

  /** Past 2^31 ms a timer would fire at once: such a limit is none. */
  function start(): void {
    if (limit < 2 ** 31) timer = setTimeout(look, Math.ceil(limit / looks));
  }

  return {
    wait() {
      waiting = true;
      if (timer === undefined && !stopped) start();
    },
    arrived(events) {
      waiting = false;
      if (!events) return;
      if (limit !== idleMs) {
        limit = idleMs;
        clearTimeout(timer);
        timer = undefined;
      }
      quiet = timer === undefined ? 0 : -1;
    },
    stop() {
      waiting = false;
      stopped = true;
      clearTimeout(timer);
    },
  };
}
