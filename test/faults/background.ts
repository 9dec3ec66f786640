import { type Event, halfText, hello, message, response, sse, text, usage } from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";
import { chunked, type Exchange } from "./server.ts";

const json = { "content-type": "application/json" };
const params = { background: true };
const received: ExpectedError = {
  kind: "stream_cut",
  retryable: true,
  responseId: "resp_1",
  sequenceNumber: 5,
  text: halfText,
  usage: "estimated",
};

const after = ({ path }: Exchange): number => Number(/starting_after=(\d+)/.exec(path)?.[1] ?? -1);
const refuse = (exchange: Exchange, status: number, headers: Record<string, string> = {}) =>
  exchange.reply('{"error":{"message":"No.","code":null}}', {
    status,
    headers: { ...json, ...headers },
  });

/** Sends these events, and the connection dies. */
async function cut(exchange: Exchange, events: readonly Event[], bytes = ""): Promise<void> {
  exchange.head(200, chunked);
  await exchange.write(sse(events) + bytes);
  setTimeout(exchange.reset, 20);
}

const rest = (exchange: Exchange) => exchange.reply(sse(hello.slice(after(exchange) + 1)));
const whole = (status: string) =>
  response({ status, ...(status === "completed" && { output: [message(text)], usage }) });

const goesOn = (name: string, serve: Row["serve"], requests = 2): Row => ({
  name,
  serve,
  params,
  requests,
  turn: { text },
  events: hello.length,
});

/** A response whose events cannot be read again: it is looked at until it has ended. */
const polls = (
  name: string,
  refusal: (exchange: Exchange) => unknown,
  ends: string[] = ["completed"],
): Row => ({
  name,
  serve(exchange) {
    if (exchange.index === 0) return cut(exchange, hello.slice(0, 6));
    if (exchange.path.includes("stream=true")) return refusal(exchange);
    return exchange.reply(JSON.stringify(whole(ends[exchange.index - 2] ?? "completed")), {
      headers: json,
    });
  },
  params,
  requests: 2 + ends.length,
  turn: { text },
  events: 7,
});

