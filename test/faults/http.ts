import { createServer } from "node:net";
import { hello, sse, text } from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";
import type { Exchange } from "./server.ts";

type Headers = Record<string, string>;
const json = { "content-type": "application/json", "x-request-id": "req_1" };

const refuse = (exchange: Exchange, status: number, error: object, headers: Headers = {}) =>
  exchange.reply(JSON.stringify({ error }), { status, headers: { ...json, ...headers } });

const fails = (
  name: string,
  status: number,
  error: object,
  expected: Omit<ExpectedError, "status" | "requestId">,
  headers: Headers = {},
): Row => ({
  name: `${status}: ${name}`,
  serve: (exchange) => refuse(exchange, status, error, headers),
  error: { status, requestId: "req_1", ...expected },
});

const limit = { code: "rate_limit_exceeded", message: "Slow down.", type: "requests" };
const limited = { kind: "rate_limited", retryable: true, code: "rate_limit_exceeded" } as const;
const broken = { message: "Oops.", type: "server_error", code: null };
const invalid = { type: "invalid_request_error", param: null };

/** The first answer, and then a good one. */
const recovers = (name: string, first: (exchange: Exchange) => unknown): Row => ({
  name: `${name}, and then it works: the client's own retries`,
  serve: (exchange) => (exchange.index === 0 ? first(exchange) : exchange.reply(sse(hello))),
  maxRetries: 2,
  requests: 2,
  turn: { text },
});

