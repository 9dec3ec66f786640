import type { Drop, ErrorDraft, Faults, HttpFailure, RawReply, Reply } from "./script.ts";
import { sse } from "./sse.ts";
import { says } from "./steps.ts";

/** An HTTP error. The code and message default to what the API sends with the status. */
export function fails(
  status: number,
  error: ErrorDraft & { readonly headers?: Readonly<Record<string, string>> } = {},
): HttpFailure {
  const { headers = {}, ...rest } = error;
  return { kind: "failure", status, error: rest, headers };
}

/** The connection dies before any header: `fetch` rejects. */
export function drops(): Drop {
  return { kind: "drop" };
}

export interface CutOptions<R extends Reply | RawReply = Reply | RawReply> {
  /**
   * Events delivered before the cut; with more than there are, it comes after the last. A list
   * gives the first connection, then each `starting_after` read of a background response.
   */
  readonly after: number | readonly number[];
  /** Whether the cut looks like the end of the body. Default: the connection breaks. */
  readonly clean?: boolean;
  readonly reply?: R;
}

/**
 * The connection is cut in the middle of a reply. Plain JSON is cut in half.
 *
 * @throws {TypeError} Without a number of events.
 */
export function cuts(options: CutOptions<RawReply> & { reply: RawReply }): RawReply;
export function cuts(options: CutOptions<Reply>): Reply;
export function cuts({ after, clean = false, reply }: CutOptions): Reply | RawReply {
  const counts = [after].flat();
  if (!counts.every((count) => count >= 0)) {
    throw new TypeError("cuts() needs { after }: how many events come before the cut");
  }
  return withFaults(reply ?? says("This answer ends too early."), { cuts: counts, clean });
}

export interface StallOptions<R extends Reply | RawReply = Reply | RawReply> {
  /** Events delivered before the silence, or `"headers"` for silence before them. Default: 0. */
  readonly after?: number | "headers";
  /** Sends an SSE comment every so many ms, as proxies do to keep a connection open. */
  readonly commentMs?: number;
  readonly reply?: R;
}

/**
 * Silence for some ms, `Infinity` for ever.
 *
 * @throws {TypeError} Without a number of ms.
 */
export function stalls(ms: number, options: StallOptions<RawReply> & { reply: RawReply }): RawReply;
export function stalls(ms: number, options?: StallOptions<Reply>): Reply;
export function stalls(ms: number, options: StallOptions = {}): Reply | RawReply {
  const { after: at = 0, commentMs, reply } = options;
  if (!(ms >= 0)) throw new TypeError("stalls() needs how many ms; Infinity for ever");
  const stall = { ms, at, ...(commentMs === undefined ? {} : { commentMs }) };
  return withFaults(reply ?? says("Sorry to keep you waiting."), { stall });
}

export interface RawOptions {
  readonly status?: number;
  /** Default: `text/event-stream`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body as given, whatever it is. */
export function raw(body: string | Uint8Array, options: RawOptions = {}): RawReply {
  const { status = 200, contentType = "text/event-stream; charset=utf-8", headers = {} } = options;
  return {
    kind: "raw",
    frames: [body],
    status,
    headers: { "content-type": contentType, ...headers },
  };
}

/** Events as given, known or not, numbered or not. */
export function events(
  list: readonly ({ type: string } & object)[],
  options?: RawOptions,
): RawReply {
  return { ...raw("", options), frames: list.map((event) => sse({ ...event })) };
}

function withFaults<R extends Reply | RawReply>(reply: R, faults: Faults): R {
  return { ...reply, faults: { ...reply.faults, ...faults } };
}
