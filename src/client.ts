import type {
  Response as ApiResponse,
  CompactedResponse,
  ResponseCompactParams,
  ResponseCreateParamsStreaming,
} from "openai/resources/responses/responses";

/** The SDK's `RequestOptions`, as far as they concern one request. */
export interface RequestOptions {
  headers?: HeadersInit | Record<string, string | null | undefined>;
  /** Retries before response headers; the client's own setting by default. */
  maxRetries?: number;
  /** Until response headers, in ms. */
  timeout?: number;
  signal?: AbortSignal | null;
  idempotencyKey?: string;
}

/** What the SDK returns before a body is read. */
export interface RawRequest {
  asResponse(): Promise<Response>;
}

/**
 * The part of an `OpenAI` client that `stream` and `respond` use. Structural, so that Azure and
 * gateway clients, test doubles and a second installed copy of `openai` fit.
 */
export interface ResponsesClient {
  readonly responses: {
    create(body: ResponseCreateParamsStreaming, options?: RequestOptions): RawRequest;
    retrieve(
      id: string,
      query: { stream: true; starting_after?: number },
      options?: RequestOptions,
    ): RawRequest;
    retrieve(id: string, query: undefined, options?: RequestOptions): PromiseLike<ApiResponse>;
    compact(body: ResponseCompactParams, options?: RequestOptions): PromiseLike<CompactedResponse>;
    cancel(id: string, options?: RequestOptions): PromiseLike<ApiResponse>;
  };
}
