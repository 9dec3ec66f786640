import type {
  Response as ApiResponse,
  ResponseOutputItem,
  ResponseStreamEvent,
} from "openai/resources/responses/responses";
import { CodexError } from "../errors.ts";
import type { Reading } from "../tools/behavior.ts";
import type { Turn } from "../turn.ts";
import { cursor } from "./cursor.ts";
import { endFailure, type Failure } from "./failure.ts";
import { estimateUsage, makeTurn } from "./finish.ts";
import { Ledger } from "./ledger.ts";
import { readAnswer } from "./read-answer.ts";
import { relay } from "./relay.ts";
import type { ResponseStreamOptions } from "./response-stream-options.ts";
import { Wire } from "./wire.ts";
import { wrongText } from "./wrong-text.ts";

/**
 * One streamed response. The request leaves on first use; one cursor serves iteration, `text()` and
 * `items()`, and leaving its loop cancels the request. It ends after the terminal event, or throws
 * one `CodexError` that carries everything received.
 */
export class ResponseStream<T = unknown> implements AsyncIterable<ResponseStreamEvent> {
  readonly #options: ResponseStreamOptions<T>;
  readonly #wire: Wire;
  readonly #ledger = new Ledger((index, { type }) => this.#warn(index, type));
  /** What of the deltas is read: those of all items, of messages, or none. */
  #hears: "all" | "message" | undefined;
  #isRead = false;
  #hasWarned = false;
  #final: Promise<Turn<T>> | undefined;
  #error: CodexError | undefined;

  constructor(options: ResponseStreamOptions<T>) {
    this.#options = options;
    const onEnd = options.settled && (() => void this.final());
    this.#wire = new Wire({ ...options, onEnd });
  }

  /** Every event, as the SDK types it; unknown ones too. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ResponseStreamEvent> {
    this.#hears = "all";
    return this.#cursor((event) => event);
  }

  /** The text the model writes for the user, as it is written. */
  text(): AsyncIterableIterator<string> {
    this.#hears ??= "message";
    return this.#cursor((event) =>
      event.type === "response.output_text.delta" ? event.delta : undefined,
    );
  }

  /** Each output item when it is done. `snapshot` has the arguments written so far. */
  items(): AsyncIterableIterator<ResponseOutputItem> {
    return this.#cursor((event) =>
      event.type === "response.output_item.done" ? event.item : undefined,
    );
  }

  /** The response as far as it was looked at; `undefined` before its first event. */
  get snapshot(): ApiResponse | undefined {
    return this.#ledger.snapshot;
  }

  /**
   * The finished turn. May be called before, during or after reading: events that nobody has read
   * yet then wait in memory. Unobserved, it never rejects.
   *
   * @throws {CodexError} As iteration does; and `invalid_output` when the text does not fit the
   * schema of `output()`.
   */
  final(): Promise<Turn<T>> {
    if (!this.#final) {
      this.#final = this.#finish();
      this.#final.catch(() => {});
    }
    return this.#final;
  }

  /**
   * Gives up: the request is cancelled, and whoever still reads gets `cancelled`. A background
   * response is cancelled on the server too, which leaving the loop does not do.
   */
  cancel(): void {
    this.#wire.cancel({ kind: "cancelled", message: "The stream was cancelled" });
  }

  /** The same events as clean server-sent events, for a browser that runs `parseEvents`. */
  toResponse(init?: ResponseInit): Response {
    return relay(this, init);
  }

  #cursor<V>(pick: (event: ResponseStreamEvent) => V | undefined): AsyncIterableIterator<V> {
    this.#isRead = true;
    const { queue } = this.#wire;
    return cursor({
      queue,
      fill: () => this.#wire.fill(),
      pick: (event) => {
        // What was counted for `final()` waited in the queue.
        if (queue.taken > this.#ledger.count) this.#ledger.add(event);
        return pick(event);
      },
      end: async () => {
        await this.#settle();
        const error = this.#failed();
        if (error) throw error;
      },
      leave: () => {
        this.#wire.close({ kind: "cancelled", message: "The reader left the stream" });
        return this.#settle();
      },
    });
  }

  /** Whoever owns the outcome learns of it before a reader does. */
  async #settle(): Promise<void> {
    if (this.#options.settled) await this.final().catch(() => {});
  }

  async #finish(): Promise<Turn<T>> {
    let turn: Turn<T> | undefined;
    try {
      while (!this.#wire.queue.ended) {
        await this.#wire.fill();
        // Nobody reads so far, but somebody may begin to: what is counted stays in the queue.
        if (!this.#isRead) this.#count();
      }
      this.#count();
      const parsed = this.#failed() ? undefined : await this.#parse();
      turn = parsed?.ok ? this.#turn(parsed.args, false) : undefined;
    } finally {
      this.#options.settled?.(turn, this.#error);
    }
    if (turn) return turn;
    throw this.#error ?? this.#raise(noResponse);
  }

  #count(): void {
    const { queue } = this.#wire;
    for (const event of queue.waiting(this.#ledger.count - queue.taken)) this.#ledger.add(event);
  }

  async #parse(): Promise<Reading<T>> {
    const reading = await readAnswer<T>(
      this.#options.sent().params.text,
      this.snapshot?.output ?? [],
    );
    if (!reading.ok)
      this.#error = this.#raise({ kind: "invalid_output", message: reading.message });
    return reading;
  }

  /** Why there is no turn; `undefined` when there is one. Asked once everything is counted. */
  #failed(): CodexError | undefined {
    this.#ledger.settle();
    const { last, snapshot } = this.#ledger;
    const failure = this.#wire.queue.failure ?? endFailure(last, snapshot?.output ?? []);
    if (failure || !snapshot) this.#error ??= this.#raise(failure ?? noResponse);
    return this.#error;
  }

  #raise({ kind, message, ...details }: Failure): CodexError {
    const { requestId, responseId } = this.#wire;
    const partial = this.#turn(undefined, true);
    return new CodexError(kind, message, {
      requestId,
      ...details,
      partial,
      usage: partial?.usage,
      responseId: partial?.id ?? responseId,
      sequenceNumber: this.#ledger.sequenceNumber,
    });
  }

  #turn<P>(parsed: P, isCut: boolean): Turn<P> | undefined {
    const response = this.snapshot;
    const { price, sent } = this.#options;
    const { params, chain } = sent();
    const estimate =
      isCut && ((items: readonly ResponseOutputItem[]) => estimateUsage(params, items));
    const facts = { requestId: this.#wire.requestId, chain, price, ...(estimate && { estimate }) };
    return response && makeTurn(response, parsed, facts);
  }

  #warn(index: number, type: string): void {
    if (this.#hasWarned || (this.#hears !== "all" && this.#hears !== type)) return;
    this.#hasWarned = true;
    // Later: what it throws must not tear the response that is being put together.
    queueMicrotask(() => this.#options.onWarning?.(wrongText(index)));
  }
}

const noResponse: Failure = { kind: "invalid_event", message: "The stream holds no response" };
