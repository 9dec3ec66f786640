import { describe, expect, test } from "vitest";
import {
  calls,
  cuts,
  failed,
  fails,
  type MockServer,
  mockResponses,
  says,
  stalls,
  thinks,
} from "../../src/testing/index.ts";
import { clientOf, eventsOf, post, refusal, streamed } from "./client.ts";

const model = "gpt-5.3-codex";
const authorization = "Bearer test";

function lost(id: string) {
  return {
    status: 400,
    error: {
      message: `Previous response with id '${id}' not found.`,
      type: "invalid_request_error",
      param: "previous_response_id",
      code: "previous_response_not_found",
    },
  };
}

async function get(server: MockServer, path: string, method = "GET") {
  const response = await server.fetch(`https://api.test/v1/responses/${path}`, {
    method,
    headers: { authorization },
  });
  return { status: response.status, text: await response.text() };
}

describe("a stored response", () => {
  test("is retrieved as it was answered", async () => {
    const server = mockResponses([thinks("Hm.", says("Hi."))]);
    const { text } = await post(server, { model, input: "Go." });

    expect(await get(server, "resp_1")).toEqual({ status: 200, text });
  });

  test("is kept of a stream as well, from its terminal event on", async () => {
    const server = mockResponses([says("Hi."), cuts({ after: 5 })]);
    const events = await streamed(server);
    await expect(streamed(server)).rejects.toThrow("terminated");

    expect(JSON.parse((await get(server, "resp_1")).text)).toEqual(events.at(-1)?.response);
    expect((await get(server, "resp_2")).status).toBe(404);
  });

  test("is gone when deleted, or when the server forgets it", async () => {
    const server = mockResponses([says("One."), says("Two."), says("Never.")]);
    const client = clientOf(server);
    const one = await client.responses.create({ model, input: "Go." });
    const two = await client.responses.create({ model, input: "Go." });
    await client.responses.delete(one.id);
    server.forget(two.id);

    for (const id of [one.id, two.id]) {
      expect(await get(server, id)).toEqual({
        status: 404,
        text: JSON.stringify({
          error: {
            message: `Response with id '${id}' not found.`,
            type: "invalid_request_error",
            param: null,
            code: null,
          },
        }),
      });
      expect(await refusal(server, { model, input: "Go.", previous_response_id: id })).toEqual(
        lost(id),
      );
    }
    expect((await get(server, one.id, "DELETE")).status).toBe(404);
  });

  test("is not there with store: false", async () => {
    const server = mockResponses([says("Hi."), says("Never.")]);
    await post(server, { model, input: "Go.", store: false });

    expect((await get(server, "resp_1")).status).toBe(404);
    expect(await refusal(server, { model, input: "Go.", previous_response_id: "resp_1" })).toEqual(
      lost("resp_1"),
    );
  });

  test("is not there of a request that failed", async () => {
    const server = mockResponses([fails(500), says("Hi.")]);
    await post(server, { model, input: "Go." });
    await post(server, { model, input: "Go." });

    expect((await get(server, "resp_1")).text).toContain("Hi.");
  });

  test("cannot be streamed again or cancelled: it was not in the background", async () => {
    const server = mockResponses([says("Hi.")]);
    await streamed(server);

    expect(await get(server, "resp_1?stream=true")).toMatchObject({ status: 400 });
    expect(await refusal(server, {}, "/responses/resp_1/cancel")).toEqual({
      status: 400,
      error: {
        message: "Cannot cancel a synchronous response.",
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    });
  });
});

describe("a conversation", () => {
  test("is the chain's input and output, then the new input", async () => {
    const seen: unknown[] = [];
    const look = (text: string) => (request: { transcript: readonly unknown[] }) => {
      seen.push(request.transcript);
      return says(text);
    };
    const server = mockResponses([calls([{ name: "f" }]), look("One."), look("Two.")]);
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    await post(server, { model, input: "Go." });
    await post(server, { model, previous_response_id: "resp_1", input: [output] });
    await post(server, { model, previous_response_id: "resp_2", input: "Again." });

    const call = { id: "fc_1", type: "function_call", name: "f", arguments: "{}" };
    const transcript = [
      { type: "message", role: "user", content: "Go." },
      { ...call, call_id: "call_1", status: "completed" },
      output,
    ];
    expect(seen).toEqual([
      transcript,
      [
        ...transcript,
        {
          id: "msg_1",
          type: "message",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text: "One.", annotations: [], logprobs: [] }],
        },
        { type: "message", role: "user", content: "Again." },
      ],
    ]);
  });

  test("forks where two requests name the same response", async () => {
    const count = (request: { transcript: readonly unknown[] }) => `${request.transcript.length}`;
    const server = mockResponses([says("Root."), count, count]);
    const client = clientOf(server);
    const root = await client.responses.create({ model, input: "Go." });
    const left = await client.responses.create({
      model,
      previous_response_id: root.id,
      input: "L",
    });
    const right = await client.responses.create({
      model,
      previous_response_id: root.id,
      input: "R",
    });

    expect([left.output_text, right.output_text]).toEqual(["3", "3"]);
  });

  test("can be one of the API's own", async () => {
    const count = (request: { transcript: readonly unknown[] }) => `${request.transcript.length}`;
    const server = mockResponses([count, count, count]);
    const client = clientOf(server);
    const turn = (conversation: string | { id: string }) =>
      client.responses.create({ model, conversation, input: "Go." });
    const turns = [await turn("conv_1"), await turn({ id: "conv_1" }), await turn("conv_2")];

    expect(turns.map(({ output_text }) => output_text)).toEqual(["1", "3", "1"]);
    expect(turns.map(({ conversation }) => conversation)).toEqual(
      ["conv_1", "conv_1", "conv_2"].map((id) => ({ id })),
    );
  });
});

