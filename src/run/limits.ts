import type { ResponseUsage } from "openai/resources/responses/responses";
import { invalidRequest, type Problem } from "../errors.ts";
import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import { costOf } from "../money/cost.ts";
import { estimateTokens } from "../stream/finish.ts";
import type { Item, Turn } from "../turn.ts";

/** Checked before each request. A limit ends the run with a result, not with an error. */
export interface RunLimits {
  /** Requests. Default 50. */
  turns?: number;
  /** USD, with an estimate of the next request included. Needs a model whose price is known. */
  usd?: number;
  /** Input and output tokens, added up over all requests. */
  tokens?: number;
  /** Milliseconds since the run began. */
  ms?: number;
}

const known: readonly string[] = ["turns", "usd", "tokens", "ms"];

export type LimitStop = "turns" | "usd" | "tokens" | "time";

export interface Spent {
  readonly turns: number;
  readonly usd: number;
  readonly tokens: number;
  readonly ms: number;
}

/** @throws {CodexError} `invalid_request` for limits that cannot be kept. */
export function checkLimits(limits: RunLimits, model: ModelId | undefined): void {
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(limits)) {
    if (value === undefined || (typeof value === "number" && value >= 0)) continue;
    const fix = "pass a number of at least 0";
    problems.push({ level: "error", path: `limits.${key}`, message: `is ${value}`, fix });
  }
  for (const key of Object.keys(limits)) {
    if (known.includes(key)) continue;
    const fix = `use ${known.join(", ")}`;
    problems.push({ level: "error", path: `limits.${key}`, message: "is no limit", fix });
  }
  if (limits.usd !== undefined && !modelInfo(model)?.usdPerMillion) {
    const message = `cannot be kept: the price of "${model}" is not known`;
    const fix = "limit tokens or turns instead";
    problems.push({ level: "error", path: "limits.usd", message, fix });
  }
  if (problems.length > 0) throw invalidRequest(problems);
}

/** The limit that the next request would break. `usd` is what that request may cost. */
export function limitReached(limits: RunLimits, spent: Spent, usd: number): LimitStop | undefined {
  if (spent.turns >= (limits.turns ?? 50)) return "turns";
  if (limits.tokens !== undefined && spent.tokens >= limits.tokens) return "tokens";
  if (limits.ms !== undefined && spent.ms >= limits.ms) return "time";
  if (limits.usd !== undefined && spent.usd + usd > limits.usd) return "usd";
  return undefined;
}

/**
 * What the next request may cost: the last turn's context read from the cache as far as it was
 * then, what is new as ordinary input, and as much output as last time.
 */
export function estimateCost(
  model: ModelId | undefined,
  last: Turn | undefined,
  added: readonly Item[],
  tier: string | null | undefined,
): number {
  const fresh = estimateTokens(added);
  const before = last?.usage;
  const cached_tokens = before ? before.input_tokens : 0;
  const input_tokens = fresh + (before ? before.total_tokens : 0);
  const output_tokens = before?.output_tokens ?? 0;
  const usage: ResponseUsage = {
    input_tokens,
    input_tokens_details: {
      cached_tokens: last?.cache.cachedTokens || last?.cache.writtenTokens ? cached_tokens : 0,
      cache_write_tokens: 0,
    },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
  };
  return costOf(model, usage, { tier }) ?? 0;
}
