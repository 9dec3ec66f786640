import { describe, expect, test } from "vitest";
import {
  calls,
  fails,
  items,
  mockResponses,
  says,
  thinks,
  together,
} from "../../src/testing/index.ts";
import { clientOf, eventsOf, post, refusal } from "./client.ts";

const model = "gpt-5.6-sol";
const user = { type: "message", role: "user", content: "Go." } as const;
const compaction = (id: string) => ({
  id,
  type: "compaction",
  encrypted_content: expect.stringMatching(/^gAAAA/),
});

describe("POST /responses/compact", () => {
  test("gives back all user messages and one compaction item", async () => {
    const now = () => 1_700_000_000;
    const server = mockResponses([], { now });
    const { status, text } = await post(
      server,
      {
        model,
        input: [
          { role: "developer", content: "Rules." },
          user,
          { type: "message", role: "assistant", content: "Hi." },
          { ...user, id: "msg_mine", content: [{ type: "input_text", text: "More." }] },
        ],
      },
      "/responses/compact",
    );

    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      id: "resp_1",
      object: "response.compaction",
      created_at: 1_700_000_000,
      output: [
        {
          id: "msg_1",
          type: "message",
          role: "user",
          status: "completed",
          content: [{ type: "input_text", text: "Go." }],
        },
        {
          id: "msg_mine",
          type: "message",
          role: "user",
          status: "completed",
          content: [{ type: "input_text", text: "More." }],
        },
        compaction("cmp_1"),
      ],
      // "developer:Rules." 18, "user:Go." 10, "assistant:Hi." 15, "user:More." 12 bytes
      usage: {
        input_tokens: 14,
        input_tokens_details: {
          cached_tokens: 0,
          cache_write_tokens: 0,
          cache_write_tokens_details: { ttl_30m_tokens: 0, ttl_12h_tokens: 0 },
        },
        output_tokens: expect.any(Number),
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: expect.any(Number),
      },
    });
  });

  test("takes no reply of the script, and its output goes back as it is", async () => {
    const server = mockResponses([thinks("Hm.", says("One.")), says("Two."), says("Three.")]);
    const send = async (body: object, path?: string) =>
      JSON.parse((await post(server, { model, ...body }, path)).text);
    await send({ input: "a".repeat(8000) });
    const { output } = await send({ previous_response_id: "resp_1" }, "/responses/compact");
    const next = await send({ input: [...output, user] });
    const last = await send({ previous_response_id: next.id, input: "!" });

    expect([next, last].map((each) => each.output[0].content[0].text)).toEqual(["Two.", "Three."]);
    // the user messages stay: 8007 bytes, a compaction item, "user:Go." and 2
    expect(next.usage.input_tokens).toBeGreaterThan(2002);
    expect(next.usage.input_tokens).toBeLessThan(2030);
  });

  test("is no response: nothing can be chained to it", async () => {
    const server = mockResponses([says("Never.")]);
    await post(server, { model, input: "Go." }, "/responses/compact");

    expect(
      await refusal(server, { model, input: "Go.", previous_response_id: "resp_1" }),
    ).toMatchObject({ error: { code: "previous_response_not_found" } });
  });

  test.for([
    ["tools", { tools: [] }, "Unknown parameter: 'tools'.", "tools", "unknown_parameter"],
    [
      "reasoning",
      { reasoning: {} },
      "Unknown parameter: 'reasoning'.",
      "reasoning",
      "unknown_parameter",
    ],
    [
      "a configuration update",
      { input: [{ type: "configuration_update" }] },
      "The 'configuration_update' item type cannot be compacted.",
      "input",
      null,
    ],
    [
      "an open call",
      { input: [{ type: "function_call", call_id: "call_1", name: "f", arguments: "{}" }] },
      "No tool output found for function call call_1.",
      "input",
      null,
    ],
    [
      "no model",
      { model: null },
      "Missing required parameter: 'model'.",
      "model",
      "missing_required_parameter",
    ],
    [
      "more than the window holds",
      { model: "gpt-5.3-codex", input: "x".repeat(1_600_000) },
      "Your input exceeds the context window of this model. Please adjust your input and try again.",
      "input",
      "context_length_exceeded",
    ],
  ] as const)("refuses %s", async ([, body, message, param, code]) => {
    const server = mockResponses([says("Never.")]);

    expect(await refusal(server, { model, input: "Go.", ...body }, "/responses/compact")).toEqual({
      status: 400,
      error: { message, type: "invalid_request_error", param, code },
    });
  });

  test("can be scripted to fail, or to return something else", async () => {
    const failing = mockResponses([], { compaction: { endpoint: fails(404) } });
    const odd = mockResponses([], { compaction: { endpoint: () => says("No compaction.") } });

    expect(await refusal(failing, { model, input: "Go." }, "/responses/compact")).toMatchObject({
      status: 404,
    });
    const { text } = await post(odd, { model, input: "Go." }, "/responses/compact");
    expect(JSON.parse(text)).toMatchObject({
      object: "response.compaction",
      output: [{ type: "message", role: "assistant" }],
    });
  });
});

