import { createServer } from "node:net";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import {
  calls,
  cuts,
  drops,
  fails,
  type Listening,
  type MockServer,
  mockResponses,
  type Step,
  says,
  stalls,
} from "../../src/testing/index.ts";

const model = "gpt-5.3-codex";
const go = { model, input: "Go." };

async function listening<T>(
  script: readonly Step[],
  use: (client: OpenAI, http: Listening, server: MockServer) => Promise<T>,
): Promise<T> {
  const server = mockResponses(script);
  const http = await server.listen();
  try {
    return await use(new OpenAI({ apiKey: "k", baseURL: http.url, maxRetries: 0 }), http, server);
  } finally {
    await http.close();
  }
}

describe("over HTTP", () => {
  test("a client gets the same answers as in process", async () => {
    await listening([says("Größe: 🙂"), says("Größe: 🙂")], async (client, http, server) => {
      const streamed = await client.responses.stream(go).finalResponse();
      const plain = await client.responses.create(go);

      expect(http.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
      expect([streamed.output_text, plain.output_text]).toEqual(["Größe: 🙂", "Größe: 🙂"]);
      expect(plain._request_id).toBe("req_2");
      expect(server.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
        { method: "POST", path: "/v1/responses", body: { ...go, stream: true } },
        { method: "POST", path: "/v1/responses", body: go },
      ]);
      expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
    });
  });

  test("errors keep their status and headers", async () => {
    const step = fails(429, { code: "slow_down", headers: { "retry-after": "9" } });
    await listening([step], async (client) => {
      const error = await client.responses.create(go).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(OpenAI.RateLimitError);
      expect(error).toMatchObject({ status: 429, code: "slow_down", requestID: "req_1" });
      expect(error instanceof OpenAI.APIError && error.headers?.get("retry-after")).toBe("9");
    });
  });

  test.for([0, 1, 5])("a cut breaks the socket after %i events", async (after) => {
    await listening([cuts({ after })], async (client) => {
      const seen: string[] = [];
      const reading = (async () => {
        const stream = await client.responses.create({ ...go, stream: true });
        for await (const event of stream) seen.push(event.type);
      })();

      await expect(reading).rejects.toThrow(/terminated/);
      expect(seen).toHaveLength(after);
    });
  });

  test("a clean cut ends the body", async () => {
    await listening([cuts({ after: 5, clean: true })], async (client) => {
      const stream = await client.responses.create({ ...go, stream: true });
      let count = 0;
      for await (const _ of stream) count++;

      expect(count).toBe(5);
    });
  });

  test("a drop breaks the socket before any header", async () => {
    await listening([drops()], async (client) => {
      await expect(client.responses.create(go)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    });
  });

  test.for([
    ["after the headers", 0, true],
    ["before the headers", "headers", false],
  ] as const)("a stall %s sends nothing", async ([, after, answered]) => {
    await listening([stalls(Number.POSITIVE_INFINITY, { after })], async (_, { url }) => {
      const signal = AbortSignal.timeout(150);
      const request = fetch(`${url}/responses`, {
        method: "POST",
        headers: { authorization: "Bearer k" },
        body: JSON.stringify({ ...go, stream: true }),
        signal,
      });
      const first = request.then(({ body }) => body?.getReader().read());

      await expect(first).rejects.toMatchObject({ name: "TimeoutError" });
      const headers = await request.then(
        ({ status }) => status === 200,
        () => false,
      );
      expect(headers).toBe(answered);
    });
  });

  test("a client that leaves stops the response", async () => {
    const step = stalls(20, { after: 5, reply: says("One two three four five six.") });
    await listening([step, says("Hi.")], async (client) => {
      const stream = await client.responses.create({ ...go, stream: true });
      for await (const event of stream) if (event.type === "response.output_text.delta") break;
      await new Promise((resolve) => setTimeout(resolve, 60));

      await expect(client.responses.retrieve("resp_1")).rejects.toMatchObject({ status: 404 });
    });
  });

  test("large bodies go both ways", async () => {
    const text = "word ".repeat(200_000);
    await listening(
      [(request) => says({ chunks: [String(request.body.input)] })],
      async (client) => {
        const response = await client.responses
          .stream({ model: "any", input: text })
          .finalResponse();

        expect(response.output_text).toBe(text);
      },
    );
  });

  test("a port can be chosen, and one in use is refused", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address ? address.port : 0;

    await expect(mockResponses([]).listen({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await new Promise((resolve) => taken.close(resolve));
    const http = await mockResponses([]).listen({ port });
    expect(http.url).toBe(`http://127.0.0.1:${port}/v1`);
    await http.close();
  });

  test("closing ends open requests, and then nothing listens", async () => {
    const server = mockResponses([stalls(Number.POSITIVE_INFINITY, { after: 3 })]);
    const { url, close } = await server.listen();
    const client = new OpenAI({ apiKey: "k", baseURL: url, maxRetries: 0 });
    const reading = client.responses.stream(go).finalResponse();
    reading.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(1);
    await close();

    await expect(reading).rejects.toThrow("terminated");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("state is shared with fetch in process", async () => {
    await listening([calls([{ name: "f" }]), says("Thanks.")], async (client, _, server) => {
      await client.responses.create(go);
      const inside = new OpenAI({ apiKey: "k", fetch: server.fetch });
      const output = { type: "function_call_output" as const, call_id: "call_1", output: "1" };
      const next = await inside.responses.create({
        model,
        previous_response_id: "resp_1",
        input: [output],
      });

      expect(next.output_text).toBe("Thanks.");
    });
  });
});
