import type { ResponseTextConfig } from "openai/resources/responses/responses";
import type { ReasoningEffort } from "openai/resources/shared";

export type Effort = NonNullable<ReasoningEffort>;
export type Verbosity = NonNullable<ResponseTextConfig["verbosity"]>;

/**
 * USD per million tokens written to the prompt cache. A number is the price for 30 minutes, and 12
 * hours cost twice that (2.5 times the input price instead of 1.25).
 */
export type CacheWritePrice = number | { readonly "30m": number; readonly "12h": number };

/** USD per million tokens. */
export interface Prices {
  /** Input that is neither read from the cache nor written to it. */
  readonly input: number;
  readonly cachedInput: number | null;
  /** `null` before GPT-5.6, where writing is free and not reported. */
  readonly cacheWrite: CacheWritePrice | null;
  /** Reasoning tokens included. */
  readonly output: number;
}

/** USD per million tokens, for all of a request whose input is longer than `above`. */
export interface LongContextPrices {
  /** In tokens, cached ones included. Exactly this many are still billed at the normal prices. */
  readonly above: number;
  readonly input: number | null;
  readonly cachedInput: number | null;
  readonly cacheWrite: CacheWritePrice | null;
  readonly output: number | null;
}

/** A multiplier of every price, or one with exceptions. */
export type TierPrice =
  | number
  | {
      readonly multiplier: number;
      /** USD per million tokens instead of the multiplied price. Not for long context. */
      readonly cachedInput?: number;
      /** The last day of `multiplier`, as an ISO date in UTC; `afterwards` follows it. */
      readonly until?: string;
      readonly afterwards?: number;
    };

/** Prices of the service tiers. An absent one is not offered, or its price is unknown. */
export interface TierPrices {
  /** Also for `priority`, its older name. */
  readonly fast?: TierPrice;
  readonly flex?: TierPrice;
  /** The Batch API. */
  readonly batch?: TierPrice;
  readonly ultrafast?: TierPrice;
}

/** Which of the API's own tool types a model takes; `custom` stands for freeform custom tools. */
export interface ToolSupport {
  readonly apply_patch: boolean | null;
  readonly shell: boolean | null;
  readonly web_search: boolean | null;
  readonly tool_search: boolean | null;
  readonly custom: boolean | null;
  readonly computer: boolean | null;
}

/** What is known about a model. `null` is unknown, and nothing is checked for it. */
export interface ModelInfo {
  /** Input and output together, in tokens. */
  readonly contextWindow: number | null;
  /** In tokens. */
  readonly maxInput: number | null;
  /** In tokens, reasoning included. */
  readonly maxOutput: number | null;
  /** Values of `reasoning.effort` the API takes. Empty: no reasoning. */
  readonly efforts: readonly Effort[] | null;
  /** What the API uses when the request names none. */
  readonly defaultEffort: Effort | null;
  /** Values of `text.verbosity` the API takes. Empty: the field is refused. */
  readonly verbosity: readonly Verbosity[] | null;
  readonly usdPerMillion: Prices | null;
  /** `null` also where there is one price for every length. */
  readonly longContext: LongContextPrices | null;
  readonly tiers: TierPrices;
  readonly tools: ToolSupport;
  /** Explicit cache breakpoints and `prompt_cache_options`: GPT-5.6 and later. */
  readonly breakpoints: boolean | null;
  /** The `additional_tools` item: GPT-5.6 and later. */
  readonly additionalTools: boolean | null;
  /** The `configuration_update` item. */
  readonly configurationUpdate: boolean | null;
  /** `instructions` come after `input`, outside the cached prefix: GPT-6.2 and later. */
  readonly instructionsLast: boolean | null;
  /**
   * Whether `temperature`, `top_p` and log probabilities are taken, and then only at effort `none`.
   * `false` for a model that always reasons.
   */
  readonly sampling: boolean | null;
  /** ISO date. */
  readonly released: string | null;
  /** ISO date of the announced end, past or to come. */
  readonly shutdown: string | null;
  /** The catalogue id OpenAI recommends instead. */
  readonly replacement: string | null;
}
