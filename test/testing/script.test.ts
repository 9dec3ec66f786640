import OpenAI from "openai";
import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type CreateRequest,
  calls,
  cuts,
  fails,
  items,
  type MockServer,
  mockResponses,
  patches,
  type Reply,
  raw,
  runs,
  type Step,
  says,
  stalls,
  thinks,
  together,
} from "../../src/testing/index.ts";
import { clientOf, post, refusal } from "./client.ts";

const model = "gpt-5.3-codex";
const go = { model, input: "Go." };

async function outputOf(server: MockServer, body: object = {}) {
  const { text } = await post(server, { ...go, ...body });
  return JSON.parse(text).output;
}

describe("a script", () => {
  test("gives each request its reply, in order, and then none", async () => {
    const server = mockResponses([says("One."), says("Two.")]);
    const client = clientOf(server);
    const texts = [];
    for (let i = 0; i < 2; i++) texts.push((await client.responses.create(go)).output_text);

    expect(texts).toEqual(["One.", "Two."]);
    expect(await refusal(server, go)).toEqual({
      status: 400,
      error: {
        message: "The script has no reply left for request 3.",
        type: "mock_error",
        param: null,
        code: "script_exhausted",
      },
    });
    expect(() => server.assertDone()).toThrow("1 requests came after the end of the script.");
  });

  test("counts the replies that were not asked for", async () => {
    const server = mockResponses([says("One."), says("Two."), says("Three.")]);
    await post(server, go);

    expect(server.pending).toBe(2);
    expect(() => server.assertDone()).toThrow("2 of the script's replies were never asked for.");
    await post(server, go);
    await post(server, go);
    expect(server.pending).toBe(0);
    expect(() => server.assertDone()).not.toThrow();
  });

  test("can be continued, and is not changed by being played", async () => {
    const script = [says("One.")];
    const server = mockResponses(script);
    server.add(says("Two."), () => "Three.");
    for (let i = 0; i < 3; i++) await post(server, go);

    expect(script).toEqual([says("One.")]);
    server.assertDone();
  });

  test("can be one function that answers everything", async () => {
    const server = mockResponses(({ index }) => `Answer ${index}.`);
    const texts = [];
    for (let i = 0; i < 3; i++) texts.push((await outputOf(server))[0].content[0].text);

    expect(texts).toEqual(["Answer 0.", "Answer 1.", "Answer 2."]);
    server.assertDone();
  });

  test("plays the same way on every server", async () => {
    const script = [together(thinks("Hm."), calls([{ name: "f" }])), says("Done.")];
    const play = async () => {
      const server = mockResponses(script, { now: () => 1 });
      return [(await post(server, go)).text, (await post(server, { ...go, stream: true })).text];
    };

    expect(await play()).toEqual(await play());
  });
});

describe("a function of the script", () => {
  test("sees the request, and what came before it", async () => {
    const seen: CreateRequest[] = [];
    const server = mockResponses([
      says("One."),
      (request) => {
        seen.push(request);
        return "Two.";
      },
    ]);
    await post(server, go);
    const body = { model, previous_response_id: "resp_1", input: "More.", stream: true };
    await post(server, body);

    expect(seen).toEqual([
      {
        method: "POST",
        path: "/v1/responses",
        query: {},
        headers: { "content-type": "application/json" },
        body,
        transcript: [
          { type: "message", role: "user", content: "Go." },
          expect.objectContaining({ id: "msg_1", type: "message", role: "assistant" }),
          { type: "message", role: "user", content: "More." },
        ],
        index: 1,
      },
    ]);
  });

  const returned: Record<string, { step: Step; types: string[] }> = {
    text: { step: () => "Hi.", types: ["message"] },
    "an item": { step: () => ({ type: "function_call", name: "f" }), types: ["function_call"] },
    items: {
      step: () => [{ type: "reasoning" }, { type: "program" }],
      types: ["reasoning", "program"],
    },
    "no items": { step: () => [], types: [] },
    "a reply": { step: () => thinks("Hm.", says("Hi.")), types: ["reasoning", "message"] },
    "a promise": { step: async () => runs("ls"), types: ["function_call"] },
  };

  test.for(Object.entries(returned))("may return %s", async ([, { step, types }]) => {
    const output = await outputOf(mockResponses([step]));

    expect(output.map(({ type }: { type: string }) => type)).toEqual(types);
  });

  test("may return an error, a raw body or a fault", async () => {
    const server = mockResponses([
      () => fails(500),
      () => raw("{}", { contentType: "application/json" }),
      () => cuts({ after: 1, reply: says("Hi.") }),
    ]);

    expect(await refusal(server, go)).toMatchObject({ status: 500 });
    expect((await post(server, go)).text).toBe("{}");
    await expect(post(server, go)).rejects.toThrow("terminated");
  });

  test("that throws fails its request, without a retry, and assertDone", async () => {
    const server = mockResponses([
      () => {
        throw new Error("expected another body");
      },
    ]);
    const client = new OpenAI({ apiKey: "k", fetch: server.fetch });

    await expect(client.responses.create(go)).rejects.toMatchObject({
      status: 400,
      code: "script_threw",
      message: "400 The script threw: Error: expected another body",
    });
    expect(server.requests).toHaveLength(1);
    expect(() => server.assertDone()).toThrow("expected another body");
  });
});

