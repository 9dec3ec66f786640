import { type Answer, refused } from "./answer.ts";
import { badRequest } from "./api-failure.ts";
import { bodyStream, type Pace } from "./body-stream.ts";
import { type Exchange, isExchange, publicRequest } from "./cassette.ts";
import { readRequest } from "./read-request.ts";
import type { MockRequest } from "./request.ts";
import { isObject } from "./wire.ts";

/** A recording that stands in for the API. */
export interface Recording {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly requests: readonly MockRequest[];
  /** Exchanges that were not asked for yet. */
  readonly pending: number;
  /** @throws When an exchange is unused. */
  assertDone(): void;
}

/**
 * Replays a cassette written by `recordFetch`: its requests must come again in their order, equal
 * but for secrets. Another one gets a 400 with code `cassette_mismatch` that says where it
 * differs, and takes no exchange.
 */
export async function recorded(file: string, pace: Pace = {}): Promise<Recording> {
  const { readFile } = await import("node:fs/promises");
  const left = parseCassette(await readFile(file, "utf8"));
  const requests: MockRequest[] = [];
  return {
    async fetch(input, init) {
      const { request, signal } = await readRequest(input, init);
      signal?.throwIfAborted();
      requests.push(request);
      const answer = play(left, request, requests.length);
      const { status, headers } = answer;
      return new Response(bodyStream(answer, pace, signal), {
        status,
        headers: { "transfer-encoding": "chunked", ...headers },
      });
    },
    requests,
    get pending() {
      return left.length;
    },
    assertDone() {
      if (left.length > 0) throw new Error(`${left.length} recorded requests were never made.`);
    },
  };
}

function parseCassette(text: string): Exchange[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const exchanges = lines.map((line): unknown => JSON.parse(line)).filter(isExchange);
  return exchanges.sort((a, b) => a.index - b.index);
}

/** Takes the next exchange when the request is its own. */
function play(left: Exchange[], request: MockRequest, count: number): Answer {
  const [next] = left;
  const made = publicRequest(request);
  const where = next ? firstDifference(next.request, made, "") : undefined;
  if (!next || where !== undefined) {
    const why = next
      ? `differs from the recorded one at ${where}`
      : "comes after the end of the recording";
    return refused(badRequest(`Request ${count} ${why}.`, where ?? null, "cassette_mismatch"));
  }
  left.shift();
  const { status, headers, body, end } = next.response;
  const frames = body.split(/(?<=\n\n)/);
  return { status, headers, frames, ...(end === "broken" ? { cutAfter: frames.length } : {}) };
}

/** Path of the first difference, such as `body.input[2].content`. */
function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length);
    for (let index = 0; index < length; index++) {
      const found = firstDifference(a[index], b[index], `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? undefined : path;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], path ? `${path}.${key}` : key);
    if (found !== undefined) return found;
  }
  return undefined;
}
