// Three turns of one thread, another way on from the first of them, and the thread from its JSON.
import { createThread, prompt, reasoning, request, restoreThread } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.2-sol";
const source = "export const half = (n) => n >> 1;";
const thread = createThread(
  client,
  request({
    model,
    ...reasoning("low"),
    ...prompt({ model, instructions: "Be brief.", context: [`src/half.js:\n${source}`] }),
  }),
);

const bug = await thread.send("Name a bug.");
console.log(`\n1. ${bug.text}`);
console.log(`2. ${(await thread.send("Propose a fix.")).text}`);
console.log(`3. ${(await thread.send("Write the test.")).text}`);

const fork = thread.fork(bug);
console.log(`\nFrom turn 1 another way: ${(await fork.send("Is it worth fixing?")).text}`);

const saved = JSON.stringify(thread);
const restored = restoreThread(client, saved);
const turn = await restored.send("Sum up in one line.");
console.log(`\nFrom ${saved.length} characters of JSON: ${turn.text}`);

const { usage, cost } = restored;
console.log(`\n${restored.turns.map(({ chain }) => chain).join(", ")}`);
console.log(`${usage?.total_tokens} tokens, $${cost?.toFixed(6)}`);

function script() {
  return [
    says("For odd and for large numbers it is wrong: >> cuts to 32 bits."),
    says("Return n / 2."),
    says("assert.equal(half(2 ** 40), 2 ** 39);"),
    says("Yes: it is one character."),
    says("half() cut to 32 bits, and now it divides."),
  ];
}
