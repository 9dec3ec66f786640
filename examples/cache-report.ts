// The prompt cache: measure a hit, break it, and read why.
import {
  createThread,
  explainCacheMiss,
  fingerprint,
  prompt,
  reasoning,
  request,
} from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const answers = ["One.", "Two.", "Three."].map((text) => says(text));
const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(answers);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.1-sol";
const task = request({
  model,
  ...reasoning("low"),
  ...prompt({
    model,
    instructions: "You count, one number at a time.",
    context: [
      Array.from({ length: 400 }, (_, i) => `Fact ${i}: ${i} follows ${i - 1}.`).join("\n"),
    ],
    task: "Begin.",
  }),
});

console.log("\nsection        tokens  hash");
for (const [name, { tokens, hash }] of Object.entries(fingerprint(task))) {
  console.log(`${name.padEnd(14)} ${String(tokens).padStart(6)}  ${hash}`);
}

const thread = createThread(client, task, {
  onWarning: ({ path, message }) => console.log(`\nwarning: ${path} ${message}`),
});
report("first", await thread.send());
report("second", await thread.send("Go on."));

// A change the API sees at the head of the prompt: everything after it must be read anew.
const changed = request({ ...task, ...reasoning("high") });
console.log("\nbefore it is sent:", explainCacheMiss(task, changed));

// The same change by an item at the end of the transcript keeps the cache.
thread.change(reasoning("high"));
report("third, with more effort", await thread.send("Go on."));

function report(name: string, { cache, cost }: Awaited<ReturnType<typeof thread.send>>): void {
  const share = `${(cache.hitRatio * 100).toFixed(0)} % read`;
  console.log(`\n${name}: ${share}, ${cache.writtenTokens} tokens written, $${cost?.toFixed(6)}`);
  if (cache.miss) console.log(`missed: ${cache.miss.reason} at ${cache.miss.path}`);
}
