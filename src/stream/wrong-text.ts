import type { Problem } from "../errors.ts";

/** What a reader is told whose deltas did not add up; `index` is the event that shows it. */
export function wrongText(index: number): Problem {
  return {
    level: "warning",
    path: `events[${index}]`,
    message: "the text that was streamed so far is not what the model wrote",
    fix: "show the text of the item or the turn instead, which is right",
  };
}
