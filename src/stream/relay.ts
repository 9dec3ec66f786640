import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { CodexError, isCodexError } from "../errors.ts";
import { isTerminal } from "./event.ts";

/**
 * Events as a `text/event-stream` response, pulled no faster than the other side reads. A stream
 * that breaks ends in an `error` event with the error's kind as its code; a reader that goes away
 * cancels the source.
 */
export function relay(
  events: AsyncIterable<ResponseStreamEvent>,
  init: ResponseInit = {},
): Response {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let ended = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (done) return controller.close();
          ended = value.type === "error" || isTerminal(value.type);
          controller.enqueue(encoder.encode(serverSentEvent(value)));
        } catch (error) {
          if (!ended) controller.enqueue(encoder.encode(serverSentEvent(errorEvent(error))));
          controller.close();
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/event-stream; charset=utf-8");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return new Response(body, { ...init, headers });
}

function serverSentEvent(event: { type: string }): string {
  return `event: ${event.type.replace(/\s+/g, " ")}\ndata: ${JSON.stringify(event)}\n\n`;
}

function errorEvent(error: unknown) {
  const { kind, message, retryable, sequenceNumber } = isCodexError(error)
    ? error
    : new CodexError("api", "The stream broke");
  const sequence_number = (sequenceNumber ?? -1) + 1;
  return { type: "error", code: kind, message, param: null, retryable, sequence_number };
}