describe("a compaction trigger", () => {
  const trigger = { type: "compaction_trigger" } as const;

  test("is answered with one compaction item, and takes no reply of the script", async () => {
    const server = mockResponses([
      says("One."),
      ({ transcript }) => JSON.stringify(transcript.map(({ type }) => type)),
    ]);
    const client = clientOf(server);
    const first = await client.responses.create({ model, input: "Go." });
    const next = await client.responses.create({
      model,
      previous_response_id: first.id,
      input: [trigger],
    });
    const last = await client.responses.create({
      model,
      previous_response_id: next.id,
      input: "!",
    });

    expect(next.output).toEqual([compaction("cmp_1")]);
    expect(last.output_text).toBe('["message","message","compaction","message"]');
  });

  test("streams that it is compacting, and ciphertext that is whole only when done", async () => {
    const server = mockResponses([]);
    const { text } = await post(server, { model, input: [user, trigger], stream: true });
    const events = eventsOf(text);
    const [added, , done] = events.slice(2);

    expect(events.slice(2, -1).map(({ type }) => type)).toEqual([
      "response.output_item.added",
      "response.compaction.compacting",
      "response.output_item.done",
    ]);
    expect(events[3]).toEqual({
      type: "response.compaction.compacting",
      sequence_number: 3,
      item_id: "cmp_1",
      output_index: 0,
    });
    expect([added?.item, done?.item]).toEqual([compaction("cmp_1"), compaction("cmp_1")]);
    expect(added?.item).not.toEqual(done?.item);
  });

  test("can be scripted to fail, or to return no compaction", async () => {
    const failing = mockResponses([], { compaction: { trigger: fails(500) } });
    const empty = mockResponses([], { compaction: { trigger: () => items() } });
    const body = { model, input: [user, trigger] };

    expect(await refusal(failing, body)).toMatchObject({ status: 500 });
    expect(JSON.parse((await post(empty, body)).text).output).toEqual([]);
  });

  test("needs every call answered", async () => {
    const server = mockResponses([calls([{ name: "f" }])]);
    await post(server, { model, input: "Go." });

    expect(
      await refusal(server, { model, previous_response_id: "resp_1", input: [trigger] }),
    ).toMatchObject({ error: { message: "No tool output found for function call call_1." } });
  });
});

describe("context management", () => {
  const context_management = [{ type: "compaction", compact_threshold: 1000 }];

  test("compacts above its threshold, and goes on in the same response", async () => {
    const server = mockResponses([together(thinks("Hm."), calls([{ name: "f" }])), says("Done.")]);
    const { text } = await post(server, {
      model,
      input: "a".repeat(8000),
      context_management,
      stream: true,
    });
    const events = eventsOf(text);
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const chained = await post(server, { model, previous_response_id: "resp_1", input: [output] });

    expect(events.at(-1)?.response).toMatchObject({
      output: [compaction("cmp_1"), { type: "reasoning" }, { type: "function_call" }],
    });
    expect(events.map(({ type }) => type)).not.toContain("response.compaction.compacting");
    expect(chained.status).toBe(200);
  });

  test("does nothing at its threshold or below", async () => {
    const server = mockResponses([says("One."), says("Two.")]);
    const body = { model, context_management };
    // 4000 bytes are 1,000 tokens, 4001 are 1,001
    const [at, above] = [
      await post(server, { ...body, input: "a".repeat(3993) }),
      await post(server, { ...body, input: "a".repeat(3994) }),
    ].map(({ text }) => JSON.parse(text).output.map(({ type }: { type: string }) => type));

    expect([at, above]).toEqual([["message"], ["compaction", "message"]]);
  });

  test("what was compacted is read no more, but for what people and developers said", async () => {
    const server = mockResponses([says("a".repeat(40_000)), says("One."), says("Two.")]);
    const chain = { model, context_management };
    await post(server, { model, input: "Go." });
    const before = await post(server, { ...chain, previous_response_id: "resp_1", input: "More." });
    const after = await post(server, { ...chain, previous_response_id: "resp_2", input: "More." });
    const [large, small] = [before, after].map(({ text }) => JSON.parse(text).usage.input_tokens);

    expect(large).toBeGreaterThan(10_000);
    expect(small).toBeLessThan(50);
    expect(JSON.parse(after.text).output).toMatchObject([{ type: "message" }]);
  });
});

test("a compaction item whose id was rewritten is refused", async () => {
  const server = mockResponses([says("Never.")]);
  const { text } = await post(server, { model, input: "Go." }, "/responses/compact");
  const [message, item] = JSON.parse(text).output;

  expect(
    await refusal(server, { model, input: [message, { ...item, id: "cmp_mine" }, user] }),
  ).toMatchObject({ status: 400, error: { code: "invalid_encrypted_content" } });
});
