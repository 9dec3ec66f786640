import type { ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { type CodexErrorDetails, type CodexErrorKind, isCodexError } from "../errors.ts";
import { isObject } from "./json.ts";

/** What went wrong, before the stream adds how far it got. */
export interface Failure extends CodexErrorDetails {
  readonly kind: CodexErrorKind;
  readonly message: string;
}

/** The connection ended before the response was known to. */
export function cut(message: string, cause?: unknown): Failure {
  return { kind: "stream_cut", message, retryable: true, cause };
}

/** What a reader gets for whatever reading a connection threw. */
export function lost(thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return cut(`The connection was lost: ${message}`, thrown);
}

const quota =
  /^(insufficient_quota|usage_not_included|credit_balance_exhausted|(organization|project)_(spend|usage)_limit_exceeded)$/;
const transient = /^(server_error|server_is_overloaded|slow_down|overloaded)$/;
/** What `toResponse` puts into the code of its error event, where the API has no such code. */
const ours =
  /^(connection|stream_cut|stream_idle|invalid_event|invalid_request|invalid_output|response_failed|refused|cancelled|rate_limited|quota|context_length|auth|api)$/;

/** The failure behind an error object of the API: from an HTTP body, an event or a response. */
export function apiFailure(error: unknown, status?: number): Failure {
  const fields = isObject(error) ? error : { message: error };
  const code = text(fields.code);
  const message = text(fields.message) ?? (status ? `HTTP ${status}` : "The API reported an error");
  const known = code ?? text(fields.type) ?? "";
  if (!status && isOurs(known))
    return { kind: known, message, retryable: fields.retryable === true };
  return { ...classify(known, message, status), message, code, status };
}

function classify(
  code: string,
  message: string,
  status?: number,
): Pick<Failure, "kind"> & CodexErrorDetails {
  if (code === "context_length_exceeded") return { kind: "context_length" };
  if (code === "previous_response_not_found") return { kind: code };
  if (quota.test(code)) return { kind: "quota" };
  if (code === "rate_limit_exceeded" || status === 429) {
    return { kind: "rate_limited", retryable: true, retryAfterMs: delayIn(message) };
  }
  if (!status) return { kind: "response_failed", retryable: transient.test(code) };
  if (status === 401 || status === 403) return { kind: "auth" };
  return { kind: "api", retryable: status === 408 || status === 409 || status >= 500 };
}

function isOurs(code: string): code is CodexErrorKind {
  return ours.test(code);
}

/** The failure behind what was thrown before a response could be read, by us or by the SDK. */
export function requestFailure(thrown: unknown): Failure {
  if (isCodexError(thrown)) {
    const { name, message, cause, ...details } = thrown;
    return { ...details, message, cause };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (!isObject(thrown) || !("headers" in thrown) || typeof thrown.status !== "number") {
    return { kind: "connection", message, retryable: true, cause: thrown };
  }
  const headers = thrown.headers instanceof Headers ? thrown.headers : new Headers();
  const failure = apiFailure(thrown.error, thrown.status);
  const retry = headers.get("x-should-retry");
  return {
    ...failure,
    message: isObject(thrown.error) ? failure.message : message,
    // More requests never bring back money.
    ...(retry && failure.kind !== "quota" && { retryable: retry === "true" }),
    retryAfterMs: delayOf(headers) ?? failure.retryAfterMs,
    requestId: text(thrown.requestID) ?? headers.get("x-request-id") ?? undefined,
    cause: thrown,
  };
}

/** Why a response that ended is no turn; `undefined` when it is one. */
export function endFailure(
  last: ResponseStreamEvent | undefined,
  items: readonly ResponseOutputItem[],
): Failure | undefined {
  switch (last?.type) {
    case "response.completed": {
      const message = refusalOf(items);
      return message === undefined ? undefined : { kind: "refused", message };
    }
    case "response.incomplete": {
      const code = last.response.incomplete_details?.reason ?? "unknown";
      return { kind: "response_incomplete", message: `The response is incomplete: ${code}`, code };
    }
    case "response.failed":
      return apiFailure(last.response.error);
    case "error":
      return apiFailure("error" in last ? last.error : last);
  }
  return { kind: "cancelled", message: "The response was cancelled" };
}

/** What the model wrote instead of an answer, when it refused. */
function refusalOf(items: readonly ResponseOutputItem[]): string | undefined {
  for (const item of items) {
    if (item.type !== "message") continue;
    for (const part of item.content ?? []) if (part.type === "refusal") return part.refusal;
  }
  return undefined;
}

function delayOf(headers: Headers): number | undefined {
  const ms = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = headers.get("retry-after");
  if (!after) return undefined;
  const delay = Number.isNaN(Number(after)) ? Date.parse(after) - Date.now() : Number(after) * 1000;
  return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}

/** In a stream there is no header: the delay stands in the text. */
function delayIn(message: string): number | undefined {
  const [, delay] =
    /try again in ((?:\d+(?:\.\d+)?\s*(?:ms|s|m|h)[a-z]*\s*)+)/i.exec(message) ?? [];
  if (!delay) return undefined;
  const parts = delay.toLowerCase().matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h)/g);
  return [...parts].reduce((sum, [, n, unit = "s"]) => sum + Number(n) * (units[unit] ?? 0), 0);
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
