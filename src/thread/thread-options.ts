import type { ResponsesClient } from "../client.ts";
import type { Bill } from "../money/meter.ts";
import type { Part } from "../part.ts";
import type { StreamOptions } from "../stream/stream.ts";
import type { CompactionReport, CompactOptions } from "./compaction.ts";
import type { Compactor } from "./compactor.ts";

export interface ThreadOptions extends StreamOptions {
  /** When and how to shorten the transcript. Default: never. */
  compact?: CompactOptions | undefined;
}

/** What a thread works with; its state is apart. */
export interface ThreadContext {
  readonly client: Pick<ResponsesClient, "responses">;
  readonly options: ThreadOptions;
  readonly compactor: Compactor;
}

/** What holds for one request only. */
export interface TurnOptions {
  readonly settings?: Part<"tool_choice"> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Everything the request costs, compaction included. */
  readonly onSpent?: ((bill: Bill) => void) | undefined;
  readonly onCompaction?: ((report: CompactionReport) => void) | undefined;
}
