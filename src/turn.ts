import type {
  Response,
  ResponseInputItem,
  ResponseOutputItem,
  ResponseUsage,
} from "openai/resources/responses/responses";

/** An output item the client must answer before the next turn, as the API sent it. */
export type Call = Extract<
  ResponseOutputItem,
  {
    type:
      | "function_call"
      | "custom_tool_call"
      | "shell_call"
      | "local_shell_call"
      | "apply_patch_call"
      | "computer_call"
      | "tool_search_call"
      | "mcp_approval_request";
  }
>;

/** An item of a transcript: sent or received, exactly as it crossed the wire. */
export type Item = ResponseInputItem | ResponseOutputItem;

/** A copy of `items` as input. The API takes back what it gave out; the SDK types the two apart. */
export function toInput(items: readonly Item[]): ResponseInputItem[] {
  return [...items] as ResponseInputItem[];
}

/** How much of a turn's input the prompt cache served. */
export interface CacheReport {
  /** `cachedTokens / input_tokens`, 0 to 1; 0 when nothing was sent or no usage is known. */
  readonly hitRatio: number;
  readonly cachedTokens: number;
  /** Tokens written to the cache, billed above the input price on GPT-5.6 and later. */
  readonly writtenTokens: number;
  /** Why input that could have been read from the cache was not. */
  readonly miss?: CacheMiss;
}

export interface CacheMiss {
  /** In the API's words: our own reason from comparing the requests, or its; `unknown` for neither. */
  readonly reason: string;
  /** The first difference, such as `tools[2].description`. */
  readonly path?: string;
  /** What the API itself said (`prompt_cache_diagnostics`), when it was asked. */
  readonly server?: Response["prompt_cache_diagnostics"];
}

/** How the conversation reached the server. */
export type Chain =
  /** By `previous_response_id`: only the new items went up. */
  | "chained"
  /** The whole transcript went up. */
  | "replayed"
  /** A lost chain was replaced by the whole transcript, in one extra request. */
  | "rebuilt";

/** One finished response. `partial` of a `CodexError` is one that did not finish. */
export interface Turn<T = unknown> {
  readonly id: string;
  /** `x-request-id` of the HTTP response: name it to OpenAI's support. */
  readonly requestId: string | undefined;
  readonly status: NonNullable<Response["status"]>;
  /** The answer: every `output_text` of the final messages, commentary left out when there is an answer. */
  readonly text: string;
  /** What `output(schema)` asked for, validated; `undefined` when the turn holds none (calls instead). */
  readonly parsed: T;
  /** Output items in order, as received. Replay them unchanged. */
  readonly items: readonly ResponseOutputItem[];
  /** The items among them that the client must answer. */
  readonly calls: readonly Call[];
  readonly usage: ResponseUsage | undefined;
  /** USD; `undefined` when the model's price is unknown. */
  readonly cost: number | undefined;
  /** True when `usage` and `cost` are estimated, because the turn was cut before the API counted. */
  readonly estimated?: true;
  readonly cache: CacheReport;
  readonly chain: Chain;
  /** The response object itself. */
  readonly response: Response;
}
