import { isCodexError } from "../errors.ts";
import { estimateTokens } from "../stream/finish.ts";
import type { ResponseStream } from "../stream/response-stream.ts";
import { openStream, type StreamOptions } from "../stream/stream.ts";
import type { Item, Turn } from "../turn.ts";
import { compactThread } from "./compact-thread.ts";
import { type Exchange, sendExchange } from "./exchange.ts";
import { isAnswer, type ThreadInput, toItems } from "./input.ts";
import type { ThreadContext, TurnOptions } from "./thread-options.ts";
import { refusesWindow, type ThreadState } from "./thread-state.ts";

/** One turn of a thread, streamed. What has begun is not repeated. */
export function streamTurn<T>(
  context: ThreadContext,
  state: ThreadState<T>,
  input: ThreadInput | undefined,
  options: TurnOptions = {},
): ResponseStream<T> {
  const { client, compactor } = context;
  const { onWarning, request } = context.options;
  const extra = { ...compactor.serverPart, ...options.settings };
  let exchange: (Exchange & { added: Item[] }) | undefined;
  return openStream<T>(withSignal(context.options, options.signal), {
    sent: () => {
      const { params, chain } = exchange ?? { params: state.settings.params, chain: "replayed" };
      const { format } = state.settings.wanted;
      return { params: format ? { ...params, text: { ...params.text, format } } : params, chain };
    },
    open: async (signal) => {
      const added = state.begin(input);
      exchange = { added, ...state.exchange(added, extra) };
      const fresh = estimateTokens([...state.transcript.unsent, ...added]);
      if (!state.transcript.onTrial && compactor.isDue(state.lastTurn, fresh)) {
        await compactThread(context, state, { ...options, signal });
        exchange = { added, ...state.exchange(added, extra) };
      }
      // What came before a given `previous_response_id` is not in the transcript.
      const whole = () => (state.whole ? [...state.transcript.items, ...added] : undefined);
      return sendExchange(exchange, { client, request, onWarning, signal, whole });
    },
    settled: (turn, error) => {
      if (!exchange) return;
      state.release();
      const bill = turn ?? error?.partial;
      if (bill) {
        state.meter.add(bill);
        options.onSpent?.(bill);
      }
      if (turn) state.commit(exchange, turn);
      else if (error && state.transcript.onTrial && refusesWindow(error)) {
        compactor.refuseLast(error.message, onWarning);
        state.transcript.restoreWindow();
      }
    },
  });
}

/** One turn of a thread. A context that overflows is compacted, and the turn tried once more. */
export async function sendTurn<T>(
  context: ThreadContext,
  state: ThreadState<T>,
  input: ThreadInput | undefined,
  options: TurnOptions = {},
): Promise<Turn<T>> {
  const items = toItems(input);
  try {
    return await streamTurn(context, state, items, options).final();
  } catch (error) {
    if (!(await recoverOverflow(context, state, error, options))) throw error;
    const rest = items.filter((item) => !isAnswer(item));
    return streamTurn(context, state, rest, options).final();
  }
}

/** Whether a turn failed because its context was too long, and is not too long any more. */
export async function recoverOverflow<T>(
  context: ThreadContext,
  state: ThreadState<T>,
  error: unknown,
  options: TurnOptions,
): Promise<boolean> {
  if (!isCodexError(error) || error.kind !== "context_length") return false;
  if (!context.options.compact) return false;
  return (await compactThread(context, state, options)) !== undefined;
}

function withSignal(options: StreamOptions, signal: AbortSignal | undefined): StreamOptions {
  if (!signal) return options;
  return {
    ...options,
    signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal,
  };
}
