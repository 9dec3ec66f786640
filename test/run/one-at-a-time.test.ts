import { createThread, run, tool, tools } from "codex-responses";
import { calls, mockResponses, says, stalls } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";

const model = "gpt-6.1-sol";

function play(script: Parameters<typeof mockResponses>[0]) {
  const server = mockResponses(script);
  return { server, client: new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 }) };
}

function slow() {
  const execute = vi.fn(() => new Promise((resolve) => setTimeout(() => resolve("done"), 30)));
  return {
    execute,
    part: tools([tool({ name: "slow", description: "", parameters: z.object({}), execute })]),
  };
}

const busy = { kind: "invalid_request", problems: [{ path: "thread" }] };

describe("a thread does one thing at a time", () => {
  test("a second run is refused, and no tool runs twice", async () => {
    const { execute, part } = slow();
    const { client } = play([calls([{ name: "slow" }]), says("ready")]);
    const thread = createThread(client, { model, ...part });
    await thread.send("go");

    const first = thread.run();
    await expect(thread.run()).rejects.toMatchObject(busy);
    expect(await first).toMatchObject({ stop: "done", text: "ready" });
    expect(execute).toHaveBeenCalledTimes(1);
    expect((await thread.run("again").catch((error) => error)).kind).not.toBe("invalid_request");
  });

  test("compaction is refused while a turn is under way", async () => {
    const { client, server } = play([says("one"), stalls(50, { reply: says("two") })]);
    const thread = createThread(client, { model });
    await thread.send("a");

    const turn = thread.send("b");
    await expect(thread.compact()).rejects.toMatchObject(busy);
    expect((await turn).text).toBe("two");
    expect(server.requests).toHaveLength(2);
    expect(await thread.compact()).toMatchObject({ strategy: "trigger" });
  });
});

test("compact keeps to the thread's signal", async () => {
  const { client, server } = play([says("one")]);
  const abort = new AbortController();
  const thread = createThread(client, { model }, { signal: abort.signal });
  await thread.send("a");
  abort.abort();

  await expect(thread.compact()).rejects.toMatchObject({ kind: "cancelled" });
  expect(server.requests).toHaveLength(1);
});

describe("an onEvent that fails", () => {
  test.for(["run.call", "run.output"])(
    "ends the run with its own error, also at %s",
    async (type) => {
      const { part } = slow();
      const { client } = play([calls([{ name: "slow" }]), says("never")]);
      const onEvent = async (event: { type: string }) => {
        if (event.type === type) throw new Error("no screen");
      };

      await expect(run(client, { model, input: "go", ...part }, { onEvent })).rejects.toThrow(
        "no screen",
      );
    },
  );
});
