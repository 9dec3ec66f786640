// An OpenAI-compatible gateway: its base URL, its spelling of the model, and its own price.
// Usage: OPENAI_BASE_URL=https://gateway.example/v1 OPENAI_API_KEY=… node gateway.ts [model]
import { costOf, modelInfo, models, prompt, reasoning, request, respond } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses([says(quicksort())]);
const gateway = await server?.listen();
const baseURL = gateway?.url ?? process.env.OPENAI_BASE_URL;
if (!baseURL) throw new Error("Set OPENAI_BASE_URL: OpenAI does not know a gateway's models");
if (gateway) console.log(`No OPENAI_API_KEY: a scripted server is the gateway at ${baseURL}.`);
else console.log(`Calling the gateway at ${baseURL}.`);
// The key, and whatever headers the gateway wants, are the client's business.
const client = new OpenAI({ baseURL, ...(gateway && { apiKey: "none" }) });

// The catalogue reads through prefixes, dots written as dashes, and dates.
const model = process.argv[2] ?? "openai/gpt-5-3-codex";
const info = modelInfo(model);
console.log(`\n${model}: efforts ${info?.efforts?.join(", ") ?? "unknown"}`);

// So a wrong effort is found here, before the gateway answers with a 400 of its own.
try {
  request({ model, ...reasoning("max"), input: "Hi" });
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}

try {
  const task = "Write quicksort in one line of JavaScript.";
  const turn = await respond(
    client,
    request({ model, ...reasoning("low"), ...prompt({ model, task }) }),
  );
  console.log(`\n${turn.response.model}: ${turn.text}`);

  // Where an id goes, a model of your own goes too: here one with the gateway's prices.
  const usdPerMillion = { input: 1.9, cachedInput: 0.19, cacheWrite: null, output: 15 };
  const own = costOf({ ...(info ?? models["gpt-5.3-codex"]), usdPerMillion }, turn.usage);
  console.log(`\nOpenAI's price: ${usd(turn.cost)}, the gateway's: ${usd(own)}`);
} finally {
  await gateway?.close();
}

function usd(cost: number | undefined): string {
  return cost === undefined ? "unknown" : `$${cost.toFixed(6)}`;
}

function quicksort(): string {
  return "const sort = ([p, ...r]) => p === undefined ? [] : [...sort(r.filter((x) => x < p)), p, …];";
}
