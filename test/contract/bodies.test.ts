import { respond, stream } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { builtAnswers } from "./built-answers.ts";
import { type Built, builtParams } from "./built-params.ts";
import { builtTools } from "./built-tools.ts";
import { check } from "./check.ts";

async function exchange(
  build: (parent: string) => Built,
): Promise<{ body: object; wire: unknown }> {
  const server = mockResponses([says("Hello."), says("Done.")]);
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  const model = "gpt-6-sol";
  const parent = await respond(client, { model, input: "Hello." });
  const body = { model, input: "Go.", ...build(parent.id) };
  // Whether the answer fits the output asked for is not the question here.
  for await (const _ of stream(client, body));
  server.assertDone();
  return { body, wire: server.requests.at(-1)?.body };
}

describe("what the builders return", () => {
  test.for([...builtParams, ...builtTools, ...builtAnswers])("%s", async ([, build]) => {
    const { body, wire } = await exchange(build);
    const sent: object = JSON.parse(JSON.stringify(body));
    expect(check("create", sent)).toEqual([]);
    expect(wire).toEqual({ ...sent, stream: true });
  });
});
