import { describe, expect, test } from "vitest";
import { calls, mockResponses, says, thinks, together } from "../../src/testing/index.ts";
import { post, refusal } from "./client.ts";

const model = "gpt-5.3-codex";
const type = "invalid_request_error";
const user = { type: "message", role: "user", content: "Go." };

describe("parameters that are refused", () => {
  const cases: Record<string, { body: object; error: object }> = {
    "no model": {
      body: { input: "Go." },
      error: {
        message: "Missing required parameter: 'model'.",
        param: "model",
        code: "missing_required_parameter",
      },
    },
    "no input": {
      body: { model },
      error: {
        message:
          "One of 'input', 'previous_response_id', 'prompt' or 'conversation' must be provided.",
        param: "input",
        code: "missing_required_parameter",
      },
    },
    "a chain and a conversation": {
      body: { model, input: "Go.", previous_response_id: "resp_1", conversation: "conv_1" },
      error: {
        message:
          "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Provide only one of them.",
        param: "previous_response_id",
        code: "mutually_exclusive_parameters",
      },
    },
    "an effort the model lacks": {
      body: { model: "gpt-6.2-sol", input: "Go.", reasoning: { effort: "none" } },
      error: {
        message:
          "Unsupported value: 'none' is not supported with the 'gpt-6.2-sol' model. Supported values are: 'low', 'medium', 'high', 'xhigh', and 'max'.",
        param: "reasoning.effort",
        code: "unsupported_value",
      },
    },
    "a verbosity the model lacks": {
      body: { model: "gpt-5.2-codex", input: "Go.", text: { verbosity: "low" } },
      error: {
        message:
          "Unsupported value: 'low' is not supported with the 'gpt-5.2-codex' model. Supported values are: 'medium'.",
        param: "text.verbosity",
        code: "unsupported_value",
      },
    },
    "too few output tokens": {
      body: { model, input: "Go.", max_output_tokens: 15 },
      error: {
        message:
          "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.",
        param: "max_output_tokens",
        code: "integer_below_min_value",
      },
    },
    "a compaction threshold below 1000": {
      body: {
        model,
        input: "Go.",
        context_management: [{ type: "compaction", compact_threshold: 999 }],
      },
      error: {
        message:
          "Invalid 'context_management[0].compact_threshold': integer below minimum value. Expected a value >= 1000, but got 999 instead.",
        param: "context_management[0].compact_threshold",
        code: "integer_below_min_value",
      },
    },
    "two tools of one name": {
      body: {
        model,
        input: "Go.",
        tools: [
          { type: "function", name: "read" },
          { type: "shell" },
          { type: "custom", name: "read" },
        ],
      },
      error: {
        message: "Invalid 'tools[2].name': tool names must be unique, but 'read' is there twice.",
        param: "tools[2].name",
        code: "invalid_value",
      },
    },
    "sampling with a model that reasons": {
      body: { model: "gpt-6.2-sol", input: "Go.", temperature: 0 },
      error: {
        message: "Unsupported parameter: 'temperature' is not supported with this model.",
        param: "temperature",
        code: null,
      },
    },
    "a cache key that is too long": {
      body: { model, input: "Go.", prompt_cache_key: "k".repeat(65) },
      error: {
        message:
          "Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
        param: "prompt_cache_key",
        code: "string_above_max_length",
      },
    },
    "an unknown previous response": {
      body: { model, input: "Go.", previous_response_id: "resp_nope" },
      error: {
        message: "Previous response with id 'resp_nope' not found.",
        param: "previous_response_id",
        code: "previous_response_not_found",
      },
    },
    "a prompt longer than the model's window": {
      body: { model, input: "x".repeat(4 * 400_000) },
      error: {
        message:
          "Your input exceeds the context window of this model. Please adjust your input and try again.",
        param: "input",
        code: "context_length_exceeded",
      },
    },
  };

  test.for(Object.entries(cases))("%s", async ([, { body, error }]) => {
    const server = mockResponses([says("Never.")]);

    expect(await refusal(server, body)).toEqual({ status: 400, error: { type, ...error } });
    expect(server.pending).toBe(1);
    expect(server.requests[0]?.body).toEqual(body);
  });

  test("the least allowed is not refused", async () => {
    const server = mockResponses((request) => request.body.model);
    const allowed = [
      { max_output_tokens: 16 },
      { context_management: [{ type: "compaction", compact_threshold: 1000 }] },
      { prompt_cache_key: "k".repeat(64) },
      { reasoning: { effort: "xhigh" }, text: { verbosity: "high" } },
      { model: "gpt-5.2", temperature: 0.2, reasoning: { effort: "none" } },
      { model: "somebody/else", reasoning: { effort: "extreme" }, temperature: 0.2 },
    ];

    for (const params of allowed) {
      expect(await post(server, { model, input: "Go.", ...params })).toMatchObject({ status: 200 });
    }
  });

  test("a prompt as long as the window is not refused, a longer one is", async () => {
    const server = mockResponses(() => "Hi.");
    // GPT-5.3-Codex takes 272,000 tokens: "user:", the text, and 2 bytes
    const statuses = [];
    for (const size of [4 * 272_000 - 7, 4 * 272_000 - 6]) {
      statuses.push((await post(server, { model, input: "x".repeat(size) })).status);
    }

    expect(statuses).toEqual([200, 400]);
  });

  test("nothing, with checks turned off", async () => {
    const server = mockResponses([says("As you like.")], { checks: false });
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const body = { model, input: [output], max_output_tokens: 1 };

    expect(await post(server, body)).toMatchObject({ status: 200 });
  });
});

