import { readRequest } from "./read-request.ts";
import { publicHeaders, redact, redactText } from "./redact.ts";
import { isObject, type Json } from "./wire.ts";

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One request and what came back, without secrets: a line of a cassette. */
export interface Exchange {
  /** Counts the requests of one recording, from 0. */
  readonly index: number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /** Whether the body came to its end, broke, or was given up by the client. */
    readonly end: "done" | "broken" | "cancelled";
  };
}

/** What of the response headers is worth keeping. */
const keptHeader = /^(content-type|retry-after(-ms)?|x-(request-id|should-retry|ratelimit-.+))$/;

/**
 * A `fetch` that also writes down every exchange, once its body has ended: as a line of the file
 * named, or to a function. Keys, cookies, account names and the credentials of MCP servers are
 * left out. Requests that get no response are not recorded.
 */
export function recordFetch(
  fetch: Fetch,
  sink: string | ((exchange: Exchange) => void | Promise<void>),
): Fetch {
  const write = typeof sink === "string" ? appendTo(sink) : sink;
  let count = 0;
  return async (input, init) => {
    const index = count++;
    const { request } = await readRequest(input, init);
    const response = await fetch(input, init);
    const { status, statusText } = response;
    const headers = Object.fromEntries(
      Object.entries(publicHeaders(response.headers)).filter(([name]) => keptHeader.test(name)),
    );
    const body = tapped(response.body, async (text, end) => {
      const recorded = { status, headers, body: redactText(text), end };
      await write({ index, request: publicRequest(request), response: recorded });
    });
    return new Response(body, { status, statusText, headers: response.headers });
  };
}

/** The part of a request that a replay compares. */
export function publicRequest(
  request: Omit<Exchange["request"], "body"> & { body: Json | undefined },
): Exchange["request"] {
  const { method, path, query, body } = request;
  const shown = redact(query);
  return { method, path, query: isTexts(shown) ? shown : {}, body: redact(body) ?? null };
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((part) => typeof part === "string");
}

function appendTo(file: string): (exchange: Exchange) => Promise<void> {
  let last = Promise.resolve();
  return (exchange) => {
    last = last.then(async () => {
      const { appendFile } = await import("node:fs/promises");
      await appendFile(file, `${JSON.stringify(exchange)}\n`);
    });
    return last;
  };
}

/** Passes a body on as it is read, and reports it when it ends. */
function tapped(
  body: ReadableStream<Uint8Array> | null,
  report: (text: string, end: Exchange["response"]["end"]) => Promise<void>,
): ReadableStream<Uint8Array> {
  const reader = (body ?? new Blob([]).stream()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          text += decoder.decode(value, { stream: !done });
          if (!done) return controller.enqueue(value);
        } catch (error) {
          await report(text, "broken");
          return controller.error(error);
        }
        await report(text, "done");
        controller.close();
      },
      async cancel(reason) {
        await Promise.all([reader.cancel(reason), report(text, "cancelled")]);
      },
    },
    { highWaterMark: 0 },
  );
}

export function isExchange(value: unknown): value is Exchange {
  return isObject(value) && isObject(value.request) && isObject(value.response);
}
