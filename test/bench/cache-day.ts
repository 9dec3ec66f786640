import { calls, type Step, says, thinks } from "../../src/testing/index.ts";

/** A tool as every library can be given it. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly parameters: {
    type: "object";
    properties: Record<string, { type: "string"; description: string }>;
    required: string[];
    additionalProperties: false;
  };
}

export interface Session {
  readonly task: string;
  readonly followUp: string;
  /** One for each request. */
  readonly script: readonly Step[];
}

/** A day of work on one project. */
export interface Day {
  readonly system: string;
  readonly guidance: string;
  readonly map: string;
  readonly tools: readonly ToolSpec[];
  readonly sessions: readonly Session[];
}

const words =
  "the a of in to and is for value file test module error path line function returns type when".split(
    " ",
  );

/** Requests until the first answer, and from the follow-up to the second. */
const [toAnswer, toEnd] = [9, 4];

export function makeDay(sessions = 3): Day {
  return {
    system: prose("system", 6000),
    guidance: prose("guidance", 2000),
    map: prose("map", 4000),
    tools,
    sessions: Array.from({ length: sessions }, (_, i) => session(i)),
  };
}

export const extraTool = spec("run_benchmark", { name: "Which benchmark." });

const tools = [
  spec("read_file", { path: "Relative to the project." }),
  spec("search", { pattern: "A regular expression.", folder: "Where to search." }),
  spec("list_files", { folder: "Relative to the project." }),
  spec("run_command", { command: "One shell command." }),
  spec("edit_file", { path: "Which file.", before: "What stands there.", after: "What shall." }),
];

/** What a tool gives back: 300 to 3,000 tokens that follow from its arguments. */
export function runTool(args: unknown): string {
  const seed = JSON.stringify(args);
  return prose(seed, 300 + (hash(seed) % 2701));
}

function spec(name: string, args: Record<string, string>): ToolSpec {
  const properties = Object.fromEntries(
    Object.entries(args).map(([key, description]) => [
      key,
      { type: "string" as const, description },
    ]),
  );
  const required = Object.keys(args);
  return {
    name,
    description: prose(name, 90),
    parameters: { type: "object", properties, required, additionalProperties: false },
  };
}

function session(index: number): Session {
  const step = (number: number): Step => {
    const id = `${index}-${number}`;
    const thought = { encrypted_content: prose(`thought ${id}`, 200 + (hash(id) % 600)) };
    if (number === toAnswer || number === toAnswer + toEnd) {
      return thinks(thought, says(prose(`answer ${id}`, 250)));
    }
    const count = number % 4 === 3 ? 2 : 1;
    const drafts = Array.from({ length: count }, (_, i) => call(`${id}-${i}`));
    return thinks(thought, calls(drafts));
  };
  return {
    task: `Task ${index}: ${prose(`task ${index}`, 150)}`,
    followUp: `Also ${index}: ${prose(`follow-up ${index}`, 60)}`,
    script: Array.from({ length: toAnswer + toEnd }, (_, i) => step(i + 1)),
  };
}

function call(id: string) {
  const { name, parameters } = tools[hash(id) % tools.length] ?? extraTool;
  const args = parameters.required.map((key) => [key, `${key} ${id} ${prose(`${key}${id}`, 20)}`]);
  return { name, arguments: Object.fromEntries(args), call_id: `call_${id}` };
}

/** Words that only the same seed repeats, 4 bytes a token. */
function prose(seed: string, tokens: number): string {
  let state = hash(seed);
  let text = "";
  while (text.length < tokens * 4) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += `${words[(state >>> 8) % words.length]}${(state >>> 12) % 97} `;
  }
  return text.slice(0, tokens * 4 - 1).trim();
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16_777_619) >>> 0;
  return value;
}
