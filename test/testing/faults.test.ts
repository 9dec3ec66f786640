import { describe, expect, test, vi } from "vitest";
import {
  calls,
  cuts,
  drops,
  errors,
  events,
  failed,
  fails,
  incomplete,
  type MockServer,
  mockResponses,
  raw,
  type Step,
  says,
  stalls,
  together,
} from "../../src/testing/index.ts";
import { clientOf, eventsOf, post, refusal, streamed } from "./client.ts";

const model = "gpt-5.3-codex";
const go = { model, input: "Go." };

/** What arrives of a body before it ends, and how it ends. */
async function received(
  { fetch }: Pick<MockServer, "fetch">,
  init: RequestInit = {},
  body: object = {},
) {
  const response = await fetch("https://api.test/v1/responses", {
    method: "POST",
    headers: { authorization: "Bearer test" },
    body: JSON.stringify({ ...go, stream: true, ...body }),
    ...init,
  });
  const chunks: string[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(new TextDecoder().decode(chunk));
    return { chunks, end: "done" };
  } catch (end) {
    return { chunks, end };
  }
}

describe("fails", () => {
  test.for([
    [400, "invalid_request_error", null],
    [401, "invalid_request_error", "invalid_api_key"],
    [403, "invalid_request_error", "forbidden"],
    [404, "invalid_request_error", null],
    [408, "server_error", null],
    [409, "invalid_request_error", null],
    [429, "requests", "rate_limit_exceeded"],
    [500, "server_error", null],
    [503, "server_error", "server_is_overloaded"],
    [529, "server_error", null],
  ] as const)("says of %i what the API says", async ([status, type, code]) => {
    expect(await refusal(mockResponses([fails(status)]), go)).toEqual({
      status,
      error: { message: expect.stringMatching(/\w/), type, param: null, code },
    });
  });

  test("says what it is given, with headers", async () => {
    const error = { code: "insufficient_quota", message: "No money.", param: "model" };
    const server = mockResponses([fails(429, { ...error, headers: { "retry-after": "7" } })]);
    const { status, headers, text } = await post(server, go);

    expect([status, headers.get("retry-after"), headers.get("content-type")]).toEqual([
      429,
      "7",
      "application/json",
    ]);
    expect(JSON.parse(text)).toEqual({ error: { ...error, type: "insufficient_quota" } });
  });

  test("is retried by the SDK, each time with the next reply", async () => {
    const retry = { headers: { "retry-after-ms": "1" } };
    const server = mockResponses([fails(503, retry), fails(429, retry), says("Hi.")]);
    const response = await clientOf(server).responses.create(go, { maxRetries: 2 });

    expect(response.output_text).toBe("Hi.");
    expect(server.requests.map(({ headers }) => headers["x-stainless-retry-count"])).toEqual([
      "0",
      "1",
      "2",
    ]);
  });
});

describe("endings", () => {
  test("failed ends with response.failed", async () => {
    const error = { code: "rate_limit_exceeded", message: "Slow down." };
    const all = await streamed(mockResponses([failed(error, says("Half a"))]));

    expect(all.filter(({ type }) => type === "response.output_item.done")).toHaveLength(1);
    expect(all.at(-1)).toMatchObject({
      type: "response.failed",
      response: { status: "failed", error, completed_at: null, output: [{ type: "message" }] },
    });
  });

  test("failed is a response without a stream too", async () => {
    const { status, text } = await post(mockResponses([failed()]), go);

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      status: "failed",
      error: { code: "server_error", message: expect.any(String) },
    });
  });

  test("errors puts an error event, nested, before response.failed", async () => {
    const error = { code: "rate_limit_exceeded", message: "Slow down.", type: "tokens" };
    const all = await streamed(mockResponses([errors(error, says("Half a"))]));

    expect(all.at(-2)).toEqual({
      type: "error",
      sequence_number: all.length - 2,
      error: { ...error, param: null },
    });
    expect(all.at(-1)).toMatchObject({
      type: "response.failed",
      response: { status: "failed", error: { code: error.code, message: error.message } },
    });
  });

  test("errors is an HTTP error without a stream", async () => {
    expect(await refusal(mockResponses([errors({ message: "Broken." })]), go)).toMatchObject({
      status: 500,
      error: { message: "Broken." },
    });
  });

  test("incomplete marks its last item, and only that", async () => {
    const half = calls([{ name: "f", arguments: '{"path": "a' }]);
    const all = await streamed(mockResponses([incomplete("max_output_tokens", says("A"), half)]));

    expect(all.at(-1)).toMatchObject({
      type: "response.incomplete",
      response: {
        status: "incomplete",
        incomplete_details: { reason: "max_output_tokens" },
        error: null,
        completed_at: null,
        output: [
          { type: "message", status: "completed" },
          { type: "function_call", status: "incomplete", arguments: '{"path": "a' },
        ],
      },
    });
  });

  test("together keeps the ending and the counts of its parts", async () => {
    const usage = { input_tokens: 7 };
    const parts = together(says({ text: "A", usage }), incomplete("content_filter"), says("B"));
    const { text } = await post(mockResponses([parts]), go);

    expect(JSON.parse(text)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "content_filter" },
      output: [{ status: "completed" }, { status: "incomplete" }],
      usage: { input_tokens: 7 },
    });
  });
});

