import { type CodexError, isCodexError } from "../errors.ts";
import { Meter } from "../money/meter.ts";
import { cacheReport } from "../stream/finish.ts";
import { isAnswer, type ThreadInput, toItems } from "../thread/input.ts";
import { recoverOverflow, streamTurn } from "../thread/take-turn.ts";
import type { ThreadContext, TurnOptions } from "../thread/thread-options.ts";
import type { ThreadState } from "../thread/thread-state.ts";
import { answer } from "../tools/answer.ts";
import { runCalls } from "../tools/run-calls.ts";
import type { Item, Turn } from "../turn.ts";
import { checkLimits, estimateCost, type LimitStop, limitReached } from "./limits.ts";
import { repeatCounter } from "./repeat.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunEvent, RunFacts, Stop } from "./run-result.ts";

/** The same calls with the same outputs, this often in a row, end a run. */
const maxRepeats = 5;

/** One run of a thread: turns until the model is done, a limit is hit, or a person is needed. */
export class RunLoop<T> {
  readonly #context: ThreadContext;
  readonly #state: ThreadState<T>;
  readonly #options: RunOptions;
  readonly #began = performance.now();
  readonly #turns: Turn<T>[] = [];
  readonly #spent = new Meter();
  readonly #repeats = repeatCounter();
  readonly #told: Promise<unknown>[] = [];
  #next: Item[];

  /** @throws {CodexError} `invalid_request` for limits that cannot be kept. */
  constructor(
    context: ThreadContext,
    state: ThreadState<T>,
    input: ThreadInput | undefined,
    options: RunOptions,
  ) {
    checkLimits(options.limits ?? {}, state.settings.params.model);
    this.#context = context;
    this.#state = state;
    this.#options = options;
    this.#next = toItems(input);
  }

  /** @throws {CodexError} When a request fails for a reason that is no way to stop. */
  async run(): Promise<RunFacts<T>> {
    for (;;) {
      const limit = this.#limitReached();
      const stop = limit ?? (await this.#answerCalls()) ?? this.#limitReached();
      try {
        if (stop) return await this.#stop(stop);
        const { calls, items } = await this.#takeTurn();
        // A response that only ran a hosted program has neither answer nor calls, and goes on.
        const goesOn = calls.length > 0 || items.at(-1)?.type === "program_output";
        if (!goesOn && this.#state.steered.length === 0) return this.#end("done");
      } catch (error) {
        const failed = isCodexError(error) && stopOf(error);
        if (!failed) throw error;
        return this.#end(failed, error.partial?.text);
      }
    }
  }

  /** Executes the open calls. A reason to stop is that not all could be answered, or no use. */
  async #answerCalls(): Promise<Stop | undefined> {
    const { transcript, settings } = this.#state;
    const calls = transcript.open;
    if (calls.length === 0) return undefined;
    const { signal, parallelLimit, maxOutputTokens, approve } = this.#options;
    const outputs = await runCalls([...transcript.toolItems, ...calls], settings.tools, {
      signal,
      limit: parallelLimit,
      maxOutputTokens,
      approve: (call) => approve?.(call),
      onCall: (call) => this.#tell({ type: "run.call", call }),
      onOutput: (output, call) => this.#tell({ type: "run.output", call, output }),
    });
    transcript.answer(outputs);
    await this.#heard();
    if (signal?.aborted) return "cancelled";
    if (transcript.open.length > 0) return "approval";
    return this.#repeats(calls, outputs) >= maxRepeats ? "repeat" : undefined;
  }

  async #takeTurn(settings?: { tool_choice: "none" }): Promise<Turn<T>> {
    const { onEvent } = this.#options;
    const number = this.#turns.length + 1;
    await onEvent?.({ type: "run.request", number });
    const turn = await this.#stream(settings).catch(async (error: unknown) => {
      if (!(await recoverOverflow(this.#context, this.#state, error, this.#turnOptions)))
        throw error;
      this.#next = this.#next.filter((item) => !isAnswer(item));
      return this.#stream(settings);
    });
    this.#next = [];
    this.#turns.push(turn);
    await onEvent?.({ type: "run.turn", number, turn });
    return turn;
  }

  async #stream(settings: { tool_choice: "none" } | undefined): Promise<Turn<T>> {
    const { onEvent } = this.#options;
    const options = { ...this.#turnOptions, settings };
    const stream = streamTurn(this.#context, this.#state, this.#next, options);
    if (onEvent) for await (const event of stream) await onEvent(event);
    const turn = await stream.final();
    await this.#heard();
    return turn;
  }

  /** Tells an event where nothing can wait for it; what its reader throws comes out in `#heard`. */
  #tell(event: RunEvent): void {
    const told = (async () => this.#options.onEvent?.(event))();
    told.catch(() => {});
    this.#told.push(told);
  }

  async #heard(): Promise<void> {
    await Promise.all(this.#told.splice(0));
  }

  get #turnOptions(): TurnOptions {
    return {
      signal: this.#options.signal,
      onSpent: (bill) => this.#spent.add(bill),
      onCompaction: (report) => this.#tell({ type: "run.compaction", report }),
    };
  }

  async #stop(stop: Stop): Promise<RunFacts<T>> {
    const { onLimit = "stop" } = this.#options;
    if (onLimit === "final-answer" && this.#turns.length > 0 && isLimit(stop)) {
      const { transcript } = this.#state;
      transcript.answer(transcript.open.map((call) => answer(call, notExecuted(stop))));
      await this.#takeTurn({ tool_choice: "none" });
    }
    return this.#end(stop);
  }

  #limitReached(): LimitStop | undefined {
    const { limits = {} } = this.#options;
    const { transcript, settings } = this.#state;
    const { model, service_tier: tier } = settings.params;
    const spent = {
      turns: this.#turns.length,
      usd: this.#spent.cost ?? 0,
      tokens: this.#spent.usage?.total_tokens ?? 0,
      ms: performance.now() - this.#began,
    };
    const added = [...transcript.unsent, ...this.#next];
    const next =
      limits.usd === undefined ? 0 : estimateCost(model, this.#turns.at(-1), added, tier);
    return limitReached(limits, spent, next);
  }

  #end(stop: Stop, partialText?: string): RunFacts<T> {
    const last = this.#turns.at(-1);
    const facts = {
      text: partialText || (last?.text ?? ""),
      turns: this.#turns,
      usage: this.#spent.usage,
      cost: this.#spent.cost,
      cache: cacheReport(this.#spent.usage),
      pending: this.#state.transcript.open,
    };
    if (stop !== "done") return { ...facts, stop, parsed: undefined };
    if (!last) throw new TypeError("A run is not done before its first turn");
    return { ...facts, stop, parsed: last.parsed };
  }
}

function stopOf({ kind }: CodexError): Stop | undefined {
  if (kind === "response_incomplete") return "incomplete";
  return kind === "refused" || kind === "cancelled" ? kind : undefined;
}

function isLimit(stop: Stop): boolean {
  return stop === "turns" || stop === "usd" || stop === "tokens" || stop === "time";
}

function notExecuted(stop: Stop): Error {
  return new Error(`not executed: the run reached its limit (${stop}). Answer with what you know`);
}
