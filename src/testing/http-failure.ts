import { ApiFailure } from "./api-failure.ts";
import type { HttpFailure } from "./script.ts";

/** What the API says with a status when the script does not. */
const defaults: Readonly<
  Record<number, readonly [type: string, code: string | null, message: string]>
> = {
  400: ["invalid_request_error", null, "Invalid request."],
  401: ["invalid_request_error", "invalid_api_key", "Incorrect API key provided."],
  403: ["invalid_request_error", "forbidden", "You are not allowed to use this resource."],
  404: ["invalid_request_error", null, "Not found."],
  408: ["server_error", null, "Request timed out."],
  409: ["invalid_request_error", null, "The resource was changed by another request."],
  429: ["requests", "rate_limit_exceeded", "Rate limit reached. Please try again in 20ms."],
  500: ["server_error", null, "The server had an error while processing your request."],
  503: ["server_error", "server_is_overloaded", "The server is overloaded. Slow down."],
};

/** Quota codes share status 429 with rate limits, and the type tells them apart. */
export function httpFailure({ status, error, headers }: Omit<HttpFailure, "kind">): ApiFailure {
  const [type, code, message] = defaults[status] ?? ["server_error", null, `HTTP ${status}`];
  const quota = /quota|balance|spend|usage_limit/.test(error.code ?? "");
  return new ApiFailure(status, error.message ?? message, {
    type: error.type ?? (quota ? "insufficient_quota" : type),
    code: error.code === undefined ? code : error.code,
    param: error.param ?? null,
    headers,
  });
}
