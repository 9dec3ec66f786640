import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import type { RequestOptions, ResponsesClient } from "../client.ts";
import type { Problem } from "../errors.ts";
import { modelInfo } from "../models/lookup.ts";
import { requestFailure } from "../stream/failure.ts";
import { check, send } from "../stream/stream.ts";
import type { Opened } from "../stream/wire.ts";
import { type Chain, type Item, toInput } from "../turn.ts";
import { replayable } from "./replayable.ts";
import type { Transcript } from "./transcript.ts";

/** What goes up for one turn, and how. */
export interface Exchange {
  params: ResponseCreateParamsBase;
  chain: Chain;
  /** What of it was not checked before, as a chained request; all of it where there is none. */
  fresh?: ResponseCreateParamsBase;
}

/** The next request: chained where the server holds the transcript, else the whole of it. */
export function buildExchange(
  transcript: Transcript,
  params: ResponseCreateParamsBase,
  added: readonly Item[],
): Exchange {
  const body = withComparison(params, transcript.head);
  if (params.store !== false && (transcript.head || params.conversation)) {
    const parent = params.conversation ? {} : { previous_response_id: transcript.head ?? null };
    const input = toInput([...transcript.unsent, ...added]);
    return { params: { ...body, ...parent, input }, chain: "chained" };
  }
  const input = toInput([...transcript.items, ...added]);
  const exchange: Exchange = { params: { ...body, input }, chain: "replayed" };
  if (transcript.head) {
    const fresh = toInput([...transcript.unsent, ...added]);
    exchange.fresh = { ...body, previous_response_id: transcript.head, input: fresh };
  }
  return exchange;
}

/** Has the API say why the cache missed, on models that can. */
function withComparison(
  params: ResponseCreateParamsBase,
  head: string | undefined,
): ResponseCreateParamsBase {
  if (!head || !modelInfo(params.model)?.breakpoints) return params;
  const options = { comparison_response_id: head, ...params.prompt_cache_options };
  return { ...params, prompt_cache_options: options };
}

export interface SendOptions {
  readonly client: Pick<ResponsesClient, "responses">;
  readonly request: RequestOptions | undefined;
  readonly onWarning: ((warning: Problem) => void) | undefined;
  readonly signal: AbortSignal;
  /** The whole transcript, for a chain that the server has lost; none where it is not known. */
  readonly whole: () => readonly Item[] | undefined;
}

/** Sends an exchange. A lost chain is replaced, once, by the whole transcript, and `exchange` says so. */
export async function sendExchange(exchange: Exchange, options: SendOptions): Promise<Opened> {
  const { client, request, onWarning, signal } = options;
  check(client, exchange.fresh ?? exchange.params, onWarning);
  try {
    return await send(client, exchange.params, request, signal);
  } catch (thrown) {
    const { previous_response_id: lost, ...params } = exchange.params;
    const whole = options.whole();
    if (!lost || !whole) throw thrown;
    if (requestFailure(thrown).kind !== "previous_response_not_found") throw thrown;
    exchange.params = { ...params, input: toInput(replayable(whole)) };
    exchange.chain = "rebuilt";
    check(client, exchange.params, undefined);
    onWarning?.(rebuilt(lost));
    return send(client, exchange.params, request, signal);
  }
}

function rebuilt(id: string): Problem {
  const message = `"${id}" is not on the server any more: the whole transcript was sent instead`;
  const fix = "nothing to do; use ...stateless() where responses are not kept";
  return { level: "warning", path: "previous_response_id", message, fix };
}
