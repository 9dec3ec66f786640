import type { ModelInfo } from "../models/model-info.ts";
import { textIn } from "../prompt/items.ts";
import { type Add, checkChoice } from "../prompt/problem.ts";
import { breakpoints, stableText } from "../prompt/stable.ts";
import { isRecord, list, type SchemaNode } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";

/** What one model refuses. Where the catalogue does not know (`null`), nothing is said. */
export function checkModel(
  add: Add,
  params: SchemaNode,
  items: readonly Item[],
  info: ModelInfo,
  date: Date,
): void {
  const model = textIn(params, "model");
  const effort = field(params.reasoning, "effort");
  const lacks = (path: string, what: unknown, fix: string) =>
    add(path, `${model} does not have ${what}`, fix);
  const checkTools = (tools: unknown, path: string) =>
    list(tools).forEach((tool, i) => {
      const type = field(tool, "type");
      if (!Object.entries(info.tools).some(([kind, has]) => kind === type && has === false)) return;
      const wire = type === "shell" || type === "apply_patch";
      const fix = wire ? 'leave out wire: "builtin"' : "leave it out, or use another model";
      lacks(`${path}[${i}]`, `the tool ${type}`, fix);
    });

  checkChoice(add, "reasoning.effort", effort, info.efforts, model);
  checkChoice(add, "text.verbosity", field(params.text, "verbosity"), info.verbosity, model);
  const silent = (effort ?? info.defaultEffort ?? "none") === "none";
  if (info.sampling === false || (info.sampling && !silent)) {
    const fix = info.sampling ? 'remove it, or use effort "none"' : "remove it";
    const keys = ["temperature", "top_p", "top_logprobs"];
    const set = keys.filter((key) => (params[key] ?? null) !== null);
    list(params.include).forEach((value, i) => {
      if (value === "message.output_text.logprobs") set.push(`include[${i}]`);
    });
    for (const path of set) add(path, `is refused while ${model} reasons`, fix);
  }
  checkTools(params.tools, "tools");
  items.forEach((item, i) => {
    const path = `input[${i}]`;
    if (item.type === "additional_tools") {
      checkTools(item.tools, `${path}.tools`);
      if (info.additionalTools === false) lacks(path, item.type, "pass every tool in tools");
    } else if (item.type === "configuration_update") {
      const update = field(item.reasoning, "effort");
      checkChoice(add, `${path}.reasoning.effort`, update, info.efforts, model);
      if (info.configurationUpdate === false) lacks(path, item.type, "change the request itself");
    }
  });

  const marked = breakpoints(items);
  const stable = stableText(params, items);
  if (info.breakpoints === false) {
    const fix = "leave model out of prompt(), or use GPT-5.6 or later";
    for (const path of marked) lacks(path, "cache breakpoints", fix);
  } else if (info.breakpoints && marked.length === 0 && stable.length > 0) {
    // 1,024 tokens are the least that is cached; without breakpoints "explicit" means no cache.
    const off = field(params.prompt_cache_options, "mode") === "explicit";
    if (!off && JSON.stringify([params.tools, stable]).length > 4096) {
      const fix = "pass instructions and model to prompt()";
      add("input", "has no cache breakpoint after its stable part", fix, "warning");
    }
  }
  if (info.shutdown && date >= new Date(info.shutdown)) {
    const fix = `use ${info.replacement ?? "a newer model"}`;
    add("model", `${model} was shut down on ${info.shutdown}`, fix, "warning");
  }
}

function field(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}
