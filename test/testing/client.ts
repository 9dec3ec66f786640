import OpenAI from "openai";
import type { MockServer } from "../../src/testing/index.ts";

type Fetch = MockServer["fetch"];

export function clientOf({ fetch }: { fetch: Fetch }): OpenAI {
  return new OpenAI({ apiKey: "test", baseURL: "https://api.test/v1", fetch, maxRetries: 0 });
}

export interface Post {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function post(
  { fetch }: { fetch: Fetch },
  body: unknown,
  path = "/responses",
): Promise<Post> {
  const response = await fetch(`https://api.test/v1${path}`, {
    method: "POST",
    headers: { authorization: "Bearer test", "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export interface WireEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [key: string]: unknown;
}

/** The events of an SSE text, whose `event:` lines must name their types. */
export function eventsOf(text: string): WireEvent[] {
  return text
    .split("\n\n")
    .filter((block) => block !== "")
    .map((block) => {
      const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
      const event = JSON.parse(data ?? "null");
      if (event?.type !== name) throw new Error(`Not an event: ${block}`);
      return event;
    });
}

export async function streamed(server: { fetch: Fetch }, body: object = {}): Promise<WireEvent[]> {
  const { text } = await post(server, {
    model: "gpt-5.3-codex",
    input: "Go.",
    ...body,
    stream: true,
  });
  return eventsOf(text);
}

/** The body of a refusal, such as `{ status: 400, error: { message, type, param, code } }`. */
export async function refusal(
  server: { fetch: Fetch },
  body: unknown,
  path?: string,
): Promise<unknown> {
  const { status, text } = await post(server, body, path);
  return { status, ...JSON.parse(text) };
}
