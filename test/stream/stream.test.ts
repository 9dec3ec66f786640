import OpenAI from "openai";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { z } from "zod";
import { isCodexError } from "../../src/errors.ts";
import { output } from "../../src/prompt/output.ts";
import { respond, stream } from "../../src/stream/stream.ts";
import { calls, cuts, mockResponses, says } from "../../src/testing/index.ts";
import { tool } from "../../src/tools/tool.ts";
import { tools } from "../../src/tools/tools.ts";

type Script = Parameters<typeof mockResponses>[0];
function serverOf(script: Script) {
  const server = mockResponses(script);
  const client = new OpenAI({
    apiKey: "test",
    baseURL: "https://api.test/v1",
    fetch: server.fetch,
    maxRetries: 0,
  });
  return { server, client };
}
const params = { model: "gpt-5.3-codex", input: "Go." } as const;
const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing",
    (error: unknown) => error,
  );

describe("respond", () => {
  test("sends the request as it is, streamed, and gives one turn", async () => {
    const { server, client } = serverOf([
      says({ text: "Hi", usage: { input_tokens: 1_000_000, output_tokens: 0 } }),
    ]);
    const turn = await respond(client, params);
    expect(server.requests.map(({ body }) => body)).toEqual([{ ...params, stream: true }]);
    expect(turn).toMatchObject({
      text: "Hi",
      status: "completed",
      chain: "replayed",
      parsed: undefined,
      calls: [],
    });
    expect(turn.requestId).toMatch(/^req/);
    expect(turn.cost).toBeGreaterThan(0);
    expect(params).toEqual({ model: "gpt-5.3-codex", input: "Go." });
  });

  test("is chained when it continues a response", async () => {
    const { client } = serverOf([says("a"), says("b")]);
    const { id } = await respond(client, params);
    const { chain } = await respond(client, { ...params, previous_response_id: id });
    expect(chain).toBe("chained");
  });

  test("has no cost where the price is not known", async () => {
    const { client } = serverOf([says("a")]);
    expect((await respond(client, { ...params, model: "my-model" })).cost).toBeUndefined();
  });

  test("estimates usage and cost of a turn that was cut", async () => {
    const { client } = serverOf([cuts({ after: 6, reply: says("one two three four five") })]);
    const error = await thrown(respond(client, { ...params, input: "x".repeat(4000) }));
    if (!isCodexError(error)) throw error;
    expect(error.partial).toMatchObject({ estimated: true, status: "in_progress" });
    expect(error.usage?.input_tokens).toBeGreaterThan(990);
    expect(error.partial?.cost).toBeGreaterThan(0);
  });
});

describe("problems", () => {
  const wrong = {
    ...params,
    max_output_tokens: 1,
    temperature: 1,
    previous_response_id: "a",
    conversation: "b",
  };

  test("are found before anything is sent, all at once", async () => {
    const { server, client } = serverOf([says("a")]);
    const error = await thrown(respond(client, wrong));
    if (!isCodexError(error)) throw error;
    expect(error.kind).toBe("invalid_request");
    expect(error.problems?.length).toBeGreaterThanOrEqual(2);
    expect(server.requests).toEqual([]);
    expect(isCodexError(await thrown(stream(client, wrong)[Symbol.asyncIterator]().next()))).toBe(
      true,
    );
  });

  test("that are warnings go to onWarning, and stop nothing", async () => {
    const { client } = serverOf([says("a")]);
    const onWarning = vi.fn();
    const turn = await respond(client, { ...params, model: "gpt-5.1-codex" }, { onWarning });
    expect(turn.text).toBe("a");
    expect(onWarning.mock.calls.flat().map(({ level }) => level)).toContain("warning");
  });
});

describe("parsed", () => {
  const answer = output(z.object({ n: z.number() }));

  test("is what output() asked for", async () => {
    const { client } = serverOf([says('{"n":7}')]);
    const turn = await respond(client, { ...params, ...answer });
    expectTypeOf(turn.parsed).toEqualTypeOf<{ n: number }>();
    expect(turn.parsed).toEqual({ n: 7 });
  });

  test.each(["", "nonsense", '{"n":"7"}'])("is an error when the text is %j", async (text) => {
    const { client } = serverOf([says(text)]);
    const error = await thrown(respond(client, { ...params, ...answer }));
    expect(error).toMatchObject({ kind: "invalid_output", partial: { text, status: "completed" } });
    expect(error).not.toMatchObject({ partial: { estimated: true } });
  });

  test("is undefined when calls came instead", async () => {
    const add = tool({
      name: "add",
      description: "Adds.",
      parameters: z.object({}),
      execute: () => "3",
    });
    const { client } = serverOf([calls([{ name: "add", arguments: {} }])]);
    const turn = await respond(client, { ...params, ...answer, ...tools([add]) });
    expectTypeOf(turn.parsed).toEqualTypeOf<{ n: number } | undefined>();
    expect([turn.parsed, turn.calls.length]).toEqual([undefined, 1]);
  });
});
