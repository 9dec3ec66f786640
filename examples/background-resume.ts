// A background job that outlives its reader: another process goes on where the first one was lost.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prompt, reasoning, request, stream } from "codex-responses";
import { cuts, mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const connect = () => new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.2-sol";
const job = request({
  model,
  background: true,
  ...reasoning("medium"),
  ...prompt({ model, task: "Explain in five sentences how to split a large pull request." }),
});
const folder = await mkdtemp(join(tmpdir(), "background-resume-"));
const file = join(folder, "job.json");
try {
  const before = await start();
  console.log(`\n-- lost after ${before.length} characters; ${await readFile(file, "utf8")}`);
  const after = await resume();
  console.log(`\n-- each character once: ${before + after.text === after.whole}`);
} finally {
  await rm(folder, { recursive: true });
}

/** The first process: it notes where it stands, and is gone after the tenth piece of the text. */
async function start(): Promise<string> {
  const events = stream(connect(), job); // a lost connection is made anew by itself
  const pieces: string[] = [];
  for await (const event of events) {
    if (event.type !== "response.output_text.delta") continue;
    process.stdout.write(event.delta);
    pieces.push(event.delta);
    const point = { responseId: events.snapshot?.id, sequenceNumber: event.sequence_number };
    await writeFile(file, JSON.stringify(point));
    if (pieces.length === 10) break; // the job runs on: only events.cancel() would end it
  }
  return pieces.join("");
}

/** The second process: all it has is the file. */
async function resume(): Promise<{ text: string; whole: string }> {
  const events = stream(connect(), job, { resume: JSON.parse(await readFile(file, "utf8")) });
  let text = "";
  for await (const piece of events.text()) {
    process.stdout.write(piece);
    text += piece;
  }
  const turn = await events.final();
  return { text, whole: turn.text };
}

/** Besides, the connection of the first process breaks after eight events. */
function script() {
  const text = `First find the seams: renames, moves and pure refactorings need no discussion.
Send those alone, so that the rest of the change is small enough to read.
Then cut what is left by behavior, one decision in each request, with its tests.
Keep every step releasable, behind a switch where it has to be.
Last, say in each description what came before and what follows.`;
  return [cuts({ after: 8, reply: says(text) })];
}
