import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { type CodexError, isCodexError } from "../../src/errors.ts";
import { parseEvents } from "../../src/stream/parse-events.ts";
import type { StreamSource } from "../../src/stream/source.ts";
import {
  closing,
  half,
  hello,
  message,
  numbered,
  opening,
  response,
  sse,
  textItem,
  usage,
} from "../faults/events.ts";

const body = sse(hello);
const bytes = new TextEncoder().encode(body);

async function read(source: StreamSource) {
  const events: unknown[] = [];
  try {
    for await (const event of parseEvents(source)) events.push(event);
    return { events };
  } catch (error) {
    if (!isCodexError(error)) throw error;
    return { events, error };
  }
}

const facts = ({ kind, retryable, code, responseId, sequenceNumber, usage, partial }: CodexError) =>
  JSON.parse(JSON.stringify({ kind, retryable, code, responseId, sequenceNumber, usage, partial }));

async function* chunksOf<T>(...chunks: T[]): AsyncGenerator<T> {
  yield* chunks;
}

test("the end is what was sent, whatever a reader does to the last event", async () => {
  const types: string[] = [];
  for await (const event of parseEvents(new Response(sse(hello)))) {
    types.push(event.type);
    Object.assign(event, { type: "mine" });
  }
  expect(types).toEqual(hello.map(({ type }) => type));
});

describe("parseEvents", () => {
  const sources: [string, () => StreamSource][] = [
    ["a Response", () => new Response(body)],
    ["a stream of bytes", () => new Blob([bytes]).stream()],
    ["a stream of text", () => new Blob([bytes]).stream().pipeThrough(new TextDecoderStream())],
    ["bytes one by one", () => chunksOf(...[...bytes].map((byte) => Uint8Array.of(byte)))],
    ["an iterable of text", () => chunksOf(body.slice(0, 99), "", body.slice(99))],
  ];
  test.each(sources)("reads %s", async (_, source) => {
    expect(await read(source())).toEqual({ events: hello });
  });

  test("plays a whole response as the events it stands for", async () => {
    const whole = response({ status: "completed", output: [message("Hi")], usage });
    const { events, error } = await read(Response.json(whole));
    expect(error).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ type: "response.completed", response: whole });
    expect(events).toContainEqual(
      expect.objectContaining({ type: "response.output_text.delta", delta: "Hi" }),
    );
  });

  test("throws where the source ends too early, with how far it got", async () => {
    const { events, error } = await read(chunksOf(sse(half)));
    expect(events).toEqual(half);
    expect(error && facts(error)).toEqual({
      kind: "stream_cut",
      retryable: true,
      responseId: "resp_1",
      sequenceNumber: 5,
    });
  });

  test("throws where the source throws, with the reason", async () => {
    const why = new Error("gone");
    const source = async function* () {
      yield sse(half);
      throw why;
    };
    const { events, error } = await read(source());
    expect([events, error?.kind, error?.cause]).toEqual([half, "stream_cut", why]);
  });

  test.each([
    [
      "failed",
      { error: { code: "server_error", message: "Oh." } },
      { kind: "response_failed", code: "server_error", retryable: true },
    ],
    [
      "incomplete",
      { incomplete_details: { reason: "max_output_tokens" } },
      { kind: "response_incomplete", code: "max_output_tokens", retryable: false },
    ],
    ["cancelled", {}, { kind: "cancelled", retryable: false }],
  ])("delivers response.%s, and then throws", async (status, fields, wanted) => {
    const last = { ...closing([], { status, ...fields }), sequence_number: 6 };
    const { events, error } = await read(chunksOf(sse([...half, last])));
    expect(events).toEqual([...half, last]);
    expect(error && facts(error)).toEqual({
      ...wanted,
      usage,
      responseId: "resp_1",
      sequenceNumber: 6,
    });
  });

  test("throws a refusal, also when the terminal event does not repeat it", async () => {
    const refused = message("", { content: [{ type: "refusal", refusal: "No." }] });
    for (const output of [[], [refused]]) {
      const done = { type: "response.output_item.done", output_index: 0, item: refused };
      const { error } = await read(chunksOf(sse(numbered([...opening(), done, closing(output)]))));
      expect([error?.kind, error?.message]).toEqual(["refused", "No."]);
    }
  });

  test("an event that is none ends it", async () => {
    const { events, error } = await read(
      chunksOf(`${sse(half)}data: hello\n\n${sse(textItem(["x"]))}`),
    );
    expect([events, error?.kind, error?.sequenceNumber]).toEqual([half, "invalid_event", 5]);
  });

  test("leaving the loop cancels the source, and so does its end", async () => {
    for (const end of [3, 99]) {
      const cancel = vi.fn();
      const source = new ReadableStream<string>({
        start: (controller) => controller.enqueue(body),
        cancel,
      });
      let count = 0;
      for await (const _ of parseEvents(source)) if (++count === end) break;
      expect(cancel).toHaveBeenCalledOnce();
    }
  });

  test("asks for no chunk before it has to", async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController<string>) =>
      controller.enqueue(sse(half)),
    );
    const events = parseEvents(new ReadableStream({ pull }, { highWaterMark: 0 }));
    expect(pull).not.toHaveBeenCalled();
    for (let i = 0; i < half.length; i++) await events.next();
    expect(pull).toHaveBeenCalledOnce();
    await events.return?.();
  });

  test("weighs at most 5,120 bytes, and knows nothing of models, money or tools", async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: ["src/stream/parse-events.ts"],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      metafile: true,
    });
    expect(gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(5120);
    const folders = Object.keys(metafile.inputs).filter((path) =>
      /src\/(models|money|tools|prompt|run|thread)\//.test(path),
    );
    expect(folders).toEqual([]);
  });
});
