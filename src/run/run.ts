import type { Tool } from "openai/resources/responses/responses";
import type { ResponsesClient } from "../client.ts";
import type { ModelId } from "../models/ids.ts";
import type { ParsedOf, RequestFor } from "../request/request-for.ts";
import type { ThreadOptions } from "../thread/thread-options.ts";
import type { RunOptions } from "./run-options.ts";
import { createThread, type ThreadResult } from "./thread.ts";

/**
 * Runs an agent: turns and tool calls until the model is done, a limit is hit, or a person is
 * needed. A limit is a result, not an error; `result.thread` goes on from there.
 *
 * @throws {CodexError} `invalid_request` before anything is sent, and whatever fails a request.
 */
export async function run<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  client: Pick<ResponsesClient, "responses">,
  params: RequestFor<M, T, L>,
  options: RunOptions & ThreadOptions = {},
): Promise<ThreadResult<ParsedOf<T, L>>> {
  // The signal ends this run, not what the thread does later.
  const thread = createThread(client, params, { ...options, signal: undefined });
  return thread.run(undefined, options);
}
