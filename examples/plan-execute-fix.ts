// One model plans, another executes the plan, a third makes the quick fixes: and the bill of each.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prompt, reasoning, request, respond, run, tools } from "codex-responses";
import { workspace } from "codex-responses/node";
import { mockResponses, patches, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the models." : "Calling the API.");

const [planner, worker, fixer] = ["gpt-6.2-astra", "gpt-6.2-sol", "gpt-6-luna"] as const;
const tests = `import assert from "node:assert/strict";
import { test } from "node:test";
import { median } from "./median.js";
test("odd", () => assert.equal(median([10, 9, 2]), 9));
test("even", () => assert.equal(median([4, 1, 3, 2]), 2.5));
`;
const bill: { role: string; model: string; cost: number | undefined }[] = [];

const root = await mkdtemp(join(tmpdir(), "plan-execute-fix-"));
try {
  await writeFile(join(root, "package.json"), '{ "type": "module" }\n');
  await writeFile(join(root, "median.test.js"), tests);
  const task = `Write median.js so that these tests pass:\n${tests}`;

  const plan = await respond(
    client,
    request({
      model: planner,
      ...reasoning("high"),
      ...prompt({ model: planner, instructions: "Plan in a few numbered steps, no code.", task }),
    }),
  );
  console.log(`\n${plan.text}`);
  bill.push({ role: "plan", model: planner, cost: plan.cost });

  await work("execute", worker, `${task}\n\nThe plan:\n${plan.text}`);
  let report = test();
  for (let tries = 0; report && tries < 3; tries++) {
    await work("fix", fixer, `Fix this and nothing else:\n${report}`);
    report = test();
  }

  console.log(`\ntests ${report ? "fail" : "pass"}`);
  for (const { role, model, cost } of bill) {
    console.log(`${role.padEnd(8)} ${model.padEnd(14)} $${cost?.toFixed(6) ?? " unknown"}`);
  }
} finally {
  await rm(root, { recursive: true });
}

async function work(role: string, model: typeof worker | typeof fixer, task: string) {
  const params = request({
    model,
    ...reasoning("low"),
    ...tools(workspace(root).tools),
    ...prompt({ model, instructions: "You are a coding agent. Change files, then stop.", task }),
  });
  const { stop, text, cost } = await run(client, params, { limits: { turns: 20, usd: 0.5 } });
  console.log(`\n${role}, ${stop}: ${text}`);
  bill.push({ role, model, cost });
}

/** What failed, or nothing. */
function test(): string {
  const options = { cwd: root, env: {}, timeout: 60_000, encoding: "utf8" } as const; // no secrets
  const { status, stdout } = spawnSync(process.execPath, ["--test"], options);
  return status === 0 ? "" : stdout.slice(-4000);
}

/** The worker forgets that sort() compares as text. */
function script() {
  const code = `*** Begin Patch
*** Add File: median.js
+export function median(list) {
+  const sorted = [...list].sort();
+  const half = (sorted.length - 1) / 2;
+  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
+}
*** End Patch`;
  const fix = `*** Begin Patch
*** Update File: median.js
@@
-  const sorted = [...list].sort();
+  const sorted = [...list].sort((a, b) => a - b);
*** End Patch`;
  return [
    says("1. Sort a copy.\n2. Average the two middle values, which are one for odd lengths."),
    ...[patches(code), says("median.js is written.")],
    ...[patches(fix), says("Numbers are compared as numbers now.")],
  ];
}
