import type { Decision } from "../tools/decision.ts";
import type { Call } from "../turn.ts";
import type { RunLimits } from "./limits.ts";
import type { RunEvent } from "./run-result.ts";

export interface RunOptions {
  limits?: RunLimits;
  /**
   * Decides on a call that needs consent. Without it, or where it answers `undefined`, the run stops
   * with `approval` and the call in `pending`.
   */
  approve?: (call: Call) => Decision | undefined | Promise<Decision | undefined>;
  /** Every event in order; a promise makes the run wait. */
  onEvent?: (event: RunEvent) => unknown;
  /** Ends the run with `cancelled`: calls under way are answered as aborted. */
  signal?: AbortSignal;
  /** `final-answer` spends one more request, without tools, on an answer. Default `stop`. */
  onLimit?: "stop" | "final-answer";
  /** Calls marked `parallel` that run at once. Default 8. */
  parallelLimit?: number;
  /**
   * Tokens of one tool's text, at 4 bytes each; a longer one is cut to head and tail before it is
   * first sent. A tool's own limit wins. Default 10,000.
   */
  maxOutputTokens?: number;
}
