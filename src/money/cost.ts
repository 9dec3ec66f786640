import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import type { CacheWritePrice, ModelInfo, TierPrice } from "../models/model-info.ts";

/** The part of the SDK's `ResponseUsage` that costs money. Gateways leave the details out. */
export interface BilledUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly input_tokens_details?:
    | {
        readonly cached_tokens?: number | null | undefined;
        readonly cache_write_tokens?: number | null | undefined;
        readonly cache_write_tokens_details?:
          | {
              readonly ttl_30m_tokens?: number | null | undefined;
              readonly ttl_12h_tokens?: number | null | undefined;
            }
          | null
          | undefined;
      }
    | null
    | undefined;
}

export interface CostOptions {
  /** The `service_tier` of the response, or `batch`. Default: standard prices. */
  readonly tier?: string | null | undefined;
  /** When the request ran, for prices that change at a date. Default: now. */
  readonly at?: Date | undefined;
}

/**
 * What one response cost in USD, at OpenAI's list prices without tools that bill by themselves.
 * `undefined` when a price it needs is unknown. Add up costs, not usage: a request's length decides
 * its price.
 *
 * `auto` and `default` are standard, `priority` is `fast`. `scale` is paid in advance, so it has no
 * price here. A tier multiplies the long-context prices too: OpenAI says so for flex and batch, and
 * for the fast tiers it is assumed.
 */
export function costOf(
  model: ModelId | ModelInfo | null | undefined,
  usage: BilledUsage | null | undefined,
  options: CostOptions = {},
): number | undefined {
  const info = modelInfo(model);
  const tier = info && tierRate(info, options);
  if (!info?.usdPerMillion || !tier || !usage) return undefined;
  const { input_tokens: input, output_tokens: output, input_tokens_details: details } = usage;
  const { longContext } = info;
  const long = longContext && input > longContext.above ? longContext : undefined;
  const price = long ?? info.usdPerMillion;

  const writes = details?.cache_write_tokens_details;
  const written12h = writes?.ttl_12h_tokens ?? 0;
  const written = details?.cache_write_tokens ?? written12h + (writes?.ttl_30m_tokens ?? 0);
  const written30m = Math.max(0, written - written12h);
  const cached = details?.cached_tokens ?? 0;
  const ordinary = Math.max(0, input - cached - written30m - written12h);

  const cachedPrice =
    long || tier.cachedInput === undefined ? price.cachedInput : tier.cachedInput / tier.multiplier;
  const total =
    bill(ordinary, price.input) +
    bill(cached, cachedPrice) +
    bill(written30m, writePrice(price.cacheWrite, "30m")) +
    bill(written12h, writePrice(price.cacheWrite, "12h")) +
    bill(output, price.output);
  const usd = (total * tier.multiplier) / 1e6;
  return Number.isFinite(usd) ? usd : undefined;
}

function tierRate(
  { tiers }: ModelInfo,
  { tier, at }: CostOptions,
): { multiplier: number; cachedInput?: number } | undefined {
  if (!tier || tier === "auto" || tier === "default") return { multiplier: 1 };
  const name = tier === "priority" ? "fast" : tier;
  const price: TierPrice | undefined = Object.entries(tiers).find(([key]) => key === name)?.[1];
  if (typeof price === "number") return { multiplier: price };
  if (!price?.until || (at ?? new Date()).toISOString().slice(0, 10) <= price.until) return price;
  return price.afterwards === undefined ? undefined : { multiplier: price.afterwards };
}

/** NaN, which survives every sum, when tokens meet an unknown price. */
function bill(tokens: number, price: number | null): number {
  return tokens === 0 ? 0 : tokens * (price ?? Number.NaN);
}

function writePrice(price: CacheWritePrice | null, ttl: "30m" | "12h"): number | null {
  if (typeof price !== "number") return price?.[ttl] ?? null;
  return ttl === "30m" ? price : price * 2;
}
