import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";
import type { Contestant } from "./contestant.ts";
import { editTool, model } from "./response.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const names = ["ai", "@ai-sdk/openai", "@openai/agents"];

/** Installs what the root package does not depend on, into this folder, on first use. */
export function installPeers(): boolean {
  const missing = () => names.filter((name) => !existsSync(`${folder}node_modules/${name}`));
  if (missing().length === 0) return true;
  console.log(`Installing ${missing().join(", ")} in test/bench (once) …`);
  spawnSync("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: folder });
  const still = missing();
  if (still.length > 0) console.log(`Could not install ${still.join(", ")}: left out.`);
  return still.length === 0;
}

/** The peers that are installed here. */
export async function loadPeers(): Promise<Contestant[]> {
  return installPeers() ? [await aiSdk(), await agents()] : [];
}

// The packages are not there when this repository is type-checked: what is used of them is
// written down here, and the names are no literals.
interface Ai {
  streamText(options: object): { textStream: AsyncIterable<string> };
  jsonSchema(schema: object): unknown;
}
interface AiProvider {
  createOpenAI(options: object): { responses(model: string): unknown };
}
interface Agents {
  setTracingDisabled(disabled: boolean): void;
  tool(options: object): unknown;
  run(agent: object, input: string, options: object): Promise<AgentRun>;
  Agent: new (options: object) => object;
  OpenAIResponsesModel: new (client: OpenAI, model: string) => object;
}
interface AgentRun {
  toTextStream(): AsyncIterable<string>;
  readonly completed: Promise<void>;
}

async function aiSdk(): Promise<Contestant> {
  const [ai, provider] = ["ai", "@ai-sdk/openai"];
  const { streamText, jsonSchema }: Ai = await import(`${ai}`);
  const { createOpenAI }: AiProvider = await import(`${provider}`);
  return {
    name: "ai: streamText().textStream",
    reads: "text",
    async read(fetch) {
      const { textStream } = streamText({
        model: createOpenAI({ apiKey: "bench", fetch }).responses(model),
        prompt: "Go.",
        tools: { edit: { inputSchema: jsonSchema(editTool.parameters) } },
      });
      return lengthOf(textStream);
    },
  };
}

async function agents(): Promise<Contestant> {
  const [name] = ["@openai/agents"];
  const { Agent, OpenAIResponsesModel, run, setTracingDisabled, tool }: Agents = await import(
    `${name}`
  );
  setTracingDisabled(true);
  const { name: toolName, description, parameters, strict } = editTool;
  const edit = tool({ name: toolName, description, parameters, strict, execute: () => "ok" });
  return {
    name: "@openai/agents: run().toTextStream()",
    reads: "text",
    async read(fetch) {
      const agent = new Agent({
        name: "bench",
        model: new OpenAIResponsesModel(new OpenAI({ apiKey: "bench", fetch }), model),
        tools: [edit],
        // Otherwise the calls of a body are answered by a second request.
        toolUseBehavior: "stop_on_first_tool",
      });
      const result = await run(agent, "Go.", { stream: true });
      const found = await lengthOf(result.toTextStream());
      await result.completed;
      return found;
    },
  };
}

async function lengthOf(texts: AsyncIterable<string>): Promise<number> {
  let found = 0;
  for await (const text of texts) found += text.length;
  return found;
}
