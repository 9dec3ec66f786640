import type { ResponseUsage, Tool } from "openai/resources/responses/responses";
import type { ResponsesClient } from "../client.ts";
import { invalidRequest } from "../errors.ts";
import type { ModelId } from "../models/ids.ts";
import { Meter } from "../money/meter.ts";
import type { ParsedOf, RequestFor } from "../request/request-for.ts";
import type { ResponseStream } from "../stream/response-stream.ts";
import { type ChangePart, changeSettings } from "../thread/change.ts";
import { compactThread } from "../thread/compact-thread.ts";
import type { CompactionReport } from "../thread/compaction.ts";
import { Compactor } from "../thread/compactor.ts";
import { type ThreadInput, toItems } from "../thread/input.ts";
import { readableElsewhere } from "../thread/replayable.ts";
import { type SavedThread, saveThread } from "../thread/saved-thread.ts";
import { sendTurn, streamTurn } from "../thread/take-turn.ts";
import type { ThreadContext, ThreadOptions } from "../thread/thread-options.ts";
import { firstSnapshot, type Snapshot, ThreadState, underWay } from "../thread/thread-state.ts";
import type { Decision } from "../tools/decision.ts";
import { callId } from "../tools/open-calls.ts";
import type { Call, Item, Turn } from "../turn.ts";
import { RunLoop } from "./loop.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunFacts, RunResult } from "./run-result.ts";

/** What a run came to. `resume` goes on, with a person's decisions if it asked for some. */
export type ThreadResult<T> = RunResult<T, Thread<T>> & {
  /** @param decisions By `call_id`; MCP approval requests by `id`. */
  resume(decisions?: Readonly<Record<string, Decision>>): Promise<ThreadResult<T>>;
};

/**
 * An append-only transcript and the requests that continue it. Chained by `previous_response_id`;
 * with `store: false` every request carries the whole transcript. A turn that fails leaves the
 * thread as it was, but for outputs that answered open calls.
 */
export class Thread<T> {
  readonly #context: ThreadContext;
  readonly #state: ThreadState<T>;
  #running = false;

  /** @throws {CodexError} `invalid_request` for compaction options that cannot be followed. */
  constructor(
    client: Pick<ResponsesClient, "responses">,
    snapshot: Snapshot<T>,
    options: ThreadOptions,
  ) {
    const compactor = new Compactor(options.compact, snapshot.settings.params);
    this.#context = { client, options, compactor };
    this.#state = new ThreadState(snapshot);
  }

  /** What a replay would send: everything said, in order, since the last compaction. */
  get items(): readonly Item[] {
    return this.#state.transcript.items;
  }

  get turns(): readonly Turn<T>[] {
    return this.#state.past.map(({ turn }) => turn);
  }

  /** Of all turns and compactions; cut ones count by their estimate. */
  get usage(): ResponseUsage | undefined {
    return this.#state.meter.usage;
  }

  /** USD; `undefined` once the price of a turn is unknown. */
  get cost(): number | undefined {
    return this.#state.meter.cost;
  }

