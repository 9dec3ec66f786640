import type { Response, ResponseOutputItem } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import {
  cacheReport,
  estimateTokens,
  estimateUsage,
  makeTurn,
  textOf,
} from "../../src/stream/finish.ts";
import { message, response, usage } from "../faults/events.ts";

const items = (...list: object[]): ResponseOutputItem[] => JSON.parse(JSON.stringify(list));
const responseOf = (fields: object): Response => JSON.parse(JSON.stringify(response(fields)));

describe("the text of a turn", () => {
  test("is all text where no message says that it is the answer", () => {
    expect(textOf(items(message("a"), { type: "reasoning", summary: [] }, message("b")))).toBe(
      "ab",
    );
    expect(textOf(items(message("a", { phase: "commentary" })))).toBe("a");
    expect(textOf([])).toBe("");
  });

  test("is the final answer alone where there is one", () => {
    const commentary = message("hm", { phase: "commentary" });
    expect(textOf(items(commentary, message("42", { phase: "final_answer" }), message("?")))).toBe(
      "42",
    );
  });

  test("has no refusal, no unknown part and no missing content in it", () => {
    const content = [
      { type: "refusal", refusal: "No" },
      { type: "x" },
      { type: "output_text", text: "a" },
    ];
    expect(textOf(items({ type: "message", content }, { type: "message" }))).toBe("a");
  });
});

describe("makeTurn", () => {
  test("is the response, and what follows from it", () => {
    const output = items(message("Hi"), {
      type: "function_call",
      call_id: "c",
      name: "f",
      arguments: "{}",
    });
    const whole = responseOf({ status: "completed", output, usage });
    const price = (counted: unknown, priced: Response) =>
      counted === whole.usage && priced === whole ? 0.5 : 0;
    expect(makeTurn(whole, 7, { requestId: "req", chain: "chained", price })).toEqual({
      id: "resp_1",
      requestId: "req",
      status: "completed",
      text: "Hi",
      parsed: 7,
      items: output,
      calls: [output[1]],
      usage,
      cost: 0.5,
      cache: { hitRatio: 0.4, cachedTokens: 8, writtenTokens: 0 },
      chain: "chained",
      response: whole,
    });
  });

  test("is estimated only where the API counted nothing", () => {
    const estimate = (list: readonly ResponseOutputItem[]) =>
      estimateUsage({ input: "x".repeat(400), instructions: "y" }, list);
    const cut = makeTurn(responseOf({ output: [message("abcd")] }), undefined, {
      chain: "replayed",
      estimate,
    });
    expect(cut).toMatchObject({ estimated: true, usage: { input_tokens: 104 } });
    const counted = makeTurn(responseOf({ usage }), undefined, { chain: "replayed", estimate });
    expect([counted.estimated, counted.usage]).toEqual([undefined, usage]);
    expect(makeTurn(responseOf({}), undefined, { chain: "replayed" })).toMatchObject({
      status: "in_progress",
    });
  });
});

test("a report of the cache needs no usage", () => {
  expect(cacheReport(undefined)).toEqual({ hitRatio: 0, cachedTokens: 0, writtenTokens: 0 });
});

test("4 bytes are a token", () => {
  expect([estimateTokens("abcdef"), estimateTokens(undefined)]).toEqual([2, 0]);
});
