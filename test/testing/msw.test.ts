import { http } from "msw";
import { setupServer } from "msw/node";
import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  calls,
  cuts,
  drops,
  type MockServer,
  mockResponses,
  says,
  stalls,
} from "../../src/testing/index.ts";

const model = "gpt-5.3-codex";
const go = { model, input: "Go." };

describe("behind msw", () => {
  let server: MockServer;
  const network = setupServer(http.all("*/v1/*", ({ request }) => server.fetch(request)));
  let client: OpenAI;

  beforeAll(() => {
    network.listen({ onUnhandledFrame: "error" });
    client = new OpenAI({ apiKey: "test", maxRetries: 0 });
  });
  afterEach(() => network.resetHandlers());
  afterAll(() => network.close());

  test("a client without options is answered, and its bodies are seen whole", async () => {
    server = mockResponses([calls([{ name: "f" }]), says("Done.")]);
    const first = await client.responses.create(go);
    const next = {
      model,
      previous_response_id: first.id,
      input: [{ type: "function_call_output" as const, call_id: "call_1", output: "1" }],
    };
    const { output_text } = await client.responses.stream(next).finalResponse();

    expect(output_text).toBe("Done.");
    expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
      ["/v1/responses", go],
      ["/v1/responses", { ...next, stream: true }],
    ]);
    server.assertDone();
  });

  test("a refused request is an error of the SDK", async () => {
    server = mockResponses([]);

    await expect(
      client.responses.create({ ...go, previous_response_id: "resp_1" }),
    ).rejects.toMatchObject({
      status: 400,
      code: "previous_response_not_found",
      requestID: "req_1",
    });
  });

  test("a cut breaks the stream after its events", async () => {
    server = mockResponses([cuts({ after: 5 })]);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of await client.responses.create({ ...go, stream: true })) {
        seen.push(event.type);
      }
    })();

    await expect(reading).rejects.toThrow();
    expect(seen).toHaveLength(5);
  });

  test("a drop breaks the connection", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    server = mockResponses([drops()]);

    await expect(client.responses.create(go)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
  });

  test("an abort ends a stalled stream", async () => {
    server = mockResponses([stalls(Number.POSITIVE_INFINITY, { after: 5 })]);
    const controller = new AbortController();
    const stream = await client.responses.create(
      { ...go, stream: true },
      { signal: controller.signal },
    );
    const seen: string[] = [];
    for await (const event of stream) {
      seen.push(event.type);
      if (seen.length === 5) controller.abort();
    }

    expect(seen).toHaveLength(5);
  });

  test("another host is an error, not a request to the network", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    server = mockResponses([says("Never.")]);

    await expect(fetch("https://elsewhere.test/other")).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });
});
