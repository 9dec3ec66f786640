import { half, halfText, hello, sse, text } from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";
import { chunked, type Exchange } from "./server.ts";

const received: ExpectedError = {
  kind: "stream_idle",
  retryable: true,
  responseId: "resp_1",
  sequenceNumber: 5,
  text: halfText,
  usage: "estimated",
};
const cancelled: ExpectedError = { ...received, kind: "cancelled", retryable: false };

async function sendHalf(exchange: Exchange): Promise<void> {
  exchange.head(200, chunked);
  await exchange.write(sse(half));
}

/** Writes one of these every 40 ms, for ever. */
async function drips(exchange: Exchange, ...chunks: string[]): Promise<void> {
  let gone = false;
  void exchange.closed.then(() => (gone = true));
  for (let i = 0; !gone; i++) {
    await exchange.write(chunks[i % chunks.length] ?? "");
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

const soon = (act: () => void) => void setTimeout(act, 50);

/** Silence, and readers who leave. */
export const timing: Row[] = [
  {
    name: "silence before the headers",
    serve: () => {},
    options: { firstEventMs: 150 },
    error: { kind: "stream_idle", retryable: true },
  },
  {
    name: "silence before the first event",
    serve: (exchange) => exchange.head(200, chunked),
    options: { firstEventMs: 150 },
    error: { kind: "stream_idle", retryable: true },
  },
  {
    name: "comments before the first event",
    serve(exchange) {
      exchange.head(200, chunked);
      return drips(exchange, ": still here\n\n");
    },
    options: { firstEventMs: 150 },
    error: { kind: "stream_idle", retryable: true },
  },
  {
    name: "silence between two events",
    serve: sendHalf,
    options: { idleMs: 150 },
    error: received,
    events: 6,
  },
  {
    name: "comments between two events",
    async serve(exchange) {
      await sendHalf(exchange);
      await drips(exchange, ": still here\n\n");
    },
    options: { idleMs: 150 },
    error: received,
  },
  {
    name: "half an event that never ends",
    async serve(exchange) {
      await sendHalf(exchange);
      await exchange.write('event: x\ndata: {"type":"response.out');
      await drips(exchange, "x");
    },
    options: { idleMs: 150 },
    error: received,
  },
  {
    name: "a first event that is late, but in time",
    serve(exchange) {
      exchange.head(200, chunked);
      setTimeout(() => void exchange.write(sse(hello)), 150);
    },
    options: { firstEventMs: 2000, idleMs: 50 },
    turn: { text },
  },
  {
    name: "keepalive events reset the clock",
    async serve(exchange) {
      await sendHalf(exchange);
      for (let i = 0; i < 8; i++) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await exchange.write('data: {"type":"keepalive"}\n\n');
      }
      await exchange.write(sse(hello.slice(6)));
      exchange.end();
    },
    options: { idleMs: 300 },
    turn: { text },
  },
  {
    name: "limits beyond what a timer can count",
    serve: (exchange) => exchange.reply(sse(hello)),
    options: { firstEventMs: Number.POSITIVE_INFINITY, idleMs: 2 ** 40 },
    turn: { text },
  },
  {
    name: "the SDK's own timeout before the headers",
    serve: () => {},
    options: { request: { timeout: 100 } },
    error: { kind: "connection", retryable: true },
  },
  {
    name: "an abort before the headers",
    serve: (_, run) => soon(() => run.abort()),
    error: { kind: "cancelled" },
  },
  {
    name: "an abort before the first event",
    serve(exchange, run) {
      exchange.head(200, chunked);
      soon(() => run.abort());
    },
    error: { kind: "cancelled" },
  },
  {
    name: "an abort between two events",
    async serve(exchange, run) {
      await sendHalf(exchange);
      soon(() => run.abort(new Error("enough")));
    },
    error: cancelled,
  },
  {
    name: "a timeout signal between two events",
    async serve(exchange, run) {
      await sendHalf(exchange);
      soon(() => run.abort(new DOMException("late", "TimeoutError")));
    },
    error: cancelled,
  },
  {
    name: "cancel() before the headers",
    serve: (_, run) => soon(run.cancel),
    error: { kind: "cancelled" },
    modes: ["iteration", "final()"],
  },
  {
    name: "cancel() between two events",
    async serve(exchange, run) {
      await sendHalf(exchange);
      soon(run.cancel);
    },
    error: cancelled,
    modes: ["iteration", "final()"],
  },
  {
    name: "cancel() inside the loop, with events still waiting",
    serve: (exchange) => exchange.reply(sse(hello)),
    onEvent: (run, count) => count === 2 && run.cancel(),
    turn: { text },
    modes: ["iteration"],
  },
  {
    name: "an abort after the terminal event",
    serve: (exchange) => exchange.reply(sse(hello)),
    onEvent: (run, count) => count === hello.length && run.abort(),
    turn: { text },
    events: hello.length,
  },
];
