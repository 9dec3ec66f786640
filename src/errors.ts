import type { ResponseUsage } from "openai/resources/responses/responses";
import type { Turn } from "./turn.ts";

export type CodexErrorKind =
  | "invalid_request"
  | "invalid_patch"
  | "connection"
  | "stream_cut"
  | "stream_idle"
  | "invalid_event"
  | "response_failed"
  | "response_incomplete"
  | "refused"
  | "cancelled"
  | "invalid_output"
  | "rate_limited"
  | "quota"
  | "context_length"
  | "previous_response_not_found"
  | "auth"
  | "api";

/** Something found before a request leaves. */
export interface Problem {
  /** An error is refused by `request`; a warning goes to `onWarning`. */
  readonly level: "error" | "warning";
  /** Where, such as `reasoning.effort` or `tools[1].name`. */
  readonly path: string;
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly fix: string;
}

export interface CodexErrorDetails {
  readonly problems?: readonly Problem[] | undefined;
  readonly partial?: Turn | undefined;
  readonly usage?: ResponseUsage | undefined;
  readonly responseId?: string | undefined;
  readonly sequenceNumber?: number | undefined;
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for("codex-responses.error");

/** Everything this package throws. Branch on `kind`, never on the message. */
export class CodexError extends Error {
  override readonly name = "CodexError";
  readonly kind: CodexErrorKind;
  /** Every problem found, for `invalid_request`. */
  declare readonly problems?: readonly Problem[];
  /** The turn as far as it got. */
  declare readonly partial?: Turn;
  /** Tokens used so far; an estimate when `partial.estimated` is true. */
  declare readonly usage?: ResponseUsage;
  declare readonly responseId?: string;
  /** The last event received: where `resume` goes on. */
  declare readonly sequenceNumber?: number;
  /** `x-request-id` of the HTTP response. */
  declare readonly requestId?: string;
  /** HTTP status, when the failure was an HTTP response. */
  declare readonly status?: number;
  /** The API's own error code, such as `context_length_exceeded`. */
  declare readonly code?: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** How long the server asks to wait, in ms. */
  declare readonly retryAfterMs?: number;

  constructor(kind: CodexErrorKind, message: string, details: CodexErrorDetails = {}) {
    const { cause, retryable = false, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.retryable = retryable;
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether `error` is a `CodexError`, also of another installed copy of this package. */
export function isCodexError(error: unknown): error is CodexError {
  return typeof error === "object" && error !== null && brand in error;
}

/** A problem to refuse a request for. */
export function problem(path: string, message: string, fix: string): Problem {
  return { level: "error", path, message, fix };
}

/** One `invalid_request` that lists every problem with its path and fix. */
export function invalidRequest(problems: readonly Problem[]): CodexError {
  const lines = problems.map(({ path, message, fix }) => `- ${path}: ${message} — ${fix}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new CodexError("invalid_request", `Invalid request, ${count}:\n${lines.join("\n")}`, {
    problems,
  });
}
