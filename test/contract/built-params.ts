import {
  autoCompact,
  continueFrom,
  type Item,
  output,
  type Part,
  prompt,
  reasoning,
  stateless,
} from "codex-responses";
import { fromZod } from "codex-responses/zod";
import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { z } from "zod";
import { z as z3 } from "zod3";

export type Built = Part<Exclude<keyof ResponseCreateParamsBase, "model" | "stream">>;

const history: readonly Item[] = [
  { role: "user", content: "What is in here?" },
  {
    type: "message",
    id: "msg_9",
    role: "assistant",
    status: "completed",
    phase: "final_answer",
    content: [{ type: "output_text", text: "A parser.", annotations: [] }],
  },
];

const guided = {
  instructions: "You fix bugs.",
  project: ["Use tabs.", { path: "/repo/AGENTS.md", text: "Run npm test." }],
  context: ["<cwd>/repo</cwd>"],
};

const finding = z.object({
  file: z.string(),
  line: z.int().optional(),
  kind: z.discriminatedUnion("is", [
    z.object({ is: z.literal("bug"), severity: z.enum(["low", "high"]) }),
    z.object({ is: z.literal("nit") }),
  ]),
});

/** What the builders of parameters return, given the id of a stored response. */
export const builtParams: readonly (readonly [string, (parent: string) => Built])[] = [
  ["reasoning of an effort", () => reasoning("high")],
  ["reasoning without an effort", () => reasoning({ summary: "detailed", context: "all_turns" })],
  ["reasoning in every detail", () => reasoning({ effort: "low", summary: "auto", mode: "pro" })],
  ["a prompt of a task", () => prompt({ task: "Fix it." })],
  ["a prompt with guidance", () => prompt({ ...guided, task: "Fix it." })],
  [
    "a prompt with a breakpoint, a key and a lifetime",
    () => prompt({ ...guided, task: "Go.", model: "gpt-6-sol", shard: 3, ttl: "12h" }),
  ],
  ["a prompt with a key of one's own", () => prompt({ ...guided, task: "Go.", cacheKey: "mine" })],
  ["a prompt with a history", () => prompt({ ...guided, history, task: "Go on." })],
  [
    "a prompt with an image and a file",
    () =>
      prompt({
        task: [
          { type: "input_text", text: "Build this." },
          { type: "input_image", detail: "high", image_url: "data:image/png;base64,AA==" },
          { type: "input_file", filename: "spec.md", file_data: "data:text/plain;base64,AA==" },
        ],
      }),
  ],
  ["output of a schema", () => output(finding)],
  ["output with a name and a verbosity", () => output(finding, { name: "one", verbosity: "low" })],
  ["output of a schema of zod 3", () => output(fromZod(z3.object({ ok: z3.boolean() })))],
  [
    "output of raw JSON Schema",
    () => output({ type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] }),
  ],
  ["what continues a response by its id", (id) => continueFrom(id)],
  ["what continues a response", (id) => continueFrom({ id })],
  ["what keeps nothing", () => stateless()],
  ["what keeps nothing and includes more", () => stateless("code_interpreter_call.outputs")],
  ["what compacts by itself", () => autoCompact(200_000)],
  [
    "all of them together",
    (id) => ({
      ...reasoning("medium"),
      ...prompt({ ...guided, task: "Go.", model: "gpt-6-sol" }),
      ...output(finding),
      ...continueFrom(id),
      ...autoCompact(1000),
      ...stateless(),
    }),
  ],
];
