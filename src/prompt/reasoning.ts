import type { Reasoning } from "openai/resources/shared";
import type { Effort } from "../models/model-info.ts";
import { checkChoice, refuse } from "./problem.ts";

/** Every effort any model takes. Which of them a model takes, its catalogue entry says. */
const efforts: readonly Effort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * The SDK's `Reasoning`, its effort kept literal so that a request can check it against its model.
 * `context` says which earlier reasoning the model sees (`all_turns` by default since GPT-5.6);
 * `mode: "pro"` spends more compute at the same token price, on GPT-5.6 and later.
 */
export type ReasoningOptions<E extends Effort> = Omit<Reasoning, "effort"> & { effort?: E };

/**
 * How hard the model thinks. Changing the effort between requests discards the prompt cache.
 *
 * @throws {CodexError} `invalid_request` for a value no model knows.
 * @example reasoning("medium") // { reasoning: { effort: "medium" } }
 */
export function reasoning<const E extends Effort>(
  effort: E | ReasoningOptions<E>,
): { reasoning: ReasoningOptions<E> } {
  const options: ReasoningOptions<E> =
    typeof effort === "object" && effort !== null ? { ...effort } : { effort };
  refuse((add) => {
    const word = effort ? options.effort : String(effort);
    checkChoice(add, "reasoning.effort", word, efforts, "any model");
    checkChoice(add, "reasoning.summary", options.summary, summaries, "the API");
    checkChoice(add, "reasoning.context", options.context, contexts, "the API");
  });
  return { reasoning: options };
}

const summaries = ["auto", "concise", "detailed"];
const contexts = ["auto", "current_turn", "all_turns"];
