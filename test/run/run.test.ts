import {
  createThread,
  isCodexError,
  output,
  prompt,
  type RunEvent,
  request,
  run,
  runStream,
  shellTool,
  tool,
  toolSearch,
  tools,
} from "codex-responses";
import {
  calls,
  failed,
  fails,
  incomplete,
  items,
  mockResponses,
  refuses,
  runs,
  says,
  stalls,
} from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { z } from "zod";

type Script = Parameters<typeof mockResponses>[0];

function play(script: Script) {
  const server = mockResponses(script);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  return { server, client };
}

const add = tool({
  name: "add",
  description: "Adds two numbers",
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
});
const model = "gpt-5.3-codex";
const sum = calls([{ name: "add", arguments: { a: 1, b: 2 }, call_id: "call_sum" }]);
const task = () => request({ model, ...tools([add]), ...prompt({ task: "What is 1 + 2?" }) });

describe("run", () => {
  test("answers the model's calls until it is done", async () => {
    const { server, client } = play([sum, says("3")]);

    const result = await run(client, task());

    expect(result).toMatchObject({ stop: "done", text: "3", parsed: undefined, pending: [] });
    expect(result.turns.map(({ text }) => text)).toEqual(["", "3"]);
    expect(server.requests.map(({ body }) => body)).toEqual([
      JSON.parse(JSON.stringify({ ...task(), stream: true })),
      JSON.parse(
        JSON.stringify({
          ...task(),
          stream: true,
          previous_response_id: result.turns[0]?.id,
          input: [{ type: "function_call_output", call_id: "call_sum", output: "3" }],
        }),
      ),
    ]);
  });

  test("adds up usage, cost and cache of its turns", async () => {
    const { client } = play([sum, says("3")]);

    const { turns, usage, cost, cache } = await run(client, task());

    const total = (pick: (turn: (typeof turns)[number]) => number | undefined) =>
      turns.reduce((all, turn) => all + (pick(turn) ?? Number.NaN), 0);
    expect(usage?.input_tokens).toBe(total((turn) => turn.usage?.input_tokens));
    expect(usage?.output_tokens).toBe(total((turn) => turn.usage?.output_tokens));
    expect(cost).toBeCloseTo(
      total((turn) => turn.cost),
      12,
    );
    expect(cost).toBeGreaterThan(0);
    expect(cache.cachedTokens).toBe(total((turn) => turn.cache.cachedTokens));
  });

  test("gives every call of a turn one output, in order", async () => {
    const both = calls([
      { name: "add", arguments: { a: 1, b: 1 }, call_id: "call_a" },
      { name: "nosuch", arguments: {}, call_id: "call_b" },
      { name: "add", arguments: { a: "x", b: 1 }, call_id: "call_c" },
    ]);
    const { server, client } = play([both, says("ok")]);

    await run(client, task());

    const { input = [] } = (server.requests[1]?.body ?? {}) as {
      input?: { call_id: string; output: string }[];
    };
    expect(input.map(({ call_id }) => call_id)).toEqual(["call_a", "call_b", "call_c"]);
    expect(input[0]?.output).toBe("2");
    expect(input[1]?.output).toContain("add");
    expect(input[2]?.output).toContain("a");
  });

  test("goes on after a tool that throws, and tells the model why", async () => {
    const broken = tool({
      name: "add",
      description: "Fails",
      parameters: z.object({}),
      execute: () => {
        throw new Error("ENOENT: no such file");
      },
    });
    const { server, client } = play([calls([{ name: "add" }]), says("sorry")]);

    const result = await run(client, { model, input: "go", ...tools([broken]) });

    expect(result.stop).toBe("done");
    expect(JSON.stringify(server.requests[1]?.body)).toContain("ENOENT: no such file");
  });

  test("stops at the limit of turns and leaves the open calls pending", async () => {
    const { server, client } = play([sum, says("3")]);

    const result = await run(client, task(), { limits: { turns: 1 } });

    expect(result.stop).toBe("turns");
    expect(result.pending.map(({ type }) => type)).toEqual(["function_call"]);
    expect(server.requests).toHaveLength(1);

    const resumed = await result.resume();
    expect(resumed).toMatchObject({ stop: "done", text: "3" });
  });

  test("stops before the request that would break the limit of USD", async () => {
    const { server, client } = play([sum, says("3")]);
    const first = await run(client, task(), { limits: { usd: 1 } });
    const price = first.turns[0]?.cost ?? Number.NaN;
    expect(first.stop).toBe("done");

    const again = play([sum, says("3")]);
    const result = await run(again.client, task(), { limits: { usd: price * 1.01 } });

    expect(result.stop).toBe("usd");
    expect(again.server.requests).toHaveLength(1);
    expect(result.cost).toBeLessThanOrEqual(price * 1.01);
    expect(server.requests).toHaveLength(2);
  });

  test("sends nothing when the first request alone would break the limit", async () => {
    const { server, client } = play([says("hi")]);
    const long = request({ model, ...prompt({ task: "word ".repeat(10_000) }) });

    const result = await run(client, long, { limits: { usd: 0.001 } });

    expect(result).toMatchObject({ stop: "usd", text: "", turns: [] });
    expect(server.requests).toEqual([]);
  });

  test("refuses a limit of USD for a model whose price is unknown", async () => {
    const { server, client } = play([says("hi")]);

    await expect(
      run(client, { model: "my-own-model", input: "hi" }, { limits: { usd: 1 } }),
    ).rejects.toMatchObject({
      kind: "invalid_request",
      problems: [{ path: "limits.usd" }],
    });
    expect(server.requests).toEqual([]);
  });

  test("stops at the limits of tokens and time", async () => {
    const { client } = play([sum, says("3")]);
    expect((await run(client, task(), { limits: { tokens: 1 } })).stop).toBe("tokens");
    const other = play([sum, says("3")]);
    expect((await run(other.client, task(), { limits: { ms: 0 } })).stop).toBe("time");
    expect(other.server.requests).toEqual([]);
  });

  test("buys a final answer at a limit, with tools kept but not to be called", async () => {
    const { server, client } = play([sum, says("I think 3")]);

    const result = await run(client, task(), { limits: { turns: 1 }, onLimit: "final-answer" });

    expect(result).toMatchObject({ stop: "turns", text: "I think 3", pending: [] });
    expect(server.requests[1]?.body).toMatchObject({
      tool_choice: "none",
      tools: [{ name: "add" }],
      input: [{ call_id: "call_sum", output: expect.stringContaining("not executed") }],
    });
  });

  test("ends a loop of the same calls with the same outputs", async () => {
    const same = Array.from({ length: 9 }, () =>
      calls([{ name: "add", arguments: { a: 1, b: 2 } }]),
    );
    const { server, client } = play(same);

    const result = await run(client, task());

    expect(result.stop).toBe("repeat");
    expect(server.requests).toHaveLength(5);
  });

  test("does not take different outputs of the same call for a loop", async () => {
    let n = 0;
    const tick = tool({
      name: "tick",
      description: "Counts",
      parameters: z.object({}),
      execute: () => n++,
    });
    const { client } = play([
      ...Array.from({ length: 7 }, () => calls([{ name: "tick" }])),
      says("7"),
    ]);

    const result = await run(client, { model, input: "go", ...tools([tick]) });

    expect(result).toMatchObject({ stop: "done", text: "7" });
  });

  test("stops for a person's consent, and goes on with the decisions", async () => {
    const execute = vi.fn(() => "removed");
    const remove = tool({
      name: "remove",
      description: "Removes a file",
      parameters: z.object({ path: z.string() }),
      approve: true,
      execute,
    });
    const wish = calls([
      { name: "remove", arguments: { path: "a" }, call_id: "call_1" },
      { name: "remove", arguments: { path: "b" }, call_id: "call_2" },
    ]);
    const { server, client } = play([wish, says("one is gone")]);

    const result = await run(client, { model, input: "clean up", ...tools([remove]) });
    expect(result.stop).toBe("approval");
    expect(result.pending.map((call) => "call_id" in call && call.call_id)).toEqual([
      "call_1",
      "call_2",
    ]);
    expect(execute).not.toHaveBeenCalled();

    const half = await result.resume({ call_1: true });
    expect(half.stop).toBe("approval");
    expect(execute).toHaveBeenCalledTimes(1);

    const done = await half.resume({ call_2: { approve: false, reason: "keep it" } });
    expect(done).toMatchObject({ stop: "done", text: "one is gone" });
    expect(execute).toHaveBeenCalledTimes(1);
    expect(server.requests[1]?.body).toMatchObject({
      input: [
        { call_id: "call_1", output: "removed" },
        { call_id: "call_2", output: expect.stringContaining("keep it") },
      ],
    });
  });

  test("asks approve about each call that needs it", async () => {
    const shell = shellTool({
      approve: ({ command }) => command.startsWith("rm"),
      execute: ({ command }) => ({ stdout: `ran ${command}`, stderr: "", exitCode: 0 }),
    });
    const asked: string[] = [];
    const { server, client } = play([runs("ls"), runs("rm x"), says("ok")]);

    await run(
      client,
      { model, input: "go", ...tools([shell]) },
      {
        approve: (call) => {
          asked.push("arguments" in call ? String(call.arguments) : "");
          return false;
        },
      },
    );

    expect(asked).toHaveLength(1);
    expect(JSON.stringify(server.requests[1]?.body)).toContain("ran ls");
    expect(JSON.stringify(server.requests[2]?.body)).toContain("declined");
  });

  test("returns refused and incomplete as stops, with the text so far", async () => {
    const refused = await run(play([refuses("I can't")]).client, { model, input: "x" });
    expect(refused).toMatchObject({ stop: "refused", turns: [] });
    expect(refused.usage?.total_tokens).toBeGreaterThan(0);

    const script = [incomplete("max_output_tokens", says("half an ans"))];
    const cut = await run(play(script).client, { model, input: "x" });
    expect(cut).toMatchObject({ stop: "incomplete", text: "half an ans", parsed: undefined });
  });

  test("throws what is no way to stop, as one typed error", async () => {
    const { client } = play([failed({ code: "server_error", message: "boom" })]);
    await expect(run(client, { model, input: "x" })).rejects.toMatchObject({
      kind: "response_failed",
      message: "boom",
      retryable: true,
    });
    const quota = play([fails(429, { code: "insufficient_quota", message: "pay" })]);
    await expect(run(quota.client, { model, input: "x" })).rejects.toMatchObject({ kind: "quota" });
  });

  test("a signal cancels a turn under way", async () => {
    const { client } = play([stalls(60_000)]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);

    const result = await run(client, { model, input: "x" }, { signal: abort.signal });

    expect(result).toMatchObject({ stop: "cancelled", turns: [] });
  });

  test("a signal aborts a tool under way, and the thread can go on", async () => {
    const abort = new AbortController();
    const sleep = tool({
      name: "sleep",
      description: "Sleeps",
      parameters: z.object({}),
      execute: (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          abort.abort();
        }),
    });
    const { server, client } = play([
      calls([{ name: "sleep", call_id: "call_1" }]),
      says("welcome back"),
    ]);

    const result = await run(
      client,
      { model, input: "x", ...tools([sleep]) },
      {
        signal: abort.signal,
      },
    );
    expect(result).toMatchObject({ stop: "cancelled", pending: [] });

    const turn = await result.thread.send("go on");
    expect(turn.text).toBe("welcome back");
    expect(server.requests[1]?.body).toMatchObject({
      input: [{ type: "function_call_output", call_id: "call_1" }, { role: "user" }],
    });
  });

  test("tells its events in order", async () => {
    const { client } = play([sum, says("3")]);
    const seen: string[] = [];

    await run(client, task(), {
      onEvent: ({ type }) => {
        if (type.startsWith("run.") || type === "response.completed") seen.push(type);
      },
    });

    expect(seen).toEqual([
      "run.request",
      "response.completed",
      "run.turn",
      "run.call",
      "run.output",
      "run.request",
      "response.completed",
      "run.turn",
    ]);
  });

  test("takes a steering message along with the next request", async () => {
    const { server, client } = play([sum, says("3"), says("three")]);
    const thread = createThread(client, task());
    let steered = false;

    const result = await thread.run(undefined, {
      onEvent: (event) => {
        if (event.type !== "run.turn" || steered || event.number !== 2) return;
        steered = true;
        thread.steer("in words, please");
      },
    });

    expect(result).toMatchObject({ stop: "done", text: "three" });
    expect(server.requests[2]?.body).toMatchObject({
      input: [{ role: "user", content: [{ text: "in words, please" }] }],
    });
  });

  test("gives the validated output", async () => {
    const Answer = z.object({ sum: z.number() });
    const { client } = play([sum, says('{"sum":3}')]);

    const result = await run(client, { model, input: "1+2", ...tools([add]), ...output(Answer) });

    expect(result.parsed).toEqual({ sum: 3 });
    if (result.stop === "done")
      expectTypeOf(result.parsed).toEqualTypeOf<{ sum: number } | undefined>();
  });

  test("sends nothing when the request has problems", async () => {
    const { server, client } = play([says("hi")]);
    const bad = {
      model: "gpt-5.3-codex" as string,
      reasoning: { effort: "max" as const },
      input: "x",
    };

    const error: unknown = await run(client, bad).catch((thrown: unknown) => thrown);

    expect(isCodexError(error) && error.kind).toBe("invalid_request");
    expect(server.requests).toEqual([]);
  });
});

