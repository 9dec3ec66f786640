import type {
  Response,
  ResponseCreateParamsBase,
  ResponseOutputItem,
  ResponseUsage,
} from "openai/resources/responses/responses";
import { openCalls } from "../tools/open-calls.ts";
import type { CacheReport, Chain, Turn } from "../turn.ts";

/** What a turn needs besides its response. */
export interface TurnFacts {
  readonly requestId?: string | undefined;
  readonly chain: Chain;
  /** Usage of a response that ended before the API counted its tokens. */
  readonly estimate?: ((items: readonly ResponseOutputItem[]) => ResponseUsage) | undefined;
  /** What usage costs, in USD. */
  readonly price?:
    | ((usage: ResponseUsage | undefined, response: Response) => number | undefined)
    | undefined;
}

/** A turn, from everything its response said. */
export function makeTurn<T>(response: Response, parsed: T, facts: TurnFacts): Turn<T> {
  const { requestId, chain, estimate, price } = facts;
  const { id, status = "in_progress", output: items } = response;
  const estimated = !response.usage && estimate !== undefined;
  const usage = response.usage ?? estimate?.(items);
  return {
    id,
    requestId,
    status,
    text: textOf(items),
    parsed,
    items,
    calls: openCalls(items),
    usage,
    cost: price?.(usage, response),
    ...(estimated && { estimated }),
    cache: cacheReport(usage),
    chain,
    response,
  };
}

/** The text of the final answer, or all text where no message says that it is one. */
export function textOf(items: readonly ResponseOutputItem[]): string {
  const messages = items.filter((item) => item.type === "message");
  const final = messages.filter(({ phase }) => phase === "final_answer");
  return (final.length > 0 ? final : messages)
    .flatMap(({ content }) => content ?? [])
    .map((part) => (part.type === "output_text" ? part.text : ""))
    .join("");
}

export function cacheReport(usage: ResponseUsage | undefined): CacheReport {
  const input = usage?.input_tokens ?? 0;
  const cachedTokens = usage?.input_tokens_details?.cached_tokens ?? 0;
  const writtenTokens = usage?.input_tokens_details?.cache_write_tokens ?? 0;
  return { hitRatio: input > 0 ? cachedTokens / input : 0, cachedTokens, writtenTokens };
}

/** About 4 bytes of JSON are a token. */
export function estimateTokens(value: unknown): number {
  return Math.ceil((JSON.stringify(value) ?? "").length / 4);
}

/** What the cache would have served is not known. */
export function estimateUsage(
  params: ResponseCreateParamsBase,
  items: readonly ResponseOutputItem[],
): ResponseUsage {
  const input_tokens = estimateTokens([params.instructions, params.tools, params.input]);
  const output_tokens = items.length > 0 ? estimateTokens(items) : 0;
  return {
    input_tokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
  };
}
