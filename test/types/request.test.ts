import type OpenAI from "openai";
import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { autoCompact } from "../../src/prompt/auto-compact.ts";
import { continueFrom } from "../../src/prompt/continue-from.ts";
import { output } from "../../src/prompt/output.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { reasoning } from "../../src/prompt/reasoning.ts";
import { stateless } from "../../src/prompt/stateless.ts";
import { request } from "../../src/request/request.ts";
import type { RequestFor } from "../../src/request/request-for.ts";
import { run } from "../../src/run/run.ts";
import { createThread } from "../../src/run/thread.ts";
import { respond, stream } from "../../src/stream/stream.ts";
import { tool } from "../../src/tools/tool.ts";
import { tools } from "../../src/tools/tools.ts";

/** The keys that two of the owners return. */
type Overlap<Owners> = {
  [A in keyof Owners]: { [B in Exclude<keyof Owners, A>]: Owners[A] & Owners[B] }[Exclude<
    keyof Owners,
    A
  >];
}[keyof Owners];

interface Owners {
  reasoning: keyof ReturnType<typeof reasoning>;
  prompt: keyof ReturnType<typeof prompt>;
  tools: keyof ReturnType<typeof tools>;
  output: keyof ReturnType<typeof output>;
  continueFrom: keyof ReturnType<typeof continueFrom>;
  stateless: keyof ReturnType<typeof stateless>;
  autoCompact: keyof ReturnType<typeof autoCompact>;
}

const grep = tool({ name: "grep", parameters: z.object({}), execute: () => "" });
const review = z.object({ file: z.string() });

test("no request key has two owners, so spread order cannot matter", () => {
  expectTypeOf<Overlap<{ a: "x"; b: "x" | "y"; c: "z" }>>().toEqualTypeOf<"x">();
  expectTypeOf<Overlap<Owners>>().toEqualTypeOf<never>();

  expectTypeOf<Owners>().toEqualTypeOf<{
    reasoning: "reasoning";
    prompt: "input" | "prompt_cache_key" | "prompt_cache_options";
    tools: "tools" | "tool_choice" | "parallel_tool_calls";
    output: "text";
    continueFrom: "previous_response_id";
    stateless: "store" | "include";
    autoCompact: "context_management";
  }>();
  expectTypeOf<Owners[keyof Owners]>().toExtend<keyof ResponseCreateParamsBase>();
});

test("the builders return these keys and no others", () => {
  const parts = {
    reasoning: reasoning("low"),
    prompt: prompt({ instructions: "x", task: "y", model: "gpt-6.2-sol", ttl: "12h" }),
    tools: tools([grep], { choice: "required", parallel: true }),
    output: output(review, { verbosity: "low" }),
    continueFrom: continueFrom("resp_1"),
    stateless: stateless(),
    autoCompact: autoCompact(1000),
  };
  const keys = Object.values(parts).flatMap((part) => Object.keys(part));
  expect(new Set(keys).size).toBe(keys.length);
  expect(
    Object.fromEntries(Object.entries(parts).map(([k, part]) => [k, Object.keys(part)])),
  ).toEqual({
    reasoning: ["reasoning"],
    prompt: ["input", "prompt_cache_key", "prompt_cache_options"],
    tools: ["tools", "tool_choice", "parallel_tool_calls"],
    output: ["text"],
    continueFrom: ["previous_response_id"],
    stateless: ["store", "include"],
    autoCompact: ["context_management"],
  });
});

// Types alone: nothing is sent.
const types = async (client: OpenAI) => {
  const base = { model: "gpt-5.5" as const, ...prompt({ task: "Hi" }) };
  const alone = { ...base, ...output(review) };
  const both = { ...alone, ...tools([grep]) };
  return {
    none: [await respond(client, base), await stream(client, base).final()] as const,
    alone: [
      await respond(client, alone),
      await stream(client, alone).final(),
      await createThread(client, alone).send("Hi"),
      await respond(client, request(alone)),
    ] as const,
    both: [
      await respond(client, both),
      await stream(client, both).final(),
      await createThread(client, both).send("Hi"),
      await respond(client, request(both)),
    ] as const,
    run: await run(client, alone),
    runBoth: await run(client, request(both)),
    literal: await respond(client, { ...alone, tools: [grep] }),
  };
};
type Types = Awaited<ReturnType<typeof types>>;
type Review = { file: string };

test("turn.parsed is T with output alone, T or undefined with tools, and undefined without", () => {
  expectTypeOf<Types["none"][number]["parsed"]>().toEqualTypeOf<undefined>();
  expectTypeOf<Types["alone"][number]["parsed"]>().toEqualTypeOf<Review>();
  expectTypeOf<Types["both"][number]["parsed"]>().toEqualTypeOf<Review | undefined>();
  expectTypeOf<Types["literal"]["parsed"]>().toEqualTypeOf<Review | undefined>();
});

test("result.parsed is T under stop done", () => {
  expectTypeOf<Extract<Types["run"], { stop: "done" }>["parsed"]>().toEqualTypeOf<Review>();
  expectTypeOf<Exclude<Types["run"], { stop: "done" }>["parsed"]>().toEqualTypeOf<undefined>();
  expectTypeOf<Extract<Types["runBoth"], { stop: "done" }>["parsed"]>().toEqualTypeOf<
    Review | undefined
  >();
});

test("a request of any model is a request of the SDK", () => {
  expectTypeOf<RequestFor>().toExtend<ResponseCreateParamsBase>();
  expectTypeOf<
    RequestFor<"gpt-5.3-codex", Review, []>
  >().toExtend<OpenAI.Responses.ResponseCreateParamsNonStreaming>();
  expectTypeOf<RequestFor<"gpt-5.6">["reasoning"]>().toExtend<
    ResponseCreateParamsBase["reasoning"]
  >();
});
