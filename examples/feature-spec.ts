// A feature from a specification: an agent writes it, and reports in a shape that is then checked.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, prompt, reasoning, request, run, tools } from "codex-responses";
import { workspace } from "codex-responses/node";
import { mockResponses, patches, runs, says } from "codex-responses/testing";
import OpenAI from "openai";
import { z } from "zod";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const report = z.object({
  filesChanged: z.array(z.string()).describe("Paths, tests left out"),
  testsAdded: z.array(z.object({ path: z.string(), name: z.string() })),
  explanation: z.string().describe("For the pull request, two sentences at most"),
});
const specification = `slugify(title) makes a title fit for a URL.
1. Lower case, and every run of other characters than a-z and 0-9 is one "-".
2. No "-" at either end.`;

const root = await mkdtemp(join(tmpdir(), "feature-spec-"));
try {
  await writeFile(join(root, "package.json"), '{ "type": "module" }\n');
  const model = "gpt-6.2-sol";
  const task = request({
    model,
    ...reasoning("medium"),
    ...tools(workspace(root).tools),
    ...output(report, { name: "report" }),
    ...prompt({
      model,
      instructions: "You write the feature with tests for node --test, run them, then report.",
      task: specification,
    }),
  });
  const result = await run(client, task, { limits: { turns: 20, usd: 1 } });
  if (!result.parsed) throw new Error(`No report: the run stopped with ${result.stop}`);

  const { filesChanged, testsAdded, explanation } = result.parsed;
  console.log(`\n${explanation}`);
  for (const path of filesChanged) console.log(`${exists(path)} ${path}`);
  for (const { path, name } of testsAdded) console.log(`${exists(path)} ${path}: ${name}`);
  const options = { cwd: root, env: {}, timeout: 60_000 }; // no secrets for what a model wrote
  const { status } = spawnSync(process.execPath, ["--test"], options);
  console.log(`tests ${status === 0 ? "pass" : "fail"}, $${result.cost?.toFixed(4) ?? " unknown"}`);
} finally {
  await rm(root, { recursive: true });
}

function exists(path: string): string {
  return existsSync(join(root, path)) ? "ok     " : "MISSING";
}

function script() {
  const patch = `*** Begin Patch
*** Add File: slugify.js
+export function slugify(title) {
+  return title.toLowerCase().match(/[a-z0-9]+/g)?.join("-") ?? "";
+}
*** Add File: slugify.test.js
+import assert from "node:assert/strict";
+import { test } from "node:test";
+import { slugify } from "./slugify.js";
+
+test("runs of other characters become one dash", () => {
+  assert.equal(slugify("Fish & Chips"), "fish-chips");
+});
+test("no dash at either end", () => {
+  assert.equal(slugify("¿Why?"), "why");
+});
*** End Patch`;
  const path = "slugify.test.js";
  const done = {
    filesChanged: ["slugify.js"],
    testsAdded: [
      { path, name: "runs of other characters become one dash" },
      { path, name: "no dash at either end" },
    ],
    explanation: "slugify keeps the words of a title and joins them with dashes.",
  };
  return [patches(patch), runs("node --test"), says(JSON.stringify(done))];
}
