import { type Answer, refused } from "./answer.ts";
import { ApiFailure } from "./api-failure.ts";
import { bodyStream, type Pace, sleep } from "./body-stream.ts";
import { countedIds } from "./ids.ts";
import { type Listening, listen } from "./listen.ts";
import { PrefixCache } from "./prefix-cache.ts";
import { readRequest } from "./read-request.ts";
import type { MockRequest } from "./request.ts";
import { route } from "./routes.ts";
import type { Step } from "./script.ts";
import { ScriptQueue } from "./script-queue.ts";
import type { CompactionSteps, ServerContext } from "./server-context.ts";
import { ServerState } from "./state.ts";

export interface MockOptions extends Pace {
  /**
   * `"full"` also plays what the real API sends but the official SDK's `responses.stream()` throws
   * on or tests seldom want: apply_patch diffs, `keepalive`, padding. Default: `"sdk"`.
   */
  readonly wire?: "sdk" | "full";
  /** Whether to refuse what the API refuses. Default: true. */
  readonly checks?: boolean;
  /** Seconds since 1970, for `created_at`. Default: the clock. */
  readonly now?: () => number;
  readonly compaction?: CompactionSteps;
}

/** A scripted Responses API. */
export interface MockServer {
  /** Stands in for the global `fetch`, without a socket. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Answers over HTTP on 127.0.0.1, on a free port by default. Node only. */
  listen(options?: { port?: number }): Promise<Listening>;
  /** Every request received, refused ones included, in order. */
  readonly requests: readonly MockRequest[];
  /** Replies of the script that no request has taken yet. */
  readonly pending: number;
  /** Adds replies to the end of the script. */
  add(...steps: readonly Step[]): void;
  /** Forgets a stored response, as the API does after its days of storage. */
  forget(responseId: string): void;
  /** @throws When a reply is unused or missing, or a function of the script threw. */
  assertDone(): void;
}

/**
 * A Responses API that plays a script: one reply for each `POST /responses`, in order. A function
 * instead of a list answers every request.
 *
 * It streams the real event grammar, keeps responses for chaining, retrieval and background,
 * refuses what the API refuses with its words, and counts tokens (4 bytes each) with the prompt
 * cache's own rules. Requests that it refuses take no reply. When the script is used up, it
 * answers 400 with code `script_exhausted`; when a function of the script throws, `script_threw`.
 */
export function mockResponses(
  script: readonly Step[] | Step = [],
  options: MockOptions = {},
): MockServer {
  const requests: MockRequest[] = [];
  const context: ServerContext = {
    script: new ScriptQueue(script),
    state: new ServerState(),
    cache: new PrefixCache(),
    compaction: options.compaction,
    makeId: countedIds(),
    now: options.now ?? (() => Math.floor(Date.now() / 1000)),
    checks: options.checks ?? true,
    full: options.wire === "full",
  };

  async function answer(request: MockRequest, key: string): Promise<Answer | "drop"> {
    try {
      if (!key) throw new ApiFailure(401, "You didn't provide an API key.");
      return await route(context, request);
    } catch (error) {
      if (error instanceof ApiFailure) return refused(error);
      throw error;
    }
  }

  async function mockFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { request, key, signal } = await readRequest(input, init);
    signal?.throwIfAborted();
    requests.push(request);
    const answered = await answer(request, key);
    if (answered === "drop") throw reset();
    const { status, headers, faults } = answered;
    if (faults?.stall?.at === "headers") await sleep(faults.stall.ms, signal);
    signal?.throwIfAborted();
    return new Response(bodyStream(answered, options, signal), {
      status,
      // Framed in chunks as the API's are: msw would pass a cut off as the end of the body.
      headers: {
        "transfer-encoding": "chunked",
        "x-request-id": context.makeId("req"),
        ...headers,
      },
    });
  }

  return {
    fetch: mockFetch,
    listen: (settings) => listen(mockFetch, settings),
    requests,
    get pending() {
      return context.script.pending;
    },
    add: (...steps) => context.script.add(...steps),
    forget: (id) => void context.state.responses.delete(id),
    assertDone: () => context.script.assertDone(),
  };
}

/** What `fetch` throws for a connection that was reset. */
function reset(): TypeError {
  const details = { code: "ECONNRESET", errno: -104, syscall: "read" };
  const cause = Object.assign(new Error("read ECONNRESET"), details);
  return Object.assign(new TypeError("fetch failed", { cause }), details);
}
