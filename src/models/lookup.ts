import { aliases, models } from "./catalogue.ts";
import type { KnownModelId, ModelId } from "./ids.ts";
import type { ModelInfo } from "./model-info.ts";

function has<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}

/**
 * The catalogue id that an id stands for: an alias, a dated snapshot, or a gateway's spelling
 * such as `openai/gpt-5-3-codex`, `us.openai.gpt-5.4` or `openai/gpt-5.4-20260305:nitro`.
 * `undefined` for every name that could be another model, such as `gpt-5.4-turbo`.
 */
export function catalogueId(id: string): KnownModelId | undefined {
  const name = id
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/^([a-z]+\.)?openai[.:-]/, "")
    .replace(/:(nitro|floor|online|exacto)$/, "")
    .replace(/_/g, "-")
    .replace(/-20\d\d-?[01]\d-?[0-3]\d$/, "")
    .replace(/^gpt-(\d)-(\d)/, "gpt-$1.$2");
  if (has(models, name)) return name;
  return has(aliases, name) ? aliases[name] : undefined;
}

/** What is known about a model; `undefined` for an unknown id. A `ModelInfo` is returned as is. */
export function modelInfo(model: ModelId | ModelInfo | null | undefined): ModelInfo | undefined {
  if (typeof model !== "string") return model ?? undefined;
  const id = catalogueId(model);
  return id && models[id];
}
