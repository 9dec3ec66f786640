import type { ResponseStreamEvent, ResponseUsage } from "openai/resources/responses/responses";
import type { CompactionReport } from "../thread/compaction.ts";
import type { CallOutput } from "../tools/answer.ts";
import type { CacheReport, Call, Turn } from "../turn.ts";
import type { LimitStop } from "./limits.ts";

/** Why a run ended. */
export type Stop =
  | "done"
  | LimitStop
  | "approval"
  | "repeat"
  | "refused"
  | "incomplete"
  | "cancelled";

/** What happens in a run, in order: the SDK's stream events, and these between them. */
export type RunEvent =
  | ResponseStreamEvent
  /** A request is about to leave: the run's `number`th, from 1. */
  | { readonly type: "run.request"; readonly number: number }
  | { readonly type: "run.turn"; readonly number: number; readonly turn: Turn }
  /** A tool is about to be executed. */
  | { readonly type: "run.call"; readonly call: Call }
  | { readonly type: "run.output"; readonly call: Call; readonly output: CallOutput }
  | { readonly type: "run.compaction"; readonly report: CompactionReport };

/** What a run came to, apart from its thread. */
export type RunFacts<T> = {
  /** The final answer, or what there was of it. */
  readonly text: string;
  /** The finished turns of this run. */
  readonly turns: readonly Turn<T>[];
  /** Of all turns and compactions; cut turns count by their estimate. */
  readonly usage: ResponseUsage | undefined;
  /** USD; `undefined` when a price is unknown. */
  readonly cost: number | undefined;
  readonly cache: CacheReport;
  /** Calls nobody answered: they wait for a person, or for the run to go on. */
  readonly pending: readonly Call[];
} & (
  | { readonly stop: "done"; readonly parsed: T }
  | { readonly stop: Exclude<Stop, "done">; readonly parsed: undefined }
);

export type RunResult<T, Thread> = RunFacts<T> & {
  /** Goes on from here: `thread.send`, `thread.run`, or its JSON in another process. */
  readonly thread: Thread;
};
