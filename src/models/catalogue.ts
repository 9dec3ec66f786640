import { codexModels } from "./codex-models.ts";
import { gpt5Models } from "./gpt-5-models.ts";
import { gpt6Models } from "./gpt-6-models.ts";

/** The day `models` was last checked against OpenAI's pages and price list, as an ISO date. */
export const modelsChecked = "2026-11-20";

/** Every model worth naming to a coding agent, with what is known about it. */
export const models = /* @__PURE__ */ (() =>
  ({ ...codexModels, ...gpt5Models, ...gpt6Models }) as const)();

/** Other names of catalogue models. Dated snapshots need no entry. */
export const aliases = { "gpt-5.6": "gpt-5.6-sol" } as const satisfies Record<
  string,
  keyof typeof models
>;
