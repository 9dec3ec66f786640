import { describe, expect, test } from "vitest";
import { sseParser } from "../../src/stream/sse-parser.ts";

function parsed(...chunks: (string | Uint8Array)[]) {
  const events: [string, string | undefined][] = [];
  const parser = sseParser((data, name) => events.push([data, name]));
  for (const chunk of chunks) parser.feed(chunk);
  parser.end();
  return { events, body: parser.body };
}

describe("server-sent events", () => {
  test("come with their data and their name", () => {
    expect(parsed("event: a\ndata: 1\n\n", ": c\n\ndata:2\ndata: 3\n\n")).toEqual({
      events: [
        ["1", "a"],
        ["2\n3", undefined],
      ],
      body: undefined,
    });
  });

  test("may lack their last blank line or newline", () => {
    expect(parsed("data: 1\n\ndata: 2\n").events).toEqual([
      ["1", undefined],
      ["2", undefined],
    ]);
    expect(parsed("data: 1\n\ndata: 2").events).toEqual([
      ["1", undefined],
      ["2", undefined],
    ]);
  });

  test("keep characters that are cut between chunks, also by an empty one", () => {
    const [start = 0, ...rest] = new TextEncoder().encode("é");
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(
      parsed(
        bytes("data: a"),
        Uint8Array.of(start),
        new Uint8Array(),
        Uint8Array.from(rest),
        bytes("b\uFEFFc"),
        bytes("\uFEFFd\n\n"),
      ).events,
    ).toEqual([["aéb\uFEFFc\uFEFFd", undefined]]);
  });

  test("are the same in any chunks, bytes or text", () => {
    const text = "\uFEFFevent: é\r\ndata: 👋\r\n\r\n";
    const bytes = [...new TextEncoder().encode(text)].map((byte) => Uint8Array.of(byte));
    expect(parsed(...bytes)).toEqual(parsed(text));
    expect(parsed(...[...text]).events).toEqual([["👋", "é"]]);
  });
});

describe("a body that is something else", () => {
  test.each(["{}", "  \n[1]", "<html>", "\uFEFF{"])("such as %j is handed over whole", (body) => {
    const { events, body: got } = parsed(...body);
    expect([events, got?.trim().replace("\uFEFF", "")]).toEqual([
      [],
      body.trim().replace("\uFEFF", ""),
    ]);
  });

  test.each(["", " \n", ": comment\n\n", "plain text"])("is nothing when it is %j", (body) => {
    expect(parsed(body)).toEqual({ events: [], body: undefined });
  });
});
