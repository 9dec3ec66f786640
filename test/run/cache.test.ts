import { createThread, prompt, reasoning, request } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";

function play(model: string) {
  const server = mockResponses([says("1"), says("2"), says("3")]);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  const instructions = "Be exact. ".repeat(12_000);
  const params = request({
    model,
    ...reasoning("low"),
    ...prompt({ model, instructions, task: "a" }),
  });
  return { server, thread: createThread(client, params) };
}

describe("turn.cache", () => {
  test.for(["gpt-5.5", "gpt-6.1-sol"])("reports what %s read and wrote", async (model) => {
    const { thread } = play(model);
    const first = await thread.send();
    const second = await thread.send("b");

    expect(first.cache).toMatchObject({ hitRatio: 0, cachedTokens: 0 });
    expect(first.cache.writtenTokens > 0).toBe(model !== "gpt-5.5");
    expect(second.cache.hitRatio).toBeGreaterThan(0.9);
    expect(second.cache.miss).toBeUndefined();
  });

  test("names the change behind a surprise miss", async () => {
    const { thread } = play("gpt-5.5");
    await thread.send();
    thread.change(reasoning("high"));
    const second = await thread.send("b");

    expect(second.cache).toMatchObject({
      cachedTokens: 0,
      miss: { reason: "reasoning_effort_changed", path: "reasoning.effort" },
    });
  });

  test("asks the API for its own reason where the model has diagnostics", async () => {
    const { server, thread } = play("gpt-6.1-sol");
    const first = await thread.send();
    thread.change({ parallel_tool_calls: false });
    const second = await thread.send("b");

    expect(server.requests[1]?.body).toMatchObject({
      prompt_cache_options: { comparison_response_id: first.id },
    });
    expect(second.cache.miss).toMatchObject({
      reason: "tools_changed",
      path: "parallel_tool_calls",
      server: { type: "cache_miss" },
    });
  });
});
