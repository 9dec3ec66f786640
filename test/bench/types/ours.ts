import OpenAI from "openai";
import { z } from "zod";
import {
  answer,
  applyPatchTool,
  autoCompact,
  codeInterpreter,
  computer,
  continueFrom,
  createThread,
  customTool,
  fileSearch,
  imageGeneration,
  isCodexError,
  lark,
  mcp,
  namespace,
  output,
  programmaticToolCalling,
  prompt,
  reasoning,
  regex,
  request,
  respond,
  restoreThread,
  run,
  runStream,
  shellTool,
  stateless,
  stream,
  tool,
  toolSearch,
  tools,
  webSearch,
} from "../../../src/index.ts";

const client = new OpenAI();
const files = new Map<string, string>();

const readFile = tool({
  name: "read_file",
  description: "Reads a file.",
  parameters: z.object({
    path: z.string(),
    from: z.number().optional(),
    to: z.number().optional(),
  }),
  parallel: true,
  execute: ({ path, from = 0, to }) => (files.get(path) ?? "").slice(from, to),
});
const search = tool({
  name: "search",
  description: "Searches files.",
  parameters: z.object({ pattern: z.string(), globs: z.array(z.string()) }),
  execute: ({ pattern, globs }) =>
    [...files.keys()].filter((path) => path.includes(pattern) || globs.includes(path)),
});
const rename = tool({
  name: "rename",
  parameters: z.object({ from: z.string(), to: z.string(), mode: z.enum(["move", "copy"]) }),
  execute: ({ from, to, mode }) => `${mode} ${from} ${to}`,
});
const calculate = customTool({
  name: "calculate",
  grammar: lark("start: NUMBER\nNUMBER: /[0-9]+/"),
  execute: (input) => input.trim(),
});
const stamp = customTool({ name: "stamp", grammar: regex("\\d{4}"), execute: (input) => input });
const shell = shellTool({
  execute: ({ command }) => ({ stdout: command, stderr: "", exitCode: 0 }),
});
const patch = applyPatchTool({ apply: ({ files }) => `${files.length} applied` });
const hosted = [
  webSearch({ search_context_size: "low" }),
  fileSearch({ vector_store_ids: ["vs_1"] }),
  codeInterpreter(),
  imageGeneration({ size: "1024x1024" }),
  computer(),
  mcp({ server_label: "docs", server_url: "https://example.com/mcp", require_approval: "never" }),
  programmaticToolCalling(),
];
const lookup = namespace({ name: "crm", description: "Customers.", tools: [rename] });

const Review = z.object({
  verdict: z.enum(["approve", "reject"]),
  findings: z.array(z.object({ path: z.string(), line: z.number(), text: z.string() })),
});

export const edit = request({
  model: "gpt-6.2-sol",
  ...reasoning("high"),
  ...tools([readFile, search, rename, calculate, stamp, shell, patch], { allow: ["read_file"] }),
  ...prompt({
    model: "gpt-6.2-sol",
    instructions: "Fix it.",
    project: [{ path: "AGENTS.md", text: "Run the tests." }],
    task: "Make the test pass.",
  }),
});
export const research = request({
  model: "gpt-6.1-sol",
  ...reasoning({ effort: "low", summary: "auto" }),
  ...tools([...hosted, toolSearch(), lookup]),
  ...prompt({ instructions: "Find out.", task: "What changed?" }),
  ...autoCompact(200_000),
});
export const review = request({
  model: "gpt-5.5",
  ...reasoning("medium"),
  ...output(Review, { name: "review", verbosity: "low" }),
  ...prompt({ instructions: "Review it.", task: "diff" }),
  ...stateless(),
});

export async function reviewed(): Promise<string[]> {
  const turn = await respond(client, review);
  const { verdict, findings } = turn.parsed;
  return [verdict, ...findings.map(({ path, line, text }) => `${path}:${line} ${text}`)];
}

export async function said(): Promise<string> {
  let text = "";
  for await (const delta of stream(client, research).text()) text += delta;
  const last = await respond(client, { ...research, ...continueFrom("resp_1") });
  return text + last.text;
}

export async function fixed(): Promise<string | undefined> {
  const result = await run(client, edit, {
    limits: { turns: 40, usd: 2 },
    compact: { at: 0.8 },
    approve: () => true,
  });
  return result.stop === "done" ? result.text : undefined;
}

export async function watched(): Promise<number> {
  const events = runStream(client, edit);
  for await (const event of events) {
    if (event.type === "response.output_text.delta") console.log(event.delta);
    if (event.type === "run.call") console.log(event.call.type);
  }
  const { usage } = await events.result;
  return usage?.total_tokens ?? 0;
}

export async function talked(): Promise<string> {
  const thread = createThread(client, research);
  try {
    const first = await thread.send();
    thread.change(reasoning("high"));
    await thread.send(first.calls.map((call) => answer(call, "none")));
  } catch (error) {
    if (isCodexError(error)) console.log(error.kind, error.partial?.text);
  }
  const again = restoreThread(client, JSON.stringify(thread), tools([rename]));
  return (await again.send("And now?")).text;
}
