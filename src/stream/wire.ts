import { deltaReader } from "./delta-reader.ts";
import { EventQueue } from "./event-queue.ts";
import { type Failure, lost, requestFailure } from "./failure.ts";
import { type IdleClock, idleClock } from "./idle-clock.ts";
import type { ChunkReader } from "./source.ts";

export interface Opened {
  readonly chunks: ChunkReader;
  readonly requestId?: string | undefined;
  /** How to go on when the connection is lost: only a background response has that. */
  readonly resumption?: Resumption | undefined;
}

export interface Resumption {
  /** Sees every event; false for one that came before. */
  readonly keep: NonNullable<EventQueue["keep"]>;
  /** What to go on with, once it is known. */
  readonly responseId: string | undefined;
  /** Another connection, from where the last one was cut. The clock is told of every attempt. */
  connect(signal: AbortSignal, clock: IdleClock, cut: Failure): Promise<Opened>;
  /** Ends the response on the server. Best effort. */
  cancel(): void;
}

export interface WireOptions {
  /** Sends the request; `signal` is aborted when nobody waits for the answer any more. */
  readonly open: (signal: AbortSignal, clock: IdleClock) => Promise<Opened>;
  readonly signal?: AbortSignal | undefined;
  readonly firstEventMs: number;
  readonly idleMs: number;
  /** Whether to go on after a lost connection, where that is possible. */
  readonly resume: boolean;
  /** Called once, when nothing more will arrive. */
  readonly onEnd?: (() => void) | undefined;
}

/** The transport of one response: fills a queue, one chunk at a time. */
export class Wire {
  readonly queue = new EventQueue(deltaReader());
  readonly #options: WireOptions;
  readonly #clock: IdleClock;
  readonly #abort = new AbortController();
  #opened: Opened | undefined;
  #resumption: Resumption | undefined;
  #cut: Failure | undefined;
  #filling: Promise<void> | undefined;
  /** Ends the wait for a connection, whether it comes or not. */
  #goOn: (() => void) | undefined;
  #released = false;
  requestId: string | undefined;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#clock = idleClock(options.firstEventMs, options.idleMs, (message) =>
      this.#onCut({ kind: "stream_idle", message, retryable: true }),
    );
  }

  /** Known before an event names it, when another process had it. */
  get responseId(): string | undefined {
    return this.#resumption?.responseId;
  }

  /** Reads one chunk. Never rejects: a failure ends the queue. */
  fill(): Promise<void> {
    if (this.queue.ended) return Promise.resolve();
    this.#filling ??= this.#opened ? this.#read(this.#opened) : this.#open();
    return this.#filling;
  }

  /** Ends the queue at once and cancels the request. The first reason counts. */
  close(failure?: Failure): void {
    this.queue.end(failure);
    this.#release();
  }

  /** As `close`, and the server stops a background response. */
  cancel(failure: Failure): void {
    if (!this.queue.ended) this.#resumption?.cancel();
    this.close(failure);
  }

  #open(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      const { signal, open } = this.#options;
      if (signal?.aborted) return this.#onAbort();
      signal?.addEventListener("abort", this.#onAbort);
      const clock = this.#clock;
      clock.wait();
      const to = this.#abort.signal;
      const opening = this.#cut && this.#resumption?.connect(to, clock, this.#cut);
      (opening || open(to, clock)).then(
        (opened) => {
          if (this.#released) return opened.chunks.cancel();
          const { requestId = this.requestId, resumption } = opened;
          this.#opened = opened;
          this.requestId = requestId;
          this.#resumption = resumption;
          this.queue.keep = resumption?.keep;
          this.#read(opened).then(resolve);
        },
        (thrown: unknown) => this.close(requestFailure(thrown)),
      );
    });
  }

  #read({ chunks }: Opened): Promise<void> {
    this.#clock.wait();
    return chunks.read().then(this.#onChunk, this.#onError);
  }

  readonly #onChunk = ({ done, value }: Awaited<ReturnType<ChunkReader["read"]>>): void => {
    this.#filling = undefined;
    if (!this.#opened) return;
    const { queue } = this;
    try {
      this.#clock.arrived(value !== undefined && queue.feed(value));
      const cut = done && queue.finish();
      if (queue.ended) this.#release();
      else if (cut) this.#onCut(cut);
    } catch (thrown) {
      // No chunk of a stream: it would be none on the next connection either.
      this.close(lost(thrown));
    }
  };

  #onCut(cut: Failure): void {
    const opened = this.#opened;
    if (!opened || !this.#options.resume || !this.#resumption?.responseId) {
      this.close(cut);
      return;
    }
    opened.chunks.cancel();
    this.#opened = undefined;
    this.#cut = cut;
    this.queue.restart();
    this.#clock.arrived(true);
  }

  readonly #onError = (thrown: unknown): void => {
    this.#filling = undefined;
    if (this.#opened) this.#onCut(lost(thrown));
  };

  readonly #onAbort = (): void => {
    const cause: unknown = this.#options.signal?.reason;
    this.close({ kind: "cancelled", message: "The request was aborted", cause });
  };

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#clock.stop();
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#opened?.chunks.cancel();
    this.#opened = undefined;
    this.#abort.abort();
    this.#goOn?.();
    this.#options.onEnd?.();
  }
}
