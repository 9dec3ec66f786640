// A streamed edit, stopped at the end of the patch: what the cut turn cost is known all the same.
import { applyPatch, isCodexError, prompt, reasoning, stream } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses([says(reply())]);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.2-sol";
const path = "src/slug.js";
const source = `export function slug(title) {
  return title.toLowerCase().replace(" ", "-");
}
`;
const end = "*** End Patch";

const events = stream(client, {
  model,
  ...reasoning("low"),
  ...prompt({
    model,
    instructions: `Answer with one patch, in the format of apply_patch:
*** Begin Patch
*** Update File: path
@@
 a line before
-a line to remove
+a line to add
${end}`,
    task: `Replace every space, not only the first.\n\n${path}:\n${source}`,
  }),
});
let text = "";
for await (const delta of events.text()) {
  process.stdout.write(delta);
  text += delta;
  if (text.includes(end)) break; // leaving the loop cancels the request
}

const turn = await events.final().catch((error: unknown) => {
  if (isCodexError(error) && error.kind === "cancelled" && error.partial) return error.partial;
  throw error;
});
const patch = text.slice(text.indexOf("*** Begin Patch"), text.indexOf(end) + end.length);
console.log(`\n\n${path} is now:\n${applyPatch({ [path]: source }, patch)[path]}`);
const { input_tokens = 0, output_tokens = 0 } = turn.usage ?? {};
console.log(`${turn.estimated ? "Cut: about" : "Whole:"} ${input_tokens} tokens in,`);
console.log(`${output_tokens} out, $${turn.cost?.toFixed(6) ?? " unknown"}`);

function reply(): string {
  return `*** Begin Patch
*** Update File: src/slug.js
@@
-  return title.toLowerCase().replace(" ", "-");
+  return title.toLowerCase().replaceAll(" ", "-");
*** End Patch

${"And now a long explanation that nobody asked for and nobody pays for. ".repeat(50)}`;
}
