import { describe, expect, test } from "vitest";
import { EventQueue } from "../../src/stream/event-queue.ts";
import { half, hello, sse } from "../faults/events.ts";

function drained(queue: EventQueue): string[] {
  const types: string[] = [];
  for (let event = queue.shift(); event; event = queue.shift()) types.push(event.type);
  return types;
}

const typesOf = (events: typeof hello) => events.map(({ type }) => type);

describe("a queue", () => {
  test("gives events in order, and ends at the terminal one", () => {
    const queue = new EventQueue();
    expect(queue.feed(sse(half))).toBe(true);
    expect([drained(queue), queue.ended]).toEqual([typesOf(half), false]);
    expect(queue.feed(": comment\n\n")).toBe(false);
    queue.feed(sse([...hello.slice(6), ...half]));
    expect([drained(queue), queue.ended, queue.failure]).toEqual([
      typesOf(hello.slice(6)),
      true,
      undefined,
    ]);
  });

  test("shows what waits without taking it", () => {
    const queue = new EventQueue();
    queue.feed(sse(half));
    queue.shift();
    expect(queue.taken).toBe(1);
    expect(queue.waiting().map(({ type }) => type)).toEqual(typesOf(half.slice(1)));
    expect(queue.waiting(3).map(({ type }) => type)).toEqual(typesOf(half.slice(4)));
    expect(drained(queue)).toEqual(typesOf(half.slice(1)));
  });

  test("lets go of what was taken while more always waits", () => {
    const queue = new EventQueue();
    const event = (n: number) => `data: {"type":"t","n":${n}}\n\n`;
    queue.feed(event(0));
    for (let n = 1; n < 5000; n++) {
      queue.feed(event(n));
      expect(queue.shift()).toMatchObject({ n: n - 1 });
      expect(queue.waiting()).toMatchObject([{ n }]);
    }
    expect(queue.taken).toBe(4999);
  });

  test("says what is missing when the source ends early", () => {
    const queue = new EventQueue();
    queue.feed(`${sse(half)}data: {"type":"x`);
    expect(queue.finish()).toMatchObject({ kind: "stream_cut", retryable: true });
    expect([drained(queue), queue.ended]).toEqual([typesOf(half), false]);
  });

  test("forgets half an event when another source goes on", () => {
    const queue = new EventQueue();
    queue.feed(`${sse(half)}data: {"type":"x`);
    queue.restart();
    queue.feed(sse(hello.slice(6)));
    expect(drained(queue)).toEqual(typesOf(hello));
  });

  test("ends at [DONE]", () => {
    const queue = new EventQueue();
    queue.feed(`${sse(half)}data: [DONE]\n\n${sse(half)}`);
    expect([queue.waiting().length, queue.ended, queue.failure?.kind]).toEqual([
      6,
      true,
      "stream_cut",
    ]);
  });

  test.each(["nonsense", "7", "{}", '{"type":"a","x":'])(
    "ends at %j, which is no event",
    (data) => {
      const queue = new EventQueue();
      queue.feed(`${sse(half)}data: ${data}\n\n${sse(half)}`);
      expect([drained(queue), queue.failure]).toEqual([
        typesOf(half),
        { kind: "invalid_event", message: `The stream holds what is no event: ${data}` },
      ]);
    },
  );

  test("cares for nothing after the terminal event", () => {
    const queue = new EventQueue();
    queue.feed(`${sse(hello)}data: nonsense\n\ndata: [DONE]\n\n`);
    expect([drained(queue), queue.failure]).toEqual([typesOf(hello), undefined]);
  });

  test("drops what `keep` says no to, and never asks again after the end", () => {
    const queue = new EventQueue();
    queue.keep = ({ type }) => !type.endsWith(".delta");
    queue.feed(sse(hello));
    expect(drained(queue)).toEqual(typesOf(hello).filter((type) => !type.endsWith(".delta")));
  });

  test("keeps the first reason for its end", () => {
    const queue = new EventQueue();
    queue.end({ kind: "cancelled", message: "one" });
    queue.end({ kind: "stream_cut", message: "two" });
    expect(queue.failure).toEqual({ kind: "cancelled", message: "one" });
  });
});
