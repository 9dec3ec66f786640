import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { inputItems } from "./items.ts";
import { measure, type Size } from "./measure.ts";
import { stableLength } from "./stable.ts";

/** The sections of a request, from what changes least to what changes most; empty ones have 0 bytes. */
export interface Fingerprint {
  readonly model: Size;
  /** What else the cached prefix depends on: cache key, tier, parallel calls, format, effort, verbosity. */
  readonly settings: Size;
  readonly tools: Size;
  /** `instructions` and the leading developer messages. */
  readonly instructions: Size;
  /** Each further item of the stable part: project guidance and context. */
  readonly [stable: `input[${number}]`]: Size;
  readonly history: Size;
  /** The user message at the end. */
  readonly task: Size;
}

/** What a request consists of, by section: compare two to see what changed between them. */
export function fingerprint(params: ResponseCreateParamsBase): Fingerprint {
  const { model, tools, text, reasoning, instructions } = params;
  const items = inputItems(params.input);
  const stable = stableLength(items);
  const roles = items.map((item) => ("role" in item ? item.role : ""));
  const opening = roles.slice(0, stable).indexOf("user");
  const project = opening < 0 ? stable : opening;
  const task = roles.length > stable && roles.at(-1) === "user" ? -1 : undefined;
  return {
    model: measure(model),
    settings: measure(
      [params.prompt_cache_key, params.service_tier, params.parallel_tool_calls],
      [text?.format, text?.verbosity, reasoning?.effort],
    ),
    tools: measure(...(tools ?? [])),
    instructions: measure(...(instructions ? [instructions] : []), ...items.slice(0, project)),
    ...Object.fromEntries(
      items.slice(project, stable).map((item, i) => [`input[${project + i}]`, measure(item)]),
    ),
    history: measure(...items.slice(stable, task)),
    task: measure(...(task ? items.slice(task) : [])),
  };
}