describe("requests", () => {
  test("are all kept, in order, as they came, without secrets", async () => {
    const server = mockResponses([says("Hi.")]);
    const client = new OpenAI({
      apiKey: "sk-secret",
      organization: "acme",
      project: "proj",
      fetch: server.fetch,
      maxRetries: 0,
      defaultHeaders: { cookie: "a=b", "x-app": "mine" },
    });
    const body = { ...go, nested: { list: [1, null, "é"] } };
    await client.responses.create(body);
    await client.responses.retrieve("resp_1", { include: ["reasoning.encrypted_content"] });
    await client.responses.create({ model: "", input: "refused" }).catch(() => {});

    expect(server.requests.map(({ headers: _, ...rest }) => rest)).toEqual([
      { method: "POST", path: "/v1/responses", query: {}, body },
      {
        method: "GET",
        path: "/v1/responses/resp_1",
        query: { "include[]": "reasoning.encrypted_content" },
        body: undefined,
      },
      { method: "POST", path: "/v1/responses", query: {}, body: { model: "", input: "refused" } },
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-app": "mine",
    });
    for (const { headers } of server.requests) {
      expect(JSON.stringify(headers)).not.toMatch(/secret|acme|proj|a=b/);
    }
  });

  test("are read from a Request, a URL, and a body of bytes", async () => {
    const server = mockResponses(() => "Hi.");
    const url = "https://api.test/v1/responses";
    const init = { method: "post", headers: { authorization: "Bearer k" } };
    const text = JSON.stringify(go);
    const request = new Request(url, { ...init, method: "POST", body: text });
    await server.fetch(request);
    await server.fetch(new URL(url), { ...init, body: new TextEncoder().encode(text) });
    await server.fetch(url, { ...init, body: new Blob([text]) });

    expect(server.requests.map(({ method, body }) => [method, body])).toEqual(
      [1, 2, 3].map(() => ["POST", go]),
    );
    expect(await request.text()).toBe(text);
  });
});

