import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";

/** Part of a request to the Responses API, in the official SDK's own types. Spread it into one. */
export type Part<Key extends keyof ResponseCreateParamsBase> = Pick<ResponseCreateParamsBase, Key>;