describe("what a response echoes", () => {
  test("of a request with everything", async () => {
    const now = () => 1_700_000_000;
    const server = mockResponses([says("Hi.")], { now });
    const request = {
      model: "gpt-5.6-sol",
      input: "Go.",
      instructions: "Be brief.",
      max_output_tokens: 100,
      max_tool_calls: 3,
      metadata: { a: "b" },
      parallel_tool_calls: false,
      prompt_cache_key: "key",
      prompt_cache_options: { ttl: "12h" },
      reasoning: { effort: "low", summary: "auto" },
      safety_identifier: "user",
      service_tier: "flex",
      store: false,
      text: { verbosity: "low" },
      tool_choice: { type: "allowed_tools", mode: "auto", tools: [] },
      tools: [
        { type: "mcp", server_label: "s", authorization: "secret", headers: { "x-key": "secret" } },
        { type: "shell", environment: { type: "local" } },
      ],
      truncation: "auto",
      user: "user",
    };
    const { text } = await post(server, request);

    expect(JSON.parse(text)).toEqual({
      id: "resp_1",
      object: "response",
      created_at: 1_700_000_000,
      status: "completed",
      access_programs: null,
      background: false,
      completed_at: 1_700_000_000,
      error: null,
      incomplete_details: null,
      instructions: "Be brief.",
      max_output_tokens: 100,
      max_tool_calls: 3,
      metadata: { a: "b" },
      model: "gpt-5.6-sol",
      output: [
        {
          id: "msg_1",
          type: "message",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text: "Hi.", annotations: [], logprobs: [] }],
        },
      ],
      parallel_tool_calls: false,
      previous_response_id: null,
      prompt_cache_key: "key",
      prompt_cache_options: { mode: "implicit", ttl: "12h" },
      prompt_cache_retention: null,
      reasoning: { effort: "low", summary: "auto" },
      safety_identifier: "user",
      service_tier: "flex",
      store: false,
      temperature: 1,
      text: { format: { type: "text" }, verbosity: "low" },
      tool_choice: { type: "allowed_tools", mode: "auto", tools: [] },
      tools: [{ type: "mcp", server_label: "s" }, request.tools[1]],
      top_logprobs: 0,
      top_p: 1,
      truncation: "auto",
      // tools 34 + 48, instructions 20, input 10 bytes; "assistant:Hi." and 2 bytes
      usage: {
        input_tokens: 28,
        input_tokens_details: {
          cached_tokens: 0,
          cache_write_tokens: 0,
          cache_write_tokens_details: { ttl_30m_tokens: 0, ttl_12h_tokens: 0 },
        },
        output_tokens: 4,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 32,
      },
      user: "user",
    });
  });

  test("has the effort the model takes by itself", async () => {
    const server = mockResponses(() => "Hi.");
    const efforts = [];
    for (const name of ["gpt-5.3-codex", "gpt-5.2", "somebody/else"]) {
      const { text } = await post(server, { model: name, input: "Go." });
      efforts.push(JSON.parse(text).reasoning);
    }

    expect(efforts).toEqual(["medium", "none", null].map((effort) => ({ effort, summary: null })));
  });

  test("has no usage when it failed, unless the script says so", async () => {
    const usage = { input_tokens: 5, output_tokens: 2 };
    const server = mockResponses([failed(), failed({}, says({ text: "Half", usage }))]);
    const [bare, given] = [
      await post(server, { model, input: "Go." }),
      await post(server, { model, input: "Go." }),
    ];

    expect(JSON.parse(bare.text)).toMatchObject({ status: "failed", usage: null });
    expect(JSON.parse(given.text)).toMatchObject({ status: "failed", usage });
  });

  test("has no usage and tier before its end", async () => {
    const [created, progress, ...rest] = await streamed(mockResponses([says("Hi.")]));
    const open = { status: "in_progress", output: [], usage: null, service_tier: "auto" };

    expect(created?.response).toMatchObject(open);
    expect(progress?.response).toEqual(created?.response);
    expect(rest.at(-1)?.response).toMatchObject({ status: "completed", service_tier: "default" });
  });

  test("takes counts from the script, whose totals follow", async () => {
    const usage = {
      input_tokens: 1000,
      input_tokens_details: { cached_tokens: 800 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 20 },
    };
    const server = mockResponses([says({ text: "Hi.", usage })]);

    expect(JSON.parse((await post(server, { model, input: "Go." })).text).usage).toEqual({
      ...usage,
      input_tokens_details: { cached_tokens: 800, cache_write_tokens: 0 },
      total_tokens: 1050,
    });
  });

  test("counts reasoning apart", async () => {
    const server = mockResponses([thinks("x".repeat(389), says("y".repeat(88)))]);

    // "reasoning:" 10 + 389 + 2 bytes, "assistant:" 10 + 88 + 2 bytes
    expect(JSON.parse((await post(server, { model, input: "Go." })).text).usage).toMatchObject({
      output_tokens: 126,
      output_tokens_details: { reasoning_tokens: 101 },
    });
  });
});

