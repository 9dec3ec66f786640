// A typed tool round trip: arguments are inferred from the schema and checked before `execute`.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { reasoning, run, tool, tools } from "codex-responses";
import { calls, mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { z } from "zod";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const readFileTool = tool({
  name: "read_file",
  description: "Reads a file of this folder.",
  parameters: z.object({ path: z.string(), lines: z.int().min(1).optional() }),
  parallel: true,
  execute: async ({ path, lines }, { signal }) => {
    const file = join(import.meta.dirname, basename(path));
    const text = await readFile(file, { encoding: "utf8", signal });
    return text.split("\n").slice(0, lines).join("\n");
  },
});

const result = await run(
  client,
  {
    model: "gpt-6.2-sol",
    ...reasoning("low"),
    ...tools([readFileTool]),
    input: "Which packages does typed-tool.ts import? Its first 8 lines are enough.",
  },
  {
    limits: { turns: 10 },
    onEvent: (event) => {
      if (event.type !== "run.output") return;
      if (event.call.type === "function_call") console.log(`\n→ ${event.call.arguments}`);
      if ("output" in event.output) console.log(event.output.output);
    },
  },
);
console.log(`\n${result.stop}: ${result.text}`);

/** A model that gets the arguments wrong at first, and a file name: it reads why, and tries again. */
function script(): Parameters<typeof mockResponses>[0] {
  const read = (args: object) => calls([{ name: "read_file", arguments: args }]);
  return [
    read({ path: "typed-tool.ts", lines: "eight" }),
    read({ path: "typed_tool.ts", lines: 8 }),
    read({ path: "typed-tool.ts", lines: 8 }),
    ({ transcript }) => {
      const found = String(transcript.at(-1)?.output).matchAll(/from "([^"]+)"/g);
      return says(`It imports ${[...found].map(([, name]) => name).join(", ")}.`);
    },
  ];
}
