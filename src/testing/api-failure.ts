import type { Json } from "./wire.ts";

export interface FailureDetails {
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request the server refuses, as the API words it. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;

  constructor(status: number, message: string, details: FailureDetails = {}) {
    super(message);
    const { type = "invalid_request_error", param = null, code = null, headers = {} } = details;
    this.status = status;
    this.headers = headers;
    this.body = { error: { message, type, param, code } };
  }
}

export function badRequest(
  message: string,
  param: string | null,
  code: string | null = null,
): ApiFailure {
  return new ApiFailure(400, message, { param, code });
}
