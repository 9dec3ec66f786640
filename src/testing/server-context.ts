import type { MakeId } from "./ids.ts";
import type { PrefixCache } from "./prefix-cache.ts";
import type { Step } from "./script.ts";
import type { ScriptQueue } from "./script-queue.ts";
import type { ServerState } from "./state.ts";

/** Replaces the server's own compaction, so that it can fail or misbehave. */
export interface CompactionSteps {
  /** Answers a `compaction_trigger`. */
  readonly trigger?: Step;
  /** Answers `POST /responses/compact`: an error, or the items of its output. */
  readonly endpoint?: Step;
}

export interface ServerContext {
  readonly script: ScriptQueue;
  readonly state: ServerState;
  readonly cache: PrefixCache;
  readonly compaction: CompactionSteps | undefined;
  readonly makeId: MakeId;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly checks: boolean;
  readonly full: boolean;
}
