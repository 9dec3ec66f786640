// A coding agent repairs a failing test: real files, a real shell, a real patch.
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { modelInfo, prompt, type RunEvent, reasoning, request, run, tools } from "codex-responses";
import { loadAgentsMd, workspace } from "codex-responses/node";
import { mockResponses } from "codex-responses/testing";
import OpenAI from "openai";

const usage = `Usage: npm start -- [--model ID] [--max-turns N] [--max-usd N] [--script FILE]
  --model      default gpt-6.2-sol
  --max-turns  requests at most, default 20
  --max-usd    USD at most, default 1
  --script     what the scripted server plays while OPENAI_API_KEY is not set`;

const files = new URL("fix-failing-test/", import.meta.url);
const { model, turns, usd, script } = options();
const { script: steps } = await import(script.href);
const server = process.env.OPENAI_API_KEY ? undefined : await mockResponses(steps).listen();
const client = server ? new OpenAI({ apiKey: "none", baseURL: server.url }) : new OpenAI();
if (server) console.log(`No OPENAI_API_KEY: a scripted server plays ${model}, the rest is real.`);
else console.log(`Calling ${client.baseURL} with ${model}.`);

const folder = await mkdtemp(join(tmpdir(), "fix-failing-test-"));
const [original, root] = [join(folder, "a"), join(folder, "b")];
try {
  for (const copy of [original, root])
    await cp(new URL("project", files), copy, { recursive: true });
  const before = test();
  const task = request({
    model,
    ...reasoning("medium"),
    ...tools(workspace(root).tools),
    ...prompt({
      model,
      instructions: "You are a coding agent. Find the cause, make the smallest fix, run the tests.",
      project: await loadAgentsMd(root),
      task: "A test fails. Make it pass, then say in one sentence what was wrong.",
    }),
  });
  const result = await run(client, task, { limits: { turns, usd }, onEvent: show });

  const after = test();
  console.log(`\n${diff()}`);
  console.log(`tests   before: ${before.summary}, after: ${after.summary}`);
  const { usage: tokens, cache, cost } = result;
  console.log(`turns   ${result.turns.length}`);
  console.log(`tokens  ${tokens?.input_tokens ?? 0} in, ${tokens?.output_tokens ?? 0} out`);
  console.log(`cached  ${(cache.hitRatio * 100).toFixed(0)} % of the input`);
  console.log(`cost    ${cost === undefined ? "unknown" : `$${cost.toFixed(4)}`}`);
  console.log(`stop    ${result.stop}`);
  const fixed = after.passed && result.stop === "done";
  console.log(fixed ? "FIXED" : "NOT FIXED");
  process.exitCode = fixed ? 0 : 1;
} finally {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}

function show(event: RunEvent): void {
  if (event.type === "run.request") console.log(`\nturn ${event.number}`);
  if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
  if (event.type === "run.call" && "name" in event.call) console.log(`  → ${event.call.name}`);
}

function test(): { passed: boolean; summary: string } {
  const options = { cwd: root, env: {}, timeout: 60_000, encoding: "utf8" } as const; // no secrets
  const { status, stdout } = spawnSync(process.execPath, ["--test"], options);
  const count = (word: string) => new RegExp(`[ℹ#] ${word} (\\d+)`).exec(stdout)?.[1] ?? "?";
  return { passed: status === 0, summary: `${count("pass")} passed, ${count("fail")} failed` };
}

function diff(): string {
  const git = ["diff", "--no-index", "--no-color", "--no-prefix", "a", "b"];
  const { stdout, error } = spawnSync("git", git, { cwd: folder, encoding: "utf8" });
  return error ? `No diff: git cannot be started (${error.message})` : stdout || "Nothing changed.";
}

function options() {
  try {
    const text = { type: "string" } as const;
    const names = { model: text, "max-turns": text, "max-usd": text, script: text };
    const { values } = parseArgs({ options: names });
    const { model = "gpt-6.2-sol" } = values;
    const [turns, usd] = [Number(values["max-turns"] ?? 20), Number(values["max-usd"] ?? 1)];
    if (!Number.isInteger(turns) || turns < 1) throw new Error("--max-turns needs a whole number");
    if (!(usd > 0)) throw new Error("--max-usd needs a positive number");
    if (!modelInfo(model)?.usdPerMillion) throw new Error(`--model: no price is known of ${model}`);
    const script = values.script ? pathToFileURL(values.script) : new URL("script.ts", files);
    return { model, turns, usd, script };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}
