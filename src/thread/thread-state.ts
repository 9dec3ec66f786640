import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { type CodexError, invalidRequest, type Problem } from "../errors.ts";
import { type Bill, Meter } from "../money/meter.ts";
import { checkRequest } from "../request/request.ts";
import { callId } from "../tools/open-calls.ts";
import type { Call, Item, Turn } from "../turn.ts";
import { type Before, cacheMiss } from "./cache-miss.ts";
import { buildExchange, type Exchange } from "./exchange.ts";
import { isAnswer, type ThreadInput, toItems } from "./input.ts";
import { leadingDeveloper } from "./leading.ts";
import { type Settings, settingsOf, updateItems } from "./settings.ts";
import { type Mark, Transcript } from "./transcript.ts";

/** A finished turn, and where and how it left the thread. */
export interface Past<T> {
  readonly turn: Turn<T>;
  readonly mark: Mark;
  readonly settings: Settings;
}

/** All that a thread is, as a value: what `fork` copies and JSON keeps. */
export interface Snapshot<T> {
  readonly mark: Mark;
  readonly settings: Settings;
  readonly past: readonly Past<T>[];
  readonly spent: Bill;
  /** Whether the transcript holds everything: not what came before a given `previous_response_id`. */
  readonly whole: boolean;
}

export function firstSnapshot<T>(params: ResponseCreateParamsBase): Snapshot<T> {
  if (!params) throw invalidRequest(checkRequest(params));
  const window = toItems(params.input);
  const head = params.previous_response_id ?? undefined;
  const mark = { window, length: window.length, head, known: 0, open: [] };
  const spent = { usage: undefined, cost: 0 };
  return {
    mark,
    settings: settingsOf(params),
    past: [],
    spent,
    whole: !head && !params.conversation,
  };
}

/** The changing state of one thread. One turn at a time may be under way. */
export class ThreadState<T> {
  readonly transcript: Transcript;
  readonly meter: Meter;
  readonly past: Past<T>[];
  settings: Settings;
  /** Messages that the next request takes along, whoever sends it. */
  steered: Item[] = [];
  /** The next request replaces a chain that cannot be continued. */
  rebuild = false;
  whole: boolean;
  #busy = false;
  #before: Before | undefined;

  constructor({ mark, settings, past, spent, whole }: Snapshot<T>) {
    this.whole = whole;
    this.transcript = new Transcript(mark);
    this.settings = settings;
    this.past = [...past];
    this.meter = new Meter(spent);
  }

  snapshot(): Snapshot<T> {
    const { usage, cost } = this.meter;
    const mark = this.transcript.mark();
    const [settings, past, whole] = [this.settings, [...this.past], this.whole];
    return { mark, settings, past, spent: { usage, cost }, whole };
  }

  get lastTurn(): Turn<T> | undefined {
    return this.past.at(-1)?.turn;
  }

  /**
   * Takes the thread for one turn. Answers among the input are kept at once, whatever becomes of the
   * turn; what is returned joins the transcript when the turn has finished.
   *
   * @throws {CodexError} `invalid_request` while another turn is under way or calls stay open.
   */
  begin(input: ThreadInput | undefined): Item[] {
    const items = toItems(input);
    const open = this.transcript.openAfter(items);
    const problems = this.#busy ? [] : open.flatMap(unanswered);
    if (problems.length > 0) throw invalidRequest(problems);
    this.take();
    this.transcript.answer(items.filter(isAnswer));
    const messages = items.filter((item) => !isAnswer(item));
    return [...updateItems(this.settings, this.settings.said), ...messages, ...this.steered];
  }

  /** @throws {CodexError} `invalid_request` while a turn or a compaction is under way. */
  take(): void {
    if (this.#busy) throw invalidRequest([underWay("a turn")]);
    this.#busy = true;
  }

  /** Ends what `take` or `begin` began. */
  release(): void {
    this.#busy = false;
  }

  exchange(added: readonly Item[], extra: Partial<ResponseCreateParamsBase> = {}): Exchange {
    const params = { ...this.settings.params, ...extra };
    const exchange = buildExchange(this.transcript, params, added);
    return this.rebuild ? { ...exchange, chain: "rebuilt" } : exchange;
  }

  commit({ added, params }: Exchange & { added: readonly Item[] }, turn: Turn<T>): void {
    const miss = cacheMiss(this.#before, params, turn, this.transcript.onTrial);
    if (miss) Object.assign(turn.cache, { miss });
    this.#before = { params, turn };
    this.transcript.commit(added, turn);
    const compaction = turn.items.findLastIndex(({ type }) => type === "compaction");
    if (compaction >= 0) this.#dropCompacted(turn.items.slice(compaction), turn.id);
    this.steered = this.steered.filter((item) => !added.includes(item));
    this.settings = { ...this.settings, said: this.settings.wanted };
    this.rebuild = false;
    this.past.push({ turn, mark: this.transcript.mark(), settings: this.settings });
  }

  /** The API compacted inside a response: what stands before its compaction item is in it. */
  #dropCompacted(rest: readonly Item[], head: string): void {
    const kept = leadingDeveloper(this.transcript.items);
    this.transcript.replaceWindow([...kept, ...rest, ...updateItems(this.settings)], head);
    this.transcript.accept();
  }
}

/** A thread does one thing at a time. */
export function underWay(what: string): Problem {
  const fix = "await it before the next one, or fork the thread";
  return { level: "error", path: "thread", message: `${what} is under way`, fix };
}

function unanswered(call: Call): Problem[] {
  // The model goes on without an async call's output, which may come with any later request.
  if ("async" in call && call.async) return [];
  const message = `${call.type} "${callId(call)}" is not answered`;
  const fix = "send what runCalls(turn.items, tools) returns, or answer(call, …), first";
  return [{ level: "error", path: "input", message, fix }];
}

/** Whether a failure says that the window itself was refused, and not that the moment was bad. */
export function refusesWindow({ kind, retryable }: CodexError): boolean {
  return !retryable && (kind === "api" || kind === "context_length" || kind === "response_failed");
}
