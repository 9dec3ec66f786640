import type { ResponseUsage } from "openai/resources/responses/responses";

interface Counts {
  input: number;
  output?: number;
  cached?: number;
  written?: number;
  ttl?: { "30m": number; "12h": number };
}

/** A usage as the API sends it, from the counts a test is about. */
export function usage({ input, output = 0, cached = 0, written = 0, ttl }: Counts): ResponseUsage {
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: cached,
      cache_write_tokens: written,
      ...(ttl && {
        cache_write_tokens_details: { ttl_30m_tokens: ttl["30m"], ttl_12h_tokens: ttl["12h"] },
      }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
