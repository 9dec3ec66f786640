import type { Body } from "./body.ts";

/** One way to read a streamed response to its end. */
export interface Contestant {
  readonly name: string;
  /** What is counted: every delta, the finished response, or the answer's text. */
  readonly reads: "all" | "text";
  /** Characters found. Throws or comes short when something was not read. */
  read(fetch: typeof globalThis.fetch): Promise<number>;
}

/** How many characters a contestant must find in `body`. */
export function expected({ written }: Body, { reads }: Contestant): number {
  return reads === "text" ? written.text : written.text + written.arguments + written.reasoning;
}
