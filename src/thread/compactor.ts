import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { isCodexError, type Problem } from "../errors.ts";
import type { Turn } from "../turn.ts";
import {
  type Compacted,
  type CompactOptions,
  type Strategy,
  strategiesOf,
  thresholdOf,
} from "./compaction.ts";
import { type CompactionTask, compactBy } from "./strategies.ts";

/** Decides when a thread compacts and tries its strategies in order. */
export class Compactor {
  /** In tokens; none where the thread compacts only when told to. */
  readonly #threshold: number | undefined;
  readonly #strategies: readonly Strategy[];
  readonly #refused = new Set<Strategy>();
  #last: Strategy | undefined;
  readonly isServer: boolean;

  /** @throws {CodexError} `invalid_request` for options that cannot be followed. */
  constructor(options: CompactOptions | undefined, params: ResponseCreateParamsBase) {
    this.isServer = options?.strategy === "server";
    this.#strategies = strategiesOf(options ?? {});
    this.#threshold = options && thresholdOf(options, params);
  }

  /** What `strategy: "server"` adds to every request. */
  get serverPart(): Pick<ResponseCreateParamsBase, "context_management"> {
    if (!this.isServer || !this.#threshold) return {};
    const compact_threshold = Math.max(1000, this.#threshold);
    return { context_management: [{ type: "compaction", compact_threshold }] };
  }

  /** By the real usage of the last turn, and an estimate of what came since, in tokens. */
  isDue(last: Turn | undefined, added: number): boolean {
    if (this.isServer || this.#threshold === undefined || !last?.usage) return false;
    return last.usage.total_tokens + added >= this.#threshold;
  }

  /** `undefined` when every strategy failed: each failure is a warning, none ends the thread. */
  async compact(
    task: CompactionTask,
    onWarning: ((warning: Problem) => void) | undefined,
  ): Promise<(Compacted & { strategy: Strategy }) | undefined> {
    for (const strategy of this.#strategies) {
      if (this.#refused.has(strategy)) continue;
      try {
        const compacted = await compactBy(strategy, task);
        this.#last = strategy;
        return { ...compacted, strategy };
      } catch (error) {
        if (task.signal?.aborted) throw error;
        // A fault of the moment is no reason never to try again.
        if (!isCodexError(error) || !error.retryable) this.#refused.add(strategy);
        onWarning?.(failed(strategy, error instanceof Error ? error.message : String(error)));
      }
    }
    return undefined;
  }

  /** The API did not take the window that the last strategy made. */
  refuseLast(reason: string, onWarning: ((warning: Problem) => void) | undefined): void {
    if (!this.#last) return;
    this.#refused.add(this.#last);
    onWarning?.(failed(this.#last, reason));
  }
}

function failed(strategy: Strategy, reason: string): Problem {
  const fix = "nothing to do: the transcript is kept, and the next strategy is tried";
  return { level: "warning", path: "compact", message: `${strategy} failed: ${reason}`, fix };
}
