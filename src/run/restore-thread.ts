import type { ResponsesClient } from "../client.ts";
import type { GivenParts } from "../thread/functions.ts";
import { loadThread } from "../thread/saved-thread.ts";
import type { ThreadOptions } from "../thread/thread-options.ts";
import { Thread } from "./thread.ts";

/**
 * A thread from its JSON, in any process: it goes on where the other one stood.
 *
 * @param json What `JSON.stringify(thread)` gave, as text or parsed.
 * @param parts What `tools()` and `output()` returned, for the functions that JSON cannot keep.
 * @throws {CodexError} `invalid_request` for what is no saved thread, for one of another version,
 * and for each tool whose function is missing.
 */
export function restoreThread<T = unknown>(
  client: Pick<ResponsesClient, "responses">,
  json: string | object,
  parts: GivenParts = {},
  options: ThreadOptions = {},
): Thread<T> {
  return new Thread(client, loadThread<T>(json, parts), options);
}
