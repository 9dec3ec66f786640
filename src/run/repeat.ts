import type { Item } from "../turn.ts";

/** Counts how often in a row the model made the same calls and got the same outputs. */
export function repeatCounter(): (calls: readonly Item[], outputs: readonly Item[]) => number {
  let last = "";
  let count = 0;
  return (calls, outputs) => {
    const now = JSON.stringify([...calls, ...outputs].map(withoutIds));
    count = now === last ? count + 1 : 1;
    last = now;
    return count;
  };
}

function withoutIds(item: Item): object {
  return { ...item, id: undefined, call_id: undefined, status: undefined };
}
