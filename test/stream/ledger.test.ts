import fc from "fast-check";
import type { Response } from "openai/resources/responses/responses";
import { describe, expect, test, vi } from "vitest";
import { accumulate } from "../../src/stream/accumulate.ts";
import { eventOf } from "../../src/stream/event.ts";
import { Ledger } from "../../src/stream/ledger.ts";
import {
  callItem,
  closing,
  type Event,
  hello,
  numbered,
  opening,
  text,
  textItem,
} from "../faults/events.ts";

function ledgerOf(events: readonly Event[], onWrong = () => {}): Ledger {
  const ledger = new Ledger(onWrong);
  for (const event of events) add(ledger, event);
  return ledger;
}

function add(ledger: Ledger, json: Event): void {
  const event = eventOf(structuredClone(json), undefined);
  if (event) ledger.add(event);
}

function folded(events: readonly Event[]): Response | undefined {
  let snapshot: Response | undefined;
  for (const json of events) {
    const event = eventOf(structuredClone(json), undefined);
    if (event) snapshot = accumulate(snapshot, event);
  }
  return snapshot;
}

const two = numbered([
  ...opening(),
  ...textItem(["a", "b", "c"]).slice(0, 4),
  ...callItem(["{", "}"], 1).slice(0, 2),
  ...textItem(["a", "b", "c"]).slice(4),
  ...callItem(["{", "}"], 1).slice(2),
  closing([]),
]);

describe("what a ledger adds up", () => {
  test("is what the events fold to, whenever somebody looks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: two.length, maxLength: two.length }),
        fc.nat(two.length),
        fc.boolean(),
        (looks, end, isNumbered) => {
          const onWrong = vi.fn();
          const ledger = new Ledger(onWrong);
          const events = two
            .slice(0, end)
            .map(({ sequence_number, ...rest }) =>
              isNumbered ? { ...rest, sequence_number } : rest,
            );
          for (const [i, event] of events.entries()) {
            add(ledger, event);
            if (looks[i]) expect(ledger.snapshot).toEqual(folded(events.slice(0, i + 1)));
          }
          expect(ledger.snapshot).toEqual(folded(events));
          expect(ledger.sequenceNumber).toBe(isNumbered && end > 0 ? end - 1 : undefined);
          expect(ledger.count).toBe(end);
          expect(onWrong).not.toHaveBeenCalled();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("does not mix deltas of several parts and items that take turns", () => {
    const delta = (output_index: number, content_index: number, delta: string) => ({
      type: "response.output_text.delta",
      output_index,
      content_index,
      delta,
    });
    const events = numbered([
      ...opening(),
      ...textItem([]).slice(0, 2),
      ...textItem([], 1).slice(0, 2),
      ...[delta(0, 0, "a"), delta(0, 0, "b"), delta(0, 1, "x"), delta(0, 1, "y"), delta(1, 0, "1")],
      ...[delta(1, 0, "2"), delta(0, 0, "c"), delta(0, 0, "d"), delta(1, 0, "3")],
    ]);
    expect(ledgerOf(events).snapshot?.output).toMatchObject([
      { content: [{ text: "abcd" }, { text: "xy" }] },
      { content: [{ text: "123" }] },
    ]);
  });

  test("holds a text of any length", () => {
    const pieces = Array.from({ length: 5000 }, (_, i) => `${i} `);
    const events = numbered([...opening(), ...textItem(pieces)]);
    expect(ledgerOf(events.slice(0, 4000)).snapshot?.output).toMatchObject([
      { content: [{ text: pieces.slice(0, 3996).join("") }] },
    ]);
    const onWrong = vi.fn();
    expect(ledgerOf(events, onWrong).snapshot).toEqual(folded(events));
    expect(onWrong).not.toHaveBeenCalled();
  });

  test("does not care what a reader does to the events afterwards", () => {
    const ledger = new Ledger();
    for (const json of hello.slice(0, 7)) {
      const event = eventOf(structuredClone(json), undefined);
      if (!event) continue;
      ledger.add(event);
      Object.assign(event, { type: "mine", output_index: 7, content_index: 7 });
    }
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: "Hello, wide wörld" }] }]);
  });

  test("leaves the events as they are", () => {
    const ledger = new Ledger();
    const events = two.map((json) => eventOf(structuredClone(json), undefined));
    for (const event of events) if (event) ledger.add(event);
    expect(ledger.snapshot).toBeDefined();
    expect(events).toEqual(two);
  });
});

describe("order", () => {
  const jump = hello.map((event, i) => (i < 6 ? event : { ...event, sequence_number: i + 1 }));

  test("after a gap, open items hold only what came before it", () => {
    const onWrong = vi.fn();
    const ledger = ledgerOf(jump.slice(0, 8), onWrong);
    ledger.settle();
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: "Hello, wide" }] }]);
    expect(onWrong).toHaveBeenCalledExactlyOnceWith(7, expect.objectContaining({ id: "msg_1" }));
  });

  test("what is done is right after all", () => {
    const ledger = ledgerOf(jump);
    ledger.settle();
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text }] }]);
  });

  test("an item that is added late is not sure from its start", () => {
    const late = [
      ...hello.slice(0, 2),
      ...hello.slice(3, 5),
      ...hello.slice(2, 3),
      ...hello.slice(5, 7),
    ];
    const ledger = ledgerOf(late);
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: ", wide wörld" }] }]);
    ledger.settle();
    expect(ledger.snapshot?.output).toMatchObject([{ content: [] }]);
  });

  test("the highest number counts, and none where there is none", () => {
    expect(ledgerOf(hello.slice(0, 4).reverse()).sequenceNumber).toBe(3);
    expect(ledgerOf(opening()).sequenceNumber).toBeUndefined();
  });
});
