import {
  closing,
  type Event,
  half,
  halfText,
  hello,
  message,
  numbered,
  opening,
  response,
  sse,
  usage,
} from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";

const received: ExpectedError = {
  kind: "response_failed",
  responseId: "resp_1",
  sequenceNumber: 6,
  text: halfText,
  usage: "estimated",
};

const streams = (name: string, events: readonly Event[], error: ExpectedError): Row => ({
  name,
  serve: (exchange) => exchange.reply(sse(events)),
  error,
  events: events.length,
});

/** Two deltas, and then this event. */
const ends = (name: string, event: Event, error: Partial<ExpectedError>): Row =>
  streams(name, [...half, { ...event, sequence_number: 6 }], { ...received, ...error });

const fails = (
  name: string,
  error: object,
  expected: Partial<ExpectedError>,
  fields: object = {},
): Row => ends(name, closing([], { status: "failed", error, usage: null, ...fields }), expected);

const stops = (reason: string, expected: Partial<ExpectedError> = {}): Row =>
  ends(
    `response.incomplete: ${reason}`,
    closing([message(halfText)], { status: "incomplete", incomplete_details: { reason } }),
    { kind: "response_incomplete", code: reason, usage: "counted", ...expected },
  );

const error = (fields: object): Event => ({ type: "error", ...fields });
const flat = { code: "server_error", message: "The server had an error.", param: null };

const refusal = (output: unknown[]): Event[] => {
  const part = { type: "refusal", refusal: "I cannot help." };
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const item = message("", { content: [part] });
  return numbered([
    ...opening(),
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
    { type: "response.content_part.added", ...place, part: { ...part, refusal: "" } },
    { type: "response.refusal.delta", ...place, delta: "I cannot help." },
    { type: "response.refusal.done", ...place, refusal: "I cannot help." },
    { type: "response.output_item.done", output_index: 0, item },
    closing(output.length > 0 ? [item] : []),
  ]);
};

