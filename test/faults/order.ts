import {
  callItem,
  closing,
  type Event,
  halfText,
  hello,
  message,
  numbered,
  opening,
  sse,
  text,
  textItem,
} from "./events.ts";
import type { ExpectedError, Row } from "./row.ts";

/** Positions in `hello`: two opening events, added, part, four deltas, and what is done. */
const [first, second, third] = [4, 5, 6];
const doneText = 8;
const doneItem = 10;

const move = (from: number, to: number): Event[] => {
  const events = hello.filter((_, i) => i !== from);
  events.splice(to, 0, ...hello.slice(from, from + 1));
  return events;
};
const drop = (...at: number[]): Event[] => hello.filter((_, i) => !at.includes(i));
const repeat = (at: number): Event[] => [...hello.slice(0, at + 1), ...hello.slice(at)];
const bare = (events: readonly Event[]): Event[] =>
  events.map(({ sequence_number, ...event }) => ({ ...event, type: event.type }));
const wrongAt = (index: number) => [`events[${index}]`];

/** The turn is right, whatever a reader saw on the way. */
const heals = (name: string, events: readonly Event[], warnings: readonly string[] = []): Row => ({
  name,
  serve: (exchange) => exchange.reply(sse(events)),
  turn: { text },
  events: events.length,
  warnings,
});

/** The stream is cut, too: what is left is what is sure. */
const cuts = (
  name: string,
  events: readonly Event[],
  fields: Partial<ExpectedError>,
  warnings: readonly string[],
): Row => ({
  name,
  serve: (exchange) => exchange.reply(sse(events)),
  error: {
    kind: "stream_cut",
    retryable: true,
    responseId: "resp_1",
    sequenceNumber: 7,
    usage: "estimated",
    ...fields,
  },
  warnings,
});

const call = numbered([...opening(), ...callItem(['{"path":', '"a.ts"', "}"]), closing([])]);
const swappedCall = [
  ...call.slice(0, 3),
  ...call.slice(4, 5),
  ...call.slice(3, 4),
  ...call.slice(5),
];
const twoItems = (from: number) =>
  numbered([
    ...opening(),
    ...textItem(["a", "b"]),
    ...textItem(["c", "d"], 1, { id: "msg_2" }),
  ]).slice(0, from);

export const order: Row[] = [
  heals("two deltas change places", move(second, third), wrongAt(doneText)),
  heals(
    "two deltas change places, and the numbers hide it",
    numbered(bare(move(second, third))),
    wrongAt(doneText),
  ),
  heals("two deltas change places, without numbers", bare(move(second, third)), wrongAt(doneText)),
  heals("the first delta comes last", move(first, 7), wrongAt(doneText)),
  heals("a delta comes before its part", move(first, 3), []),
  heals("a delta is missing", drop(second), wrongAt(doneText - 1)),
  heals("a delta is missing, without numbers", bare(drop(second)), wrongAt(doneText - 1)),
  heals("the last delta is missing", drop(7), wrongAt(doneText - 1)),
  heals("a delta is repeated", repeat(second), wrongAt(doneText + 1)),
  heals("a delta is repeated, without numbers", bare(repeat(second)), wrongAt(doneText + 1)),
  heals("a delta comes after the text is done", move(7, doneText), wrongAt(7)),
  heals("a delta comes after the item is done", move(7, doneItem), wrongAt(7)),
  heals(
    "a delta is missing, and nothing says what the text is but the item",
    drop(second, doneText, doneText + 1),
    wrongAt(7),
  ),
  heals("every event comes twice", hello.flatMap((event) => [event, event]).slice(0, -1), [
    "events[16]",
  ]),
  heals(
    "numbers jump forward",
    hello.map((event, i) => ({ ...event, sequence_number: i * i })),
  ),
  heals(
    "numbers go back",
    hello.map((event, i) => ({ ...event, sequence_number: 100 - i })),
  ),
  heals(
    "numbers jump forward and back",
    hello.map((event, i) => ({ ...event, sequence_number: (i * 7) % 12 })),
  ),
  heals(
    "numbers start again",
    hello.map((event, i) => ({ ...event, sequence_number: i % 5 })),
  ),
  heals(
    "numbers that are no numbers",
    hello.map((event, i) => ({ ...event, sequence_number: `${i}` })),
  ),
  {
    name: "two pieces of arguments change places",
    serve: (exchange) => exchange.reply(sse(swappedCall)),
    turn: { text: "", calls: 1 },
    events: call.length,
    warnings: ["events[6]"],
  },
  cuts(
    "two deltas change places before a cut",
    move(second, third).slice(0, 8),
    { text: "Hello" },
    wrongAt(7),
  ),
  cuts("a delta is missing before a cut", drop(second).slice(0, 7), { text: "Hello" }, wrongAt(6)),
  cuts(
    "a delta is repeated before a cut",
    repeat(second).slice(0, 9),
    { text: halfText },
    wrongAt(8),
  ),
  cuts(
    "a delta is missing before a cut that is not noticed",
    bare(drop(7)).slice(0, 7),
    {
      text: "Hello, wide wörld",
      sequenceNumber: undefined,
    },
    [],
  ),
  cuts(
    "a delta comes after its text is done, before a cut",
    bare(move(7, doneText)).slice(0, 9),
    {
      text,
      sequenceNumber: undefined,
    },
    wrongAt(7),
  ),
  {
    ...cuts(
      "a delta of the second item is missing before a cut",
      [
        ...twoItems(11),
        ...twoItems(12)
          .slice(-1)
          .map((event) => ({ ...event, sequence_number: 12 })),
      ],
      { text: "ab", sequenceNumber: 12 },
      ["events[11]"],
    ),
  },
  {
    name: "a delta is missing in an answer that is incomplete",
    serve: (exchange) =>
      exchange.reply(
        sse([
          ...drop(second).slice(0, 7),
          {
            ...closing([], {
              status: "incomplete",
              incomplete_details: { reason: "max_output_tokens" },
            }),
            sequence_number: 8,
          },
        ]),
      ),
    error: {
      kind: "response_incomplete",
      code: "max_output_tokens",
      responseId: "resp_1",
      sequenceNumber: 8,
      text: "Hello",
      usage: "counted",
    },
    warnings: wrongAt(7),
  },
  heals("a text of the end that differs from that of the item", [
    ...hello.slice(0, -1),
    { ...closing([message(text)]), sequence_number: 11 },
  ]),
];
