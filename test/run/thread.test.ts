import {
  answer,
  createThread,
  type Item,
  type Problem,
  prompt,
  request,
  stateless,
  type Thread,
  tool,
  tools,
} from "codex-responses";
import { calls, cuts, fails, mockResponses, says, stalls, thinks } from "codex-responses/testing";
import fc from "fast-check";
import OpenAI from "openai";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";

type Script = Parameters<typeof mockResponses>[0];

function play(script: Script) {
  const server = mockResponses(script);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  return { server, client };
}

const model = "gpt-5.3-codex";
const user = (text: string) => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});
const read = tool({
  name: "read",
  description: "Reads a file",
  parameters: z.object({ path: z.string() }),
  execute: ({ path }) => `contents of ${path}`,
});
const call = calls([{ name: "read", arguments: { path: "a.ts" }, call_id: "call_1" }]);

describe("a chained thread", () => {
  test("sends only what is new", async () => {
    const { server, client } = play([says("one"), says("two"), says("three")]);
    const params = request({ model, ...prompt({ instructions: "Be brief.", task: "first" }) });
    const thread = createThread(client, params);

    const first = await thread.send();
    const second = await thread.send("second");
    await thread.send([{ type: "input_text", text: "third" }]);

    const base = { ...params, stream: true };
    expect(server.requests.map(({ body }) => body)).toEqual([
      base,
      { ...base, previous_response_id: first.id, input: [user("second")] },
      { ...base, previous_response_id: second.id, input: [user("third")] },
    ]);
    expect(thread.turns.map(({ chain }) => chain)).toEqual(["replayed", "chained", "chained"]);
  });

  test("keeps the whole transcript in order", async () => {
    const { client } = play([says("one"), says("two")]);
    const thread = createThread(client, { model, input: "first" });

    const first = await thread.send();
    const second = await thread.send("second");

    expect(thread.items).toEqual([user("first"), ...first.items, user("second"), ...second.items]);
  });

  test("adds up usage and cost", async () => {
    const { client } = play([says("one"), says("two")]);
    const thread = createThread(client, { model });

    const [a, b] = [await thread.send("1"), await thread.send("2")];

    expect(thread.cost).toBeCloseTo((a.cost ?? Number.NaN) + (b.cost ?? Number.NaN), 12);
    expect(thread.usage?.total_tokens).toBe(
      (a.usage?.total_tokens ?? 0) + (b.usage?.total_tokens ?? 0),
    );
  });

  test("replays everything, once, when the server has lost the response", async () => {
    const { server, client } = play([says("one"), says("two"), says("three")]);
    const warnings: Problem[] = [];
    const thread = createThread(
      client,
      { model, input: "first" },
      {
        onWarning: (warning) => warnings.push(warning),
      },
    );
    const first = await thread.send();
    server.forget(first.id);

    const second = await thread.send("second");
    const third = await thread.send("third");

    expect([second.chain, third.chain]).toEqual(["rebuilt", "chained"]);
    expect(server.requests).toHaveLength(4);
    expect(server.requests[2]?.body).toEqual({
      model,
      stream: true,
      input: [user("first"), ...first.items, user("second")],
    });
    expect(warnings.map(({ path }) => path)).toEqual(["previous_response_id"]);
  });

  test("leaves out reasoning that only the server had, and the ids that point to it", async () => {
    const thought = thinks({ summary: "hm", encrypted_content: null }, call);
    const { server, client } = play([thought, says("done")]);
    const thread = createThread(client, { model, input: "go", ...tools([read]) });
    const first = await thread.send();
    server.forget(first.id);

    const outputs = first.calls.map((one) => answer(one, "text"));
    await thread.send(outputs);

    expect(server.requests.at(-1)?.body).toMatchObject({
      input: [
        user("go"),
        { type: "function_call", call_id: "call_1" },
        { type: "function_call_output", call_id: "call_1" },
      ],
    });
    expect(JSON.stringify(server.requests.at(-1)?.body)).not.toContain("fc_");
  });
});

