import OpenAI from "openai";
import { describe, expect, test, vi } from "vitest";
import { isCodexError } from "../../src/errors.ts";
import { eventOf } from "../../src/stream/event.ts";
import { Resumer } from "../../src/stream/resumption.ts";
import { respond, stream } from "../../src/stream/stream.ts";
import { cuts, mockResponses, says } from "../../src/testing/index.ts";
import { frame, half, halfText, hello, response, sse, text } from "../faults/events.ts";

const params = { model: "gpt-5.3-codex", input: "Go.", background: true };
const clientOf = (fetch: typeof globalThis.fetch) =>
  new OpenAI({ apiKey: "test", baseURL: "https://api.test/v1", fetch, maxRetries: 0 });
const never = new AbortController().signal;
const clock = { wait() {}, arrived() {}, stop() {} };
const cut = { kind: "stream_cut", message: "Cut", retryable: true } as const;

describe("Resumer", () => {
  const keeps = (resumer: Resumer, events: typeof hello) =>
    events.filter((json) => {
      const event = eventOf(structuredClone(json), undefined);
      return event && resumer.keep(event, false);
    });

  test("keeps every event of the first connection, and each one once afterwards", async () => {
    const urls: string[] = [];
    const resumer = new Resumer(
      clientOf(async (url) => {
        urls.push(String(url));
        return new Response("");
      }),
      undefined,
    );
    expect(keeps(resumer, [...half, ...half])).toEqual([...half, ...half]);
    expect(resumer.responseId).toBe("resp_1");
    await resumer.connect(never, clock, cut);
    expect(urls).toEqual(["https://api.test/v1/responses/resp_1?stream=true&starting_after=5"]);
    expect(keeps(resumer, hello)).toEqual(hello.slice(6));
    expect(keeps(resumer, [{ type: "keepalive" }])).toEqual([{ type: "keepalive" }]);
  });

  test("gives up after as many attempts as there are waits, and says why", async () => {
    let count = 0;
    const fetch = async () => {
      count++;
      return Response.json({ error: { message: "Down." } }, { status: 503 });
    };
    const resumer = new Resumer(clientOf(fetch), undefined, { responseId: "resp_1" }, [0, 1, 1]);
    const error: unknown = await resumer
      .connect(never, clock, cut)
      .catch((thrown: unknown) => thrown);
    if (!isCodexError(error)) throw error;
    expect([count, error.kind, error.status, error.retryable, error.message]).toEqual([
      3,
      "stream_cut",
      503,
      true,
      "The response could not be resumed: Down.",
    ]);
  });

  test("an event is a new beginning: the attempts count from 0 again", async () => {
    let count = 0;
    const fetch = async () => {
      count++;
      return new Response(frame(hello[count] ?? { type: "?" }));
    };
    const resumer = new Resumer(clientOf(fetch), undefined, { responseId: "resp_1" }, [0, 1]);
    for (let i = 0; i < 5; i++) {
      await resumer.connect(never, clock, cut);
      keeps(resumer, hello.slice(i, i + 1));
    }
    expect(count).toBe(5);
  });

  test("waits as long as the server asks", async () => {
    const times: number[] = [];
    const fetch = async () => {
      times.push(performance.now());
      return Response.json({}, { status: 429, headers: { "retry-after-ms": "60" } });
    };
    const resumer = new Resumer(clientOf(fetch), undefined, { responseId: "resp_1" }, [0, 1]);
    await resumer.connect(never, clock, cut).catch(() => {});
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(55);
  });
});

