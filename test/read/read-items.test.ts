import { citations, images, outputText, refusals, respond } from "codex-responses";
import { items, mockResponses, says, together } from "codex-responses/testing";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";

const citation = {
  type: "url_citation",
  url: "https://example.com",
  title: "Example",
  start_index: 0,
  end_index: 5,
} as const;

async function turn(...replies: ReturnType<typeof says>[]) {
  const { fetch } = mockResponses([together(...replies)]);
  return respond(new OpenAI({ apiKey: "test", fetch }), { model: "gpt-6.2-sol", input: "Hi" });
}

describe("reading a turn", () => {
  test("finds the text of each phase, and the answer is the turn's text", async () => {
    const { items, text } = await turn(
      says({ text: "Looking. ", phase: "commentary" }),
      says({ text: "Found.", phase: "final_answer" }),
    );
    expect(text).toBe("Found.");
    expect(outputText(items)).toBe("Looking. Found.");
    expect(outputText(items, "commentary")).toBe("Looking. ");
  });

  test("finds citations and images", async () => {
    const answer = await turn(
      says({ text: "There.", annotations: [citation] }),
      items({ type: "image_generation_call", result: "aGk=", status: "completed" }),
    );
    expect(citations(answer.items)).toEqual([citation]);
    expect(images(answer.items)).toEqual(["aGk="]);
  });

  test("finds refusals in the partial turn of a refused one", async () => {
    const error = await turn(says({ refusal: "No." })).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "refused" });
    expect(refusals(error.partial.items)).toEqual(["No."]);
  });

  test("passes over items of every other kind", () => {
    const others = [
      { type: "message", role: "user", content: "Hi" },
      { type: "from_the_future" },
      { type: "image_generation_call", result: null },
    ] as unknown as Parameters<typeof images>[0];
    expect([outputText(others), refusals(others), citations(others), images(others)]).toEqual([
      "",
      [],
      [],
      [],
    ]);
  });
});
