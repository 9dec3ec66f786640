import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { frame } from "../../src/stream/frame.ts";
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

const framesOf = (events: readonly Event[]) =>
  events.map((event) => frame(JSON.stringify(event), undefined));

function ledgerOf(
  events: readonly Event[],
  isLooked: (i: number) => boolean,
  onWrong = () => {},
): Ledger {
  const ledger = new Ledger(onWrong);
  framesOf(events).forEach((each, i) => {
    if (isLooked(i)) ledger.look(each);
    else ledger.skip(each);
  });
  return ledger;
}

const two = numbered([
  ...opening(),
  ...textItem(["a", "b", "c"]).slice(0, 4),
  ...callItem(["{", "}"], 1).slice(0, 2),
  ...textItem(["a", "b", "c"]).slice(4),
  ...callItem(["{", "}"], 1).slice(2),
  closing([]),
]);

describe("what was looked at and what was skipped", () => {
  test("add up to the same response at every point, whichever it was", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: two.length, maxLength: two.length }),
        fc.nat(two.length),
        (looks, end) => {
          const onWrong = vi.fn();
          const ledger = ledgerOf(two.slice(0, end), (i) => looks[i] ?? true, onWrong);
          const whole = ledgerOf(two.slice(0, end), () => true);
          expect(ledger.snapshot).toEqual(whole.snapshot);
          expect(ledger.sequenceNumber).toBe(whole.sequenceNumber);
          expect(onWrong).not.toHaveBeenCalled();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a skipped delta is never decoded once its item is done", () => {
    const frames = framesOf(hello);
    const ledger = new Ledger();
    for (const each of frames) ledger.skip(each);
    expect(frames.filter(({ event }) => event).map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(ledger.snapshot).toEqual(hello.at(-1)?.response);
  });

  test("a frame counts once, however often it is looked at", () => {
    const ledger = new Ledger();
    for (const each of framesOf(hello.slice(0, 6))) {
      ledger.skip(each);
      ledger.look(each);
      ledger.look(each);
      expect(ledger.skip(each)).toBe(true);
    }
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: "Hello, wide" }] }]);
  });

  test("what is no event is refused", () => {
    const [bad] = [frame("nonsense", undefined)];
    expect([new Ledger().look(bad), new Ledger().skip(bad)]).toEqual([undefined, false]);
  });
});

describe("order", () => {
  const jump = hello.map((event, i) => (i < 6 ? event : { ...event, sequence_number: i + 1 }));

  test("after a gap, open items hold only what came before it", () => {
    for (const isLooked of [true, false]) {
      const ledger = ledgerOf(jump.slice(0, 8), () => isLooked);
      ledger.settle();
      expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: "Hello, wide" }] }]);
    }
  });

  test("what is done is right after all", () => {
    const ledger = ledgerOf(jump, () => true);
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
    const ledger = ledgerOf(late, () => true);
    expect(ledger.snapshot?.output).toMatchObject([{ content: [{ text: ", wide wörld" }] }]);
    ledger.settle();
    expect(ledger.snapshot?.output).toMatchObject([{ content: [] }]);
  });

  test("the highest number counts, and none where there is none", () => {
    expect(ledgerOf(hello.slice(0, 4).reverse(), () => true).sequenceNumber).toBe(3);
    expect(ledgerOf(opening(), () => true).sequenceNumber).toBeUndefined();
  });
});
