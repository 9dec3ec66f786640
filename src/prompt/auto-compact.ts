import type { Part } from "../part.ts";
import { refuse } from "./problem.ts";

/**
 * Lets the server compact the context by itself once a request passes `tokens`.
 *
 * @param tokens At least 1,000.
 * @throws {CodexError} `invalid_request` below 1,000.
 * @example autoCompact(200_000)
 * // { context_management: [{ type: "compaction", compact_threshold: 200000 }] }
 */
export function autoCompact(tokens: number): Part<"context_management"> {
  refuse((add) => {
    if (Number.isInteger(tokens) && tokens >= 1000) return;
    const path = "context_management[0].compact_threshold";
    add(path, `${tokens} is no number of tokens`, "use a whole number, at least 1000");
  });
  return { context_management: [{ type: "compaction", compact_threshold: tokens }] };
}