export const background: Row[] = [
  goesOn("a cut between two events", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : rest(exchange),
  ),
  goesOn("a cut inside an event", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, 6), 'data: {"type":"resp') : rest(exchange),
  ),
  goesOn("a cut after the first event", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, 1)) : rest(exchange),
  ),
  goesOn("a cut before the terminal event", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, -1)) : rest(exchange),
  ),
  goesOn("a clean end before the end of a background response", (exchange) =>
    exchange.index === 0 ? exchange.reply(sse(hello.slice(0, 6))) : rest(exchange),
  ),
  goesOn(
    "a cut after every event",
    (exchange) => cut(exchange, hello.slice(after(exchange) + 1, after(exchange) + 2)),
    hello.length,
  ),
  goesOn("a server that sends everything again", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : exchange.reply(sse(hello)),
  ),
  goesOn("a server that sends the last event again", (exchange) =>
    exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : exchange.reply(sse(hello.slice(5))),
  ),
  goesOn(
    "a connection that brings nothing, once",
    (exchange) =>
      exchange.index === 0
        ? cut(exchange, hello.slice(0, 6))
        : exchange.index === 1
          ? exchange.reset()
          : rest(exchange),
    3,
  ),
  goesOn(
    "a 503 with a delay on the way",
    (exchange) =>
      exchange.index === 0
        ? cut(exchange, hello.slice(0, 6))
        : exchange.index === 1
          ? refuse(exchange, 503, { "retry-after-ms": "5" })
          : rest(exchange),
    3,
  ),
  {
    ...goesOn("silence: the connection is made anew", async (exchange) => {
      if (exchange.index > 0) return rest(exchange);
      exchange.head(200, chunked);
      await exchange.write(sse(hello.slice(0, 6)));
    }),
    options: { idleMs: 200 },
  },
  {
    ...goesOn(
      "a background connection that stays open after its end",
      async (exchange) => {
        exchange.head(200, chunked);
        await exchange.write(sse(hello));
      },
      1,
    ),
  },
  polls("a window that has expired: 400", (exchange) => refuse(exchange, 400)),
  polls("a window that has expired: 404", (exchange) => refuse(exchange, 404)),
  polls("a response that is still at work", (exchange) => refuse(exchange, 400), [
    "in_progress",
    "completed",
  ]),
  {
    ...polls(
      "a whole response instead of events",
      (exchange) => exchange.reply(JSON.stringify(whole("completed")), { headers: json }),
      [],
    ),
  },
  polls("a whole response instead of events that is still at work", (exchange) =>
    exchange.reply(JSON.stringify(whole("in_progress")), { headers: json }),
  ),
  {
    ...polls("a response that fails while it is polled", (exchange) => refuse(exchange, 400), [
      "failed",
    ]),
    turn: undefined,
    error: { ...received, kind: "response_failed", retryable: false, sequenceNumber: 6 },
  },
  {
    ...polls(
      "a response that is cancelled while it is polled",
      (exchange) => refuse(exchange, 400),
      ["cancelled"],
    ),
    turn: undefined,
    error: { ...received, kind: "cancelled", retryable: false, sequenceNumber: 6 },
  },
  {
    name: "a server that takes the job and streams nothing",
    serve: (exchange) =>
      exchange.index === 0
        ? exchange.reply(JSON.stringify(whole("queued")), { headers: json })
        : exchange.path.includes("stream=true")
          ? refuse(exchange, 400)
          : exchange.reply(JSON.stringify(whole("completed")), { headers: json }),
    params,
    requests: 2,
    turn: { text },
  },
  {
    name: "a response that is gone",
    serve: (exchange) =>
      exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : refuse(exchange, 404),
    params,
    requests: 3,
    error: { ...received, status: 404 },
    events: 6,
  },
  {
    name: "a key that is refused on the way",
    serve: (exchange) =>
      exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : refuse(exchange, 401),
    params,
    requests: 2,
    error: { ...received, status: 401 },
  },
  {
    name: "a server that does not come back",
    slow: true,
    serve: (exchange) =>
      exchange.index === 0 ? cut(exchange, hello.slice(0, 6)) : exchange.reset(),
    params,
    requests: 7,
    error: received,
    events: 6,
  },
  {
    name: "a cut before the response is known",
    serve: (exchange) => cut(exchange, []),
    params,
    error: { kind: "stream_cut", retryable: true },
  },
  {
    name: "resume: false",
    serve: (exchange) => cut(exchange, hello.slice(0, 6)),
    params,
    options: { resume: false },
    error: received,
  },
  {
    name: "a response that is not in the background",
    serve: (exchange) => cut(exchange, hello.slice(0, 6)),
    options: { resume: true },
    error: received,
  },
  {
    name: "an abort while the connection is made anew",
    serve(exchange, run) {
      if (exchange.index === 0) return cut(exchange, hello.slice(0, 6));
      run.abort();
    },
    params,
    requests: 2,
    error: { ...received, kind: "cancelled", retryable: false },
  },
  {
    name: "cancel(): the job is cancelled too",
    async serve(exchange, run) {
      if (exchange.path.endsWith("/cancel")) return exchange.reply("{}", { headers: json });
      exchange.head(200, chunked);
      await exchange.write(sse(hello.slice(0, 6)));
      setTimeout(run.cancel, 50);
      return undefined;
    },
    params,
    requests: 2,
    modes: ["iteration"],
    error: { ...received, kind: "cancelled", retryable: false },
  },
  {
    name: "a response of another process",
    serve: rest,
    options: { resume: { responseId: "resp_1", sequenceNumber: 5 } },
    params,
    turn: { text },
    events: hello.length - 6,
  },
  {
    name: "a response of another process, from its start",
    serve: rest,
    options: { resume: { responseId: "resp_1" } },
    params,
    turn: { text },
    events: hello.length,
  },
  {
    name: "a response of another process that is cut again",
    serve: (exchange) => (exchange.index === 0 ? cut(exchange, hello.slice(6, 8)) : rest(exchange)),
    options: { resume: { responseId: "resp_1", sequenceNumber: 5 } },
    params,
    requests: 2,
    turn: { text },
    events: hello.length - 6,
  },
  {
    name: "a response of another process whose window has expired",
    serve: (exchange) =>
      exchange.path.includes("stream=true")
        ? refuse(exchange, 400)
        : exchange.reply(JSON.stringify(whole("completed")), { headers: json }),
    options: { resume: { responseId: "resp_1", sequenceNumber: 5 } },
    params,
    requests: 2,
    turn: { text },
    events: 1,
  },
  {
    name: "a response of another process that is gone",
    serve: (exchange) => refuse(exchange, 404),
    options: { resume: { responseId: "resp_1", sequenceNumber: 5 } },
    params,
    requests: 2,
    error: { kind: "api", status: 404 },
  },
  {
    name: "a resume point without a response",
    serve: () => {},
    options: { resume: {} },
    params,
    requests: 0,
    error: { kind: "invalid_request" },
  },
];
