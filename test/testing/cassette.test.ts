import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  calls,
  cuts,
  type Exchange,
  fails,
  mockResponses,
  recorded,
  recordFetch,
  type Step,
  says,
  thinks,
} from "../../src/testing/index.ts";
import { clientOf, streamed } from "./client.ts";

const model = "gpt-5.3-codex";
const go = { model, input: "Go." };
const key = "sk-proj-abc_DEF-123456";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cassette-"));
  file = join(folder, "tape.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

function recorder(script: readonly Step[], sink: Parameters<typeof recordFetch>[1] = file) {
  return { fetch: recordFetch(mockResponses(script, { now: () => 1 }).fetch, sink) };
}

async function lines(): Promise<Exchange[]> {
  const text = await readFile(file, "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a recording", () => {
  test("passes everything on, and can be replayed in its place", async () => {
    const script = [thinks("Hm.", calls([{ name: "f" }])), fails(429), says("Done.")];
    async function session(client: OpenAI) {
      const first = await client.responses.stream(go).finalResponse();
      const failure = await client.responses.create(go).catch(({ status, code }) => [status, code]);
      const output = { type: "function_call_output" as const, call_id: "call_1", output: "1" };
      const input = [output];
      const next = await client.responses.create({ model, previous_response_id: first.id, input });
      return [first, failure, next, next._request_id];
    }
    const live = await session(clientOf(recorder(script)));
    const tape = await recorded(file);
    const again = await session(clientOf(tape));

    expect(again).toEqual(live);
    expect(again[1]).toEqual([429, "rate_limit_exceeded"]);
    expect(tape.requests.map(({ body }) => body)).toEqual([
      { ...go, stream: true },
      go,
      { model, previous_response_id: "resp_1", input: [expect.anything()] },
    ]);
    tape.assertDone();
  });

  test("is one JSON line for each exchange", async () => {
    await clientOf(recorder([says("Hi.")])).responses.create(go);
    const [exchange, ...rest] = await lines();

    expect(rest).toEqual([]);
    expect(exchange).toEqual({
      index: 0,
      request: { method: "POST", path: "/v1/responses", query: {}, body: go },
      response: {
        status: 200,
        headers: { "content-type": "application/json", "x-request-id": "req_1" },
        body: expect.stringMatching(/^\{"id":"resp_1".*Hi\./),
        end: "done",
      },
    });
  });

  test("has no secrets, wherever they were", async () => {
    const real = async () =>
      new Response(JSON.stringify({ error: { message: `Incorrect API key: ${key}` } }), {
        status: 401,
        headers: {
          "content-type": "application/json",
          "openai-organization": "acme-corp",
          "set-cookie": "session=hunter2",
          "retry-after": "3",
          "x-ratelimit-limit-requests": "100",
          "x-request-id": "req_x",
        },
      });
    const client = new OpenAI({
      apiKey: key,
      organization: "acme-corp",
      defaultHeaders: { cookie: "session=hunter2" },
      defaultQuery: { "api-key": "hunter2" },
      fetch: recordFetch(real, file),
      maxRetries: 0,
    });
    const mcp = {
      type: "mcp" as const,
      server_label: "docs",
      server_url: "https://docs.test",
      authorization: "hunter2",
      headers: { "x-key": "hunter2" },
    };
    const body = {
      model,
      input: `My key is ${key}, sent as Bearer ${"t0ken".repeat(3)}.`,
      tools: [mcp],
    };
    await client.responses.create(body).catch(() => {});
    const text = await readFile(file, "utf8");
    const [exchange] = await lines();

    for (const secret of [key, "hunter2", "acme-corp", "t0ken", "session="]) {
      expect(text).not.toContain(secret);
    }
    expect(exchange).toEqual({
      index: 0,
      request: {
        method: "POST",
        path: "/v1/responses",
        query: { "api-key": "REDACTED" },
        body: {
          model,
          input: "My key is sk-REDACTED, sent as Bearer REDACTED.",
          tools: [{ ...mcp, authorization: "REDACTED", headers: { "x-key": "REDACTED" } }],
        },
      },
      response: {
        status: 401,
        headers: {
          "content-type": "application/json",
          "retry-after": "3",
          "x-ratelimit-limit-requests": "100",
          "x-request-id": "req_x",
        },
        body: '{"error":{"message":"Incorrect API key: sk-REDACTED"}}',
        end: "done",
      },
    });
    await expect(
      clientOf(await recorded(file)).responses.create(body, { query: { "api-key": "another" } }),
    ).rejects.toMatchObject({ status: 401 });
  });

  test("leaves the request that goes out, and what comes back, as they are", async () => {
    const sent: unknown[] = [];
    const real = async (input: unknown, init?: RequestInit) => {
      sent.push([input, init]);
      return new Response("ok", { status: 203, headers: { "openai-organization": "acme" } });
    };
    const init = { method: "POST", headers: { authorization: `Bearer ${key}` }, body: "{}" };
    const response = await recordFetch(real, () => {})("https://api.test/v1/responses", init);

    expect(sent).toEqual([["https://api.test/v1/responses", init]]);
    expect(response.status).toBe(203);
    expect(response.headers.get("openai-organization")).toBe("acme");
    expect(await response.text()).toBe("ok");
  });

  test("knows a broken body from one that was given up", async () => {
    const exchanges: Exchange[] = [];
    const script = [cuts({ after: 5 }), says("One two three.")];
    const server = recorder(script, (exchange) => void exchanges.push(exchange));
    await expect(streamed(server)).rejects.toThrow("terminated");
    const stream = await clientOf(server).responses.create({ ...go, stream: true });
    for await (const event of stream) if (event.type === "response.output_text.delta") break;

    expect(exchanges.map(({ response }) => response.end)).toEqual(["broken", "cancelled"]);
    await writeFile(file, exchanges.map((exchange) => JSON.stringify(exchange)).join("\n"));
    const tape = await recorded(file);
    await expect(streamed(tape)).rejects.toThrow("terminated");
  });

  test("keeps the order of the requests when bodies end in another", async () => {
    const server = recorder([says("First."), says("Second.")]);
    const first = await clientOf(server).responses.create({ ...go, stream: true });
    await clientOf(server).responses.create(go);
    for await (const _ of first);
    expect((await lines()).map(({ index }) => index)).toEqual([1, 0]);

    const client = clientOf(await recorded(file));
    const again = await client.responses.stream(go).finalResponse();
    expect([again.output_text, (await client.responses.create(go)).output_text]).toEqual([
      "First.",
      "Second.",
    ]);
  });

  test("rejects what the real fetch rejects, and records nothing", async () => {
    const exchanges: Exchange[] = [];
    const broken = recordFetch(
      () => Promise.reject(new TypeError("fetch failed")),
      (exchange) => void exchanges.push(exchange),
    );

    await expect(
      broken("https://api.test/v1/responses", { body: "{}", method: "POST" }),
    ).rejects.toThrow("fetch failed");
    expect(exchanges).toEqual([]);
  });
});

describe("a replay", () => {
  test.for([
    ["another value", { ...go, input: "Stop." }, "body.input"],
    ["another field", { ...go, store: false }, "body.store"],
    ["a missing field", { model }, "body.input"],
    ["another item", { model, input: [{ role: "user", content: "Go." }] }, "body.input"],
  ] as const)("refuses %s, and says where", async ([, body, where]) => {
    await clientOf(recorder([says("Hi.")])).responses.create(go);
    const tape = await recorded(file);
    const client = clientOf(tape);

    await expect(client.responses.create({ ...body } as typeof go)).rejects.toMatchObject({
      status: 400,
      code: "cassette_mismatch",
      param: where,
      message: `400 Request 1 differs from the recorded one at ${where}.`,
    });
    expect(tape.pending).toBe(1);
    expect(() => tape.assertDone()).toThrow("1 recorded requests were never made.");
    expect((await client.responses.create(go)).output_text).toBe("Hi.");
    expect(tape.pending).toBe(0);
  });

  test("names the place inside a list", async () => {
    const input = [
      { role: "user" as const, content: "a" },
      { role: "user" as const, content: "b" },
    ];
    await clientOf(recorder([says("Hi.")])).responses.create({ model, input });
    const client = clientOf(await recorded(file));

    await expect(
      client.responses.create({
        model,
        input: [
          { role: "user", content: "a" },
          { role: "user", content: "c" },
        ],
      }),
    ).rejects.toMatchObject({ param: "body.input[1].content" });
    await expect(
      client.responses.create({ model, input: input.slice(0, 1) }),
    ).rejects.toMatchObject({ param: "body.input[1]" });
  });

  test("refuses a request after its end", async () => {
    await clientOf(recorder([says("Hi.")])).responses.create(go);
    const client = clientOf(await recorded(file));
    await client.responses.create(go);

    await expect(client.responses.create(go)).rejects.toMatchObject({
      code: "cassette_mismatch",
      message: "400 Request 2 comes after the end of the recording.",
    });
  });

  test("takes chunks and delays as the server does", async () => {
    await streamed(recorder([says("Größe: 🙂")]));
    const events = await streamed(await recorded(file, { chunkBytes: 3 }));

    expect(events.at(-1)).toMatchObject({
      response: { output: [{ content: [{ text: "Größe: 🙂" }] }] },
    });
  });

  test("of a file that is not there is an error at once", async () => {
    await expect(recorded(join(folder, "none.jsonl"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
