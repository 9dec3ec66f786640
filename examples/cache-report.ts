// The prompt cache: measure a hit, break it, and read why.
import {
  createThread,
  explainCacheMiss,
  fingerprint,
  prompt,
  reasoning,
  request,
  respond,
  type Turn,
} from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const answers = ["One.", "Two.", "One.", "Three."].map((text) => says(text));
const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(answers);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.1-sol";
const facts = Array.from({ length: 400 }, (_, i) => `Fact ${i}: ${i} follows ${i - 1}.`).join("\n");
const ask = (instructions: string) =>
  request({
    model,
    ...reasoning("low"),
    ...prompt({ model, instructions, context: [facts], task: "Begin." }),
  });
const task = ask("You count, one number at a time.");
const onWarning = (warning: { path: string; message: string }) =>
  console.log(`warning: ${warning.path}: ${warning.message}`);

const thread = createThread(client, task, { onWarning });
report("first", await thread.send());
report("second", await thread.send("Go on."));

console.log("\nThe clock in the instructions is new text at the head of every request:");
const stamped = ask(`You count, one number at a time. It is ${new Date().toISOString()}.`);
report("broken", await respond(client, stamped, { onWarning }));
const miss = explainCacheMiss(task, stamped);
if (miss) console.log(`${miss.reason} at ${miss.path}, ${miss.reusable.tokens} tokens still fit`);
const before = new Map(Object.entries(fingerprint(task)));
for (const [section, { hash, tokens }] of Object.entries(fingerprint(stamped))) {
  if (before.get(section)?.hash !== hash) console.log(`changed: ${section}, ${tokens} tokens`);
}

console.log("\nA thread changes its settings by an item at the end, and keeps the cache:");
thread.change(reasoning("high"));
report("third", await thread.send("Go on."));

function report(name: string, { cache, cost }: Turn): void {
  const share = `${(cache.hitRatio * 100).toFixed(0)} % read from the cache`;
  console.log(`${name}: ${share}, ${cache.writtenTokens} tokens written, $${cost?.toFixed(6)}`);
}
