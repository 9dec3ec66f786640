import { describe, expect, test, vi } from "vitest";
import { CodexError } from "../../src/errors.ts";
import { isEvent } from "../../src/stream/event.ts";
import { relay } from "../../src/stream/relay.ts";
import { closing, half, sse } from "../faults/events.ts";

const events = half.flatMap((event: unknown) => (isEvent(event) ? [event] : []));

async function* play(list: readonly unknown[], error?: unknown) {
  for (const event of list) if (isEvent(event)) yield event;
  if (error) throw error;
}

describe("relay", () => {
  test("writes clean server-sent events", async () => {
    expect(await relay(play(half)).text()).toBe(sse(half));
  });

  test("a type cannot break out of its line", async () => {
    const text = await relay(play([{ type: "a\ndata: {}\n\n" }])).text();
    expect(text).toBe('event: a data: {} \ndata: {"type":"a\\ndata: {}\\n\\n"}\n\n');
  });

  test("what breaks it is its last event", async () => {
    const error = new CodexError("stream_idle", "No event", { retryable: true, sequenceNumber: 5 });
    const last = {
      type: "error",
      code: "stream_idle",
      message: "No event",
      param: null,
      retryable: true,
      sequence_number: 6,
    };
    expect(await relay(play(half, error)).text()).toBe(sse([...half, last]));
  });

  test("what is no error of ours is not told to strangers", async () => {
    const text = await relay(play([], new Error("password is 123"))).text();
    expect(text).toContain('"code":"api","message":"The stream broke"');
    expect(text).not.toContain("123");
  });

  test.each(["failed", "incomplete", "cancelled", "completed"])(
    "nothing follows response.%s",
    async (status) => {
      const list = [...half, closing([], { status })];
      expect(await relay(play(list, new CodexError("response_failed", "x"))).text()).toBe(
        sse(list),
      );
    },
  );

  test("pulls one event for each read, and none before", async () => {
    const next = vi.fn(async () => ({ done: false as const, value: events[0] ?? never() }));
    const leave = vi.fn(async () => ({ done: true as const, value: undefined }));
    const source = { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
    const reader = relay(source).body?.getReader();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(next).toHaveBeenCalledTimes(0);
    await reader?.read();
    await reader?.read();
    expect(next).toHaveBeenCalledTimes(2);
    await reader?.cancel();
    expect(leave).toHaveBeenCalledOnce();
  });
});

function never(): never {
  throw new Error("no event");
}
