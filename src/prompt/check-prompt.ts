import { isRecord } from "../tools/schema-node.ts";
import { type Add, checkChoice } from "./problem.ts";

const isText = (value: unknown) => typeof value === "string";

/** What the options of `prompt` are; lists by what they are of. */
const shapes: Record<string, [shape: string, fits: (value: unknown) => boolean, isList?: true]> = {
  instructions: ["text", isText],
  project: [
    "text or { path, text }",
    (part) => isText(part) || (isRecord(part) && isText(part.path) && isText(part.text)),
    true,
  ],
  context: ["text", isText, true],
  history: ["an item", isRecord, true],
  task: [
    "text or content parts",
    (task) => isText(task) || (Array.isArray(task) && task.every(isRecord)),
  ],
  model: ["a model", (model) => isText(model) || isRecord(model)],
  cacheKey: ["text", isText],
  shard: ["text or a number", (shard) => isText(shard) || Number.isFinite(shard)],
  ttl: ['"30m" or "12h"', (ttl) => ttl === "30m" || ttl === "12h"],
};

/** Reports what is wrong with the options of `prompt`. An option that is `null` counts as absent. */
export function checkPrompt(add: Add, options: unknown): void {
  if (!isRecord(options)) {
    add("prompt", "has no options", "pass instructions or a task");
    return;
  }
  for (const [key, value] of Object.entries(options)) {
    checkChoice(add, key, key, Object.keys(shapes), "prompt()");
    const [shape = "", fits, isList] = shapes[key] ?? [];
    if (!fits || (value ?? null) === null) continue;
    const check = (path: string, part: unknown) => {
      if (!fits(part)) add(path, `is not ${shape}`, `pass ${shape}`);
    };
    if (!isList) check(key, value);
    else if (Array.isArray(value)) value.forEach((part, i) => void check(`${key}[${i}]`, part));
    else add(key, "is no list", "pass an array");
  }
}
