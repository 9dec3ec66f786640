import {
  createThread,
  output,
  type Problem,
  prompt,
  reasoning,
  request,
  stateless,
  tool,
  tools,
} from "codex-responses";
import { calls, mockResponses, says, thinks } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { z } from "zod";

type Script = Parameters<typeof mockResponses>[0];

function play(script: Script) {
  const server = mockResponses(script);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  const warnings: Problem[] = [];
  const onWarning = (warning: Problem) => void warnings.push(warning);
  const bodies = () => server.requests.map(({ body }) => body as Record<string, unknown>);
  return { client, warnings, onWarning, bodies };
}

const named = (name: string) =>
  tool({ name, description: name, parameters: z.object({}), execute: () => `${name} ran` });
const [read, write, grep] = [named("read"), named("write"), named("grep")];
const base = request({ model: "gpt-6.1-sol", ...reasoning("low"), ...tools([read, write]) });
const user = (text: string) => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});

describe("thread.change of the effort", () => {
  test("is an item before the next message where the model has it", async () => {
    const { client, warnings, onWarning, bodies } = play([says("1"), says("2"), says("3")]);
    const thread = createThread(client, base, { onWarning });
    await thread.send("one");
    thread.change(reasoning("high"));
    await thread.send("two");
    await thread.send("three");

    expect(bodies().map(({ reasoning }) => reasoning)).toEqual(Array(3).fill({ effort: "low" }));
    expect(bodies().map(({ input }) => input)).toEqual([
      [user("one")],
      [{ type: "configuration_update", reasoning: { effort: "high" } }, user("two")],
      [user("three")],
    ]);
    expect(warnings).toEqual([]);
  });

  test("is one item however often it changes before it is sent", async () => {
    const { client, bodies } = play([says("1"), says("2")]);
    const thread = createThread(client, base);
    await thread.send("one");
    thread.change(reasoning("high"));
    thread.change(reasoning("medium"));
    await thread.send("two");

    expect(bodies()[1]?.input).toEqual([
      { type: "configuration_update", reasoning: { effort: "medium" } },
      user("two"),
    ]);
  });

  test("changes the request on older models, and says what is lost before it is paid for", async () => {
    const { client, warnings, onWarning, bodies } = play([says("1"), says("2")]);
    const params = request({ model: "gpt-5.3-codex", ...reasoning("low") });
    const thread = createThread(client, params, { onWarning });
    await thread.send("one");
    thread.change(reasoning("high"));

    expect(warnings).toMatchObject([
      {
        level: "warning",
        path: "reasoning",
        message: expect.stringContaining("reasoning_effort_changed"),
      },
    ]);
    await thread.send("two");
    expect(bodies()[1]?.reasoning).toEqual({ effort: "high" });
    expect(bodies()[1]?.input).toEqual([user("two")]);
  });

  test("is refused for an effort the model does not take", () => {
    const { client } = play([]);
    const thread = createThread(client, base);
    expect(() => thread.change(reasoning("none"))).toThrow(
      expect.objectContaining({ kind: "invalid_request" }),
    );
  });
});

describe("thread.change of the output", () => {
  test("parses the next turns by the new format", async () => {
    const { client, bodies } = play([says("1"), says('{"sum":3}')]);
    const thread = createThread(client, base);
    await thread.send("one");
    const part = output(z.object({ sum: z.number() }));
    thread.change(part);
    const turn = await thread.send("two");

    expect(turn.parsed).toEqual({ sum: 3 });
    const format = JSON.parse(JSON.stringify(part.text.format));
    expect(bodies()[1]?.input).toEqual([
      { type: "configuration_update", text: { format } },
      user("two"),
    ]);
    expect(bodies()[1]?.text).toBeUndefined();
  });
});