describe("cuts", () => {
  const reply = says("One two three.");
  const whole = 11;

  test.for(Array.from({ length: whole + 2 }, (_, after) => after))(
    "deliver exactly %i events, then break",
    async (after) => {
      const { chunks, end } = await received(mockResponses([cuts({ after, reply })]));

      expect(eventsOf(chunks.join("")).map(({ sequence_number: n }) => n)).toEqual(
        Array.from({ length: Math.min(after, whole) }, (_, index) => index),
      );
      expect(end).toEqual(new TypeError("terminated"));
    },
  );

  test("can look like the end of the body", async () => {
    const { chunks, end } = await received(mockResponses([cuts({ after: 5, clean: true, reply })]));

    expect([chunks.length, end]).toEqual([5, "done"]);
  });

  test("cut plain JSON in half", async () => {
    const server = mockResponses([cuts({ after: 1, reply }), reply]);
    const { chunks, end } = await received(server, {}, { stream: false });
    const { text } = await post(server, go);

    expect(end).toEqual(new TypeError("terminated"));
    expect(() => JSON.parse(chunks.join(""))).toThrow();
    expect(chunks.join("").length).toBeLessThan(text.length);
  });

  test("have a reply of their own, longer than a few events", async () => {
    const { chunks, end } = await received(mockResponses([cuts({ after: 7 })]));

    expect(chunks).toHaveLength(7);
    expect(end).toEqual(new TypeError("terminated"));
  });

  test("drops breaks the connection before any header", async () => {
    const server = mockResponses([drops(), drops(), says("Hi.")]);

    await expect(
      server.fetch("https://api.test/v1/responses", {
        method: "POST",
        headers: { authorization: "Bearer x" },
        body: JSON.stringify(go),
      }),
    ).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      code: "ECONNRESET",
    });
    expect((await clientOf(server).responses.create(go, { maxRetries: 1 })).output_text).toBe(
      "Hi.",
    );
  });
});

describe("stalls", () => {
  /** How many chunks have come after so many ms. */
  async function progress(step: Step, times: readonly number[]) {
    vi.useFakeTimers();
    try {
      const server = mockResponses([step]);
      const seen: (string | number)[] = [];
      let state: string | number = "waiting";
      const reading = (async () => {
        const response = await server.fetch("https://api.test/v1/responses", {
          method: "POST",
          headers: { authorization: "Bearer x" },
          body: JSON.stringify({ ...go, stream: true }),
        });
        state = 0;
        for await (const _ of response.body ?? []) state = Number(state) + 1;
        state = `${state} and the end`;
      })();
      let now = 0;
      for (const time of times) {
        await vi.advanceTimersByTimeAsync(time - now);
        now = time;
        seen.push(state);
      }
      if (String(state).endsWith("end")) await reading;
      return seen;
    } finally {
      vi.useRealTimers();
    }
  }

  test.for([
    ["before the first event", stalls(1000), [0, 0, "13 and the end"]],
    [
      "before the headers",
      stalls(1000, { after: "headers" }),
      ["waiting", "waiting", "13 and the end"],
    ],
    ["after three events", stalls(1000, { after: 3 }), [3, 3, "13 and the end"]],
    ["after the last event", stalls(1000, { after: 99 }), [13, 13, "13 and the end"]],
    ["for ever", stalls(Number.POSITIVE_INFINITY, { after: 3 }), [3, 3, 3]],
    [
      "with comments meanwhile",
      stalls(1000, { after: 3, commentMs: 300 }),
      [3, 6, "16 and the end"],
    ],
    [
      "and then a cut",
      stalls(1000, { after: 3, reply: cuts({ after: 4, clean: true }) }),
      [3, 3, "4 and the end"],
    ],
  ] as const)("%s", async ([, step, expected]) => {
    expect(await progress(step, [1, 999, 1000])).toEqual(expected);
  });

  test("comments are SSE comments", async () => {
    const { chunks } = await received(mockResponses([stalls(25, { commentMs: 10 })]));

    expect(chunks.slice(0, 3)).toEqual([
      ": keepalive\n\n",
      ": keepalive\n\n",
      expect.stringMatching(/^event: response.created\n/),
    ]);
  });
});

