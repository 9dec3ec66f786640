import { createParser } from "eventsource-parser";

/** Splits chunks into server-sent events. The content type is never asked: the text tells. */
export interface SseParser {
  feed(chunk: Uint8Array | string): void;
  /** The source ended: hands over a last event that lacks its blank line. */
  end(): void;
  /** What a body that is no event stream says. */
  readonly body: string | undefined;
}

export function sseParser(onEvent: (data: string, name: string | undefined) => void): SseParser {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let isText: boolean | undefined;
  let text = "";
  const parser = createParser({ onEvent: ({ data, event }) => onEvent(data, event) });

  function feed(chunk: string): void {
    if (isText === false) {
      parser.feed(chunk);
      return;
    }
    text += chunk;
    if (isText) return;
    // Until its first character the body may be anything.
    const first = /[^\s\uFEFF]/.exec(chunk)?.[0];
    if (first === undefined) return;
    isText = "{[<".includes(first);
    if (isText) return;
    parser.feed(text);
    text = "";
  }

  return {
    feed(chunk) {
      if (typeof chunk === "string") return feed(chunk);
      // No character is cut where ASCII ends, and then decoding is faster.
      feed(decoder.decode(chunk, { stream: (chunk[chunk.length - 1] ?? 128) > 127 }));
    },
    end() {
      feed(decoder.decode());
      if (isText === false) parser.feed("\n\n");
    },
    get body() {
      return isText ? text : undefined;
    },
  };
}
