import { constants, gzipSync } from "node:zlib";
import { half, halfText, hello, message, response, sse, usage } from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";
import { chunked } from "./server.ts";

const received: ExpectedError = {
  kind: "stream_cut",
  retryable: true,
  responseId: "resp_1",
  sequenceNumber: 5,
  text: halfText,
  usage: "estimated",
};
const nothing: ExpectedError = { kind: "stream_cut", retryable: true };

const sends = (
  name: string,
  body: string | Uint8Array,
  error: ExpectedError,
  headers = {},
): Row => ({
  name,
  serve: (exchange) => exchange.reply(body, { headers }),
  error,
});

/** The connection dies after these events and so many bytes of the next one. */
const breaks = (name: string, events: number, bytes: number, error: ExpectedError): Row => ({
  name,
  async serve(exchange) {
    exchange.head(200, chunked);
    const rest = Buffer.from(sse(hello.slice(events)));
    await exchange.write(
      sse(hello.slice(0, events)),
      ...(bytes > 0 ? [rest.subarray(0, bytes)] : []),
    );
    setTimeout(exchange.reset, 20);
  },
  error,
  events,
});

const json = { "content-type": "application/json" };
const whole = (fields: object) => JSON.stringify(response({ output: [message("Hi")], ...fields }));

/** Bodies of status 200 that are not what was promised. */
export const bodies: Row[] = [
  { ...sends("a clean end before the terminal event", sse(half), received), events: 6 },
  sends("[DONE] before the terminal event", `${sse(half)}data: [DONE]\n\n`, received),
  {
    name: "[DONE] before the terminal event, and the connection stays open",
    serve(exchange) {
      exchange.head(200, chunked);
      void exchange.write(`${sse(half)}data: [DONE]\n\n`);
    },
    error: received,
  },
  sends("a clean end inside an event", `${sse(half)}event: x\ndata: {"type":"respo`, received),
  sends("a clean end after an event: line", `${sse(half)}event: response.completed\n`, received),
  breaks("a connection that dies before the first event", 0, 0, nothing),
  breaks("a connection that dies inside the first event", 0, 60, nothing),
  breaks("a connection that dies after response.created", 1, 0, {
    ...received,
    sequenceNumber: 0,
    text: "",
  }),
  breaks("a connection that dies between two deltas", 6, 0, received),
  breaks("a connection that dies inside a delta", 6, 150, received),
  breaks(
    "a connection that dies inside a letter",
    6,
    Buffer.from(sse(hello.slice(6))).indexOf("ö") + 1,
    received,
  ),
  breaks("a connection that dies before the terminal event", hello.length - 1, 0, {
    ...received,
    sequenceNumber: hello.length - 2,
    text: "Hello, wide wörld 👋!",
  }),
  breaks("a connection that dies inside the terminal event", hello.length - 1, 300, {
    ...received,
    sequenceNumber: hello.length - 2,
    text: "Hello, wide wörld 👋!",
  }),
  {
    name: "a body that is shorter than its length",
    async serve(exchange) {
      exchange.head(200, { "content-length": "100000" });
      await exchange.write(sse(half));
      exchange.end();
    },
    error: received,
  },
  {
    name: "half a gzip",
    async serve(exchange) {
      const bytes = gzipSync(sse(hello));
      exchange.head(200, { "content-encoding": "gzip", "content-length": String(bytes.length) });
      await exchange.write(bytes.subarray(0, 30));
      exchange.reset();
    },
    error: nothing,
  },
  {
    name: "half a gzip that ends cleanly",
    serve: (exchange) =>
      exchange.reply(gzipSync(sse(half), { finishFlush: constants.Z_SYNC_FLUSH }), {
        headers: { "content-encoding": "gzip" },
      }),
    error: received,
  },
  sends("an empty body", "", nothing),
  sends("a blank body", " \n\n", nothing),
  sends("comments alone", ": hi\n\n: there\n\n", nothing),
  sends(
    "HTML",
    "<!doctype html><p>Sign in",
    { kind: "invalid_event" },
    { "content-type": "text/html" },
  ),
  sends("HTML as an event stream", "\n<html>", { kind: "invalid_event" }),
  sends("a JSON list", "[]", { kind: "invalid_event" }, json),
  sends("JSON that is no response", '{"hello":"world"}', { kind: "invalid_event" }, json),
  sends("half a JSON response", whole({}).slice(0, 100), nothing, json),
  sends("an event that is no JSON", `${sse(half)}data: hello\n\n${sse(hello.slice(6))}`, {
    ...received,
    kind: "invalid_event",
    retryable: false,
  }),
  sends("an event that is a number", `${sse(half)}data: 7\n\n`, {
    ...received,
    kind: "invalid_event",
    retryable: false,
  }),
  sends("an event without a type", `${sse(half)}data: {"hello":"world"}\n\n`, {
    ...received,
    kind: "invalid_event",
    retryable: false,
  }),
  sends("nothing but unknown events", 'data: {"type":"x"}\n\n', nothing),
  sends(
    "an error as the body",
    '{"error":{"message":"No.","type":"server_error","code":"server_error","param":null}}',
    { kind: "response_failed", retryable: true, code: "server_error" },
    json,
  ),
  sends(
    "an error as the body, as an event stream",
    '{"error":{"message":"No.","code":"insufficient_quota"}}',
    {
      kind: "quota",
      code: "insufficient_quota",
    },
  ),
  sends(
    "an error as the body, as text",
    '{"error":"Bad gateway"}',
    { kind: "response_failed" },
    json,
  ),
  sends(
    "a whole response that is queued",
    whole({ status: "queued", output: [] }),
    {
      kind: "stream_cut",
      retryable: true,
      responseId: "resp_1",
      sequenceNumber: 0,
      text: "",
      usage: "estimated",
    },
    json,
  ),
  sends(
    "a whole response that is in progress",
    whole({ status: "in_progress" }),
    {
      kind: "stream_cut",
      retryable: true,
      responseId: "resp_1",
      sequenceNumber: 3,
      text: "Hi",
      usage: "estimated",
    },
    json,
  ),
  sends(
    "a whole response that was cancelled",
    whole({ status: "cancelled", usage }),
    { kind: "cancelled", responseId: "resp_1", sequenceNumber: 4, text: "Hi", usage: "counted" },
    json,
  ),
  sends(
    "a whole response that failed",
    whole({ status: "failed", error: { code: "server_error", message: "Oh." }, usage }),
    {
      kind: "response_failed",
      retryable: true,
      code: "server_error",
      responseId: "resp_1",
      sequenceNumber: 4,
      text: "Hi",
      usage: "counted",
    },
    json,
  ),
  sends(
    "a whole response that is incomplete",
    whole({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, usage }),
    {
      kind: "response_incomplete",
      code: "max_output_tokens",
      responseId: "resp_1",
      sequenceNumber: 4,
      text: "Hi",
      usage: "counted",
    },
    json,
  ),
];
