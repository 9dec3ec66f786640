// A project's AGENTS.md files, found as Codex finds them, and a prompt for each task.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprint, prompt, reasoning, request, respond } from "codex-responses";
import { loadAgentsMd } from "codex-responses/node";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const answers = [
  says("Use tabs and name the test after the bug."),
  says("npm test, in packages/api."),
];
const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(answers);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const model = "gpt-6.2-sol";
const root = await mkdtemp(join(tmpdir(), "agents-md-"));
try {
  const api = join(root, "packages", "api");
  await mkdir(api, { recursive: true });
  await mkdir(join(root, ".git"));
  await writeFile(join(root, "AGENTS.md"), "Indent with tabs. Every bug gets its test first.");
  await writeFile(join(api, "AGENTS.md"), "Run the tests with npm test in packages/api.");

  // Root first, and the nearest last: what it says there wins.
  const project = await loadAgentsMd(api, { home: join(root, "nobody") });
  for (const { path } of project) console.log(`- ${path.replace(root, "")}`);

  const ask = (task: string) =>
    request({
      model,
      ...reasoning("low"),
      ...prompt({ model, instructions: "You help with this project.", project, task }),
    });
  for (const task of ["How do I write the fix?", "How do I test it?"]) {
    const { text } = await respond(client, ask(task));
    console.log(`\n${task}\n${text}`);
  }
  // The tasks differ, and all that comes before them is the same to the byte.
  const [one, other] = [fingerprint(ask("One task.")), fingerprint(ask("Another."))];
  console.log(`\nSame instructions: ${one.instructions.hash === other.instructions.hash}`);
  console.log(
    `Same cache key: ${ask("One task.").prompt_cache_key === ask("Another.").prompt_cache_key}`,
  );
} finally {
  await rm(root, { recursive: true });
}