/** A server that was here a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 9;
}
const nobody = await closedPort();

/** Answers that are no stream at all. */
export const http: Row[] = [
  {
    name: "a refused connection",
    serve: (exchange) =>
      exchange.reply("", {
        status: 307,
        headers: { location: `http://127.0.0.1:${nobody}/v1/responses` },
      }),
    error: { kind: "connection", retryable: true },
  },
  {
    name: "a connection that is reset before the headers",
    serve: (exchange) => exchange.reset(),
    error: { kind: "connection", retryable: true },
  },
  {
    name: "an answer that is no HTTP",
    async serve(exchange) {
      await exchange.write("SSH-2.0-OpenSSH_9.6\r\n\r\n");
      exchange.end();
    },
    error: { kind: "connection", retryable: true },
  },
  fails("an invalid request", 400, { ...invalid, code: null, message: "No." }, { kind: "api" }),
  fails(
    "a code",
    400,
    { ...invalid, code: "unsupported_value", message: "No." },
    {
      kind: "api",
      code: "unsupported_value",
    },
  ),
  fails(
    "context length",
    400,
    { ...invalid, code: "context_length_exceeded", message: "Too long." },
    {
      kind: "context_length",
      code: "context_length_exceeded",
    },
  ),
  fails(
    "a lost chain",
    400,
    { ...invalid, code: "previous_response_not_found", message: "Gone." },
    {
      kind: "previous_response_not_found",
      code: "previous_response_not_found",
    },
  ),
  fails(
    "a code that looks like one of our kinds",
    400,
    { ...invalid, code: "stream_cut", message: "?" },
    {
      kind: "api",
      code: "stream_cut",
    },
  ),
  fails(
    "a wrong key",
    401,
    { ...invalid, code: "invalid_api_key", message: "Wrong key." },
    {
      kind: "auth",
      code: "invalid_api_key",
    },
  ),
  fails(
    "no access",
    403,
    { ...invalid, code: "unsupported_country", message: "No." },
    {
      kind: "auth",
      code: "unsupported_country",
    },
  ),
  fails(
    "no such model",
    404,
    { ...invalid, code: "model_not_found", message: "No." },
    {
      kind: "api",
      code: "model_not_found",
    },
  ),
  fails(
    "request timeout",
    408,
    { ...invalid, code: null, message: "Late." },
    { kind: "api", retryable: true },
  ),
  fails(
    "a conflict",
    409,
    { ...invalid, code: "conflict", message: "Wait." },
    {
      kind: "api",
      retryable: true,
      code: "conflict",
    },
  ),
  fails("too large", 413, { ...invalid, code: null, message: "Too large." }, { kind: "api" }),
  fails(
    "a rate limit with retry-after",
    429,
    limit,
    { ...limited, retryAfterMs: 7000 },
    { "retry-after": "7" },
  ),
  fails(
    "a rate limit with retry-after-ms",
    429,
    limit,
    { ...limited, retryAfterMs: 250 },
    {
      "retry-after-ms": "250",
      "retry-after": "7",
    },
  ),
  fails(
    "a rate limit over 60 s",
    429,
    limit,
    { ...limited, retryAfterMs: 3_600_000 },
    { "retry-after": "3600" },
  ),
  fails(
    "a rate limit until a date that has passed",
    429,
    limit,
    { ...limited, retryAfterMs: 0 },
    {
      "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT",
    },
  ),
  fails("a rate limit without a delay", 429, limit, limited),
  fails("a rate limit whose delay is nonsense", 429, limit, limited, { "retry-after": "soon" }),
  fails(
    "a rate limit with its delay in the text",
    429,
    { ...limit, message: "Try again in 2s." },
    {
      ...limited,
      retryAfterMs: 2000,
    },
  ),
  fails(
    "a rate limit without a code",
    429,
    { message: "Slow." },
    { kind: "rate_limited", retryable: true },
  ),
  fails(
    "quota",
    429,
    { code: "insufficient_quota", message: "Pay.", type: "insufficient_quota" },
    {
      kind: "quota",
      code: "insufficient_quota",
    },
  ),
  fails(
    "quota, by its type alone",
    429,
    { code: null, message: "Pay.", type: "insufficient_quota" },
    { kind: "quota" },
  ),
  fails(
    "quota with retry-after and x-should-retry",
    429,
    { code: "credit_balance_exhausted", message: "Pay." },
    {
      kind: "quota",
      code: "credit_balance_exhausted",
      retryAfterMs: 1000,
    },
    { "retry-after": "1", "x-should-retry": "true" },
  ),
  fails("a server error", 500, broken, { kind: "api", retryable: true }),
  fails(
    "a server error that asks for no retry",
    500,
    broken,
    { kind: "api" },
    { "x-should-retry": "false" },
  ),
  fails(
    "a request error that asks for a retry",
    400,
    broken,
    { kind: "api", retryable: true },
    {
      "x-should-retry": "true",
    },
  ),
  fails("a bad gateway", 502, broken, { kind: "api", retryable: true }),
  fails(
    "overloaded",
    503,
    { ...broken, code: "server_is_overloaded" },
    {
      kind: "api",
      retryable: true,
      code: "server_is_overloaded",
      retryAfterMs: 1500,
    },
    { "retry-after-ms": "1500" },
  ),
  fails("a gateway timeout", 504, broken, { kind: "api", retryable: true }),
  {
    name: "502: HTML",
    serve: (exchange) =>
      exchange.reply("<h1>Bad gateway</h1>", {
        status: 502,
        headers: { "content-type": "text/html" },
      }),
    error: { kind: "api", retryable: true, status: 502 },
  },
  {
    name: "500: nothing at all",
    serve: (exchange) => exchange.reply("", { status: 500 }),
    error: { kind: "api", retryable: true, status: 500 },
  },
  {
    name: "429: half a JSON body",
    serve: (exchange) => exchange.reply('{"error":{"message":"Slo', { status: 429, headers: json }),
    error: { kind: "rate_limited", retryable: true, status: 429, requestId: "req_1" },
  },
  {
    name: "500: a body that is shorter than its length",
    async serve(exchange) {
      exchange.head(500, { ...json, "content-length": "500" });
      await exchange.write('{"error":{"message":"Oo');
      exchange.end();
    },
    error: { kind: "api", retryable: true, status: 500, requestId: "req_1" },
  },
  {
    name: "500: an event stream with an error",
    serve: (exchange) =>
      exchange.reply('event: error\ndata: {"error":{"code":"x"}}\n\n', { status: 500 }),
    error: { kind: "api", retryable: true, status: 500 },
  },
  {
    name: "307: a redirect that leads to the answer",
    serve: (exchange) =>
      exchange.index === 0
        ? exchange.reply("", { status: 307, headers: { location: exchange.path } })
        : exchange.reply(sse(hello)),
    requests: 2,
    turn: { text },
  },
  {
    name: "302: a redirect to a sign-in page",
    serve: (exchange) =>
      exchange.method === "POST"
        ? exchange.reply("", { status: 302, headers: { location: exchange.path } })
        : exchange.reply("<html>Sign in", { headers: { "content-type": "text/html" } }),
    requests: 2,
    error: { kind: "invalid_event" },
  },
  {
    name: "302: a redirect to nowhere",
    serve: (exchange) => exchange.reply("", { status: 302, headers: { "x-request-id": "req_1" } }),
    error: { kind: "api", status: 302, requestId: "req_1" },
  },
  {
    name: "308: redirects without end",
    serve: (exchange) => exchange.reply("", { status: 308, headers: { location: exchange.path } }),
    requests: 21,
    error: { kind: "connection", retryable: true },
  },
  recovers("429 with a delay", (exchange) =>
    refuse(exchange, 429, limit, { "retry-after-ms": "20" }),
  ),
  recovers("503", (exchange) => refuse(exchange, 503, broken, { "retry-after-ms": "20" })),
  recovers("a reset connection", (exchange) => exchange.reset()),
  {
    name: "429 again and again: the client's own retries end",
    serve: (exchange) => refuse(exchange, 429, limit, { "retry-after-ms": "20" }),
    maxRetries: 2,
    requests: 3,
    error: { ...limited, status: 429, requestId: "req_1", retryAfterMs: 20 },
  },
  {
    name: "nothing is sent again after the headers, whatever maxRetries says",
    async serve(exchange) {
      exchange.head(200, { "x-request-id": "req_1" });
      await exchange.write(sse(hello.slice(0, 6)));
      setTimeout(exchange.reset, 20);
    },
    maxRetries: 5,
    error: {
      kind: "stream_cut",
      retryable: true,
      requestId: "req_1",
      responseId: "resp_1",
      sequenceNumber: 5,
      text: "Hello, wide",
      usage: "estimated",
    },
  },
];
