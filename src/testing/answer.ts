import type { ApiFailure } from "./api-failure.ts";
import type { Faults } from "./script.ts";
import { sse } from "./sse.ts";
import type { Json } from "./wire.ts";

/** What the server sends for a request, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly frames: readonly (string | Uint8Array)[];
  readonly faults?: Faults | undefined;
  /** How many frames this connection delivers before it is cut. */
  readonly cutAfter?: number | undefined;
  /** Called before a frame is sent; `false` ends the body. */
  readonly onFrame?: (index: number) => boolean;
}

export function json(
  body: Json,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
  faults?: Faults,
): Answer {
  const text = JSON.stringify(body);
  const half = text.length >> 1;
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    frames: faults?.cuts ? [text.slice(0, half), text.slice(half)] : [text],
    ...(faults?.cuts ? { cutAfter: 1 } : {}),
    faults,
  };
}

export function eventStream(
  events: readonly Json[],
  onFrame: (index: number) => boolean,
  faults: Faults | undefined,
  cutAfter: number | undefined,
): Answer {
  const headers = { "content-type": "text/event-stream; charset=utf-8" };
  return { status: 200, headers, frames: events.map(sse), faults, cutAfter, onFrame };
}

export function refused({ body, status, headers }: ApiFailure): Answer {
  return json(body, status, headers);
}
