import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  callItem,
  closing,
  type Event,
  frame,
  hello,
  message,
  numbered,
  opening,
  pieces,
  response,
  sse,
  text,
  textItem,
  usage,
} from "./events.ts";
import type { Row } from "./row.ts";
import { chunked, type Exchange } from "./server.ts";

const body = sse(hello);
const all = { turn: { text }, events: hello.length };

/** The body as it is given, in one piece. */
const sends = (
  name: string,
  sent: string | Uint8Array,
  headers: Record<string, string> = {},
): Row => ({
  name,
  serve: (exchange) => exchange.reply(sent, { headers }),
  ...all,
});

/** Events in place of the usual ones, and what they add up to. */
const plays = (name: string, events: readonly Event[], turn: Row["turn"] = { text }): Row => ({
  ...sends(name, sse(events)),
  turn,
  events: events.length,
});

/** The body in chunks of so many bytes. */
const splits = (size: number, sent = body): Row["serve"] => {
  const bytes = Buffer.from(sent);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return async (exchange: Exchange) => {
    exchange.head(200, chunked);
    await exchange.write(...chunks);
    exchange.end();
  };
};

/** The body in two chunks, cut in the middle of `where`, so many bytes in. */
const splitsIn = (name: string, where: string, offset: number): Row => {
  const bytes = Buffer.from(body);
  const at = bytes.indexOf(where) + offset;
  const serve = async (exchange: Exchange) => {
    exchange.head();
    await exchange.write(bytes.subarray(0, at));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await exchange.write(bytes.subarray(at));
    exchange.end();
  };
  return { name, serve, ...all };
};

const each = (change: (event: Event, i: number) => Event) => hello.map(change);
const unnumbered = each(({ sequence_number, ...event }) => ({ ...event, type: event.type }));
const item = message(text);
const whole = response({ status: "completed", output: [item], usage });
const last = hello.length - 1;
const insert = (at: number, ...events: Event[]) =>
  numbered([...hello.slice(0, at), ...events, ...hello.slice(at)]);
const endsWith = (fields: object) => numbered([...hello.slice(0, last), closing([], fields)]);
const surrogates = ["\ud83d", "\udc4b\ud83c", "\udffd"];
const big = "x".repeat(10 * 1024 * 1024);
const many = Array.from({ length: 50_000 }, (_, i) => `${i} `);
const open = textItem(["a", "b"]);
const other = callItem(["{}"], 1);