describe("items that are refused", () => {
  const reasoning = { type: "reasoning", id: "rs_x", summary: [], encrypted_content: "gAAAA" };
  const cases: Record<string, { body: object; message: string; param?: string; code?: string }> = {
    "reasoning at the end of the input": {
      body: { input: [user, reasoning] },
      message: "Item 'rs_x' of type 'reasoning' was provided without its required following item.",
    },
    "reasoning before a user message": {
      body: { input: [reasoning, reasoning, user].map((item, i) => ({ ...item, id: `rs_${i}` })) },
      message: "Item 'rs_0' of type 'reasoning' was provided without its required following item.",
    },
    "a reference without storage": {
      body: { store: false, input: [{ type: "item_reference", id: "rs_x" }] },
      message:
        "Item with id 'rs_x' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.",
    },
    "a reference to nothing": {
      body: { input: [{ id: "msg_x" }] },
      message: "Item with id 'msg_x' not found.",
    },
    "reasoning without ciphertext or storage": {
      body: {
        store: false,
        input: [
          { type: "reasoning", id: "rs_x", summary: [] },
          { role: "assistant", content: "ok" },
        ],
      },
      message:
        "Item with id 'rs_x' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.",
    },
    "an id of another type": {
      body: {
        input: [
          { type: "function_call", id: "msg_1", call_id: "call_1", name: "f", arguments: "" },
        ],
      },
      message: "Invalid 'input[0].id': 'msg_1'. Expected an ID that begins with 'fc'.",
      param: "input[0].id",
      code: "invalid_value",
    },
    "an item that is there twice": {
      body: {
        input: [1, 2].map(() => ({ type: "message", id: "msg_1", role: "assistant", content: "" })),
      },
      message:
        "Duplicate item found with id msg_1. Remove duplicate items from your input and try again.",
    },
    "a breakpoint on a model without them": {
      body: {
        input: [
          {
            role: "user",
            content: [
              { type: "input_text", text: "a", prompt_cache_breakpoint: { mode: "explicit" } },
            ],
          },
        ],
      },
      message: "'prompt_cache_breakpoint' is not supported with the 'gpt-5.3-codex' model.",
    },
    "a configuration update on a model without them": {
      body: { input: [{ type: "configuration_update", reasoning: { effort: "low" } }, user] },
      message:
        "The 'configuration_update' item type is not supported with the 'gpt-5.3-codex' model.",
    },
    "added tools on a model without them": {
      body: { input: [{ type: "additional_tools", role: "developer", tools: [] }, user] },
      message: "The 'additional_tools' item type is not supported with the 'gpt-5.3-codex' model.",
    },
    "a compaction trigger before the end": {
      body: { input: [{ type: "compaction_trigger" }, user] },
      message: "A 'compaction_trigger' item must be the last item of the input.",
      param: "input[0]",
    },
  };

  test.for(Object.entries(cases))(
    "%s",
    async ([, { body, message, param = "input", code = null }]) => {
      const server = mockResponses([says("Never.")]);

      expect(await refusal(server, { model, ...body })).toEqual({
        status: 400,
        error: { message, type, param, code },
      });
      expect(server.pending).toBe(1);
    },
  );

  test("two configuration updates in a row", async () => {
    const update = { type: "configuration_update", reasoning: { effort: "low" } };
    const server = mockResponses([says("Never.")]);

    expect(
      await refusal(server, { model: "gpt-6-sol", input: [update, update, user] }),
    ).toMatchObject({
      error: { message: "Two 'configuration_update' items must not be adjacent." },
    });
    expect(await post(server, { model: "gpt-6-sol", input: [update, user] })).toMatchObject({
      status: 200,
    });
  });

  test("a replayed call without the reasoning it came with", async () => {
    const server = mockResponses([
      together(thinks("Hm."), calls([{ name: "f" }])),
      says("Fine."),
      says("Fine."),
    ]);
    const { text } = await post(server, { model, input: [user], store: false });
    const [reasoning, call] = JSON.parse(text).output;
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const replay = (...items: object[]) => ({
      model,
      store: false,
      input: [user, ...items, output],
    });
    const { id: _, ...nameless } = call;

    expect(await refusal(server, replay(call))).toEqual({
      status: 400,
      error: {
        message:
          "Item 'fc_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1'.",
        type,
        param: "input",
        code: null,
      },
    });
    expect(await post(server, replay(reasoning, call))).toMatchObject({ status: 200 });
    expect(await post(server, replay(nameless))).toMatchObject({ status: 200 });
  });

  test("what the chain already holds, sent again", async () => {
    const server = mockResponses([says("One."), says("Never.")]);
    const { text } = await post(server, { model, input: [user] });
    const body = {
      model,
      previous_response_id: "resp_1",
      input: [...JSON.parse(text).output, user],
    };

    expect(await refusal(server, body)).toMatchObject({
      error: { message: expect.stringContaining("Duplicate item found with id msg_1.") },
    });
  });

  test("the ciphertext of output_item.added, or of another item", async () => {
    const server = mockResponses([thinks("Hm.", says("Hi.")), says("Fine."), says("Fine.")]);
    const { text } = await post(server, { model, input: [user], stream: true });
    const [added, done] = [...text.matchAll(/"encrypted_content":"([^"]+)"/g)].map(([, c]) => c);
    const reply = (id: string, encrypted_content: unknown) => ({
      model,
      store: false,
      input: [
        { type: "reasoning", id, summary: [], encrypted_content },
        { type: "message", role: "assistant", content: "Hi." },
        user,
      ],
    });
    const refused = {
      status: 400,
      error: {
        message:
          "The encrypted content gAAA...== could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
        type,
        param: null,
        code: "invalid_encrypted_content",
      },
    };

    expect(await refusal(server, reply("rs_1", added))).toEqual(refused);
    expect(await refusal(server, reply("rs_2", done))).toEqual(refused);
    expect(await post(server, reply("rs_1", done))).toMatchObject({ status: 200 });
    expect(await post(server, reply("rs_1", "gAAAAAB-foreign"))).toMatchObject({ status: 200 });
  });

  test("a reference to what is stored, in a request that stores nothing", async () => {
    const server = mockResponses([says("Hi."), says("Never.")]);
    await post(server, { model, input: [user] });
    const body = { model, store: false, input: [{ type: "item_reference", id: "msg_1" }, user] };

    expect(await refusal(server, body)).toMatchObject({
      error: { message: expect.stringMatching(/^Item with id 'msg_1' not found. Items are not/) },
    });
  });

  test("a reference is resolved from what is stored", async () => {
    const server = mockResponses([
      calls([{ name: "f" }]),
      (request) => JSON.stringify(request.transcript.map(({ type }) => type)),
    ]);
    await post(server, { model, input: [user] });
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const { text } = await post(server, {
      model,
      input: [user, { type: "item_reference", id: "fc_1" }, output],
    });

    expect(JSON.parse(text).output[0].content[0].text).toBe(
      '["message","function_call","function_call_output"]',
    );
  });
});

