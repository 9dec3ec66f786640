import { isItem } from "../prompt/items.ts";
import { type Add, addAll, checkLength } from "../prompt/problem.ts";
import { isRecord, list, type SchemaNode } from "../tools/schema-node.ts";
import { toolListProblems } from "../tools/tool-list-problems.ts";

/** The limits that hold for every model. */
export function checkParams(add: Add, params: SchemaNode): void {
  const { model, input } = params;
  if (typeof model !== "string" || !model.trim()) {
    add("model", "is missing", 'name one, such as "gpt-6.2-sol"');
  }
  if (Array.isArray(input)) {
    input.forEach((item: unknown, i) => {
      if (!isItem(item)) add(`input[${i}]`, "is no item", "pass an object with a role or a type");
    });
  } else if (typeof (input ?? "") !== "string") {
    add("input", "is no list of items", "pass text, or spread ...prompt({ … })");
  }
  for (const key of ["reasoning", "text"]) {
    if (!isRecord(params[key] ?? {})) add(key, "is no object", "spread what its builder returns");
  }
  const atLeast = (path: string, value: unknown, least: number) => {
    if (typeof value !== "number" || value >= least) return;
    add(path, `${value} is too small`, `use at least ${least}, or leave it out`);
  };
  atLeast("max_output_tokens", params.max_output_tokens, 16);
  list(params.context_management).forEach((entry, i) => {
    const path = `context_management[${i}].compact_threshold`;
    if (isRecord(entry)) atLeast(path, entry.compact_threshold, 1000);
  });
  checkLength(add, "prompt_cache_key", params.prompt_cache_key, 64);
  checkLength(add, "safety_identifier", params.safety_identifier, 128);
  if (params.previous_response_id && params.conversation) {
    const message = "cannot be combined with conversation";
    add("previous_response_id", message, "keep one of the two");
  }
  checkTools(add, params.tools);
}

function checkTools(add: Add, tools: unknown): void {
  const flat = list(tools ?? []).map((tool, i) => {
    if (!isRecord(tool) || !isRecord(tool.function)) return tool;
    const fix = "move name, parameters and strict up, beside type";
    add(`tools[${i}].function`, "is how Chat Completions nests a function", fix);
    return { ...tool.function, ...tool };
  });
  addAll(add, toolListProblems(flat, "tools"));
}
