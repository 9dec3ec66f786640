import { describe, expect, test, vi } from "vitest";
import { cursor } from "../../src/stream/cursor.ts";
import { EventQueue } from "../../src/stream/event-queue.ts";

const event = (n: number) => `data: {"type":"t${n}"}\n\n`;

function reading(...chunks: string[]) {
  const queue = new EventQueue();
  const fill = vi.fn(async () => {
    const chunk = chunks.shift();
    if (chunk === undefined) queue.end();
    else queue.feed(chunk);
  });
  const end = vi.fn(async () => {});
  const leave = vi.fn(async () => {});
  const pick = vi.fn(({ type }: { type: string }) => (type === "t2" ? undefined : type));
  return { queue, fill, end, leave, pick };
}

describe("a cursor", () => {
  test("gives what is picked, and waits only when the queue is empty", async () => {
    const options = reading(event(1) + event(2) + event(3), "", event(4));
    const list: string[] = [];
    for await (const type of cursor(options)) list.push(type);
    expect(list).toEqual(["t1", "t3", "t4"]);
    expect([
      options.fill.mock.calls.length,
      options.end.mock.calls.length,
      options.leave.mock.calls.length,
    ]).toEqual([4, 1, 0]);
  });

  test("throws what its end throws, each time that it is asked", async () => {
    const options = reading(event(1));
    options.end.mockRejectedValue(new Error("why"));
    const one = cursor(options);
    expect(await one.next()).toEqual({ done: false, value: "t1" });
    await expect(one.next()).rejects.toThrow("why");
    await expect(one.next()).rejects.toThrow("why");
  });

  test("serves those who ask before it answers, in their order", async () => {
    const one = cursor(reading(event(1), event(2), event(3) + event(4)));
    const asked = [one.next(), one.next(), one.next(), one.next(), one.next()];
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([
      "t1",
      "t3",
      "t4",
      undefined,
      undefined,
    ]);
  });

  test("throws what picking throws, whether it had to wait or not", async () => {
    const options = reading(event(1) + event(3));
    options.pick.mockImplementation(() => {
      throw new Error("why");
    });
    const one = cursor(options);
    await expect(one.next()).rejects.toThrow("why");
    await expect(async () => one.next()).rejects.toThrow("why");
    options.pick.mockImplementation(({ type }) => type);
    options.queue.feed(event(4));
    const reads = options.fill.mock.calls.length;
    expect(await one.next()).toEqual({ done: false, value: "t4" });
    expect(options.fill).toHaveBeenCalledTimes(reads);
  });

  test("tells when its reader leaves, and not at the end", async () => {
    const options = reading(event(1), event(3));
    for await (const _ of cursor(options)) break;
    expect([options.leave.mock.calls.length, options.end.mock.calls.length]).toEqual([1, 0]);
    expect(await cursor(options).return?.()).toEqual({ done: true, value: undefined });
  });

  test("is done for who has left, whatever still waits", async () => {
    const one = cursor(reading(event(1) + event(3)));
    await one.next();
    await one.return?.();
    expect(await one.next()).toEqual({ done: true, value: undefined });
  });

  test("is its own iterator", () => {
    const one = cursor(reading());
    expect(one[Symbol.asyncIterator]()).toBe(one);
  });
});
