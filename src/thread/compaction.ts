import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { invalidRequest } from "../errors.ts";
import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import type { ModelInfo } from "../models/model-info.ts";
import type { Bill } from "../money/meter.ts";
import type { Item } from "../turn.ts";

export type CompactStrategy = "auto" | "server" | "trigger" | "endpoint" | "summary";

export interface CompactOptions {
  /** When to compact: a fraction of the model's input window up to 1, or a number of tokens. */
  at: number;
  /**
   * `server` lets the API do it inside a response; `trigger` and `endpoint` ask it to between turns;
   * `summary` is a text the model writes. One that fails gives way to the next. Default `auto`:
   * `trigger` first, and a fraction counts from the long-context price step where there is one.
   */
  strategy?: CompactStrategy;
  /** For the window of a model the catalogue does not know. */
  model?: ModelId | ModelInfo;
}

/** One way to make a transcript shorter. */
export type Strategy = Exclude<CompactStrategy, "auto" | "server">;

/** What a strategy came to: the items to go on with, and the response that already holds them. */
export interface Compacted extends Bill {
  readonly items: readonly Item[];
  readonly head?: string | undefined;
}

/** What a thread reports after a compaction. */
export interface CompactionReport extends Bill {
  readonly strategy: Strategy;
  /** Items of the transcript before and after. */
  readonly items: { readonly before: number; readonly after: number };
}

const order: readonly Strategy[] = ["trigger", "endpoint", "summary"];

/** The strategies to try, in order: each one that fails gives way to a plainer one. */
export function strategiesOf({ strategy = "auto" }: Partial<CompactOptions>): readonly Strategy[] {
  if (strategy === "auto" || strategy === "server") return order;
  return order.slice(order.indexOf(strategy));
}

/** @throws {CodexError} `invalid_request` for options that cannot be followed. */
export function thresholdOf(options: CompactOptions, params: ResponseCreateParamsBase): number {
  const { at, strategy = "auto", model = params.model } = options;
  const refuse = (path: string, message: string, fix: string) =>
    invalidRequest([{ level: "error", path, message, fix }]);
  if (strategy === "server" && params.context_management?.length) {
    throw refuse("compact.strategy", "autoCompact() already says when", "keep one of the two");
  }
  if (!["auto", "server", ...order].includes(strategy)) {
    throw refuse(
      "compact.strategy",
      `"${strategy}" is none`,
      `use auto, server, ${order.join(", ")}`,
    );
  }
  if (!(at > 0) || (at > 1 && at < 1000)) {
    const fix = "use a fraction of the window such as 0.8, or at least 1000 tokens";
    throw refuse("compact.at", `${at} is neither`, fix);
  }
  if (at > 1) return Math.floor(at);
  const info = modelInfo(model);
  const window = info?.maxInput ?? info?.contextWindow;
  if (!window) {
    const fix = "give at in tokens, or a ModelInfo as compact.model";
    throw refuse("compact.at", `the window of "${params.model}" is not known`, fix);
  }
  const step = strategy === "auto" ? info?.longContext?.above : undefined;
  return Math.floor(at * Math.min(window, step ?? window));
}
