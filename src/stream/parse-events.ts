import type { ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { CodexError } from "../errors.ts";
import { cursor } from "./cursor.ts";
import { isTerminal } from "./event.ts";
import { EventQueue } from "./event-queue.ts";
import { endFailure, lost } from "./failure.ts";
import { chunkReader, type StreamSource } from "./source.ts";

/**
 * The events of a response from any source of bytes or text: a `fetch` response, a relay, a file.
 * The content type is never trusted: server-sent events under any type decode, a whole JSON response
 * plays as the events it stands for. Leaving the loop cancels the source.
 *
 * Nothing is kept of what was read, so that little code is needed: fold the events with `accumulate`
 * to have the response as far as it got.
 *
 * @throws {CodexError} After a failed, incomplete or cancelled terminal event, and when none came;
 * without `partial`.
 */
export function parseEvents(source: StreamSource): AsyncIterableIterator<ResponseStreamEvent> {
  const chunks = chunkReader(source);
  const queue = new EventQueue();
  const items: ResponseOutputItem[] = [];
  let last: ResponseStreamEvent | undefined;
  let responseId: string | undefined;
  let sequenceNumber: number | undefined;
  let filling: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      const { done, value } = await chunks.read();
      if (value !== undefined) queue.feed(value);
      if (done) queue.end(queue.finish());
    } catch (thrown) {
      queue.end(lost(thrown));
    }
    filling = undefined;
    if (queue.ended) chunks.cancel();
  }

  function look(event: ResponseStreamEvent): ResponseStreamEvent {
    sequenceNumber = event.sequence_number ?? sequenceNumber;
    if ("response" in event) responseId = event.response?.id ?? responseId;
    else if (event.type === "response.output_item.done") items.push(event.item);
    if (event.type === "error" || isTerminal(event.type)) last = { ...event };
    return event;
  }

  return cursor({
    queue,
    fill() {
      filling ??= read();
      return filling;
    },
    pick: look,
    async end() {
      const response = last && "response" in last ? last.response : undefined;
      const failure = queue.failure ?? endFailure(last, items.concat(response?.output ?? []));
      if (!failure) return;
      const { kind, message, ...details } = failure;
      throw new CodexError(kind, message, {
        ...details,
        usage: response?.usage,
        responseId,
        sequenceNumber,
      });
    },
    async leave() {
      queue.end({ kind: "cancelled", message: "The reader left the stream" });
      chunks.cancel();
    },
  });
}
