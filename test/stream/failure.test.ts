import { describe, expect, test } from "vitest";
import { CodexError, invalidRequest } from "../../src/errors.ts";
import { apiFailure, requestFailure } from "../../src/stream/failure.ts";

describe("a delay in the text of a rate limit", () => {
  const cases: [string, number | undefined][] = [
    ["Please try again in 11.054s. Visit", 11_054],
    ["try again in 28ms.", 28],
    ["Try again in 2 seconds", 2000],
    ["try again in 1m30s", 90_000],
    ["try again in 6m0s", 360_000],
    ["try again in 1h2m3s", 3_723_000],
    ["try again in 500 ms or so", 500],
    ["try again later", undefined],
    ["in 3s", undefined],
  ];
  test.each(cases)("%j is %j ms", (message, ms) => {
    expect(apiFailure({ code: "rate_limit_exceeded", message }).retryAfterMs).toBe(ms);
  });

  test("takes no long time to look for", () => {
    const message = `try again in ${"1s ".repeat(50_000)}${"9".repeat(50_000)}`;
    const start = performance.now();
    apiFailure({ code: "rate_limit_exceeded", message });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test("the kinds of our own come back only from a stream, not from an HTTP error", () => {
  const error = { code: "stream_idle", message: "No event", retryable: true };
  expect(apiFailure(error)).toEqual({ kind: "stream_idle", message: "No event", retryable: true });
  expect(apiFailure(error, 400)).toMatchObject({ kind: "api", code: "stream_idle", status: 400 });
});

describe("what a request throws", () => {
  test("keeps an error of ours as it is", () => {
    const problem = { level: "error", path: "a", message: "b", fix: "c" } as const;
    const { kind, message, problems } = requestFailure(invalidRequest([problem]));
    expect({ kind, problems }).toEqual({ kind: "invalid_request", problems: [problem] });
    expect(message).toContain("a: b");
    const cause = new Error("why");
    expect(requestFailure(new CodexError("quota", "No", { code: "x", cause }))).toEqual({
      kind: "quota",
      message: "No",
      code: "x",
      retryable: false,
      cause,
    });
  });

  test("is a lost connection when it has no status", () => {
    for (const thrown of [new TypeError("fetch failed"), "text", undefined, { headers: {} }]) {
      expect(requestFailure(thrown)).toMatchObject({
        kind: "connection",
        retryable: true,
        cause: thrown,
      });
    }
  });
});
