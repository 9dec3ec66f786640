import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { eventOf, isTerminal } from "./event.ts";
import { cut, type Failure } from "./failure.ts";
import { parseJson } from "./json.ts";
import { sseParser } from "./sse-parser.ts";
import { eventsOfBody } from "./whole-body.ts";

const noEnd = cut("The stream ended before the response did");

/** So many events that were taken out are kept, or as many as still wait, to drop them at once. */
const most = 1024;

/** The events of one response, in order, until the terminal one or a failure. */
export class EventQueue {
  readonly #parse: (data: string) => unknown;
  #parser = this.#newParser();
  #events: ResponseStreamEvent[] = [];
  #at = 0;
  #closing = false;
  /** How many events were taken out so far. */
  taken = 0;
  /** Nothing more will arrive; events may still wait. */
  ended = false;
  failure: Failure | undefined;
  /** Sees every event first, and whether it was made from a whole body; drops it with a no. */
  keep: ((event: ResponseStreamEvent, isMade: boolean) => boolean) | undefined;

  constructor(parse: (data: string) => unknown = parseJson) {
    this.#parse = parse;
  }

  /** The next event, if one waits. */
  shift(): ResponseStreamEvent | undefined {
    const events = this.#events;
    const event = events[this.#at];
    if (!event) return undefined;
    this.taken++;
    // An array that is popped keeps its room for the next chunk.
    if (events.length === 1) return events.pop();
    const at = ++this.#at;
    if (at === events.length || (at > most && at * 2 > events.length)) {
      this.#events = events.slice(at);
      this.#at = 0;
    }
    return event;
  }

  /** The events that wait, but for the first `from`, without taking them. */
  waiting(from = 0): readonly ResponseStreamEvent[] {
    return this.#events.slice(this.#at + from);
  }

  /** Takes a chunk in; says whether it brought an event. */
  feed(chunk: Uint8Array | string): boolean {
    const before = this.#events.length;
    this.#parser.feed(chunk);
    return this.#events.length > before;
  }

  /** The source is at its end: takes in what it still held, and says why that is too little. */
  finish(): Failure {
    const parser = this.#parser;
    this.#closing = true;
    parser.end();
    this.#closing = false;
    this.restart();
    if (parser.body === undefined) return noEnd;
    const { events, failure } = eventsOfBody(parser.body);
    for (const event of events) this.#push(event, true);
    return failure;
  }

  /** Another source goes on from here: half an event of the last one is forgotten. */
  restart(): void {
    this.#parser = this.#newParser();
  }

  /** The first reason counts. */
  end(failure?: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = failure;
  }

  #newParser() {
    return sseParser((data, name) => {
      if (data === "") return;
      if (data === "[DONE]") return this.end(noEnd);
      const event = eventOf(this.#parse(data), name);
      if (event) this.#push(event, false);
      // At the end, half an event is a cut.
      else if (!this.#closing) this.end(noEvent(data));
    });
  }

  /** What comes after the terminal event is none of the response's, whatever the socket does. */
  #push(event: ResponseStreamEvent, isMade: boolean): void {
    if (this.ended || this.keep?.(event, isMade) === false) return;
    this.#events.push(event);
    if (event.type === "error" || isTerminal(event.type)) this.end();
  }
}

function noEvent(data: string): Failure {
  const message = `The stream holds what is no event: ${data.slice(0, 80)}`;
  return { kind: "invalid_event", message };
}
