// A screenshot becomes one HTML file, shown while the model still writes it.
// Usage: node screenshot-to-code.ts [screenshot.png] [page.html]
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { prompt, reasoning, request, stream } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses([script]);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const sample = fileURLToPath(new URL("screenshot-to-code/sign-in.png", import.meta.url));
const [screenshot = sample, page] = process.argv.slice(2);
const format = extname(screenshot).slice(1).replace("jpg", "jpeg");
const base64 = await readFile(screenshot, "base64");

const model = "gpt-6.2-sol";
const events = stream(
  client,
  request({
    model,
    ...reasoning("medium"),
    ...prompt({
      model,
      instructions: "Answer with one HTML file, styles inside, no Markdown around it.",
      task: [
        { type: "input_text", text: "Rebuild this page, with labels for screen readers." },
        // "original" keeps small text legible, for more tokens than "high".
        { type: "input_image", image_url: `data:image/${format};base64,${base64}`, detail: "high" },
      ],
    }),
  }),
);

for await (const text of events.text()) process.stdout.write(text);
const { text, usage, cost } = await events.final();
if (page) await writeFile(page, text);
console.log(`\n${usage?.output_tokens} tokens out, $${cost?.toFixed(6) ?? " unknown"}`);

/** It has no eyes: of the picture it knows the size, which stands in the head of a PNG. */
function script(asked: { body: object }) {
  const [, data = ""] = /base64,([^"]+)/.exec(JSON.stringify(asked.body)) ?? [];
  const png = Buffer.from(data, "base64");
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return says(`<!doctype html>
<html lang="en">
  <title>Sign in</title>
  <style>main { width: ${width}px; height: ${height}px; display: grid; place-content: center }</style>
  <main>
    <form>
      <h1>Sign in</h1>
      <label>Email <input type="email" autocomplete="username"></label>
      <label>Password <input type="password" autocomplete="current-password"></label>
      <button>Continue</button>
    </form>
  </main>
</html>`);
}
