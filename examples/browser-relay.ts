// A page in a browser reads a model's events through your server, and the key stays here.
// Usage: node browser-relay.ts [--port 8080]
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { reasoning, request, stream } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
const answer = says("This text crossed your server and was read by parseEvents, word by word.");
const server = process.env.OPENAI_API_KEY
  ? undefined
  : mockResponses(() => answer, { delayMs: 40 });
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

/** What the page imports, as it lies in node_modules. */
const packages = new Map([
  ["codex-responses", new URL("dist/", import.meta.resolve("codex-responses/package.json"))],
  ["eventsource-parser", new URL(".", import.meta.resolve("eventsource-parser"))],
]);
function moduleAt(url: string): URL | undefined {
  const [, name = "", file = ""] = /^\/([\w-]+)\/([\w-]+\.js)$/.exec(url) ?? [];
  const folder = packages.get(name);
  return folder && new URL(file, folder);
}
const imports = Object.fromEntries([...packages.keys()].map((name) => [name, `/${name}/index.js`]));

const page = `<!doctype html>
<meta charset="utf-8">
<title>Relay</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<form><input name="task" size="60" value="Say hello."> <button disabled>Send</button></form>
<pre></pre>
<script type="module">
  import { parseEvents } from "codex-responses";
  const [form, pre] = [document.querySelector("form"), document.querySelector("pre")];
  form.querySelector("button").disabled = false;
  form.onsubmit = async (submitted) => {
    submitted.preventDefault();
    pre.textContent = "";
    try {
      const response = await fetch("/turn", { method: "POST", body: form.task.value });
      for await (const event of parseEvents(response)) {
        if (event.type === "response.output_text.delta") pre.append(event.delta);
      }
    } catch (error) {
      pre.append("\\n" + error.kind + ": " + error.message);
    }
  };
</script>`;

async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url = "/", headers } = incoming;
  const file = moduleAt(url);
  const isOwnPage = headers["sec-fetch-site"] === "same-origin"; // no other may spend your money
  if (method === "POST" && url === "/turn" && isOwnPage) {
    const task = request({
      model: "gpt-6.2-sol",
      ...reasoning("low"),
      input: await text(incoming),
    });
    const reply = stream(client, task).toResponse();
    outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
    await reply.body?.pipeTo(Writable.toWeb(outgoing)); // a page that leaves cancels the request
  } else if (file) {
    const code = await readFile(file);
    outgoing.writeHead(200, { "content-type": "text/javascript" }).end(code);
  } else if (url === "/") {
    outgoing.writeHead(200, { "content-type": "text/html" }).end(page);
  } else {
    outgoing.writeHead(404).end();
  }
}

const app = createServer((incoming, outgoing) => {
  handle(incoming, outgoing).catch((error: unknown) => {
    if (outgoing.destroyed) return; // the page went away
    console.error(String(error));
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  });
});
app.listen(Number(values.port), "127.0.0.1", () => {
  const address = app.address();
  if (typeof address === "object") console.log(`Open http://127.0.0.1:${address?.port}/`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => app.close());