export const oddities: Row[] = [
  sends("a plain stream", body),
  sends("a plain stream of a given length", body, {
    "content-length": `${Buffer.byteLength(body)}`,
  }),
  { name: "single bytes", serve: splits(1), ...all },
  { name: "chunks of 3 bytes", serve: splits(3), ...all },
  { name: "chunks of 1000 bytes", serve: splits(1000), ...all },
  { name: "single bytes with CRLF", serve: splits(1, body.replaceAll("\n", "\r\n")), ...all },
  { name: "single bytes with CR", serve: splits(1, body.replaceAll("\n", "\r")), ...all },
  splitsIn("a chunk that ends inside a letter of two bytes", "ö", 1),
  splitsIn("a chunk that ends inside an emoji", "👋", 1),
  splitsIn("a chunk that ends between the halves of an emoji", "👋", 2),
  splitsIn("a chunk that ends inside a field name", "data:", 2),
  splitsIn("a chunk that ends between the newlines", "\n\n", 1),
  sends("CRLF", body.replaceAll("\n", "\r\n")),
  sends("CR", body.replaceAll("\n", "\r")),
  sends("LF, CRLF and CR mixed", body.replaceAll(/\n(?=data)/g, "\r").replaceAll("\n\n", "\r\n\n")),
  sends("a byte order mark", `\uFEFF${body}`),
  sends("blank lines first", `\n\r\n\n${body}`),
  sends("comments and keep-alives", body.replaceAll("event:", ": keep-alive\n\n:\nevent:")),
  sends(
    "data: without a space",
    body.replaceAll("data: ", "data:").replaceAll("event: ", "event:"),
  ),
  sends(
    "data over several lines",
    hello
      .map((event) => `data: ${JSON.stringify(event, null, 2).replaceAll("\n", "\ndata: ")}\n\n`)
      .join(""),
  ),
  sends("no event: lines", body.replaceAll(/^event: .*\n/gm, "")),
  sends("event: lines that contradict the data", body.replaceAll(/^event: .*$/gm, "event: ping")),
  sends("a type in the event: line only", body.replaceAll(/"type":"response\.[a-z_.]+",/g, "")),
  sends(
    "a type that is not the first key",
    sse(each(({ type, ...rest }) => ({ ...rest, type }) as Event)),
  ),
  sends("spaces in the JSON", body.replaceAll('{"type":', '{ "type" : ')),
  sends(
    "a type that is written with escapes",
    body.replaceAll('{"type":"response.', '{"type":"response\\u002e'),
  ),
  sends("id: and retry: lines", body.replaceAll("event:", "id: 7\nretry: 100\nunknown: x\nevent:")),
  sends(
    "events without data",
    body.replaceAll("event:", "event: ping\n\nevent: ping\ndata\n\nevent:"),
  ),
  sends("[DONE] after the terminal event", `${body}data: [DONE]\n\n`),
  sends("no blank line at the end", body.slice(0, -1)),
  sends("no newline at the end", body.slice(0, -2)),
  sends("gzip", gzipSync(body), { "content-encoding": "gzip" }),
  sends("deflate", deflateSync(body), { "content-encoding": "deflate" }),
  sends("brotli", brotliCompressSync(body), { "content-encoding": "br" }),
  sends("server-sent events as JSON", body, { "content-type": "application/json" }),
  sends("server-sent events as HTML", body, { "content-type": "text/html" }),
  sends("server-sent events without a type", body, { "content-type": "" }),
  sends(
    "raw text in the deltas, padded",
    sse(each((event) => ({ ...event, obfuscation: "xxxx" }))),
  ),
  plays(
    "an emoji whose halves are in two deltas",
    numbered([...opening(), ...textItem(surrogates), closing([message(surrogates.join(""))])]),
    { text: surrogates.join("") },
  ),
  plays("one event of 10 MB", numbered([...opening(), ...textItem([big]), closing([])]), {
    text: big,
  }),
  plays(
    "50,000 deltas",
    numbered([...opening(), ...textItem(many), closing([message(many.join(""))])]),
    { text: many.join("") },
  ),
  plays(
    "unknown events",
    insert(4, { type: "response.hologram.delta", delta: "x" }, { type: "x" }),
  ),
  plays("keepalive events", insert(5, { type: "keepalive" })),
  plays(
    "codex.rate_limits",
    insert(0, { type: "codex.rate_limits", rate_limits: { primary: {} } }),
  ),
  plays(
    "an unknown event whose response is null",
    insert(3, { type: "response.paused", response: null }),
  ),
  plays(
    "unknown items",
    numbered([
      ...opening(),
      { type: "response.output_item.added", output_index: 0, item: { type: "hologram", id: "h" } },
      { type: "response.output_item.done", output_index: 0, item: { type: "hologram", id: "h" } },
      ...textItem(pieces, 1),
      closing([{ type: "hologram", id: "h" }, item]),
    ]),
    { text, items: 2 },
  ),
  plays(
    "unknown parts",
    numbered([
      ...hello.slice(0, 3),
      {
        type: "response.content_part.added",
        output_index: 0,
        content_index: 0,
        part: { type: "x" },
      },
      {
        type: "response.output_item.done",
        output_index: 0,
        item: { ...item, content: [{ type: "x" }, ...item.content] },
      },
      closing([]),
    ]),
  ),
  plays(
    "unknown statuses",
    insert(2, { type: "response.in_progress", response: response({ status: "x" }) }),
  ),
  plays("absent sequence numbers", unnumbered),
  plays(
    "sequence numbers that are all 0",
    each((event) => ({ ...event, sequence_number: 0 })),
  ),
  plays(
    "sequence numbers that are all -1",
    each((event) => ({ ...event, sequence_number: -1 })),
  ),
  plays(
    "sequence numbers that come in pairs",
    each((event, i) => ({ ...event, sequence_number: i >> 1 })),
  ),
  plays(
    "sequence numbers with gaps",
    each((event, i) => ({ ...event, sequence_number: i * 3 })),
  ),
  plays("a repeated response.created", insert(1, ...opening().slice(0, 1))),
  plays("repeated output_item.added", insert(5, ...textItem(pieces).slice(0, 1))),
  plays("repeated output_item.done", insert(last, ...textItem(pieces).slice(-1))),
  plays("a repeated content part", insert(5, ...textItem(pieces).slice(1, 2))),
  plays(
    "items that interleave",
    numbered([
      ...opening(),
      ...open.slice(0, 3),
      ...other.slice(0, 2),
      ...open.slice(3, 4),
      ...other.slice(2),
      ...open.slice(4),
      closing([]),
    ]),
    { text: "ab", calls: 1, items: 2 },
  ),
  plays(
    "an output_index that skips numbers",
    numbered([...opening(), ...textItem(["a"], 2), ...callItem(["{}"], 7), closing([])]),
    { text: "a", calls: 1, items: 2 },
  ),
  plays(
    "no events for parts",
    hello
      .filter(({ type }) => !type.includes("content_part"))
      .map((event, i) => ({ ...event, sequence_number: i })),
  ),
  plays(
    "no deltas, only what is done",
    numbered(unnumbered.filter(({ type }) => !type.endsWith(".delta"))),
  ),
  plays(
    "nothing but deltas and the end",
    numbered(unnumbered.filter(({ type }) => !type.includes("output_item"))),
  ),
  plays("only a terminal event", numbered([closing([item])])),
  plays(
    "deltas for a part that nobody opened",
    insert(4, {
      type: "response.output_text.delta",
      output_index: 0,
      content_index: 9,
      delta: "?",
    }),
  ),
  plays(
    "deltas for an item that nobody opened",
    insert(4, {
      type: "response.output_text.delta",
      output_index: 9,
      content_index: 0,
      delta: "?",
    }),
  ),
  plays("a terminal event with an empty output", endsWith({})),
  plays("a terminal event without an output", endsWith({ output: undefined })),
  plays("a terminal event whose output is null", endsWith({ output: null })),
  plays(
    "a terminal event that lacks one of the items",
    numbered([...opening(), ...textItem(["a"]), ...callItem(["{}"], 1), closing([message("a")])]),
    { text: "a", calls: 1, items: 2 },
  ),
  {
    ...sends("events after the terminal one", body + sse(numbered(textItem(["?"], 1), 50))),
    ...all,
  },
  { ...sends("half an event after the terminal one", `${body}event: x\ndata: {"ty`), ...all },
  {
    name: "a connection that stays open after the terminal event",
    serve(exchange) {
      exchange.head(200, chunked);
      void exchange.write(body);
    },
    ...all,
  },
  {
    name: "a connection that dies after the terminal event",
    async serve(exchange) {
      exchange.head(200, chunked);
      await exchange.write(body);
      setTimeout(exchange.reset, 20);
    },
    ...all,
  },
  sends(
    "an unknown field in every event",
    sse(each((event) => ({ ...event, novelty: { a: [1] } }))),
  ),
  {
    ...sends("a whole response", JSON.stringify(whole), { "content-type": "application/json" }),
    events: 5,
  },
  { ...sends("a whole response as an event stream", JSON.stringify(whole)), events: 5 },
  { ...sends("a whole response, indented", `\n  ${JSON.stringify(whole, null, 2)}\n`), events: 5 },
  {
    ...sends("a whole response in gzip", gzipSync(JSON.stringify(whole)), {
      "content-encoding": "gzip",
    }),
    events: 5,
  },
  {
    name: "a whole response in single bytes",
    serve: splits(1, JSON.stringify(whole)),
    turn: { text },
    events: 5,
  },
  {
    name: "half a second between two events",
    async serve(exchange) {
      exchange.head();
      await exchange.write(...hello.slice(0, 5).map(frame));
      setTimeout(() => void exchange.write(...hello.slice(5).map(frame)).then(exchange.end), 500);
    },
    ...all,
  },
];
