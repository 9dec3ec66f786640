import OpenAI from "openai";
import { zodResponsesFunction, zodTextFormat } from "openai/helpers/zod";
import type {
  CustomTool,
  ResponseCreateParamsNonStreaming,
  ResponseInput,
  ResponseOutputItem,
  Tool,
} from "openai/resources/responses/responses";
import { z } from "zod";

const client = new OpenAI();
const files = new Map<string, string>();

const readFile = zodResponsesFunction({
  name: "read_file",
  description: "Reads a file.",
  parameters: z.object({
    path: z.string(),
    from: z.number().nullable(),
    to: z.number().nullable(),
  }),
  function: ({ path, from, to }) => (files.get(path) ?? "").slice(from ?? 0, to ?? undefined),
});
const search = zodResponsesFunction({
  name: "search",
  description: "Searches files.",
  parameters: z.object({ pattern: z.string(), globs: z.array(z.string()) }),
  function: ({ pattern, globs }) =>
    [...files.keys()].filter((path) => path.includes(pattern) || globs.includes(path)).join("\n"),
});
const rename = zodResponsesFunction({
  name: "rename",
  parameters: z.object({ from: z.string(), to: z.string(), mode: z.enum(["move", "copy"]) }),
  function: ({ from, to, mode }) => `${mode} ${from} ${to}`,
});
const calculate: CustomTool = {
  type: "custom",
  name: "calculate",
  format: { type: "grammar", syntax: "lark", definition: "start: NUMBER\nNUMBER: /[0-9]+/" },
};
const stamp: CustomTool = {
  type: "custom",
  name: "stamp",
  format: { type: "grammar", syntax: "regex", definition: "\\d{4}" },
};
const shell: Tool = { type: "shell", environment: { type: "local" } };
const patch: Tool = { type: "apply_patch" };
const hosted: Tool[] = [
  { type: "web_search", search_context_size: "low" },
  { type: "file_search", vector_store_ids: ["vs_1"] },
  { type: "code_interpreter", container: { type: "auto" } },
  { type: "image_generation", size: "1024x1024" },
  { type: "computer" },
  {
    type: "mcp",
    server_label: "docs",
    server_url: "https://example.com/mcp",
    require_approval: "never",
  },
  { type: "programmatic_tool_calling" },
  { type: "tool_search" },
];
const lookup: Tool = {
  type: "namespace",
  name: "crm",
  description: "Customers.",
  tools: [{ type: "function", name: "rename", parameters: {}, strict: false }],
};

const Review = z.object({
  verdict: z.enum(["approve", "reject"]),
  findings: z.array(z.object({ path: z.string(), line: z.number(), text: z.string() })),
});

export const edit = {
  model: "gpt-6.2-sol",
  reasoning: { effort: "high" },
  tools: [readFile, search, rename, calculate, stamp, shell, patch],
  tool_choice: {
    type: "allowed_tools",
    mode: "auto",
    tools: [{ type: "function", name: "read_file" }],
  },
  prompt_cache_key: "fix",
  input: [
    { role: "developer", content: "Fix it." },
    { role: "user", content: "# AGENTS.md\nRun the tests." },
    { role: "user", content: "Make the test pass." },
  ],
} satisfies ResponseCreateParamsNonStreaming;
export const research = {
  model: "gpt-6.1-sol",
  reasoning: { effort: "low", summary: "auto" },
  tools: [...hosted, lookup],
  input: [
    { role: "developer", content: "Find out." },
    { role: "user", content: "What changed?" },
  ],
  context_management: [{ type: "compaction", compact_threshold: 200_000 }],
} satisfies ResponseCreateParamsNonStreaming;
export const review = {
  model: "gpt-5.5",
  reasoning: { effort: "medium" },
  text: { format: zodTextFormat(Review, "review"), verbosity: "low" },
  input: [
    { role: "developer", content: "Review it." },
    { role: "user", content: "diff" },
  ],
  store: false,
  include: ["reasoning.encrypted_content"],
} satisfies ResponseCreateParamsNonStreaming;

export async function reviewed(): Promise<string[]> {
  const { output_parsed: parsed } = await client.responses.parse(review);
  if (!parsed) return [];
  const { verdict, findings } = parsed;
  return [verdict, ...findings.map(({ path, line, text }) => `${path}:${line} ${text}`)];
}

export async function said(): Promise<string> {
  let text = "";
  for await (const event of await client.responses.create({ ...research, stream: true })) {
    if (event.type === "response.output_text.delta") text += event.delta;
  }
  const last = await client.responses.create({ ...research, previous_response_id: "resp_1" });
  return text + last.output_text;
}

export async function fixed(): Promise<string | undefined> {
  let input: ResponseInput = edit.input;
  let previous_response_id: string | null = null;
  let spent = 0;
  for (let turn = 0; turn < 40 && spent < 2; turn++) {
    const response: OpenAI.Responses.Response = await client.responses.create({
      ...edit,
      input,
      previous_response_id,
    });
    spent += ((response.usage?.input_tokens ?? 0) * 2) / 1e6;
    input = answers(response.output);
    if (input.length === 0) return response.output_text;
    previous_response_id = response.id;
  }
  return undefined;
}

export async function watched(): Promise<number> {
  const events = client.responses.stream(edit);
  for await (const event of events) {
    if (event.type === "response.output_text.delta") console.log(event.delta);
    if (event.type === "response.output_item.done") console.log(event.item.type);
  }
  const { usage } = await events.finalResponse();
  return usage?.total_tokens ?? 0;
}

export async function talked(): Promise<string> {
  let previous_response_id: string | undefined;
  try {
    const first = await client.responses.create(research);
    const input = answers(first.output);
    const reasoning = { effort: "high" } as const;
    const previous = { previous_response_id: first.id };
    const second = await client.responses.create({ ...research, ...previous, reasoning, input });
    previous_response_id = second.id;
  } catch (error) {
    if (error instanceof OpenAI.APIError) console.log(error.status, error.code);
  }
  const input = "And now?";
  const previous = previous_response_id ? { previous_response_id } : {};
  return (await client.responses.create({ ...research, ...previous, input })).output_text;
}

function answers(output: readonly ResponseOutputItem[]): ResponseInput {
  const outputs: ResponseInput = [];
  for (const item of output) {
    if (item.type === "function_call") {
      outputs.push({ type: "function_call_output", call_id: item.call_id, output: "none" });
    } else if (item.type === "custom_tool_call") {
      outputs.push({ type: "custom_tool_call_output", call_id: item.call_id, output: item.input });
    } else if (item.type === "shell_call") {
      const outcome = { type: "exit", exit_code: 0 } as const;
      const content = { stdout: item.action.commands.join("\n"), stderr: "", outcome };
      outputs.push({ type: "shell_call_output", call_id: item.call_id, output: [content] });
    } else if (item.type === "apply_patch_call") {
      outputs.push({ type: "apply_patch_call_output", call_id: item.call_id, status: "completed" });
    }
  }
  return outputs;
}
