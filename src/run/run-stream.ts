import type { Tool } from "openai/resources/responses/responses";
import type { ResponsesClient } from "../client.ts";
import type { ModelId } from "../models/ids.ts";
import type { ParsedOf, RequestFor } from "../request/request-for.ts";
import type { ThreadOptions } from "../thread/thread-options.ts";
import { run } from "./run.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunEvent } from "./run-result.ts";
import type { ThreadResult } from "./thread.ts";

/** A run to loop over. Leaving the loop cancels the run. */
export interface RunStream<T> extends AsyncIterable<RunEvent> {
  /** What the run came to. Unobserved, it never rejects. */
  readonly result: Promise<ThreadResult<T>>;
}

/** As `run`, its events as an async iterable; the run goes no faster than they are read. */
export function runStream<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  client: Pick<ResponsesClient, "responses">,
  params: RequestFor<M, T, L>,
  options: RunOptions & ThreadOptions = {},
): RunStream<ParsedOf<T, L>> {
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  const { readable, writable } = new TransformStream<RunEvent, RunEvent>();
  const writer = writable.getWriter();
  let read = false;
  const onEvent = async (event: RunEvent) => {
    await options.onEvent?.(event);
    // A reader that went away aborts the run; its last events have nowhere to go.
    const written = writer.write(event).catch(() => abort.abort());
    // Where only the result is awaited nobody takes the events, and the run must not wait for it.
    if (read) await written;
  };
  const result = run(client, params, { ...options, signal, onEvent });
  result.then(
    () => writer.close().catch(() => {}),
    (error: unknown) => writer.abort(error).catch(() => {}),
  );
  return {
    result,
    async *[Symbol.asyncIterator]() {
      read = true;
      const reader = readable.getReader();
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read())
          yield next.value;
      } finally {
        abort.abort();
        reader.cancel().catch(() => {});
      }
    },
  };
}
