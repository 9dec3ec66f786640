import { mockResponses, type Step } from "../../src/testing/index.ts";
import { isObject, type Json } from "./cache-json.ts";
import type { Sent } from "./cache-simulator.ts";

/** Has a scripted server answer what `play` sends, and keeps what crossed the wire. */
export async function record(
  script: readonly Step[],
  play: (fetch: typeof globalThis.fetch) => Promise<void>,
): Promise<Sent[]> {
  const server = mockResponses(script);
  const sent: Sent[] = [];
  await play(async (input, init) => {
    const answer = await server.fetch(input instanceof URL ? input.href : input, init);
    const body = server.requests.at(-1)?.body;
    const text = await answer.text();
    if (!answer.ok || !isObject(body)) throw new Error(`HTTP ${answer.status}: ${text}`);
    sent.push({ body, response: finished(text) });
    return new Response(text, answer);
  });
  server.assertDone();
  return sent;
}

/** The response of a whole body, or of the event that ends a stream. */
function finished(text: string): Json {
  const data = text.startsWith("{") ? text : text.slice(text.lastIndexOf("\ndata: ") + 7);
  const value: unknown = JSON.parse(data);
  const response = isObject(value) && isObject(value.response) ? value.response : value;
  if (!isObject(response)) throw new Error("No response in the body");
  return response;
}
