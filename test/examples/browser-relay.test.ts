import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseEvents } from "codex-responses";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch } from "./play.ts";

test("a page that goes away cancels the request to the API", async () => {
  const sent = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const api = createServer((_, response) => {
    response.once("close", gone.resolve);
    const event = { type: "response.created", sequence_number: 0, response: { id: "resp_1" } };
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${JSON.stringify(event)}\n\n`, () => sent.resolve());
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const address = api.address();
  const OPENAI_BASE_URL = `http://127.0.0.1:${typeof address === "object" && address?.port}/v1`;
  const env = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL };
  const folder = await mkdtemp(join(tmpdir(), "example-"));
  const child = launch("browser-relay", ["--port", "0"], folder, env);
  try {
    const { lines, url } = await opened(child);
    expect(lines[0]).toBe("Calling the API.");
    const page = new AbortController();
    const init = { method: "POST", headers: { "sec-fetch-site": "same-origin" }, body: "Hello" };
    await fetch(`${url}turn`, { ...init, signal: page.signal });
    await sent.promise;
    page.abort();
    await gone.promise;
  } finally {
    child.kill("SIGKILL");
    api.close();
    await rm(folder, { recursive: true });
  }
});

describe("the relay to a browser", () => {
  let folder: string;
  let child: ReturnType<typeof launch>;
  let lines: string[];
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "example-"));
    child = launch("browser-relay", ["--port", "0"], folder);
    ({ lines, url } = await opened(child));
  });
  afterAll(async () => {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });

  test("says who plays the model, and where the page is", () => {
    expect(lines).toEqual([
      "No OPENAI_API_KEY: a scripted server plays the model.",
      expect.stringMatching(/^Open http:\/\/127\.0\.0\.1:\d+\/$/),
    ]);
  });

  test("serves a page that finds what it imports", async () => {
    const page = await fetch(url);
    expect(page.headers.get("content-type")).toBe("text/html");
    const text = await page.text();
    const { imports }: { imports: Record<string, string> } = JSON.parse(
      /importmap">([^<]+)/.exec(text)?.[1] ?? "",
    );
    expect(Object.keys(imports)).toEqual(["codex-responses", "eventsource-parser"]);
    // The built package, which the source cannot stand in for: Node alone takes TypeScript.
    const built = existsSync(new URL("../../dist/index.js", import.meta.url));
    const seen = new Map<string, number>();
    const visit = async (module: URL): Promise<void> => {
      if (seen.has(module.pathname)) return;
      seen.set(module.pathname, 0);
      const response = await fetch(module);
      seen.set(module.pathname, response.status);
      const code = await response.text();
      for (const [, from = ""] of code.matchAll(/^(?:import|export)\b.* from ['"](.+)['"];?$/gm)) {
        await visit(new URL(imports[from] ?? from, module));
      }
    };
    const start = built ? "codex-responses" : "eventsource-parser";
    await visit(new URL(imports[start] ?? "", url));
    expect(new Set(seen.values())).toEqual(new Set([200]));
    expect(seen.has("/eventsource-parser/parse.js")).toBe(true);
  });

  test("passes the events on as they come", async () => {
    const headers = { "sec-fetch-site": "same-origin" };
    const response = await fetch(`${url}turn`, { method: "POST", headers, body: "Hello" });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const pieces: string[] = [];
    for await (const event of parseEvents(response)) {
      if (event.type === "response.output_text.delta") pieces.push(event.delta);
    }
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join("")).toMatch(/^This text crossed your server/);
  });

  test("spends nothing for another site, and finds nothing else", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    const posted = await fetch(`${url}turn`, { method: "POST", headers, body: "Hello" });
    const missing = await fetch(`${url}package.json`);
    expect([posted.status, missing.status]).toEqual([404, 404]);
  });

  test("ends when it is told to", async () => {
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
  });
});

/** What it prints up to the address of its page. */
async function opened(child: ReturnType<typeof launch>): Promise<{ lines: string[]; url: string }> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url) return { lines, url };
  }
  throw new Error(lines.join("\n"));
}
