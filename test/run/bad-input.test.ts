import {
  createThread,
  customTool,
  parsePatch,
  respond,
  run,
  shellTool,
  stream,
  tool,
  tools,
} from "codex-responses";
import { workspace } from "codex-responses/node";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";

const server = mockResponses([says("never played")]);
const client = new OpenAI({ apiKey: "test", fetch: server.fetch });
const model = "gpt-6.2-sol";
const nothing = undefined as unknown as OpenAI;

/** The paths of the problems that a call was refused for. */
async function refused(call: Promise<unknown>): Promise<string[]> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "CodexError", kind: "invalid_request" });
  expect(server.requests).toEqual([]);
  const { problems } = error as { problems: { path: string }[] };
  return problems.map(({ path }) => path);
}

describe("bad input is refused before anything is sent", () => {
  test("a request without anything to say", async () => {
    expect(await refused(respond(client, { model }))).toEqual(["input"]);
    expect(await refused(stream(client, { model, input: [] }).final())).toEqual(["input"]);
    expect(await refused(createThread(client, { model }).send(""))).toEqual(["input"]);
    expect(await refused(run(client, { model }))).toEqual(["input"]);
  });

  test("a client that is none, together with what else is wrong", async () => {
    expect(await refused(respond(nothing, { model, input: "Hi" }))).toEqual(["client"]);
    const params = { model: "", input: "Hi", max_output_tokens: 1 };
    expect(await refused(respond(nothing, params))).toEqual([
      "model",
      "max_output_tokens",
      "client",
    ]);
  });

  test("limits that there are not", async () => {
    const limits = { turn: 3, usd: -1 } as object;
    expect(await refused(run(client, { model, input: "Hi" }, { limits }))).toEqual([
      "limits.usd",
      "limits.turn",
    ]);
  });
});

describe("nothing at all is a clear error too", () => {
  const none = undefined as never;

  test.for<[string, () => unknown]>([
    ["tool", () => tool(none)],
    ["customTool", () => customTool(none)],
    ["tools", () => tools(none)],
    ["shellTool", () => shellTool(none)],
    ["createThread", () => createThread(client, none)],
    ["workspace", () => workspace(none)],
  ])("for %s", ([, build]) => {
    expect(build).toThrow(expect.objectContaining({ kind: "invalid_request" }));
  });

  test("for parsePatch", () => {
    expect(() => parsePatch(none)).toThrow(expect.objectContaining({ kind: "invalid_patch" }));
  });
});
