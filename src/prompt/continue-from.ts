import type { Part } from "../part.ts";
import { refuse } from "./problem.ts";

/**
 * Continues a stored response: only new items need to be sent. Tools, reasoning, text and
 * instructions are not carried over; send them again. The price is that of the whole context.
 *
 * @param parent A turn, a response, or the id of one. Kept by the server for 30 days by default.
 * @throws {CodexError} `invalid_request` without an id.
 * @example continueFrom("resp_123") // { previous_response_id: "resp_123" }
 */
export function continueFrom(
  parent: string | { readonly id: string },
): Part<"previous_response_id"> & { previous_response_id: string } {
  const id = typeof parent === "string" ? parent : parent?.id;
  refuse((add) => {
    if (typeof id === "string" && id) return;
    add("previous_response_id", "is no id", "pass a finished turn, a response, or its id");
  });
  return { previous_response_id: id };
}