describe("runStream", () => {
  test("yields the events of a run and ends with its result", async () => {
    const { client } = play([sum, says("3")]);
    const events = runStream(client, task());
    const texts: string[] = [];

    for await (const event of events) {
      if (event.type === "response.output_text.delta") texts.push(event.delta);
    }

    expect(texts.join("")).toBe("3");
    expect(await events.result).toMatchObject({ stop: "done", text: "3" });
  });

  test("needs no reader for its result", async () => {
    const { client } = play([sum, says("3")]);
    expect(await runStream(client, task()).result).toMatchObject({ stop: "done" });
  });

  test("leaving the loop cancels the run", async () => {
    const { server, client } = play([sum, says("3")]);
    const events = runStream(client, task());

    for await (const event of events) if (event.type === "run.turn") break;

    expect((await events.result).stop).toBe("cancelled");
    expect(server.requests).toHaveLength(1);
  });

  test("hands an error to the reader", async () => {
    const { client } = play([failed({ code: "server_error", message: "boom" })]);
    const events = runStream(client, { model, input: "x" });
    const read = async (events: AsyncIterable<RunEvent>) => {
      for await (const _ of events);
    };
    await expect(read(events)).rejects.toMatchObject({ kind: "response_failed" });
  });
});

describe("tools that a run finds on its way", () => {
  test("are executed when tool search brought them", async () => {
    const found = tool({
      name: "late",
      description: "Found later",
      parameters: z.object({}),
      defer_loading: true,
      execute: () => "found and run",
    });
    const search = toolSearch({ description: "Finds", execute: () => [found] });
    const { server, client } = play([
      items({ type: "tool_search_call", call_id: "call_s", execution: "client", arguments: {} }),
      calls([{ name: "late", call_id: "call_l" }]),
      says("done"),
    ]);

    const result = await run(client, { model: "gpt-6.1-sol", input: "go", ...tools([search]) });

    expect(result).toMatchObject({ stop: "done", text: "done" });
    expect(server.requests[2]?.body).toMatchObject({
      input: [{ type: "function_call_output", call_id: "call_l", output: "found and run" }],
    });
  });
});

test("a tool's long output is cut to head and tail before it is first sent", async () => {
  const long = tool({
    name: "long",
    description: "Talks",
    parameters: z.object({}),
    execute: () => `begin${"x".repeat(100_000)}end`,
  });
  const { server, client } = play([calls([{ name: "long" }]), says("done")]);

  await run(client, { model, input: "go", ...tools([long]) }, { maxOutputTokens: 1000 });

  const { input = [] } = (server.requests[1]?.body ?? {}) as { input?: { output: string }[] };
  expect(input[0]?.output).toMatch(/^beginx+\n…\d+ tokens truncated…\nx+end$/);
  expect(input[0]?.output.length).toBeLessThanOrEqual(4000);
});