describe("the prompt cache of a server", () => {
  const big = "a".repeat(8000);

  test("serves a chain and a replay alike", async () => {
    const server = mockResponses([thinks("Hm.", says("Hi.")), says("One."), says("Two.")]);
    const client = clientOf(server);
    const first = await client.responses.create({ model, input: big });
    const input = [
      { role: "user" as const, content: [{ type: "input_text" as const, text: big }] },
      ...first.output.filter((item) => item.type === "message" || item.type === "reasoning"),
      { role: "user" as const, content: "More." },
    ];
    const chained = await client.responses.create({
      model,
      previous_response_id: first.id,
      input: "More.",
    });
    const replayed = await client.responses.create({ model, input, store: false });

    expect(first.usage?.input_tokens_details.cached_tokens).toBe(0);
    expect(chained.usage?.input_tokens_details.cached_tokens).toBe(1920);
    // 8007 + "reasoning:Hm." 15 + "assistant:Hi." 15 + "user:More." 12 = 8049 bytes
    expect(replayed.usage?.input_tokens).toBe(2013);
    expect(replayed.usage?.input_tokens).toBe(chained.usage?.input_tokens);
    expect(replayed.usage?.input_tokens_details.cached_tokens).toBe(1920);
  });

  test("is written by prewarming, which takes no reply of the script", async () => {
    const server = mockResponses([says("Hi.")]);
    const client = clientOf(server);
    const request = { model: "gpt-5.6-sol", input: big };
    const warm = await client.responses.create({
      ...request,
      prompt_cache_options: { prewarm: true },
    });
    const real = await client.responses.create(request);

    expect([warm.output, warm.usage?.input_tokens_details.cache_write_tokens]).toEqual([[], 2002]);
    expect([real.output_text, real.usage?.input_tokens_details.cached_tokens]).toEqual([
      "Hi.",
      2002,
    ]);
  });

  test.for([
    ["cache_hit", {}, {}],
    ["tools_changed", { tools: [{ type: "shell" }] }, {}],
    ["model_changed", { model: "gpt-5.6-terra" }, {}],
    ["prompt_cache_key_changed", { prompt_cache_key: "b" }, {}],
    ["service_tier_changed", { service_tier: "flex" }, {}],
    ["text_format_changed", { text: { format: { type: "json_object" } } }, {}],
    ["reasoning_effort_changed", { reasoning: { effort: "high" } }, {}],
    ["verbosity_changed", { text: { verbosity: "low" } }, {}],
    ["input_changed", { input: `${big}!` }, {}],
  ] as const)("explains %s when asked to compare", async ([word, change]) => {
    const server = mockResponses([says("One."), says("Two.")]);
    const request = { model: "gpt-5.6-sol", input: big, store: false };
    await post(server, request);
    const prompt_cache_options = { comparison_response_id: "resp_1" };
    const { text } = await post(server, { ...request, ...change, prompt_cache_options });
    const { prompt_cache_diagnostics: found, usage } = JSON.parse(text);

    expect(found).toEqual(
      word === "cache_hit"
        ? { type: "cache_hit" }
        : {
            type: "cache_miss",
            reason: word,
            cache_missed_tokens: usage.input_tokens,
            comparison_reusable_tokens: 2002,
          },
    );
  });

  test("has nothing to compare with for an unknown response", async () => {
    const server = mockResponses([says("Hi.")]);
    const { text } = await post(server, {
      model: "gpt-5.6-sol",
      input: big,
      prompt_cache_options: { comparison_response_id: "resp_9" },
    });

    expect(JSON.parse(text).prompt_cache_diagnostics).toEqual({
      type: "comparison_response_not_found",
    });
  });

  test("counts the tokens of a request that is only counted", async () => {
    const server = mockResponses([says("Hi.")]);
    const client = clientOf(server);
    const first = await client.responses.create({ model, input: big });
    const count = await client.responses.inputTokens.count({
      model,
      previous_response_id: first.id,
      input: "More.",
    });

    // 8007 + "assistant:Hi." 15 + "user:More." 12 bytes
    expect(count).toEqual({ object: "response.input_tokens", input_tokens: 2009 });
    expect(server.pending).toBe(0);
  });
});