/** What the API itself reports inside a stream. */
export const endings: Row[] = [
  ends("a flat error event", error(flat), { code: "server_error", retryable: true }),
  ends("a nested error event", error({ error: { type: "server_error", ...flat } }), {
    code: "server_error",
    retryable: true,
  }),
  {
    name: "a nested error event without an event: line, and response.failed after it",
    serve: (exchange) =>
      exchange.reply(
        `${sse(half)}data: ${JSON.stringify({ sequence_number: 6, error: flat })}\n\n` +
          sse([closing([], { status: "failed" })]),
      ),
    error: { ...received, code: "server_error", retryable: true },
    events: 7,
  },
  {
    name: "an error event whose type is in the event: line only",
    serve: (exchange) =>
      exchange.reply(`${sse(half)}event: error\ndata: ${JSON.stringify(flat)}\n\n`),
    error: { ...received, sequenceNumber: 5, code: "server_error", retryable: true },
  },
  {
    name: "an error event first of all",
    serve: (exchange) => exchange.reply(sse([error(flat)])),
    error: { kind: "response_failed", code: "server_error", retryable: true },
    events: 1,
  },
  ends("an error event without code", error({ message: "?", code: null }), {}),
  ends("an error event that says nothing", error({}), {}),
  ends("an error event: quota", error({ error: { code: "insufficient_quota", message: "Pay." } }), {
    kind: "quota",
    code: "insufficient_quota",
  }),
  ends(
    "an error event of a relay that was cut",
    error({ code: "stream_cut", message: "Cut.", retryable: true }),
    {
      kind: "stream_cut",
      retryable: true,
    },
  ),
  fails(
    "response.failed: server_error",
    { code: "server_error", message: "Oh." },
    {
      code: "server_error",
      retryable: true,
    },
  ),
  fails(
    "response.failed with its usage",
    { code: "server_error", message: "Oh." },
    {
      code: "server_error",
      retryable: true,
      usage: "counted",
    },
    { usage },
  ),
  fails(
    "response.failed: overloaded",
    { code: "server_is_overloaded", message: "Slow down." },
    {
      code: "server_is_overloaded",
      retryable: true,
    },
  ),
  fails(
    "response.failed: rate limit with its delay in seconds",
    {
      code: "rate_limit_exceeded",
      message: "Rate limit reached. Please try again in 11.054s. See more.",
    },
    { kind: "rate_limited", code: "rate_limit_exceeded", retryable: true, retryAfterMs: 11_054 },
  ),
  fails(
    "response.failed: rate limit with its delay in ms",
    { code: "rate_limit_exceeded", message: "Please try again in 28ms." },
    { kind: "rate_limited", code: "rate_limit_exceeded", retryable: true, retryAfterMs: 28 },
  ),
  fails(
    "response.failed: rate limit with its delay in minutes",
    { code: "rate_limit_exceeded", message: "Please try again in 1m30s." },
    { kind: "rate_limited", code: "rate_limit_exceeded", retryable: true, retryAfterMs: 90_000 },
  ),
  fails(
    "response.failed: rate limit without a delay",
    { code: "rate_limit_exceeded", message: "Slow." },
    {
      kind: "rate_limited",
      code: "rate_limit_exceeded",
      retryable: true,
    },
  ),
  fails(
    "response.failed: quota",
    { code: "insufficient_quota", message: "Please try again in 1s." },
    {
      kind: "quota",
      code: "insufficient_quota",
    },
  ),
  fails(
    "response.failed: spend limit",
    { code: "project_spend_limit_exceeded", message: "No." },
    {
      kind: "quota",
      code: "project_spend_limit_exceeded",
    },
  ),
  fails(
    "response.failed: context length",
    { code: "context_length_exceeded", message: "Too long." },
    {
      kind: "context_length",
      code: "context_length_exceeded",
    },
  ),
  fails(
    "response.failed: invalid prompt",
    { code: "invalid_prompt", message: "No." },
    { code: "invalid_prompt" },
  ),
  fails(
    "response.failed: misalignment",
    { code: "misalignment_policy_violation", message: "No.", misalignment: { error_type: "x" } },
    { code: "misalignment_policy_violation" },
  ),
  fails(
    "response.failed: an unknown code",
    { code: "novelty", message: "No." },
    { code: "novelty" },
  ),
  ends(
    "response.failed without an error",
    closing([], { status: "failed", error: null, usage: null }),
    {},
  ),
  stops("max_output_tokens"),
  stops("max_messages"),
  stops("content_filter"),
  stops("steered"),
  stops("a reason of next year"),
  ends(
    "response.incomplete with nothing in it",
    closing([], { status: "incomplete", usage: null }),
    {
      kind: "response_incomplete",
      code: "unknown",
    },
  ),
  ends("response.cancelled", closing([], { status: "cancelled", usage: null }), {
    kind: "cancelled",
  }),
  streams("a refusal", refusal([1]), {
    kind: "refused",
    responseId: "resp_1",
    sequenceNumber: 7,
    text: "",
    usage: "counted",
  }),
  streams("a refusal that the terminal event lacks", refusal([]), {
    kind: "refused",
    responseId: "resp_1",
    sequenceNumber: 7,
    text: "",
    usage: "counted",
  }),
  {
    name: "an error event in the same packet as the whole answer before it",
    serve: (exchange) =>
      exchange.reply(sse([...hello.slice(0, -1), error(flat), ...hello.slice(-1)])),
    error: {
      ...received,
      code: "server_error",
      retryable: true,
      sequenceNumber: hello.length - 2,
      text: "Hello, wide wörld 👋!",
    },
    events: hello.length,
  },
  {
    name: "a completed response that is none",
    serve: (exchange) => exchange.reply(sse([{ type: "response.completed" }])),
    error: { kind: "invalid_event" },
  },
  {
    name: "a failure of a response that nobody announced",
    serve: (exchange) =>
      exchange.reply(
        sse([
          { type: "response.failed", response: response({ status: "failed", error: flat, usage }) },
        ]),
      ),
    error: {
      kind: "response_failed",
      code: "server_error",
      retryable: true,
      responseId: "resp_1",
      text: "",
      usage: "counted",
    },
    events: 1,
  },
];
