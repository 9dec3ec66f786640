import {
  autoCompact,
  createThread,
  type Problem,
  prompt,
  reasoning,
  request,
  run,
  stateless,
  tool,
  tools,
} from "codex-responses";
import { calls, failed, fails, items, mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { z } from "zod";

type Script = Parameters<typeof mockResponses>[0];
type Options = NonNullable<Parameters<typeof mockResponses>[1]>;

function play(script: Script, compaction: Options["compaction"] = {}) {
  const server = mockResponses(script, { compaction });
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  const warnings: Problem[] = [];
  const onWarning = (warning: Problem) => void warnings.push(warning);
  const bodies = () => server.requests.map(({ body }) => body as Record<string, unknown>);
  return { server, client, warnings, onWarning, bodies };
}

const model = "gpt-6.1-sol";
const long = "word ".repeat(2000);
const two = items({ type: "compaction" }, { type: "compaction" });
const base = request({
  model,
  ...prompt({ instructions: "You fix bugs.", task: "Start." }),
});
const typesOf = (input: unknown) =>
  (input as { type: string; role?: string }[]).map(({ type, role }) => role ?? type);

describe("a thread that compacts by the trigger", () => {
  test("goes on from the response that holds the compaction", async () => {
    const { client, bodies } = play([says(long), says("two"), says("three")]);
    const thread = createThread(client, base, { compact: { at: 1000, strategy: "trigger" } });
    await thread.send();
    const second = await thread.send("next");
    const third = await thread.send("last");

    expect([second.text, third.text]).toEqual(["two", "three"]);
    expect(bodies()).toHaveLength(4);
    expect(bodies()[1]?.input).toEqual([{ type: "compaction_trigger" }]);
    expect(bodies()[2]?.previous_response_id).not.toBe(bodies()[1]?.previous_response_id);
    expect(typesOf(bodies()[2]?.input)).toEqual(["user"]);
    expect(typesOf(thread.items)).toEqual([
      "developer",
      "compaction",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
  });

  test("replays the compaction and what came after it when it is local", async () => {
    const { client, bodies } = play([says(long), says("two")]);
    const thread = createThread(
      client,
      { ...base, ...stateless() },
      { compact: { at: 1000, strategy: "trigger" } },
    );
    await thread.send();
    await thread.send("next");

    expect(typesOf(bodies()[1]?.input)).toEqual([
      "developer",
      "user",
      "assistant",
      "compaction_trigger",
    ]);
    expect(typesOf(bodies()[2]?.input)).toEqual(["developer", "compaction", "user"]);
  });

  test("says again what items had changed", async () => {
    const { client, bodies } = play([says("1"), says(long), says("two")]);
    const thread = createThread(
      client,
      { ...base, ...reasoning("low"), ...stateless() },
      { compact: { at: 1000, strategy: "trigger" } },
    );
    await thread.send();
    thread.change(reasoning("high"));
    await thread.send("next");
    await thread.send("last");

    expect(bodies()[3]?.input).toMatchObject([
      { role: "developer" },
      { type: "compaction" },
      { type: "configuration_update", reasoning: { effort: "high" } },
      { role: "user" },
    ]);
  });
});

describe("the endpoint", () => {
  test("gives the next window, passed back as it is", async () => {
    const { client, server, bodies } = play([says(long), says("two")]);
    const thread = createThread(client, base, { compact: { at: 1000, strategy: "endpoint" } });
    await thread.send();
    await thread.send("next");

    expect(server.requests.map(({ path }) => path.replace(/^.*\/responses/, ""))).toEqual([
      "",
      "/compact",
      "",
    ]);
    expect(bodies()[2]).not.toHaveProperty("previous_response_id");
    const input = bodies()[2]?.input as unknown[];
    expect(typesOf(input).filter((type) => type === "compaction")).toHaveLength(1);
    expect(typesOf(input)[0]).toBe("developer");
  });
});

describe("the summary", () => {
  test("replaces what the model said by what it says of it", async () => {
    const { client, bodies } = play([says(long), says("The bug is in a.ts."), says("two")]);
    const thread = createThread(client, base, { compact: { at: 1000, strategy: "summary" } });
    await thread.send();
    await thread.send("next");

    expect(bodies()[1]?.input).toMatchObject([{ role: "developer" }]);
    expect(bodies()[2]?.input).toMatchObject([
      { role: "developer" },
      { role: "user" },
      { role: "user", content: [{ text: expect.stringContaining("The bug is in a.ts.") }] },
      { role: "user" },
    ]);
  });
});

describe("a strategy that fails", () => {
  test("gives way to the next, and each failure is a warning", async () => {
    const { client, warnings, onWarning, bodies } = play([says(long), says("two")], {
      trigger: fails(400, { message: "no trigger here" }),
    });
    const thread = createThread(client, base, { compact: { at: 1000 }, onWarning });
    await thread.send();
    const turn = await thread.send("next");

    expect(turn.text).toBe("two");
    expect(warnings).toMatchObject([
      { path: "compact", message: expect.stringContaining("no trigger here") },
    ]);
    expect(typesOf(bodies()[3]?.input)).toContain("compaction");
  });

  test("that gives no compaction item, or two, has failed", async () => {
    for (const trigger of [says("nothing to compact"), two]) {
      const { client, warnings, onWarning } = play([says(long), says("two")], { trigger });
      const thread = createThread(client, base, { compact: { at: 1000 }, onWarning });
      await thread.send();
      await thread.send("next");
      expect(warnings[0]?.message).toMatch(/compaction items instead of one/);
    }
  });

  test("leaves the transcript as it was when all of them fail, and the turn goes on", async () => {
    const faults = { trigger: fails(400), endpoint: fails(400) };
    const { client, server, warnings, onWarning } = play(
      [says(long), fails(400), says("two")],
      faults,
    );
    const thread = createThread(client, base, { compact: { at: 1000 }, onWarning });
    const first = await thread.send();
    const turn = await thread.send("next");

    expect(turn.text).toBe("two");
    expect(warnings).toHaveLength(3);
    expect(server.requests.at(-1)?.body).toMatchObject({ previous_response_id: first.id });
  });

  test("whose window the API does not take is undone, and the next one is tried", async () => {
    const { client, warnings, onWarning } = play([
      says(long),
      fails(400, { code: "invalid_encrypted_content", message: "could not be verified" }),
      says("two"),
    ]);
    const thread = createThread(client, base, { compact: { at: 1000 }, onWarning });
    await thread.send();
    const before = thread.items;
    await expect(thread.send("next")).rejects.toMatchObject({ kind: "api" });

    expect(thread.items).toEqual(before);
    expect(warnings).toMatchObject([{ message: expect.stringContaining("trigger failed") }]);
    expect((await thread.send("next")).text).toBe("two");
  });
});

describe("an overflowing context", () => {
  test("is compacted once, and the turn tried once more", async () => {
    const overflow = failed({ code: "context_length_exceeded", message: "too long" });
    const { client, bodies } = play([says("1"), overflow, says("two")]);
    const thread = createThread(client, base, { compact: { at: 0.9 } });
    await thread.send();

    expect((await thread.send("next")).text).toBe("two");
    expect(bodies()).toHaveLength(4);
    expect(bodies()[2]?.input).toMatchObject([{ type: "compaction_trigger" }]);
  });

  test("is an error when the thread has no compaction, and when it comes twice", async () => {
    const overflow = failed({ code: "context_length_exceeded", message: "too long" });
    const plain = createThread(play([overflow]).client, base);
    await expect(plain.send()).rejects.toMatchObject({ kind: "context_length" });

    const { client } = play([says("1"), overflow, overflow]);
    const thread = createThread(client, base, { compact: { at: 0.9 } });
    await thread.send();
    await expect(thread.send("next")).rejects.toMatchObject({ kind: "context_length" });
  });
});

describe("a run that compacts", () => {
  const read = tool({
    name: "read",
    description: "Reads",
    parameters: z.object({ n: z.number() }),
    execute: () => long,
  });

  test("does so between answered calls, and counts what it cost", async () => {
    const call = (n: number) => calls([{ name: "read", arguments: { n }, call_id: `call_${n}` }]);
    const { client, bodies } = play([call(1), says("done")]);
    const task = request({ ...base, ...tools([read]) });

    const events: string[] = [];
    const result = await run(client, task, {
      compact: { at: 2000 },
      onEvent: ({ type }) => void (type.startsWith("run.") && events.push(type)),
    });

    expect(result).toMatchObject({ stop: "done", text: "done" });
    expect(bodies()[1]?.input).toMatchObject([
      { type: "function_call_output", call_id: "call_1" },
      { type: "compaction_trigger" },
    ]);
    expect(events).toContain("run.compaction");
    expect(result.turns).toHaveLength(2);
    const turns = result.turns.reduce((sum, turn) => sum + (turn.usage?.total_tokens ?? 0), 0);
    expect(result.usage?.total_tokens).toBeGreaterThan(turns);
  });
});

describe("thread.compact", () => {
  test("compacts now, and reports it", async () => {
    const { client } = play([says("1"), says("2")]);
    const thread = createThread(client, base);
    await thread.send();

    expect(await thread.compact()).toMatchObject({
      strategy: "trigger",
      items: { before: 3, after: 2 },
    });
    expect((await thread.send("next")).text).toBe("2");
  });

  test("is refused while calls are open", async () => {
    const { client } = play([calls([{ name: "read", arguments: {} }])]);
    const thread = createThread(client, base);
    await thread.send();
    await expect(thread.compact()).rejects.toMatchObject({ kind: "invalid_request" });
  });
});

describe("the options", () => {
  const { client } = play([]);

  test("strategy server is the request's context_management", async () => {
    const { client, bodies } = play([says("1")]);
    await createThread(client, base, { compact: { at: 0.5, strategy: "server" } }).send();
    expect(bodies()[0]?.context_management).toEqual([
      { type: "compaction", compact_threshold: 461_000 },
    ]);
  });

  test("strategy server together with autoCompact() is a problem", () => {
    const params = { ...base, ...autoCompact(200_000) };
    expect(() =>
      createThread(client, params, { compact: { at: 0.8, strategy: "server" } }),
    ).toThrow(/keep one of the two/);
  });

  test("a fraction needs a model whose window is known", () => {
    const params = { model: "my-model" };
    expect(() => createThread(client, params, { compact: { at: 0.8 } })).toThrow(/is not known/);
    expect(() => createThread(client, params, { compact: { at: 0.8, model } })).not.toThrow();
    expect(() => createThread(client, params, { compact: { at: 100_000 } })).not.toThrow();
  });

  test("a threshold that is neither fraction nor tokens is refused", () => {
    for (const at of [0, -1, 20, Number.NaN]) {
      expect(() => createThread(client, base, { compact: { at } })).toThrow(/is neither/);
    }
  });
});
