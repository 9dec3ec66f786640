import type OpenAI from "openai";
import { type Day, runTool } from "./cache-day.ts";
import { functionTool, loop } from "./cache-loop.ts";
import { clientFor, type Player } from "./cache-players.ts";
import { installPeers } from "./peers.ts";

/** Where a user of a peer puts the project's guidance and map: they have one place for both. */
type Layout = "" | ", project in the task";

const layouts: readonly Layout[] = ["", ", project in the task"];
const effort = "medium";

function layOut({ system, guidance, map }: Day, layout: Layout, task: string) {
  const project = `# AGENTS.md\n\n${guidance}\n\n${map}`;
  return layout
    ? { instructions: system, input: `${project}\n\n${task}` }
    : { instructions: `${system}\n\n${project}`, input: task };
}

/** The other libraries, each by its own natural use. */
export async function loadPeers(): Promise<Player[]> {
  return [...openai, ...(installPeers() ? [...(await agents()), ...(await aiSdk())] : [])];
}

const openai = layouts.map(
  (layout): Player => ({
    name: `openai${layout}`,
    async session(fetch, model, day, { task, followUp }) {
      const { instructions, input } = layOut(day, layout, task);
      const tools = day.tools.map(functionTool);
      const settings = { model, instructions, reasoning: { effort }, tools } as const;
      const client = clientFor(fetch);
      const answer = await loop(client, { ...settings, input });
      await loop(client, { ...settings, input: followUp, previous_response_id: answer.id });
    },
  }),
);

// The packages are not there when this repository is type-checked: what is used of them is
// written down here, and the names are no literals.
interface Agents {
  setTracingDisabled(disabled: boolean): void;
  tool(options: object): unknown;
  run(agent: object, input: unknown, options: object): Promise<AgentRun>;
  Agent: new (options: object) => object;
  OpenAIResponsesModel: new (client: OpenAI, model: string) => object;
}
interface AgentRun {
  readonly history: readonly unknown[];
  readonly lastResponseId: string | undefined;
}

async function agents(): Promise<Player[]> {
  const [name] = ["@openai/agents"];
  const { Agent, OpenAIResponsesModel, run, setTracingDisabled, tool }: Agents = await import(
    `${name}`
  );
  setTracingDisabled(true);
  const maxTurns = 20;
  const player = (layout: Layout, chained: boolean): Player => ({
    name: `${name}${chained ? ", previousResponseId" : ", history"}${layout}`,
    async session(fetch, model, day, { task, followUp }) {
      const { instructions, input } = layOut(day, layout, task);
      const agent = new Agent({
        name: "coder",
        instructions,
        model: new OpenAIResponsesModel(clientFor(fetch), model),
        modelSettings: { reasoning: { effort } },
        tools: day.tools.map((spec) => tool({ ...spec, strict: true, execute: runTool })),
      });
      const { history, lastResponseId } = await run(agent, input, { maxTurns });
      const next = { role: "user", content: followUp };
      if (chained) await run(agent, [next], { maxTurns, previousResponseId: lastResponseId });
      else await run(agent, [...history, next], { maxTurns });
    },
  });
  return [player("", true), player("", false), player(", project in the task", true)];
}

interface Ai {
  generateText(options: object): Promise<{ responseMessages: readonly unknown[] }>;
  isStepCount(count: number): unknown;
  tool(options: object): unknown;
  jsonSchema(schema: object): unknown;
}
interface AiProvider {
  createOpenAI(options: object): { responses(model: string): unknown };
}

async function aiSdk(): Promise<Player[]> {
  const [ai, provider] = ["ai", "@ai-sdk/openai"];
  const { generateText, isStepCount, jsonSchema, tool }: Ai = await import(`${ai}`);
  const { createOpenAI }: AiProvider = await import(`${provider}`);
  return layouts.map((layout) => ({
    name: `${ai}${layout}`,
    async session(fetch, model, day, { task, followUp }) {
      const { instructions, input } = layOut(day, layout, task);
      const options = {
        model: createOpenAI({ apiKey: "bench", fetch }).responses(model),
        instructions,
        tools: Object.fromEntries(
          day.tools.map(({ name, description, parameters }) => [
            name,
            tool({ description, inputSchema: jsonSchema(parameters), execute: runTool }),
          ]),
        ),
        stopWhen: isStepCount(20),
        providerOptions: { openai: { reasoningEffort: effort } },
      };
      const messages = [{ role: "user", content: input }];
      const { responseMessages } = await generateText({ ...options, messages });
      const next = { role: "user", content: followUp };
      await generateText({ ...options, messages: [...messages, ...responseMessages, next] });
    },
  }));
}