describe("a local thread", () => {
  test("replays the transcript byte for byte, with its encrypted reasoning", async () => {
    const { server, client } = play([
      thinks("hm", says({ text: "one", phase: "commentary" })),
      says("two"),
    ]);
    const params = request({ model, ...stateless(), ...prompt({ task: "first" }) });
    const thread = createThread(client, params);

    const first = await thread.send();
    await thread.send("second");

    expect(server.requests[1]?.body).toEqual({
      ...params,
      stream: true,
      input: [user("first"), ...first.items, user("second")],
    });
    expect(first.items[0]).toMatchObject({
      type: "reasoning",
      encrypted_content: expect.any(String),
    });
    expect(thread.turns.map(({ chain }) => chain)).toEqual(["replayed", "replayed"]);
  });

  test("a new turn only appends to what was sent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 6 }),
        async (said) => {
          const { server, client } = play(said.map((text) => says(text)));
          const thread = createThread(client, request({ model, ...stateless() }));
          for (const text of said) await thread.send(text);

          const inputs = server.requests.map(({ body }) => (body as { input: unknown[] }).input);
          for (const [i, input] of inputs.slice(1).entries()) {
            expect(input.slice(0, inputs[i]?.length)).toEqual(inputs[i]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("open calls", () => {
  test("must be answered by the next input", async () => {
    const { server, client } = play([call, says("ok")]);
    const thread = createThread(client, { model, input: "go", ...tools([read]) });
    const turn = await thread.send();

    await expect(thread.send("never mind")).rejects.toMatchObject({
      kind: "invalid_request",
      problems: [{ path: "input", message: 'function_call "call_1" is not answered' }],
    });
    expect(server.requests).toHaveLength(1);

    const outputs = turn.calls.map((one) => answer(one, "text"));
    expect((await thread.send([...outputs, user("and now?") as Item])).text).toBe("ok");
  });
});

describe("a turn that fails", () => {
  test("leaves the thread as it was, so that the same message can be sent again", async () => {
    const { server, client } = play([
      says("one"),
      cuts({ after: 5, reply: says("two three four") }),
      says("two"),
    ]);
    const thread = createThread(client, { model, input: "first" });
    const first = await thread.send();

    await expect(thread.send("second")).rejects.toMatchObject({ kind: "stream_cut" });
    expect(thread.items).toEqual([user("first"), ...first.items]);
    expect((await thread.send("second")).text).toBe("two");

    expect(server.requests[2]?.body).toEqual(server.requests[1]?.body);
  });

  test("keeps the outputs it carried: the calls stay answered", async () => {
    const { server, client } = play([call, fails(500), says("ok")]);
    const thread = createThread(client, { model, input: "go", ...tools([read]) });
    const turn = await thread.send();
    const outputs = turn.calls.map((one) => answer(one, "text"));

    await expect(thread.send([...outputs, user("hurry") as Item])).rejects.toMatchObject({
      kind: "api",
      status: 500,
    });
    expect((await thread.send("take your time")).text).toBe("ok");

    expect(server.requests[2]?.body).toMatchObject({
      previous_response_id: turn.id,
      input: [{ type: "function_call_output", call_id: "call_1" }, user("take your time")],
    });
  });

  test("counts with the estimate of what it cost", async () => {
    const { client } = play([cuts({ after: 6, reply: says("a b c d e f") })]);
    const thread = createThread(client, { model, input: "x".repeat(4000) });

    await expect(thread.send()).rejects.toMatchObject({ partial: { estimated: true } });

    expect(thread.usage?.input_tokens).toBeGreaterThan(900);
    expect(thread.cost).toBeGreaterThan(0);
  });
});

describe("two turns at once", () => {
  test("are refused clearly, and the first goes on", async () => {
    const { server, client } = play([says("one"), says("two")]);
    const thread = createThread(client, { model });

    const first = thread.send("1");
    await expect(thread.send("2")).rejects.toMatchObject({
      kind: "invalid_request",
      problems: [{ path: "thread", message: "a turn is under way" }],
    });
    expect((await first).text).toBe("one");
    expect((await thread.send("2")).text).toBe("two");
    expect(server.requests).toHaveLength(2);
  });
});

describe("thread.stream", () => {
  test("is part of the thread once it has ended", async () => {
    const { client } = play([says("one two"), says("three")]);
    const thread = createThread(client, { model });

    let text = "";
    for await (const delta of thread.stream("go").text()) text += delta;

    expect(text).toBe("one two");
    expect(thread.turns).toHaveLength(1);
    expect((await thread.send("on")).chain).toBe("chained");
  });

  test("frees the thread when its reader leaves", async () => {
    const { client } = play([stalls(60_000), says("two")]);
    const thread = createThread(client, { model });
    const stream = thread.stream("go");

    setTimeout(() => stream.cancel(), 50);
    await expect(stream.final()).rejects.toMatchObject({ kind: "cancelled" });

    expect((await thread.send("again")).text).toBe("two");
  });

  test("sends nothing before it is used", async () => {
    const { server, client } = play([says("one")]);
    const thread = createThread(client, { model });
    thread.stream("never read");
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(server.requests).toEqual([]);
    expect((await thread.send("go")).text).toBe("one");
  });
});

test("a thread of one output type fits where any thread is asked for", () => {
  expectTypeOf<Thread<{ sum: number }>>().toExtend<Thread<unknown>>();
});

test("an async call stays open until a later turn brings its output", async () => {
  const { server, client } = play([
    calls([{ name: "read", arguments: { path: "a" }, call_id: "call_a", async: true }]),
    says("meanwhile"),
    says("thanks"),
  ]);
  const thread = createThread(client, { model: "gpt-6-astra", ...tools([read]) });
  const [late] = (await thread.send("go")).calls;
  await thread.send("and what else?");
  if (!late) throw new Error("the call is missing");

  expect((await thread.send([answer(late, "at last")])).text).toBe("thanks");
  expect(server.requests[2]?.body).toMatchObject({
    input: [{ call_id: "call_a", output: "at last" }],
  });
});

test("a local thread checks what is new, and what is new is refused all the same", async () => {
  const { server, client } = play([says("one"), says("two")]);
  const thread = createThread(client, request({ model, ...stateless() }));
  await thread.send("go");
  const orphan = { type: "item_reference", id: "msg_1" } as const;

  await expect(thread.send([orphan])).rejects.toMatchObject({ kind: "invalid_request" });
  expect(server.requests).toHaveLength(1);
});
