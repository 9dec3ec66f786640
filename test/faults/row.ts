import OpenAI from "openai";
import { type CodexError, isCodexError, type Problem } from "../../src/errors.ts";
import type { ResponseStream } from "../../src/stream/response-stream.ts";
import { respond, type StreamOptions, stream } from "../../src/stream/stream.ts";
import type { Turn } from "../../src/turn.ts";
import type { Exchange, RawServer } from "./server.ts";

/** What a finished turn must be. */
export interface ExpectedTurn {
  readonly text: string;
  readonly calls?: number;
  readonly items?: number;
}

/** Every field that tells one error from another; a field that is not named must be absent. */
export interface ExpectedError {
  readonly kind: CodexError["kind"];
  readonly retryable?: boolean;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly responseId?: string;
  readonly sequenceNumber?: number | undefined;
  /** The text of `partial`. */
  readonly text?: string;
  readonly usage?: "estimated" | "counted";
}

export interface Row {
  readonly name: string;
  /** What the server does with each request. */
  readonly serve: (exchange: Exchange, run: Run) => unknown;
  readonly turn?: ExpectedTurn | undefined;
  readonly error?: ExpectedError;
  /** How many events a reader gets. Not checked by default. */
  readonly events?: number;
  /** How many requests the server gets. Default: 1. */
  readonly requests?: number;
  readonly options?: Omit<StreamOptions, "onWarning" | "signal">;
  readonly params?: { background?: boolean };
  readonly maxRetries?: number;
  /** Paths of warnings that a reader of all events causes. Default: none. */
  readonly warnings?: readonly string[];
  /** Called for each event that iteration gets. */
  readonly onEvent?: (run: Run, count: number) => void;
  readonly modes?: readonly Mode[];
  /** Takes seconds. */
  readonly slow?: boolean;
}

/** What a row's server may do to the client. */
export interface Run {
  readonly abort: (reason?: unknown) => void;
  readonly cancel: () => void;
}

export const modes = ["iteration", "final()", "respond()"] as const;
export type Mode = (typeof modes)[number];

export interface Outcome {
  turn?: ExpectedTurn;
  error?: ExpectedError;
  events?: number;
  requests: number;
  warnings: string[];
}

export async function play(row: Row, mode: Mode, server: RawServer): Promise<Outcome> {
  const abort = new AbortController();
  let live: ResponseStream<undefined> | undefined;
  const run: Run = { abort: (reason) => abort.abort(reason), cancel: () => live?.cancel() };
  const { url, requests } = server.mount((exchange) => row.serve(exchange, run));
  const client = new OpenAI({ apiKey: "test", baseURL: url, maxRetries: row.maxRetries ?? 0 });
  const warnings: string[] = [];
  const onWarning = ({ path }: Problem) => void warnings.push(path);
  const options = { idleMs: 5000, ...row.options, signal: abort.signal, onWarning };
  const params = { model: "gpt-5.3-codex", input: "Say hello.", ...row.params };
  const outcome: Outcome = { requests: 0, warnings };
  try {
    if (mode === "respond()") outcome.turn = ofTurn(await respond(client, params, options));
    else {
      const events = stream(client, params, options);
      live = events;
      if (mode === "iteration") {
        outcome.events = 0;
        for await (const _ of events) {
          outcome.events++;
          row.onEvent?.(run, outcome.events);
        }
      }
      outcome.turn = ofTurn(await events.final());
    }
  } catch (error) {
    outcome.error = ofError(error);
    // Asked again, a stream gives the same answer.
    const again: unknown = await live?.final().catch((thrown: unknown) => thrown);
    if (live && again !== error)
      throw new Error("final() rejects with another error", { cause: again });
  }
  // What nobody waits for may still be on its way.
  for (let i = 0; i < 50 && requests.length < (row.requests ?? 1); i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  outcome.requests = requests.length;
  return outcome;
}

function ofTurn({ text, calls, items, usage, estimated }: Turn): ExpectedTurn {
  if (!usage || estimated) throw new Error("A finished turn has the API's own usage");
  return { text, calls: calls.length, items: items.length };
}

function ofError(error: unknown): ExpectedError {
  if (!isCodexError(error)) throw error;
  const { kind, retryable, code, status, requestId, retryAfterMs, partial } = error;
  const { responseId, sequenceNumber } = error;
  if (partial?.usage !== error.usage || partial?.id !== (partial && responseId)) {
    throw new Error("partial is not what the error says");
  }
  const fields = {
    kind,
    retryable,
    code,
    status,
    requestId,
    retryAfterMs,
    responseId,
    sequenceNumber,
    text: partial?.text,
    usage: partial?.usage && (partial.estimated ? ("estimated" as const) : ("counted" as const)),
  };
  return JSON.parse(JSON.stringify(fields));
}

/** What a row says of one way to use a stream. */
export function expected(
  { turn, error, events, requests = 1, warnings = [] }: Row,
  mode: Mode,
): Outcome {
  return {
    ...(turn && { turn: { calls: 0, items: 1, ...turn } }),
    ...(error && { error: { retryable: false, ...error } }),
    ...(mode === "iteration" && events !== undefined && { events }),
    requests,
    warnings: mode === "iteration" ? [...warnings] : [],
  };
}