describe("requests that are refused", () => {
  test("without a key", async () => {
    const server = mockResponses([says("Never.")]);
    const bare = await server.fetch("https://api.test/v1/responses", {
      method: "POST",
      body: "{}",
    });
    const empty = await server.fetch("https://api.test/v1/responses", {
      method: "POST",
      headers: { authorization: "Bearer " },
      body: "{}",
    });

    expect([bare.status, empty.status]).toEqual([401, 401]);
    expect(await bare.json()).toEqual({
      error: { message: "You didn't provide an API key.", type, param: null, code: null },
    });
  });

  test("not with the key header of Azure", async () => {
    const server = mockResponses([says("Hi.")]);
    const { status } = await server.fetch(
      "https://name.openai.azure.com/openai/v1/responses?api-version=preview",
      {
        method: "POST",
        headers: { "api-key": "x" },
        body: JSON.stringify({ model, input: "Go." }),
      },
    );

    expect(status).toBe(200);
    expect(server.requests[0]).toMatchObject({
      path: "/openai/v1/responses",
      query: { "api-version": "preview" },
    });
  });

  test.for(["", "{", "[1]", '"text"'])("with a body that is no JSON object: %s", async (body) => {
    const server = mockResponses([says("Never.")]);

    expect(await refusal(server, body)).toEqual({
      status: 400,
      error: {
        message: "We could not parse the JSON body of your request.",
        type,
        param: null,
        code: null,
      },
    });
    expect(server.requests[0]?.body).toBeUndefined();
  });

  test.for([
    ["POST", "/chat/completions"],
    ["GET", "/responses"],
    ["GET", "/models"],
    ["PUT", "/responses/resp_1"],
    ["POST", "/responses/resp_1"],
    ["POST", "/responses/resp_1/explode"],
    ["POST", "/responses/resp_1/cancel/again"],
    ["POST", "/responsesque"],
    ["GET", "/responses/resp_1/cancel"],
  ] as const)("on an unknown path: %s %s", async ([method, path]) => {
    const server = mockResponses([says("Never.")]);
    const response = await server.fetch(`https://api.test/v1${path}`, {
      method,
      headers: { authorization: "Bearer x" },
      ...(method === "GET" ? {} : { body: "{}" }),
    });

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { message: `Invalid URL (${method} /v1${path})`, type, param: null, code: null },
    });
  });

  test("with a request id on every answer, counted", async () => {
    const server = mockResponses([says("Hi.")]);
    const ids = [
      await post(server, { model, input: "Go." }),
      await post(server, {}),
      await post(server, {}, "/nowhere"),
    ].map(({ headers }) => headers.get("x-request-id"));

    expect(ids).toEqual(["req_1", "req_2", "req_3"]);
  });
});