describe("thread.change of the tools", () => {
  test("adds new ones by an item and can run them", async () => {
    const { client, bodies } = play([
      says("1"),
      calls([{ name: "grep", call_id: "call_g" }]),
      says("3"),
    ]);
    const thread = createThread(client, base);
    await thread.send("one");
    thread.change(tools([read, write, grep]));
    const result = await thread.run("two");

    expect(result.stop).toBe("done");
    const wire = JSON.parse(JSON.stringify(grep));
    expect(bodies()[1]?.input).toEqual([
      { type: "additional_tools", role: "developer", tools: [wire] },
      user("two"),
    ]);
    expect(bodies()[1]?.tools).toEqual(bodies()[0]?.tools);
    expect(bodies()[2]?.input).toMatchObject([{ call_id: "call_g", output: "grep ran" }]);
  });

  test("closes missing ones without touching the list", async () => {
    const { client, bodies } = play([says("1"), says("2"), says("3")]);
    const thread = createThread(client, base);
    await thread.send("one");
    thread.change(tools([read]));
    await thread.send("two");
    thread.change(tools([read, write]));
    await thread.send("three");

    expect(bodies()[1]?.tools).toEqual(bodies()[0]?.tools);
    expect(bodies().map(({ tool_choice }) => tool_choice)).toEqual([
      undefined,
      { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "read" }] },
      "auto",
    ]);
  });

  test("refuses a redefined one", () => {
    const { client } = play([]);
    const thread = createThread(client, base);
    const other = tool({ name: "read", description: "another", parameters: z.object({}) });
    expect(() => thread.change(tools([other, write]))).toThrow(/"read" is already offered/);
  });

  test("changes the list on models without the item, and says what is lost", async () => {
    const { client, warnings, onWarning, bodies } = play([says("1"), says("2")]);
    const params = request({ model: "gpt-5.3-codex", ...tools([read]) });
    const thread = createThread(client, params, { onWarning });
    await thread.send("one");
    thread.change(tools([read, grep]));
    await thread.send("two");

    expect(warnings).toMatchObject([
      { path: "tools", message: expect.stringContaining("tools_changed") },
    ]);
    expect(bodies()[1]?.tools).toMatchObject([{ name: "read" }, { name: "grep" }]);
  });
});

describe("thread.change of the model", () => {
  test("replays without what the other model cannot read, and says so", async () => {
    const { client, warnings, onWarning, bodies } = play([
      thinks("hm", says("1")),
      says("2"),
      says("3"),
    ]);
    const thread = createThread(client, base, { onWarning });
    await thread.send("one");
    thread.change({ model: "gpt-5.6-sol" });
    const second = await thread.send("two");
    const third = await thread.send("three");

    expect([second.chain, third.chain]).toEqual(["rebuilt", "chained"]);
    expect(bodies()[1]).toMatchObject({ model: "gpt-5.6-sol" });
    expect(bodies()[1]).not.toHaveProperty("previous_response_id");
    expect(bodies()[1]?.input).toMatchObject([
      { role: "user" },
      { type: "message" },
      { role: "user" },
    ]);
    expect(warnings.map(({ path }) => path)).toContain("model");
  });
});

describe("thread.change of anything else", () => {
  test("is refused with what can change", () => {
    const { client } = play([]);
    const thread = createThread(client, base);
    expect(() => thread.change(stateless() as object)).toThrow(/store: cannot change in a thread/);
  });
});

describe("prompt order", () => {
  test("survives every change: nothing that was sent is rewritten", async () => {
    const { client, bodies } = play([says("1"), says("2"), says("3")]);
    const params = request({
      ...base,
      ...stateless(),
      ...prompt({ instructions: "Be brief.", task: "one" }),
    });
    const thread = createThread(client, params);
    await thread.send();
    thread.change(reasoning("high"), tools([read, write, grep]));
    await thread.send("two");
    thread.change(reasoning("low"));
    await thread.send("three");

    const inputs = bodies().map(({ input }) => input as unknown[]);
    for (const [i, input] of inputs.slice(1).entries()) {
      expect(input.slice(0, inputs[i]?.length)).toEqual(inputs[i]);
    }
  });
});
