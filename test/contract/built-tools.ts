import {
  applyPatchTool,
  codeInterpreter,
  computer,
  customTool,
  fileSearch,
  imageGeneration,
  lark,
  mcp,
  namespace,
  programmaticToolCalling,
  regex,
  shellTool,
  tool,
  toolSearch,
  tools,
  webSearch,
} from "codex-responses";
import { fromZod } from "codex-responses/zod";
import { z } from "zod";
import { z as z3 } from "zod3";
import type { Built } from "./built-params.ts";

const execute = () => "done";
const run = () => ({ stdout: "", stderr: "", exitCode: 0 });
const raw = { type: "object", properties: { path: { type: "string" } } } as const;

const read = tool({
  name: "read_file",
  description: "Reads a file.",
  parameters: z.object({ path: z.string(), from: z.int().min(1).optional() }),
  execute,
  approve: true,
  timeoutMs: 1000,
  parallel: true,
});
const note = customTool({ name: "note", description: "Keeps a note.", execute });
const docs = mcp({
  server_label: "docs",
  server_url: "https://mcp.test",
  authorization: "secret",
  allowed_tools: ["ask"],
  require_approval: { always: { tool_names: ["ask"] } },
});
const hosted = [
  webSearch({ search_context_size: "low", user_location: { type: "approximate", city: "Bern" } }),
  fileSearch({ vector_store_ids: ["vs_1"], max_num_results: 3 }),
  codeInterpreter(),
  imageGeneration({ partial_images: 1, size: "1024x1024" }),
  docs,
] as const;

/** What `tools` returns for every kind of tool, and every way to choose among them. */
export const builtTools: readonly (readonly [string, () => Built])[] = [
  ["a function", () => tools([read])],
  [
    "a function that is not strict",
    () => tools([tool({ name: "a", parameters: raw, strict: false })]),
  ],
  ["a function without arguments", () => tools([tool({ name: "a", parameters: z.object({}) })])],
  [
    "a function of zod 3",
    () => tools([tool({ name: "a", parameters: fromZod(z3.object({ n: z3.number() })) })]),
  ],
  [
    "a function with every option of the wire",
    () =>
      tools([
        tool({
          name: "a",
          description: "All.",
          parameters: z.object({ n: z.number() }),
          async: true,
          defer_loading: true,
          allowed_callers: ["direct", "programmatic"],
          output_schema: { type: "object" },
          execute,
        }),
        toolSearch(),
        programmaticToolCalling(),
      ]),
  ],
  ["a custom tool", () => tools([note])],
  [
    "a custom tool with a lark grammar",
    () => tools([customTool({ name: "sum", grammar: lark('start: "1" "+" "1"'), execute })]),
  ],
  [
    "a custom tool with a pattern, deferred",
    () =>
      tools([
        customTool({ name: "day", grammar: regex("[0-9]{4}"), defer_loading: true, execute }),
        toolSearch({ execution: "server" }),
      ]),
  ],
  ["a shell as a function", () => tools([shellTool({ execute: run })])],
  ["a shell of the API's own type", () => tools([shellTool({ execute: run, wire: "builtin" })])],
  ["apply_patch as a custom tool", () => tools([applyPatchTool({ apply: execute })])],
  [
    "apply_patch of the API's own type",
    () => tools([applyPatchTool({ apply: execute, wire: "builtin" })]),
  ],
  ["what the server runs", () => tools(hosted)],
  ["web search by default", () => tools([webSearch()])],
  ["images by default", () => tools([imageGeneration()])],
  ["a computer", () => tools([computer()])],
  ["a computer that is used here", () => tools([computer({ execute: () => "data:," })])],
  [
    "an MCP server that needs no approval",
    () =>
      tools([
        mcp({ server_label: "a", connector_id: "connector_gmail", require_approval: "never" }),
      ]),
  ],
  [
    "tool search on the server",
    () =>
      tools([
        toolSearch(),
        tool({ name: "a", parameters: raw, strict: false, defer_loading: true }),
      ]),
  ],
  [
    "tool search here",
    () => tools([toolSearch({ description: "Finds tools.", parameters: raw, execute: () => [] })]),
  ],
  [
    "a namespace",
    () => tools([namespace({ name: "git", description: "Git.", tools: [read, note] })]),
  ],
  ["programs", () => tools([programmaticToolCalling(), read])],
  ["no tools", () => tools([])],
  ["tools that need not be called one by one", () => tools([read, note], { parallel: true })],
  ["tools of which one must be called", () => tools([read, note], { choice: "required" })],
  ["tools that must not be called", () => tools([read, note], { choice: "none" })],
  ["a chosen function", () => tools([read, note], { choice: "read_file" })],
  ["a chosen custom tool", () => tools([read, note], { choice: "note" })],
  [
    "a chosen shell",
    () => tools([shellTool({ execute: run, wire: "builtin" })], { choice: "shell" }),
  ],
  [
    "a chosen apply_patch",
    () => tools([applyPatchTool({ apply: execute, wire: "builtin" })], { choice: "apply_patch" }),
  ],
  ["a chosen MCP server", () => tools([docs], { choice: "mcp" })],
  [
    "chosen programs",
    () => tools([programmaticToolCalling()], { choice: "programmatic_tool_calling" }),
  ],
  ["a chosen file search", () => tools(hosted, { choice: "file_search" })],
  ["a chosen code interpreter", () => tools(hosted, { choice: "code_interpreter" })],
  ["a chosen image generation", () => tools(hosted, { choice: "image_generation" })],
  ["a chosen web search", () => tools(hosted, { choice: "web_search" })],
  ["a chosen computer", () => tools([computer()], { choice: "computer" })],
  ["some tools allowed", () => tools([read, note, docs], { allow: ["note", "mcp"] })],
  [
    "some tools allowed, one of them to be called",
    () =>
      tools([read, note, webSearch()], { allow: ["read_file", "web_search"], choice: "required" }),
  ],
  ["no tool allowed", () => tools([read], { allow: [] })],
];