describe("against the scripted server", () => {
  test.each([[1], [2], [4], [6], [8]])(
    "cut after %i events and again: all of it, once, in order",
    async (after) => {
      const server = mockResponses([
        cuts({ after: [after, 1, 2], reply: says("one two three four") }),
      ]);
      const numbers: number[] = [];
      const events = stream(clientOf(server.fetch), params);
      for await (const event of events) numbers.push(event.sequence_number);
      expect(numbers).toEqual(numbers.map((_, i) => i));
      expect((await events.final()).text).toBe("one two three four");
      expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "GET"]);
    },
  );

  test("a response that is forgotten is polled, and lost", async () => {
    const server = mockResponses([cuts({ after: 5, reply: says("one two three") })]);
    const events = stream(clientOf(server.fetch), params);
    const leave = async () => {
      for await (const event of events) {
        if ("response" in event) server.forget(event.response.id);
      }
    };
    const error: unknown = await leave().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: "stream_cut",
      status: 404,
      partial: { status: "in_progress" },
    });
  });

  test("an error is where another process goes on, without a new request", async () => {
    const server = mockResponses([cuts({ after: 7, reply: says("one two three") })]);
    const client = clientOf(server.fetch);
    const error: unknown = await respond(client, params, { resume: false }).catch(
      (thrown: unknown) => thrown,
    );
    if (!isCodexError(error)) throw error;
    expect(error.partial?.text).toBe("one two ".slice(0, error.partial?.text.length));
    const numbers: number[] = [];
    const events = stream(client, params, { resume: error });
    for await (const event of events) numbers.push(event.sequence_number);
    expect(numbers.at(0)).toBe((error.sequenceNumber ?? 0) + 1);
    expect((await events.final()).text).toBe("one two three");
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  test("cancel() ends the job, leaving the loop does not", async () => {
    for (const [way, status] of [
      ["cancel", "cancelled"],
      ["leave", "in_progress"],
    ] as const) {
      const server = mockResponses([says("one two three")]);
      const client = clientOf(server.fetch);
      const events = stream(client, params);
      let id = "";
      const read = async () => {
        for await (const event of events) {
          if ("response" in event) id = event.response.id;
          if (event.type !== "response.in_progress") continue;
          if (way === "leave") break;
          events.cancel();
        }
      };
      await read().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 10));
      const paths = server.requests.map(({ path }) => path.split("/").at(-1));
      expect(paths).toEqual(way === "cancel" ? ["responses", "cancel"] : ["responses"]);
      expect(await events.final().catch((error: unknown) => error)).toMatchObject({
        kind: "cancelled",
      });
      expect(["queued", "in_progress", "completed", "cancelled"]).toContain(
        (await client.responses.retrieve(id)).status,
      );
      if (status === "cancelled") expect((await client.responses.retrieve(id)).status).toBe(status);
    }
  });

  test("silence while it goes on is silence: the idle limit holds for every attempt", async () => {
    let requests = 0;
    const fetch = async () => {
      if (requests++ > 0) return new Promise<Response>(() => {});
      return new Response(sse(half));
    };
    const events = stream(clientOf(fetch), params, { idleMs: 80 });
    const error: unknown = await events.final().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "stream_idle", partial: { text: halfText } });
    expect(requests).toBe(2);
  });

  test("a look at a response that is still running is a sign of life", async () => {
    vi.useFakeTimers();
    let looks = 0;
    const fetch = async (url: string | URL | Request) => {
      if (String(url).includes("stream=true")) return Response.json({ error: {} }, { status: 404 });
      return Response.json(
        looks++ < 5 ? response({ status: "in_progress" }) : response({ status: "completed" }),
      );
    };
    const options = { resume: { responseId: "resp_1" }, firstEventMs: 3000, idleMs: 3000 };
    const done = stream(clientOf(fetch), params, options).final();
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    expect((await done).status).toBe("completed");
    expect(looks).toBe(6);
  });

  test("events without numbers are not read twice: the response is polled", async () => {
    const urls: string[] = [];
    const bare = hello.map(({ sequence_number, ...rest }) => rest);
    const fetch = async (url: string | URL | Request) => {
      urls.push(String(url));
      return urls.length === 1
        ? new Response(sse(bare.slice(0, 6)))
        : Response.json(hello.at(-1)?.response);
    };
    const events = stream(clientOf(fetch), params);
    let read = "";
    for await (const piece of events.text()) read += piece;
    expect(text.startsWith(read)).toBe(true);
    expect((await events.final()).text).toBe(text);
    expect(urls.map((url) => url.includes("stream"))).toEqual([false, false]);
  });
});
