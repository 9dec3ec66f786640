import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { stream } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import { build } from "esbuild";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

/** The built package where there is one, its source otherwise. */
const built = existsSync(new URL("../../dist/index.js", import.meta.url));

/** What the page does: shows the text as it arrives, tells the server what it shows, then leaves a second stream early. */
const page = `<!doctype html><p id="text"></p><script type="module">
import { parseEvents } from "/codex-responses.js";
const text = document.getElementById("text");
for await (const event of parseEvents(await fetch("/events"))) {
  if (event.type !== "response.output_text.delta") continue;
  text.textContent += event.delta;
  await fetch("/shown", { method: "POST", body: text.textContent });
}
for await (const event of parseEvents(await fetch("/events"))) {
  if (event.type === "response.output_text.delta") break;
}
await fetch("/done", { method: "POST" });
</script>`;

/** The frames of one streamed answer. */
async function frames(...chunks: string[]): Promise<string[]> {
  const { fetch } = mockResponses([says({ chunks })]);
  const client = new OpenAI({ apiKey: "test", fetch });
  const body = { model: "gpt-6.2-sol", input: "Hi", stream: true } as const;
  const response = await client.responses.create(body).asResponse();
  return (await response.text()).split(/(?<=\n\n)/);
}

/** An upstream that sends the next delta only when it is told to. */
function gated(all: readonly string[]) {
  const queue = [...all];
  let open = () => {};
  let cancelled = () => {};
  const whenCancelled = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const frame = queue.shift();
      if (frame === undefined) return controller.close();
      controller.enqueue(new TextEncoder().encode(frame));
      if (!frame.includes("output_text.delta")) return;
      await new Promise<void>((resolve) => {
        open = resolve;
      });
    },
    cancel: () => cancelled(),
  });
  return { response: new Response(body), next: () => open(), whenCancelled };
}

describe.runIf(chromium)("a page in Chromium", () => {
  test("shows a relayed stream as it arrives, and leaving it cancels the upstream request", async () => {
    const all = await frames("one ", "two ", "three");
    const upstreams: ReturnType<typeof gated>[] = [];
    const fetch = async () => {
      const upstream = gated(all);
      upstreams.push(upstream);
      return upstream.response;
    };
    const client = new OpenAI({ apiKey: "test", fetch });
    const bundle = await build({
      stdin: {
        contents: 'export { parseEvents } from "codex-responses"',
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      format: "esm",
      conditions: built ? [] : ["codex-responses-source"],
      write: false,
    });
    const shown: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });

    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      if (request.url === "/") return response.setHeader("content-type", "text/html").end(page);
      if (request.url === "/codex-responses.js") {
        return response
          .setHeader("content-type", "text/javascript")
          .end(bundle.outputFiles[0]?.text);
      }
      if (request.url === "/shown") {
        shown.push(Buffer.concat(await request.toArray()).toString());
        response.end();
        return upstreams[0]?.next();
      }
      if (request.url !== "/events") {
        if (request.url === "/done") finish();
        return response.end();
      }
      const relayed = stream(client, { model: "gpt-6.2-sol", input: "Hi" }).toResponse();
      response.writeHead(relayed.status, Object.fromEntries(relayed.headers));
      await relayed.body?.pipeTo(Writable.toWeb(response)).catch(() => {});
    };
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const profile = await mkdtemp(join(tmpdir(), "chromium-"));
    const flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run";
    const quiet = "--disable-background-networking --disable-component-update --disable-sync";
    const browser = spawn(
      String(chromium),
      [
        ...flags.split(" "),
        ...quiet.split(" "),
        `--user-data-dir=${profile}`,
        "--remote-debugging-port=0",
        `http://127.0.0.1:${port}/`,
      ],
      { stdio: "ignore", detached: true },
    );
    try {
      await finished;
      expect(shown).toEqual(["one ", "one two ", "one two three"]);
      expect(upstreams).toHaveLength(2);
      await upstreams[1]?.whenCancelled;
    } finally {
      // The browser is a group of processes.
      if (browser.pid) process.kill(-browser.pid, "SIGKILL");
      server.closeAllConnections();
      server.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }, 60_000);
});
