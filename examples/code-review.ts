// A code review of a git diff, as findings with a type: each one points at a line that was added.
// Usage: node code-review.ts [what git diff takes, such as main...HEAD]
import { execFileSync } from "node:child_process";
import { output, prompt, reasoning, request, respond } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { z } from "zod";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses([says(review())]);
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const findings = z.array(
  z.object({
    severity: z.enum(["high", "medium", "low"]),
    path: z.string(),
    line: z.int().describe("In the new file"),
    problem: z.string(),
    fix: z.string(),
  }),
);

const range = process.argv.slice(2);
const diff = range.length > 0 ? git("diff", "--no-color", "--dst-prefix=b/", ...range) : sample();
const model = "gpt-6.2-sol";
const { parsed, cost } = await respond(
  client,
  request({
    model,
    ...reasoning("high"),
    ...output(z.object({ findings }), { name: "review" }),
    ...prompt({
      model,
      instructions: "Review the diff. Report what is wrong with its added lines, and no taste.",
      task: diff,
    }),
  }),
);

const added = addedLines(diff);
const found = parsed.findings.filter(({ path, line }) => added.has(`${path}:${line}`));
for (const { severity, path, line, problem, fix } of found) {
  console.log(`\n${severity} ${path}:${line}\n  ${problem}\n  Fix: ${fix}`);
}
const stray = parsed.findings.length - found.length;
console.log(`\n${found.length} findings; left out, as its line was not added: ${stray}`);
console.log(`cost: $${cost?.toFixed(6) ?? " unknown"}`);

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
}

/** Every added line as `path:line`. */
function addedLines(text: string): Set<string> {
  const lines = new Set<string>();
  let [path, line] = ["", 0];
  for (const row of text.split("\n")) {
    const [, file] = /^\+\+\+ (?:b\/)?(.*)/.exec(row) ?? [];
    const [, start] = /^@@ \S+ \+(\d+)/.exec(row) ?? [];
    if (file) path = file;
    else if (start) line = Number(start);
    else if (row.startsWith("+")) lines.add(`${path}:${line++}`);
    else if (row.startsWith(" ")) line++;
  }
  return lines;
}

function sample(): string {
  return `diff --git a/src/page.js b/src/page.js
--- a/src/page.js
+++ b/src/page.js
@@ -1,4 +1,5 @@
 export function page(list, number, size = 20) {
-  const start = (number - 1) * size;
-  return list.slice(start, start + size);
+  const start = number * size;
+  const end = Math.min(start + size, list.length - 1);
+  return list.slice(start, end);
 }
`;
}

/** Two findings that hold, and one about a line that nobody touched. */
function review(): string {
  const path = "src/page.js";
  const off = { path, problem: "Pages count from 1: the first is skipped.", fix: "number - 1" };
  const last = { path, problem: "The last entry is never shown.", fix: "list.length" };
  const taste = { path, problem: "The name is too short.", fix: "pageOf" };
  return JSON.stringify({
    findings: [
      { severity: "high", line: 2, ...off },
      { severity: "medium", line: 3, ...last },
      { severity: "low", line: 1, ...taste },
    ],
  });
}
