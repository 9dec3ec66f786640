import { explainCacheMiss, prompt } from "codex-responses";
import { expect, test } from "vitest";

const ask = (instructions: string, shard?: string) => ({
  model: "gpt-6.1-sol",
  ...prompt({ instructions, task: "Go.", ...(shard && { shard }) }),
});

test("a changed text is named itself, and not the key that prompt() derived from it", () => {
  expect(explainCacheMiss(ask("You count."), ask("You count down."))).toMatchObject({
    reason: "input_changed",
    path: "input[0].content[0].text",
  });
});

test("another shard of the same text is another key", () => {
  expect(explainCacheMiss(ask("You count.", "1"), ask("You count.", "2"))).toMatchObject({
    reason: "prompt_cache_key_changed",
  });
});
