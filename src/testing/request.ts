import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import type { Json, WireItem } from "./wire.ts";

/** A request the server received. */
export interface MockRequest {
  readonly method: string;
  /** Such as `/v1/responses`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** In lower case, without keys, cookies and account names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, untouched; `undefined` without a JSON object. */
  readonly body: Json | undefined;
}

/** A request for a response, as a function step sees it. */
export interface CreateRequest extends MockRequest {
  readonly body: Json & Omit<ResponseCreateParamsBase, "model"> & { model: string };
  /** The whole conversation: what the chain holds, then the input of this request. */
  readonly transcript: readonly WireItem[];
  /** Counts the requests that reached the script, from 0. */
  readonly index: number;
}
