// A coding agent repairs a failing test: real files, a real shell, a real patch.
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { prompt, type RunEvent, reasoning, request, run, tools } from "codex-responses";
import { loadAgentsMd, workspace } from "codex-responses/node";
import { mockResponses } from "codex-responses/testing";
import OpenAI from "openai";

const usage = `Usage: npm start -- [--model ID] [--max-turns N] [--max-usd N] [--script FILE]
  --model      default gpt-6.2-sol
  --max-turns  requests at most, default 20
  --max-usd    USD at most, default 1
  --script     what the scripted server plays while OPENAI_API_KEY is not set`;

const original = fileURLToPath(new URL("fix-failing-test/project", import.meta.url));
const { model, turns, usd, script } = options();

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(await loadScript(script));
const scripted = await server?.listen();
const client = scripted ? new OpenAI({ apiKey: "none", baseURL: scripted.url }) : new OpenAI();
console.log(
  scripted
    ? `No OPENAI_API_KEY: a scripted server plays ${model}. Files, shell, patch and tests are real.`
    : `Calling ${client.baseURL} with ${model}.`,
);

const root = await mkdtemp(join(tmpdir(), "fix-failing-test-"));
try {
  await cp(original, root, { recursive: true });
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
  await scripted?.close();
  await rm(root, { recursive: true, force: true });
}

function show(event: RunEvent): void {
  if (event.type === "run.request") console.log(`\nturn ${event.number}`);
  if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
  if (event.type === "run.call" && "name" in event.call) console.log(`  → ${event.call.name}`);
}

function test(): { passed: boolean; summary: string } {
  const { status, stdout } = spawnSync(process.execPath, ["--test"], {
    cwd: root,
    encoding: "utf8",
  });
  const count = (word: string) => new RegExp(`[ℹ#] ${word} (\\d+)`).exec(stdout)?.[1] ?? "?";
  return { passed: status === 0, summary: `${count("pass")} passed, ${count("fail")} failed` };
}

function diff(): string {
  const git = ["diff", "--no-index", "--no-color", "--no-prefix", original, root];
  const { stdout, error } = spawnSync("git", git, { encoding: "utf8" });
  if (error) return `No diff: git cannot be started (${error.message})`;
  return (
    stdout.replaceAll(original.slice(1), "a").replaceAll(root.slice(1), "b") || "Nothing changed."
  );
}

async function loadScript(path: string | undefined) {
  const url = path ? pathToFileURL(path) : new URL("fix-failing-test/script.ts", import.meta.url);
  return (await import(url.href)).script;
}

function options() {
  try {
    const type = "string";
    const names = {
      model: { type },
      "max-turns": { type },
      "max-usd": { type },
      script: { type },
    } as const;
    const { values } = parseArgs({ options: names });
    const turns = Number(values["max-turns"] ?? 20);
    const usd = Number(values["max-usd"] ?? 1);
    if (!Number.isInteger(turns) || turns < 1) throw new Error("--max-turns needs a whole number");
    if (!(usd > 0)) throw new Error("--max-usd needs a positive number");
    return { model: values.model ?? "gpt-6.2-sol", turns, usd, script: values.script };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}
