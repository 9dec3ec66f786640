import { describe, expect, test, vi } from "vitest";
import { type Opened, Wire, type WireOptions } from "../../src/stream/wire.ts";
import { half, hello, sse } from "../faults/events.ts";

const forever = Number.POSITIVE_INFINITY;

function opened(...chunks: (string | Error)[]): Opened & { cancel: ReturnType<typeof vi.fn> } {
  const cancel = vi.fn();
  const read = async () => {
    const chunk = chunks.shift();
    if (chunk instanceof Error) throw chunk;
    return chunk === undefined ? { done: true } : { done: false, value: chunk };
  };
  return { chunks: { read, cancel }, requestId: "req_1", cancel };
}

function wireOf(open: WireOptions["open"], options: Partial<WireOptions> = {}): Wire {
  return new Wire({ open, firstEventMs: forever, idleMs: forever, resume: true, ...options });
}

async function drain(wire: Wire): Promise<number> {
  while (!wire.queue.ended) await wire.fill();
  return wire.queue.waiting().length;
}

describe("a wire", () => {
  test("opens when somebody waits, reads a chunk each time, and ends once", async () => {
    const connection = opened(sse(half), sse(hello.slice(6)), "more");
    const open = vi.fn(async () => connection);
    const onEnd = vi.fn();
    const wire = wireOf(open, { onEnd });
    expect(open).not.toHaveBeenCalled();
    await Promise.all([wire.fill(), wire.fill()]);
    expect([wire.queue.waiting().length, wire.requestId, open.mock.calls.length]).toEqual([
      6,
      "req_1",
      1,
    ]);
    expect(await drain(wire)).toBe(hello.length);
    expect([
      onEnd.mock.calls.length,
      connection.cancel.mock.calls.length,
      wire.queue.failure,
    ]).toEqual([1, 1, undefined]);
    await wire.fill();
    wire.close({ kind: "cancelled", message: "late" });
    expect([onEnd.mock.calls.length, wire.queue.failure]).toEqual([1, undefined]);
  });

  test("names a lost connection, with its cause", async () => {
    const cause = new TypeError("terminated");
    const wire = wireOf(async () => opened(sse(half), cause));
    expect(await drain(wire)).toBe(6);
    expect(wire.queue.failure).toEqual({
      kind: "stream_cut",
      message: "The connection was lost: terminated",
      retryable: true,
      cause,
    });
  });

  test("ends when a chunk cannot be read at all", async () => {
    const connection = opened(sse(half));
    let reads = 0;
    const read = async () => ({ done: false, value: reads++ ? (7 as never) : sse(half) });
    const wire = wireOf(async () => ({ ...connection, chunks: { ...connection.chunks, read } }));
    expect(await drain(wire)).toBe(6);
    expect(wire.queue.failure).toMatchObject({ kind: "stream_cut", cause: expect.any(TypeError) });
    expect(connection.cancel).toHaveBeenCalledOnce();
  });

  test("aborts the request when it is closed before the answer, and cancels a late one", async () => {
    const connection = opened("x");
    let signal: AbortSignal | undefined;
    let answer = (_: Opened) => {};
    const wire = wireOf((given) => {
      signal = given;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const filling = wire.fill();
    wire.close({ kind: "cancelled", message: "enough" });
    await filling;
    expect([signal?.aborted, wire.queue.failure?.message]).toEqual([true, "enough"]);
    answer(connection);
    await new Promise((resolve) => setTimeout(resolve));
    expect(connection.cancel).toHaveBeenCalledOnce();
  });

  test("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await drain(wireOf(async () => opened(sse(hello)), { signal }));
    expect(add.mock.calls.map(([type, listener]) => [type, listener])).toEqual(remove.mock.calls);
    expect(add).toHaveBeenCalledOnce();
  });
});

describe("a wire that can go on", () => {
  const resumption = (responseId: string | undefined, ...next: Opened[]) => ({
    keep: () => true,
    responseId,
    cancel: vi.fn(),
    connect: vi.fn(async () => next.shift() ?? Promise.reject(new Error("no more"))),
  });

  test("does so after a cut, and forgets half an event", async () => {
    const again = resumption("resp_1", opened(sse(hello.slice(6))));
    const wire = wireOf(async () => ({
      ...opened(`${sse(half)}data: {"ty`, new Error("cut")),
      resumption: again,
    }));
    expect([await drain(wire), wire.queue.failure]).toEqual([hello.length, undefined]);
    expect(again.connect).toHaveBeenCalledOnce();
  });

  test.each([
    ["when it must not", false, "resp_1"],
    ["when nothing is known of the response", true, undefined],
  ])("does not %s", async (_, resume, id) => {
    const again = resumption(id, opened(sse(hello.slice(6))));
    const wire = wireOf(async () => ({ ...opened(sse(half)), resumption: again }), { resume });
    expect([await drain(wire), wire.queue.failure?.kind, again.connect.mock.calls.length]).toEqual([
      6,
      "stream_cut",
      0,
    ]);
  });

  test("cancels the response only when it is told to, and only before the end", async () => {
    for (const [way, count] of [
      ["close", 0],
      ["cancel", 1],
    ] as const) {
      const again = resumption("resp_1");
      const wire = wireOf(async () => ({ ...opened(sse(half)), resumption: again }));
      await wire.fill();
      wire[way]({ kind: "cancelled", message: "enough" });
      wire.cancel({ kind: "cancelled", message: "again" });
      expect(again.cancel).toHaveBeenCalledTimes(count);
    }
  });
});