describe("an abort", () => {
  test.for([
    ["before the request", 0],
    ["during a silence before the headers", 5],
  ] as const)("%s rejects it with the reason", async ([, ms]) => {
    const server = mockResponses([stalls(Number.POSITIVE_INFINITY, { after: "headers" })]);
    const controller = new AbortController();
    const answer = server.fetch("https://api.test/v1/responses", {
      method: "POST",
      headers: { authorization: "Bearer x" },
      body: JSON.stringify(go),
      signal: controller.signal,
    });
    if (ms > 0) setTimeout(() => controller.abort(), ms);
    else controller.abort();

    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  test("rejects a pending read, and ends the body", async () => {
    const controller = new AbortController();
    const server = mockResponses([stalls(Number.POSITIVE_INFINITY, { after: 3 })]);
    setTimeout(() => controller.abort(), 5);
    const { chunks, end } = await received(server, { signal: controller.signal });

    expect(chunks).toHaveLength(3);
    expect(end).toMatchObject({ name: "AbortError" });
  });

  test("passes its own reason on", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 5);
    const { end } = await received(mockResponses([stalls(Number.POSITIVE_INFINITY)]), {
      signal: controller.signal,
    });

    expect(end).toBe(reason);
  });

  test("after the body has been read changes nothing", async () => {
    const controller = new AbortController();
    const { end } = await received(mockResponses([says("Hi.")]), { signal: controller.signal });
    controller.abort();

    expect(end).toBe("done");
  });

  test("of the SDK's stream keeps the response from being stored", async () => {
    const server = mockResponses([says("One two three."), says("Hi.")]);
    const stream = await clientOf(server).responses.create({ ...go, stream: true });
    for await (const event of stream) if (event.type === "response.output_text.delta") break;

    expect(await refusal(server, { ...go, previous_response_id: "resp_1" })).toMatchObject({
      error: { code: "previous_response_not_found" },
    });
  });
});

describe("pace", () => {
  test("nothing is made before it is read", async () => {
    const server = mockResponses([says("One two three.")]);
    const response = await server.fetch("https://api.test/v1/responses", {
      method: "POST",
      headers: { authorization: "Bearer x" },
      body: JSON.stringify({ ...go, stream: true }),
    });
    const reader = response.body?.getReader();
    for (let index = 0; index < 10; index++) await reader?.read();
    const before = await refusal(server, { ...go, previous_response_id: "resp_1" });
    await reader?.read();
    const after = await refusal(server, { ...go, previous_response_id: "resp_1" });

    expect(before).toMatchObject({ error: { code: "previous_response_not_found" } });
    expect(after).toMatchObject({ error: { code: "script_exhausted" } });
  });

  test.for([1, 7, 1000])("chunks of %i bytes make the same text", async (chunkBytes) => {
    const reply = says("Größe: 🙂");
    const now = () => 1_700_000_000;
    const one = await received(mockResponses([reply], { now }));
    const response = await mockResponses([reply], { now, chunkBytes }).fetch(
      "https://api.test/v1/responses",
      {
        method: "POST",
        headers: { authorization: "Bearer x" },
        body: JSON.stringify({ ...go, stream: true }),
      },
    );
    const bytes: number[] = [];
    const sizes = new Set<number>();
    for await (const chunk of response.body ?? []) {
      bytes.push(...chunk);
      sizes.add(chunk.length);
    }

    expect(new TextDecoder().decode(Uint8Array.from(bytes))).toBe(one.chunks.join(""));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(chunkBytes);
  });

  test("a delay comes before each chunk", async () => {
    vi.useFakeTimers();
    try {
      const reading = received(mockResponses([says("Hi.")], { delayMs: 10 }));
      let end: unknown;
      void reading.then((result) => {
        end = result.end;
      });
      await vi.advanceTimersByTimeAsync(89);
      expect(end).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      expect(end).toBe("done");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("raw bodies and events", () => {
  test("a body is sent as it is", async () => {
    const html = "<html>Bad gateway</html>";
    const server = mockResponses([
      raw(html, { status: 502, contentType: "text/html", headers: { "x-proxy": "1" } }),
      raw(new Uint8Array([255, 0])),
      raw(""),
    ]);
    const { status, headers, text } = await post(server, go);
    const bytes = await received(server);

    expect([status, text, headers.get("content-type"), headers.get("x-proxy")]).toEqual([
      502,
      html,
      "text/html",
      "1",
    ]);
    expect(bytes.chunks).toEqual(["\ufffd\u0000"]);
    expect(await received(server)).toEqual({ chunks: [], end: "done" });
  });

  test("events are written as they are, known or not", async () => {
    const list = [
      { type: "response.created", sequence_number: 0, response: { id: "resp_x" } },
      { type: "response.from_the_future", sequence_number: 1, value: [1] },
    ];

    expect(await streamed(mockResponses([events(list)]))).toEqual(list);
  });

  test("can be cut and stalled as replies can", async () => {
    const list = [{ type: "a" }, { type: "b" }, { type: "c" }];
    const server = mockResponses([
      cuts({ after: 2, reply: events(list) }),
      stalls(1, { reply: raw("data: 1\n\n") }),
    ]);

    expect(await received(server)).toEqual({
      chunks: ['event: a\ndata: {"type":"a"}\n\n', 'event: b\ndata: {"type":"b"}\n\n'],
      end: new TypeError("terminated"),
    });
    expect(await received(server)).toEqual({ chunks: ["data: 1\n\n"], end: "done" });
  });
});
