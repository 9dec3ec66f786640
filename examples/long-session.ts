// A long session under caps: the context is compacted, the run stops in time and answers anyway.
import { prompt, reasoning, request, run, tool, tools } from "codex-responses";
import { calls, mockResponses, says } from "codex-responses/testing";
import OpenAI from "openai";
import { z } from "zod";

const server = process.env.OPENAI_API_KEY ? undefined : mockResponses(script());
const client = new OpenAI(server && { apiKey: "none", fetch: server.fetch });
console.log(server ? "No OPENAI_API_KEY: a scripted server plays the model." : "Calling the API.");

const readLog = tool({
  name: "read_log",
  description: "Reads one page of the log, from 1. Read page after page.",
  parameters: z.object({ page: z.int().min(1) }),
  execute: ({ page }) =>
    Array.from({ length: 400 }, (_, i) => `${page * 400 + i} ${i === 399 ? "WARN" : "ok"}`).join(
      "\n",
    ),
});

const model = "gpt-6.2-sol";
const task = request({
  model,
  ...reasoning("low"),
  ...tools([readLog]),
  ...prompt({ model, task: "Page through the log until an ERROR. How many WARN come before it?" }),
});
const result = await run(client, task, {
  compact: { at: 4_000 }, // tokens; 0.8 would be a fraction of the model's window
  limits: { turns: 8, usd: 0.5 },
  onLimit: "final-answer", // one more request, without tools
  onEvent: (event) => {
    if (event.type === "run.turn") {
      const { input_tokens = 0 } = event.turn.usage ?? {};
      console.log(`turn ${event.number}: ${input_tokens} input tokens`);
    }
    if (event.type === "run.compaction") {
      const { strategy, items } = event.report;
      console.log(`compacted by ${strategy}: ${items.before} items became ${items.after}`);
    }
  },
});
console.log(`\n${result.text}`);
console.log(`stop: ${result.stop}, $${result.cost?.toFixed(4)}`);

/** The log has no ERROR, so this would go on for ever. */
function script(): Parameters<typeof mockResponses>[0] {
  return ({ body, index }) => {
    if (body.tool_choice === "none")
      return says(`No ERROR in ${index} pages, ${index} WARN so far.`);
    return calls([{ name: "read_log", arguments: { page: index + 1 } }]);
  };
}