describe("a reply", () => {
  test("of a call is of the kind its fields tell", () => {
    const drafts = calls([
      { name: "f" },
      { name: "f", arguments: { a: [1] } },
      { name: "f", arguments: "{half", call_id: "call_x", namespace: "n" },
      { name: "g", input: "text", async: true },
      { shell: "ls", timeout_ms: 5, call_id: "call_y" },
      { apply_patch: { type: "delete_file", path: "a" } },
      { type: "computer_call", action: { type: "screenshot" } },
    ]);

    expect(drafts).toEqual({
      kind: "reply",
      pieces: [
        { type: "function_call", name: "f", arguments: "{}" },
        { type: "function_call", name: "f", arguments: '{"a":[1]}' },
        {
          type: "function_call",
          name: "f",
          arguments: "{half",
          call_id: "call_x",
          namespace: "n",
        },
        { type: "custom_tool_call", name: "g", input: "text", async: true },
        {
          type: "shell_call",
          action: { commands: ["ls"], timeout_ms: 5, max_output_length: null },
          call_id: "call_y",
        },
        { type: "apply_patch_call", operation: { type: "delete_file", path: "a" } },
        { type: "computer_call", action: { type: "screenshot" } },
      ].map((item) => ({ item })),
      ending: { status: "completed" },
    });
  });

  test("of a patch and of a command are the calls Codex's tools get", async () => {
    const server = mockResponses([patches("*** Begin Patch"), runs("ls", { workdir: "/tmp" })]);

    expect(await outputOf(server)).toEqual([
      {
        id: "ctc_1",
        type: "custom_tool_call",
        status: "completed",
        call_id: "call_1",
        name: "apply_patch",
        input: "*** Begin Patch",
      },
    ]);
    expect(await outputOf(server)).toEqual([
      {
        id: "fc_1",
        type: "function_call",
        status: "completed",
        call_id: "call_2",
        name: "shell_command",
        arguments: '{"command":"ls","workdir":"/tmp"}',
      },
    ]);
  });

  test("of a message has all that was said in it", async () => {
    const server = mockResponses([
      says({ reasoning: "Hm.", text: "Yes.", refusal: "No.", phase: "final_answer", id: "msg_x" }),
    ]);

    expect(await outputOf(server)).toMatchObject([
      { type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] },
      {
        id: "msg_x",
        type: "message",
        phase: "final_answer",
        content: [
          { type: "output_text", text: "Yes." },
          { type: "refusal", refusal: "No." },
        ],
      },
    ]);
  });

  test("keeps what an item is given, and fills in the rest", async () => {
    const server = mockResponses([
      items(
        { type: "function_call", id: "fc_mine", call_id: "call_mine", name: "f" },
        { type: "web_search_call", status: "failed" },
      ),
    ]);

    expect(await outputOf(server)).toEqual([
      {
        id: "fc_mine",
        type: "function_call",
        status: "completed",
        call_id: "call_mine",
        name: "f",
        arguments: "{}",
      },
      { id: "ws_1", type: "web_search_call", status: "failed", action: { type: "search" } },
    ]);
  });

  test("made of several keeps a fault and the last counts", () => {
    const parts = together(
      says({ text: "A", usage: { input_tokens: 1 } }),
      stalls(5, { reply: says({ text: "B", usage: { input_tokens: 2 } }) }),
    );

    expect(parts).toEqual({
      ...says("A"),
      pieces: [...says("A").pieces, ...says("B").pieces],
      usage: { input_tokens: 2 },
      faults: { stall: { ms: 5, at: 0 } },
    });
  });
});

describe("types", () => {
  test("of requests and replies", () => {
    expectTypeOf<CreateRequest["body"]["model"]>().toEqualTypeOf<string>();
    expectTypeOf<CreateRequest["body"]["input"]>().toEqualTypeOf<
      ResponseCreateParamsBase["input"]
    >();
    expectTypeOf(says("Hi.")).toEqualTypeOf<Reply>();
    expectTypeOf(cuts({ after: 1 })).toEqualTypeOf<Reply>();
    expectTypeOf<MockServer["fetch"]>().toExtend<typeof globalThis.fetch>();
  });

  test("a misspelt option is a compile error", () => {
    // @ts-expect-error: chunk
    says({ text: "Hi.", chunk: ["Hi."] });
    // @ts-expect-error: afterwards
    cuts({ after: 5, afterwards: 5 });
    // @ts-expect-error: a status is a number
    fails("429");
    // @ts-expect-error: a phase of the SDK
    says({ text: "Hi.", phase: "musing" });
    // @ts-expect-error: an operation of the SDK
    calls([{ apply_patch: { type: "rename_file", path: "a" } }]);
    // @ts-expect-error: wires
    mockResponses([], { wires: "full" });
  });
});

describe("a script that cannot be played is refused when it is given", () => {
  test.each([
    [5, "5 answers no request: use says(), calls() or another step"],
    [[null], "null answers no request"],
    [[says("a"), undefined], "undefined answers no request"],
    [[{ role: "user" }], '{"role":"user"} answers no request'],
  ])("such as %j", (script, message) => {
    // @ts-expect-error These are no steps.
    expect(() => mockResponses(script)).toThrow(message);
  });

  test("also when it is added to", () => {
    const server = mockResponses();
    // @ts-expect-error A number is no step.
    expect(() => server.add(7)).toThrow("7 answers no request");
  });

  test("and so are faults without their numbers", () => {
    // @ts-expect-error The ms are missing.
    expect(() => stalls()).toThrow("stalls() needs how many ms");
    // @ts-expect-error The events are missing.
    expect(() => cuts({})).toThrow("cuts() needs { after }");
    // @ts-expect-error So they are here.
    expect(() => cuts("x")).toThrow("cuts() needs { after }");
  });
});

test("a text or an item is a step by itself", async () => {
  const message = { type: "message", content: [{ type: "output_text", text: "Two." }] } as const;
  const server = mockResponses(["One.", message]);
  const client = clientOf(server);
  const texts = [];
  for (let i = 0; i < 2; i++) texts.push((await client.responses.create(go)).output_text);
  expect(texts).toEqual(["One.", "Two."]);
});
