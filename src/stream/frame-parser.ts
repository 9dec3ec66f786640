import { createParser } from "eventsource-parser";

/** Splits chunks into server-sent events. The content type is never asked: the text tells. */
export interface FrameParser {
  feed(chunk: Uint8Array | string): void;
  /** The source ended: hands over a last event that lacks its blank line. */
  end(): void;
  /** What a body that is no event stream says. */
  readonly body: string | undefined;
}

export function frameParser(
  onEvent: (data: string, name: string | undefined) => void,
): FrameParser {
  const decoder = new TextDecoder();
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
    const first = /[^\s\uFEFF]/.exec(text)?.[0];
    if (first === undefined) return;
    isText = "{[<".includes(first);
    if (isText) return;
    parser.feed(text);
    text = "";
  }

  return {
    feed: (chunk) =>
      feed(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true })),
    end() {
      feed(decoder.decode());
      if (isText === false) parser.feed("\n\n");
    },
    get body() {
      return isText ? text : undefined;
    },
  };
}
