import {
  createThread,
  output,
  reasoning,
  request,
  restoreThread,
  tool,
  tools,
} from "codex-responses";
import { calls, mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { z } from "zod";

type Script = Parameters<typeof mockResponses>[0];

function play(script: Script) {
  const server = mockResponses(script);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  return { server, client };
}

const read = tool({
  name: "read",
  description: "Reads",
  parameters: z.object({ path: z.string() }),
  execute: ({ path }) => `contents of ${path}`,
});
const model = "gpt-6.1-sol";
const call = calls([{ name: "read", arguments: { path: "a" }, call_id: "call_1" }]);

describe("a thread as JSON", () => {
  test("goes on in another process as if nothing had happened", async () => {
    const { server, client } = play([says("one"), says("two")]);
    const thread = createThread(client, { model, input: "first" });
    await thread.send();

    const restored = restoreThread(client, JSON.stringify(thread));
    expect(restored.items).toEqual(thread.items);
    expect(restored.turns).toEqual(thread.turns);
    expect([restored.usage, restored.cost]).toEqual([thread.usage, thread.cost]);

    const turn = await restored.send("second");
    expect(turn.chain).toBe("chained");
    expect(server.requests[1]?.body).toMatchObject({ previous_response_id: thread.turns[0]?.id });
    expect(thread.turns).toHaveLength(1);
  });

  test("is the same again after a round trip", async () => {
    const { client } = play([says("one"), call]);
    const thread = createThread(client, request({ model, ...tools([read]) }));
    await thread.send("a");
    thread.change(reasoning("high"));
    await thread.send("b");

    const json = JSON.stringify(thread);
    expect(JSON.stringify(restoreThread(client, json, tools([read])))).toBe(json);
    expect(JSON.stringify(restoreThread(client, JSON.parse(json), tools([read])))).toBe(json);
  });

  test("gets its tools back by name, and answers the call it was saved with", async () => {
    const { client, server } = play([call, says("done")]);
    const thread = createThread(client, request({ model, ...tools([read]) }));
    await thread.send("go");

    const restored = restoreThread(client, JSON.stringify(thread), tools([read]));
    const result = await restored.run();

    expect(result).toMatchObject({ stop: "done", text: "done" });
    expect(server.requests[1]?.body).toMatchObject({ input: [{ output: "contents of a" }] });
  });

  test("names every tool and the schema whose functions are missing", async () => {
    const { client } = play([]);
    const thread = createThread(
      client,
      request({ model, ...tools([read]), ...output(z.object({ a: z.string() })) }),
    );

    expect(() => restoreThread(client, JSON.stringify(thread))).toThrow(
      expect.objectContaining({
        kind: "invalid_request",
        problems: [
          expect.objectContaining({
            path: "parts.tools",
            message: expect.stringContaining('"read"'),
          }),
          expect.objectContaining({ path: "parts.text" }),
        ],
      }),
    );
  });

  test("parses by the schema it is given back", async () => {
    const { client } = play([says('{"a":"x"}')]);
    const format = output(z.object({ a: z.string() }));
    const thread = createThread(client, request({ model, ...format }));

    const restored = restoreThread(client, JSON.stringify(thread), format);
    expect((await restored.send("go")).parsed).toEqual({ a: "x" });
  });

  test("is refused clearly when it is none, or of another version", () => {
    const { client } = play([]);
    expect(() => restoreThread(client, "{")).toThrow(/is no saved thread/);
    expect(() => restoreThread(client, { version: 7 })).toThrow(/version 7/);
  });

  test("resumes a run that waits for a person", async () => {
    const careful = tool({ ...options, approve: true });
    const { client } = play([call, says("done")]);
    const thread = createThread(client, request({ model, ...tools([careful]) }));
    const first = await thread.run("go");
    expect(first.stop).toBe("approval");

    const restored = restoreThread(client, JSON.stringify(first.thread), tools([careful]));
    const result = await restored.run(undefined, { approve: () => true });
    expect(result).toMatchObject({ stop: "done", text: "done" });
  });
});

const options = {
  name: "read",
  description: "Reads",
  parameters: z.object({ path: z.string() }),
  execute: ({ path }: { path: string }) => `contents of ${path}`,
};

describe("fork", () => {
  test("goes on from a turn without touching the thread", async () => {
    const { server, client } = play([says("one"), says("two"), says("two b")]);
    const thread = createThread(client, { model, input: "first" });
    const first = await thread.send();
    await thread.send("second");

    const fork = thread.fork(first);
    expect(fork.turns).toEqual([first]);
    await fork.send("second, again");

    expect(server.requests[2]?.body).toMatchObject({ previous_response_id: first.id });
    expect(thread.turns.map(({ text }) => text)).toEqual(["one", "two"]);
    expect(fork.turns.map(({ text }) => text)).toEqual(["one", "two b"]);
    expect(fork.items.slice(0, 2)).toEqual(thread.items.slice(0, 2));
  });

  test("works from where the thread stands, with its open calls", async () => {
    const { client } = play([call, says("done"), says("done b")]);
    const thread = createThread(client, request({ model, ...tools([read]) }));
    await thread.send("go");

    const fork = thread.fork();
    expect((await thread.run()).text).toBe("done");
    expect((await fork.run()).text).toBe("done b");
  });

  test("keeps the settings of that turn", async () => {
    const { server, client } = play([says("1"), says("2"), says("2b")]);
    const thread = createThread(client, { model: "gpt-5.3-codex", reasoning: { effort: "low" } });
    const first = await thread.send("a");
    thread.change(reasoning("high"));
    await thread.send("b");
    await thread.fork(first).send("c");

    const efforts = server.requests.map(({ body }) => Reflect.get(Object(body), "reasoning"));
    expect(efforts).toEqual([{ effort: "low" }, { effort: "high" }, { effort: "low" }]);
  });

  test("works from a turn of a restored thread", async () => {
    const { server, client } = play([says("one"), says("two"), says("again")]);
    const thread = createThread(client, { model });
    const first = await thread.send("a");
    await thread.send("b");
    const restored = restoreThread(client, JSON.stringify(thread));

    await restored.fork(restored.turns[0]).send("c");
    expect(server.requests[2]?.body).toMatchObject({ previous_response_id: first.id });
  });

  test("refuses a turn of another thread", async () => {
    const { client } = play([says("one"), says("two")]);
    const thread = createThread(client, { model });
    const turn = await createThread(client, { model }).send("a");
    expect(() => thread.fork(turn)).toThrow(/is no turn of this thread/);
  });
});
