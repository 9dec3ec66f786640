import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import type { ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { stream } from "../../src/stream/stream.ts";
import type { Contestant } from "./contestant.ts";
import { editTool } from "./response.ts";

const params = { model: "gpt-5.3-codex" as const, input: "Go.", tools: [editTool] };

const open = (fetch: typeof globalThis.fetch) =>
  stream(new OpenAI({ apiKey: "bench", fetch }), params);

/** The least that reading a stream of events can cost: bytes, server-sent events, JSON. */
export const floor: Contestant = {
  name: "floor: eventsource-parser + JSON.parse",
  reads: "all",
  async read(fetch) {
    let found = 0;
    const parser = createParser({
      onEvent: ({ data }) => {
        const event: unknown = JSON.parse(data);
        if (isDelta(event)) found += event.delta.length;
      },
    });
    const { body } = await fetch("https://api.openai.com/v1/responses", { method: "POST" });
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      parser.feed(decoder.decode(chunk.value, { stream: true }));
    }
    return found;
  },
};

export const ours = {
  iterate: {
    name: "ours: every event",
    reads: "all",
    read: (fetch) => deltas(open(fetch)),
  },
  iterateAndFinal: {
    name: "ours: every event, then final()",
    reads: "all",
    async read(fetch) {
      const events = open(fetch);
      const found = await deltas(events);
      const turn = await events.final();
      return Math.min(found, lengthOf(turn.items));
    },
  },
  final: {
    name: "ours: final()",
    reads: "all",
    read: async (fetch) => lengthOf((await open(fetch).final()).items),
  },
  text: {
    name: "ours: text()",
    reads: "text",
    async read(fetch) {
      let found = 0;
      for await (const text of open(fetch).text()) found += text.length;
      return found;
    },
  },
} satisfies Record<string, Contestant>;

export const openai = {
  create: {
    name: "openai: create({ stream: true })",
    reads: "all",
    async read(fetch) {
      const client = new OpenAI({ apiKey: "bench", fetch });
      return deltas(await client.responses.create({ ...params, stream: true }));
    },
  },
  finalResponse: {
    name: "openai: stream().finalResponse()",
    reads: "all",
    async read(fetch) {
      const client = new OpenAI({ apiKey: "bench", fetch });
      return lengthOf((await client.responses.stream(params).finalResponse()).output);
    },
  },
} satisfies Record<string, Contestant>;

async function deltas(events: AsyncIterable<ResponseStreamEvent>): Promise<number> {
  let found = 0;
  for await (const event of events) if (isDelta(event)) found += event.delta.length;
  return found;
}

function isDelta(event: unknown): event is { delta: string } {
  return typeof event === "object" && event !== null && "delta" in event;
}

function lengthOf(items: readonly ResponseOutputItem[]): number {
  let found = 0;
  for (const item of items) {
    if (item.type === "function_call") found += item.arguments.length;
    if (item.type === "reasoning") for (const { text } of item.summary) found += text.length;
    if (item.type !== "message") continue;
    for (const part of item.content) if (part.type === "output_text") found += part.text.length;
  }
  return found;
}
