import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { accumulate, doubt, fold, settle } from "../../src/stream/accumulate.ts";
import { isEvent } from "../../src/stream/event.ts";
import {
  callItem,
  closing,
  type Event,
  hello,
  message,
  numbered,
  opening,
  pieces,
  response,
  text,
  textItem,
} from "../faults/events.ts";

function typed(event: Event): ResponseStreamEvent {
  if (isEvent(event)) return event;
  throw new Error("no event");
}

function fed(events: readonly Event[]): Response | undefined {
  return events.map(typed).reduce(accumulate, undefined as Response | undefined);
}

describe("accumulate", () => {
  test("starts from undefined, and stays there until a response is known", () => {
    expect(fed([])).toBeUndefined();
    expect(fed([{ type: "keepalive" }, ...textItem(["x"])])).toBeUndefined();
    expect(fed(opening())).toEqual(response());
  });

  test("folds a whole stream into its response", () => {
    expect(fed(hello)).toEqual(hello.at(-1)?.response);
  });

  test("updates in place, and shows each delta as it comes", () => {
    let snapshot: Response | undefined;
    const seen: unknown[] = [];
    for (const event of hello.map(typed)) {
      const next = accumulate(snapshot, event);
      if (snapshot) expect(next).toBe(snapshot);
      snapshot = next;
      const [item] = snapshot?.output ?? [];
      if (event.type === "response.output_text.delta" && item?.type === "message") {
        seen.push(item.content[0]?.type === "output_text" && item.content[0].text);
      }
    }
    expect(seen).toEqual(pieces.map((_, i) => pieces.slice(0, i + 1).join("")));
  });

  test("changes no event", () => {
    const before = JSON.stringify(hello);
    fed(hello);
    expect(JSON.stringify(hello)).toBe(before);
  });

  test("goes on with a snapshot from elsewhere, such as one that was stored", () => {
    for (let at = 1; at < hello.length; at++) {
      const stored: Response = JSON.parse(JSON.stringify(fed(hello.slice(0, at))));
      const rest = hello
        .slice(at)
        .map(typed)
        .reduce(accumulate, stored as Response | undefined);
      expect(rest).toEqual(fed(hello));
    }
  });

  test("keeps items in the order of their output_index", () => {
    const events = [
      ...opening(),
      ...textItem(["b"], 5),
      ...callItem(["{}"], 2),
      ...textItem(["a"], 0),
    ];
    expect(fed(events)?.output.map(({ type }) => type)).toEqual([
      "message",
      "function_call",
      "message",
    ]);
  });

  test("what is done is not changed by what comes later", () => {
    const late = textItem(["?"]).slice(1, -1);
    expect(fed([...hello.slice(0, -1), ...late])?.output).toEqual([message(text)]);
    const lateDelta = hello.slice(4, 5);
    const output = fed([...hello.slice(0, 9), ...lateDelta])?.output;
    expect(output).toMatchObject([{ content: [{ text }] }]);
  });

  test("an item that is not done has no encrypted content", () => {
    const item = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "draft" };
    const added = { type: "response.output_item.added", output_index: 0, item };
    const done = {
      type: "response.output_item.done",
      output_index: 0,
      item: { ...item, encrypted_content: "real" },
    };
    expect(fed([...opening(), added])?.output).toEqual([
      { type: "reasoning", id: "rs_1", summary: [] },
    ]);
    expect(fed([...opening(), added, done])?.output).toEqual([done.item]);
  });

  test("a completed response holds only what is done, any other all that came", () => {
    const open = hello.slice(0, 6);
    expect(fed([...open, closing([])])?.output).toEqual([]);
    const incomplete = closing([], { status: "incomplete" });
    expect(fed([...open, incomplete])?.output).toMatchObject([
      { content: [{ text: "Hello, wide" }] },
    ]);
  });
});

describe("doubt and settle", () => {
  test("take open items back to where they were sure", () => {
    const snapshot = fed(hello.slice(0, 5));
    if (!snapshot) throw new Error("no snapshot");
    expect(settle(snapshot)).toEqual([]);
    doubt(snapshot);
    for (const event of hello.slice(5, 7)) accumulate(snapshot, typed(event));
    doubt(snapshot);
    expect(snapshot.output).toMatchObject([{ content: [{ text: "Hello, wide wörld" }] }]);
    expect(settle(snapshot)).toMatchObject([{ content: [{ text: "Hello" }] }]);
    expect(snapshot.output).toMatchObject([{ content: [{ text: "Hello" }] }]);
  });

  test("leave what is done alone", () => {
    const snapshot = fed(numbered([...opening(), ...textItem(["a"])]));
    if (!snapshot) throw new Error("no snapshot");
    doubt(snapshot);
    expect([settle(snapshot), snapshot.output]).toEqual([[], [message("a")]]);
  });
});

test("fold tells when deltas do not add up, and when they do it is silent", () => {
  const wrongs = (events: readonly Event[]) => {
    let count = 0;
    let snapshot: Response | undefined;
    for (const event of events) snapshot = fold(snapshot, typed(event), () => count++);
    return count;
  };
  expect(wrongs(hello)).toBe(0);
  expect(wrongs(hello.filter((_, i) => i !== 5))).toBe(1);
  expect(wrongs(hello.filter((_, i) => i !== 5 && i !== 8 && i !== 9))).toBe(1);
  expect(wrongs(hello.filter(({ type }) => !type.endsWith(".delta")))).toBe(0);
});