  /** @throws {CodexError} As `respond` does, and `invalid_request` while calls are open. */
  send(input?: ThreadInput): Promise<Turn<T>> {
    return sendTurn(this.#context, this.#state, input);
  }

  /** As `send`, streamed. The thread goes on once the stream has ended. */
  stream(input?: ThreadInput): ResponseStream<T> {
    return streamTurn(this.#context, this.#state, input);
  }

  /**
   * Takes turns and answers calls until the model is done, a limit is hit, or a person is needed.
   *
   * @throws {CodexError} `invalid_request` for limits that cannot be kept, and whatever fails a
   * request: the thread can then go on from its last finished turn.
   */
  async run(input?: ThreadInput, options: RunOptions = {}): Promise<ThreadResult<T>> {
    if (this.#running) throw invalidRequest([underWay("a run")]);
    this.#running = true;
    const facts = await this.#loop(input, options).finally(() => {
      this.#running = false;
    });
    const resume = (decisions: Readonly<Record<string, Decision>> = {}) => {
      const approve = (call: Call) =>
        Object.hasOwn(decisions, callId(call)) ? decisions[callId(call)] : options.approve?.(call);
      return this.run(undefined, { ...options, approve });
    };
    return { ...facts, thread: this, resume };
  }

  async #loop(input: ThreadInput | undefined, options: RunOptions): Promise<RunFacts<T>> {
    return new RunLoop(this.#context, this.#state, input, options).run();
  }

  /** Puts a message into the next request, whoever sends it: a run under way takes it along. */
  steer(text: string): void {
    this.#state.steered.push(...toItems(text));
  }

  /**
   * Changes how the thread asks from its next request on, by items at the end of the transcript where
   * the model has them, so that the cached prefix stays. Where it has not, the request itself changes
   * and `onWarning` says that the cache is lost.
   *
   * @param parts What `reasoning()`, `output()` and `tools()` return (the whole new list), or `{ model }`.
   * @throws {CodexError} `invalid_request` for what cannot change, such as a redefined tool.
   */
  change(...parts: readonly ChangePart[]): void {
    for (const part of parts) {
      const { model } = this.#state.settings.params;
      const { settings, warnings } = changeSettings(this.#state.settings, part);
      this.#state.settings = settings;
      if (settings.params.model !== model) this.#switchModel();
      for (const warning of warnings) this.#context.options.onWarning?.(warning);
    }
  }

  /**
   * Shortens the transcript now; `undefined` when every strategy failed and it is as it was.
   *
   * @throws {CodexError} `invalid_request` while calls are open or a turn is under way.
   */
  async compact(): Promise<CompactionReport | undefined> {
    this.#state.take();
    try {
      return await compactThread(this.#context, this.#state, {});
    } finally {
      this.#state.release();
    }
  }

  /**
   * A thread of its own that goes on from here, or from a turn of this one.
   *
   * @throws {CodexError} `invalid_request` for a turn of another thread.
   */
  fork(turn?: Turn): Thread<T> {
    const { client, options } = this.#context;
    const now = this.#state.snapshot();
    if (!turn) return new Thread(client, now, options);
    const at = now.past.findIndex((one) => one.turn.id === turn.id);
    const found = now.past[at];
    if (!found) {
      const message = `"${turn.id}" is no turn of this thread`;
      throw invalidRequest([
        { level: "error", path: "turn", message, fix: "use one of thread.turns" },
      ]);
    }
    const past = now.past.slice(0, at + 1);
    const spent = new Meter();
    for (const one of past) spent.add(one.turn);
    const { usage, cost } = spent;
    return new Thread(client, { ...now, ...found, past, spent: { usage, cost } }, options);
  }

  /** The whole thread but for its functions: `restoreThread` takes it back, in any process. */
  toJSON(): SavedThread {
    return saveThread(this.#state.snapshot());
  }

  /** Reasoning and compaction items are encrypted for one family of models. */
  #switchModel(): void {
    const { transcript } = this.#state;
    const items = readableElsewhere(transcript.items);
    const left = transcript.items.length - items.length;
    this.#state.rebuild = transcript.head !== undefined;
    transcript.replaceWindow(items);
    transcript.accept();
    const message = `another model cannot read ${left} encrypted items: they are left out`;
    const fix = "nothing to do; the whole transcript goes up once";
    this.#context.options.onWarning?.({ level: "warning", path: "model", message, fix });
  }
}

/** A thread of turns. `params.input` opens its transcript. */
export function createThread<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  client: Pick<ResponsesClient, "responses">,
  params: RequestFor<M, T, L>,
  options: ThreadOptions = {},
): Thread<ParsedOf<T, L>> {
  return new Thread(client, firstSnapshot(params), options);
}
