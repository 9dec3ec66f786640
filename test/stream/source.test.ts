import { describe, expect, test, vi } from "vitest";
import { type ChunkReader, chunkReader } from "../../src/stream/source.ts";

async function all(reader: ChunkReader): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

describe("chunkReader", () => {
  test("reads responses, streams and iterables alike", async () => {
    const source = async function* () {
      yield "a";
      yield "b";
    };
    const stream = () =>
      new ReadableStream<string>({
        start: (to) => ["a", "b"].map((each) => to.enqueue(each)) && to.close(),
      });
    expect(await all(chunkReader(source()))).toEqual(["a", "b"]);
    expect(await all(chunkReader(stream()))).toEqual(["a", "b"]);
    expect(await all(chunkReader(new Response("ab")))).toEqual([new TextEncoder().encode("ab")]);
    expect(await all(chunkReader(new Response(null)))).toEqual([]);
  });

  test("ends a read that waits when nobody reads on, even where the source hangs", async () => {
    const next = () => new Promise<IteratorResult<string>>(() => {});
    const sources = [{ [Symbol.asyncIterator]: () => ({ next }) }, new ReadableStream<string>()];
    for (const source of sources) {
      const reader = chunkReader(source);
      const reading = reader.read();
      reader.cancel();
      expect((await reading).done).toBe(true);
    }
  });

  test("tells each of them when nobody reads on, once they are there, and never throws", async () => {
    const cancel = vi.fn(() => {
      throw new Error("no");
    });
    chunkReader(new ReadableStream({ cancel })).cancel();
    expect(cancel).toHaveBeenCalledTimes(1);
    const leave = vi.fn(async () => {
      throw new Error("no");
    });
    const next = async () => ({ done: true as const, value: undefined });
    chunkReader({ [Symbol.asyncIterator]: () => ({ next, return: leave }) }).cancel();
    chunkReader({ [Symbol.asyncIterator]: () => ({ next }) }).cancel();
    chunkReader({ [Symbol.asyncIterator]: () => ({ next, return: cancel }) }).cancel();
    chunkReader(new Response(null)).cancel();
    expect(leave).toHaveBeenCalledOnce();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