describe("a background response", () => {
  const background = { model, input: "Go.", background: true };

  test("is polled from queued to its end", async () => {
    const server = mockResponses([says("Hi.")]);
    const client = clientOf(server);
    const states = [await client.responses.create(background)];
    for (let i = 0; i < 4; i++) states.push(await client.responses.retrieve("resp_1"));

    expect(
      states.map(({ status, output_text, usage }) => [status, output_text, usage !== null]),
    ).toEqual([
      ["queued", "", false],
      ["in_progress", "", false],
      ["completed", "Hi.", true],
      ["completed", "Hi.", true],
      ["completed", "Hi.", true],
    ]);
  });

  test("is cancelled, again and again, until its end", async () => {
    const server = mockResponses([says("Never."), says("Hi.")]);
    const client = clientOf(server);
    await client.responses.create(background);
    const cancelled = [
      await client.responses.cancel("resp_1"),
      await client.responses.cancel("resp_1"),
      await client.responses.retrieve("resp_1"),
    ];
    await client.responses.create(background);
    await client.responses.retrieve("resp_2");
    await client.responses.retrieve("resp_2");

    expect(cancelled.map(({ status, output }) => [status, output])).toEqual([
      ["cancelled", []],
      ["cancelled", []],
      ["cancelled", []],
    ]);
    expect((await client.responses.cancel("resp_2")).status).toBe("completed");
  });

  test("streams its queue and its end", async () => {
    const server = mockResponses([says("Hi.")]);
    const events = await streamed(server, { background: true });

    expect(events.slice(0, 3).map(({ type, response }) => [type, Object(response).status])).toEqual(
      [
        ["response.created", "queued"],
        ["response.queued", "queued"],
        ["response.in_progress", "in_progress"],
      ],
    );
    expect(JSON.parse((await get(server, "resp_1")).text)).toEqual(events.at(-1)?.response);
  });

  test("goes on after every cut, each event once", async () => {
    const server = mockResponses([
      cuts({ after: [4, 2], reply: says("One two three four five.") }),
      says("One two three four five."),
    ]);
    const seen = [];
    let path = "?stream=true";
    for (let connection = 0; connection < 3; connection++) {
      const response = await server.fetch(
        `https://api.test/v1/responses${connection === 0 ? "" : `/resp_1${path}`}`,
        {
          method: connection === 0 ? "POST" : "GET",
          headers: { authorization },
          ...(connection === 0 && { body: JSON.stringify({ ...background, stream: true }) }),
        },
      );
      let text = "";
      try {
        for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
      } catch (error) {
        expect(error).toEqual(new TypeError("terminated"));
      }
      const events = eventsOf(text);
      seen.push(events);
      path = `?stream=true&starting_after=${events.at(-1)?.sequence_number}`;
    }

    const whole = await streamed(server, { background: true });
    expect(seen.map(({ length }) => length)).toEqual([4, 2, whole.length - 6]);
    expect(seen.flat().map(({ type, sequence_number }) => [type, sequence_number])).toEqual(
      whole.map(({ type, sequence_number }) => [type, sequence_number]),
    );
  });

  test("is resumed by the SDK, which reads it from the start", async () => {
    const server = mockResponses([cuts({ after: [4], reply: says("One two three.") })]);
    const client = clientOf(server);
    await expect(
      client.responses.stream({ ...background, stream: true }).finalResponse(),
    ).rejects.toThrow("terminated");
    const rest = client.responses.stream({ response_id: "resp_1", starting_after: 3 });
    const numbers = [];
    for await (const event of rest) numbers.push(event.sequence_number);

    expect(numbers[0]).toBe(4);
    expect((await rest.finalResponse()).output_text).toBe("One two three.");
  });

  test("has no further events once it is cancelled", async () => {
    const server = mockResponses([stalls(20, { after: 4, reply: says("One two three.") })]);
    const client = clientOf(server);
    const stream = await client.responses.create({ ...background, stream: true });
    const events = [];
    for await (const event of stream) {
      events.push(event.type);
      if (events.length === 4) await client.responses.cancel("resp_1");
    }

    expect(events).toHaveLength(4);
    expect(await get(server, "resp_1?stream=true&starting_after=3")).toEqual({
      status: 200,
      text: "",
    });
    expect((await client.responses.retrieve("resp_1")).status).toBe("cancelled");
  });

  test("stalls only on its first connection", async () => {
    const server = mockResponses([
      stalls(Number.POSITIVE_INFINITY, {
        after: 4,
        reply: cuts({ after: [5], reply: says("Hi.") }),
      }),
    ]);
    const client = clientOf(server);
    const stream = await client.responses.create({ ...background, stream: true });
    let count = 0;
    for await (const _ of stream) if (++count === 4) break;
    const rest = await get(server, "resp_1?stream=true&starting_after=3");

    expect(eventsOf(rest.text)[0]?.sequence_number).toBe(4);
    expect(eventsOf(rest.text).at(-1)?.type).toBe("response.completed");
  });

  test("was not asked to stream: its events cannot be read", async () => {
    const server = mockResponses([says("Hi.")]);
    await post(server, background);

    expect(await get(server, "resp_1?stream=true")).toMatchObject({ status: 400 });
  });

  test("can be chained to once it has ended", async () => {
    const server = mockResponses([calls([{ name: "f" }]), says("Thanks.")]);
    const client = clientOf(server);
    await client.responses.create(background);
    await client.responses.retrieve("resp_1");
    await client.responses.retrieve("resp_1");
    const output = { type: "function_call_output" as const, call_id: "call_1", output: "1" };
    const next = await client.responses.create({
      model,
      previous_response_id: "resp_1",
      input: [output],
    });

    expect(next.output_text).toBe("Thanks.");
  });
});
