import { calls, events, fails, items, mockResponses, raw, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { mockResponses as mockResponsesByPath } from "../../src/testing/server.ts";
import { takeViolations } from "./observe.ts";

const go = { model: "gpt-5.3-codex", input: "Go." };

async function post(
  { fetch }: Pick<ReturnType<typeof mockResponses>, "fetch">,
  body: object,
  path = "/v1/responses",
): Promise<number> {
  const response = await fetch(`https://api.test${path}`, {
    method: "POST",
    headers: { authorization: "Bearer k" },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

describe("requests are checked", () => {
  test("when the server takes them", async () => {
    expect(await post(mockResponses(says("Ok.")), { ...go, storee: true })).toBe(200);
    expect(takeViolations()).toEqual(['request /v1/responses: unknown property "storee"']);
  });

  test("however the server was imported", async () => {
    expect(await post(mockResponsesByPath(says("Ok.")), { ...go, truncation: "no" })).toBe(200);
    expect(takeViolations()).toEqual([
      'answer: truncation: "no" is none of "auto", "disabled", null',
      'request /v1/responses: truncation: "no" is none of "auto", "disabled", null',
    ]);
  });

  test("when the script answers with an error", async () => {
    expect(await post(mockResponses([fails(429)]), { ...go, user: 7 })).toBe(429);
    expect(takeViolations()).toEqual(["request /v1/responses: user: must be string"]);
  });

  test("by what they ask for", async () => {
    const server = mockResponses(says("Ok."));
    await post(server, { ...go, stream: true, stream_options: { include: true } });
    await post(server, { ...go, service_tier: "ultrafast" }, "/v1/responses/compact");
    await post(server, { ...go, top_p: 1 }, "/v1/responses/input_tokens");
    expect(takeViolations()).toEqual([
      'request /v1/responses: stream_options: unknown property "include"',
      'request /v1/responses/compact: service_tier: "ultrafast" is none of "auto", "default", "fast", "flex", "priority", null',
      'request /v1/responses/input_tokens: unknown property "top_p"',
    ]);
  });

  test("on real sockets", async () => {
    const http = await mockResponses(says("Ok.")).listen();
    try {
      await fetch(`${http.url}/responses`, {
        method: "POST",
        headers: { authorization: "Bearer k" },
        body: JSON.stringify({ ...go, storee: true }),
      });
    } finally {
      await http.close();
    }
    expect(takeViolations()).toEqual(['request /v1/responses: unknown property "storee"']);
  });

  test("when a client sends them to a server of another make", async () => {
    const wrong = { ...go, storee: true };
    const fetch = async () => Response.json({});
    await new OpenAI({ apiKey: "k", fetch }).responses.create(wrong);
    expect(takeViolations()).toEqual(['request /v1/responses: unknown property "storee"']);
  });

  test("but not when they are refused", async () => {
    const wrong = { ...go, storee: true, max_output_tokens: 1 };
    const fetch = async () => Response.json({ error: {} }, { status: 400 });
    expect(await post(mockResponses(says("Ok.")), wrong)).toBe(400);
    await new OpenAI({ apiKey: "k", fetch }).responses.create(wrong).catch(() => {});
  });
});

test.fails("a test that has taken no notice of a violation fails", async () => {
  await post(mockResponses(says("Ok.")), { ...go, storee: true });
});

describe("what the server plays is checked", () => {
  const odd = calls([{ type: "function_call", name: "a", argument: "{}" }]);

  test("as one response", async () => {
    await post(mockResponses([odd]), go);
    expect(takeViolations()).toEqual(['answer: output[0]: unknown property "argument"']);
  });

  test("event by event", async () => {
    await post(mockResponses([odd]), { ...go, stream: true });
    expect(takeViolations()).toEqual([
      'event response.output_item.added: item: unknown property "argument"',
      'event response.output_item.done: item: unknown property "argument"',
      'event response.completed: response.output[0]: unknown property "argument"',
    ]);
  });

  test("as a compacted window", async () => {
    const endpoint = items({ type: "reasoning", summary: ["short"] });
    await post(mockResponses([], { compaction: { endpoint } }), go, "/v1/responses/compact");
    expect(takeViolations()).toEqual(["answer: output[0].summary[0]: must be object"]);
  });

  test("but not what a test writes itself", async () => {
    const server = mockResponses([
      raw('{"object":"nonsense"}', { contentType: "application/json" }),
      events([{ type: "response.nonsense" }]),
      fails(500, { message: "nonsense" }),
    ]);
    for (const status of [200, 200, 500]) expect(await post(server, go)).toBe(status);
  });
});
