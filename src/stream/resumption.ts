import type { RequestOptions, ResponsesClient } from "../client.ts";
import { CodexError } from "../errors.ts";
import { isTerminal } from "./event.ts";
import { type Failure, requestFailure } from "./failure.ts";
import type { IdleClock } from "./idle-clock.ts";
import { chunkReader } from "./source.ts";
import type { Opened, Resumption } from "./wire.ts";

/** Where a stream of a background response goes on; a `CodexError` of a cut one fits. */
export interface ResumePoint {
  readonly responseId?: string | undefined;
  /** The last event that was received. Default: none, so that every event comes again. */
  readonly sequenceNumber?: number | undefined;
}

/** Waits before each attempt in a row that brings no event, in ms; after the last one it gives up. */
const backoff = [0, 500, 1000, 2000, 4000, 8000];
/** Between two looks at a response whose events cannot be read again, in ms. */
const pollMs = 2000;

/**
 * Goes on with a background response: its events are read from where they ended, each one once.
 * When the server does not keep them any more, the response is polled, and only its terminal event
 * is delivered.
 */
export class Resumer implements Resumption {
  readonly #client: Pick<ResponsesClient, "responses">;
  readonly #request: RequestOptions | undefined;
  readonly #waits: readonly number[];
  responseId: string | undefined;
  #last: number | undefined;
  /** What came up to here came on an earlier connection. */
  #floor: number | undefined;
  #attempts = 0;
  #resumed = false;
  #polling = false;
  #unnumbered = false;

  constructor(
    client: Pick<ResponsesClient, "responses">,
    request: RequestOptions | undefined,
    { responseId, sequenceNumber }: ResumePoint = {},
    waits: readonly number[] = backoff,
  ) {
    this.#client = client;
    this.#request = request;
    this.#waits = waits;
    this.responseId = responseId;
    this.#last = sequenceNumber;
  }

  readonly keep: Resumption["keep"] = (event, isMade) => {
    if ("response" in event) this.responseId ??= event.response?.id;
    // Numbers of events that were made from a whole body are not the server's.
    if (isMade) {
      this.#polling = true;
      if (this.#resumed) event.sequence_number = (this.#last ?? -1) + 1;
      return !this.#resumed || isTerminal(event.type);
    }
    const { sequence_number: number } = event;
    if (typeof number !== "number") {
      this.#unnumbered = true;
      return true;
    }
    if (this.#floor !== undefined && number <= this.#floor) return false;
    this.#last = Math.max(number, this.#last ?? number);
    this.#attempts = 0;
    return true;
  };

  /** The first connection of this process, or one after a cut. */
  async connect(signal: AbortSignal, clock: IdleClock, cut?: Failure): Promise<Opened> {
    this.#resumed = true;
    this.#floor = this.#last;
    // Without numbers nobody can tell which events came before.
    this.#polling ||= this.#unnumbered;
    let failure = cut;
    for (;;) {
      const wait = failure ? this.#waits[this.#attempts++] : 0;
      if (failure && wait === undefined) throw gaveUp(failure, cut);
      await this.#pause(Math.max(wait ?? 0, failure?.retryAfterMs ?? 0), signal, clock);
      try {
        return await (this.#polling ? this.#poll(signal, clock) : this.#read(signal));
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        failure = requestFailure(thrown);
        const isExpired = !this.#polling && (failure.status === 400 || failure.status === 404);
        if (!isExpired && !failure.retryable) throw gaveUp(failure, cut);
        this.#polling ||= isExpired;
        if (isExpired) failure = undefined;
      }
    }
  }

  cancel(): void {
    if (this.responseId === undefined) return;
    Promise.resolve(this.#client.responses.cancel(this.responseId, this.#request)).catch(() => {});
  }

  async #read(signal: AbortSignal): Promise<Opened> {
    const after = this.#last === undefined ? {} : { starting_after: this.#last };
    const query = { stream: true as const, ...after };
    const response = await this.#client.responses
      .retrieve(this.responseId ?? "", query, { ...this.#request, signal })
      .asResponse();
    const requestId = response.headers.get("x-request-id") ?? undefined;
    return { chunks: chunkReader(response), requestId, resumption: this };
  }

  /** Waits without being hurried: what follows has the whole limit. */
  async #pause(ms: number, signal: AbortSignal, clock: IdleClock): Promise<void> {
    if (ms > 0) clock.arrived(true);
    await sleep(ms, signal);
    clock.wait();
  }

  async #poll(signal: AbortSignal, clock: IdleClock): Promise<Opened> {
    for (;;) {
      const options = { ...this.#request, signal };
      const response = await this.#client.responses.retrieve(
        this.responseId ?? "",
        undefined,
        options,
      );
      this.#attempts = 0;
      if (response.status !== "queued" && response.status !== "in_progress") {
        return { chunks: chunkReader(whole(response)), resumption: this };
      }
      await this.#pause(pollMs, signal, clock);
    }
  }
}

async function* whole(body: object): AsyncGenerator<string> {
  yield JSON.stringify(body);
}

/** A lost stream stays a lost stream, whatever kept it from going on. */
function gaveUp({ kind, message, ...details }: Failure, cut: Failure | undefined): CodexError {
  if (!cut) return new CodexError(kind, message, details);
  return new CodexError("stream_cut", `The response could not be resumed: ${message}`, {
    ...details,
    retryable: true,
  });
}

/** Ends early, without an error, when the signal aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    // A timer that counts past 2^31 would fire at once.
    const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
