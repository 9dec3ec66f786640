import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import type { RequestOptions, ResponsesClient } from "../client.ts";
import { type CodexError, invalidRequest, type Problem, problem } from "../errors.ts";
import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import { costOf } from "../money/cost.ts";
import { checkRequest } from "../request/request.ts";
import type { ParsedOf, RequestFor } from "../request/request-for.ts";
import type { Chain, Turn } from "../turn.ts";
import type { IdleClock } from "./idle-clock.ts";
import { ResponseStream } from "./response-stream.ts";
import { type ResumePoint, Resumer } from "./resumption.ts";
import { chunkReader } from "./source.ts";
import type { Opened, WireOptions } from "./wire.ts";

export interface StreamOptions {
  signal?: AbortSignal | undefined;
  /** Longest wait for the first event, in ms. Default 600,000. */
  firstEventMs?: number;
  /**
   * Longest wait between events, in ms; comments do not count. It may be found out an eighth later.
   * Default 300,000.
   */
  idleMs?: number;
  /**
   * Whether a lost connection is made anew where the response runs in the background: each event
   * still comes once. Default: true. A point (a `CodexError` of a cut stream is one) re-attaches to
   * a response of another process, and nothing is created.
   */
  resume?: boolean | ResumePoint;
  /** What was found that does not stop the request. Default: ignored. */
  onWarning?: (warning: Problem) => void;
  /** The SDK's own options for this request: headers, `maxRetries`, `timeout` … */
  request?: RequestOptions;
}

/**
 * Streams one response. Nothing is sent before the first use; before response headers the client's
 * `maxRetries` apply, and after them nothing is sent again.
 *
 * @throws {CodexError} On use: `invalid_request` with every problem, before anything is sent; then
 * whatever ends the stream early.
 */
export function stream<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  client: Pick<ResponsesClient, "responses">,
  params: RequestFor<M, T, L>,
  options: StreamOptions = {},
): ResponseStream<ParsedOf<T, L>> {
  const chain = params?.previous_response_id || params?.conversation ? "chained" : "replayed";
  const { resume, request, onWarning } = options;
  return openStream(options, {
    sent: () => ({ params, chain }),
    open: async (signal, clock) => {
      if (typeof resume === "object") return attach(client, resume, request, signal, clock);
      check(client, params, onWarning);
      return send(client, params, request, signal);
    },
  });
}

async function attach(
  client: Pick<ResponsesClient, "responses">,
  point: ResumePoint,
  request: RequestOptions | undefined,
  signal: AbortSignal,
  clock: IdleClock,
): Promise<Opened> {
  const resumer = new Resumer(client, request, point);
  if (resumer.responseId) return resumer.connect(signal, clock);
  const fix = "give the id of a background response";
  const message = "there is no response to go on with";
  throw invalidRequest([{ level: "error", path: "resume.responseId", message, fix }]);
}

/** One finished turn. Streams inside, with the same guarantees and errors as `stream`. */
export function respond<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  client: Pick<ResponsesClient, "responses">,
  params: RequestFor<M, T, L>,
  options?: StreamOptions,
): Promise<Turn<ParsedOf<T, L>>> {
  return stream(client, params, options).final();
}

export interface Exchange<T> {
  readonly open: WireOptions["open"];
  readonly sent: () => { params: ResponseCreateParamsBase; chain: Chain };
  settled?(turn: Turn<T> | undefined, error: CodexError | undefined): void;
}

/** A stream with this module's defaults and prices, for whoever sends in a way of its own. */
export function openStream<T>(options: StreamOptions, exchange: Exchange<T>): ResponseStream<T> {
  const { signal, firstEventMs = 600_000, idleMs = 300_000, resume, request, onWarning } = options;
  const signals = [signal, request?.signal].filter((each) => each != null);
  return new ResponseStream({
    ...exchange,
    price: (usage, response) => {
      const { model, service_tier: tier } = exchange.sent().params;
      const info = modelInfo(model) ?? modelInfo(response.model);
      return costOf(info, usage, { tier: response.service_tier ?? tier });
    },
    signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
    firstEventMs,
    idleMs,
    resume: resume !== false,
    onWarning,
  });
}

/** @throws {CodexError} `invalid_request` that lists every error; warnings are handed on. */
export function check(
  client: Pick<ResponsesClient, "responses">,
  params: ResponseCreateParamsBase,
  onWarning: StreamOptions["onWarning"],
): void {
  const problems = checkRequest(params);
  if (typeof client?.responses?.create !== "function") {
    problems.push(problem("client", "is no OpenAI client", "pass new OpenAI()"));
  }
  const { input, previous_response_id, conversation, prompt } = params ?? {};
  if (!input?.length && !previous_response_id && !conversation && !prompt) {
    problems.push(
      problem("input", "there is nothing to send", "use ...prompt({ task }), or send text"),
    );
  }
  const errors = problems.filter(({ level }) => level === "error");
  if (errors.length > 0) throw invalidRequest(errors);
  for (const problem of problems) onWarning?.(problem);
}

/** Sends a request and gives the raw body: the SDK retries, and parses nothing. */
export async function send(
  client: Pick<ResponsesClient, "responses">,
  params: ResponseCreateParamsBase,
  request: RequestOptions | undefined,
  signal: AbortSignal,
): Promise<Opened> {
  const body = { ...params, stream: true as const };
  const response = await client.responses.create(body, { ...request, signal }).asResponse();
  return {
    chunks: chunkReader(response),
    requestId: response.headers.get("x-request-id") ?? undefined,
    resumption: params.background ? new Resumer(client, request) : undefined,
  };
}
