// An edit worker: source and task in, a unified diff out that is proved to apply.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createThread, prompt, reasoning, request } from "codex-responses";
import { mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const name = "retry.js";
const source = `export async function retry(task, times) {
  for (let i = 0; i < times; i++) {
    try {
      return await task();
    } catch {}
  }
}
`;

const folder = await mkdtemp(join(tmpdir(), "edit-diff-"));
try {
  await writeFile(join(folder, name), source);
  const { diff, cost } = await edit("When every try fails, throw the last error.");
  console.log(`\n${diff}`);
  execFileSync("git", ["apply"], { cwd: folder, input: diff });
  const edited = await readFile(join(folder, name), "utf8");
  console.log(`applied: ${source.length} characters became ${edited.length}`);
  console.log(`cost: $${cost?.toFixed(6) ?? " unknown"}`);
} finally {
  await rm(folder, { recursive: true });
}

/** Gives git's complaint back to the model, at most twice. */
async function edit(task: string): Promise<{ diff: string; cost: number | undefined }> {
  const model = "gpt-6.2-sol";
  const instructions = "Reply with a unified diff for git apply, and nothing else.";
  const files = `${name}:\n${source}`;
  const params = {
    model,
    ...reasoning("low"),
    ...prompt({ model, instructions, context: [files] }),
  };
  const thread = createThread(client, request(params));
  let asked = task;
  for (let tries = 1; tries <= 3; tries++) {
    const diff = `${(await thread.send(asked)).text.trimEnd()}\n`;
    const check = spawnSync("git", ["apply", "--check"], {
      cwd: folder,
      input: diff,
      encoding: "utf8",
    });
    if (check.error) throw check.error;
    if (check.status === 0) return { diff, cost: thread.cost };
    console.log(`try ${tries}: ${check.stderr.trim()}`);
    asked = `git apply --check says:\n${check.stderr}\nReply with the whole corrected diff.`;
  }
  throw new Error("No diff that applies after three tries");
}

/** First with a line that is not in the file, as models do. */
function script() {
  const diff = `--- a/retry.js
+++ b/retry.js
@@ -1,7 +1,11 @@
 export async function retry(task, times) {
+  let last;
   for (let i = 0; i < times; i++) {
     try {
       return await task();
-    } catch {}
+    } catch (error) {
+      last = error;
+    }
   }
+  throw last;
 }`;
  return [says(diff.replace("catch {}", "catch (e) {}")), says(diff)];
}
