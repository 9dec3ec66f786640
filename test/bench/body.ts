import { BodyWriter } from "./body-writer.ts";

export type Mix = "text" | "arguments" | "reasoning";

export const mixes: readonly Mix[] = ["text", "arguments", "reasoning"];

/** A streamed response as the API would send it, and what a reader must find in it. */
export interface Body {
  readonly mix: Mix;
  /** One server-sent event each. */
  readonly events: readonly string[];
  readonly bytes: number;
  /** Characters of the answer, of all tool arguments and of all reasoning summaries. */
  readonly written: {
    readonly text: number;
    readonly arguments: number;
    readonly reasoning: number;
  };
}

export interface BodyOptions {
  readonly mix: Mix;
  /** About so many events. */
  readonly events: number;
  /** Longest call, in deltas. Default 1,500. */
  readonly callDeltas?: number;
  /** Puts a dash that is no Latin-1 into every hundredth delta of text. Default false. */
  readonly dashes?: boolean;
}

/** Of 100 deltas, how many are answer text, tool arguments and reasoning summary. */
const shares: Record<Mix, { text: number; arguments: number; reasoning: number }> = {
  text: { text: 100, arguments: 0, reasoning: 0 },
  arguments: { text: 3, arguments: 92, reasoning: 5 },
  reasoning: { text: 20, arguments: 0, reasoning: 80 },
};

export function makeBody({ mix, events, callDeltas = 1500, dashes = false }: BodyOptions): Body {
  const writer = new BodyWriter(dashes);
  const share = shares[mix];
  const deltas = (part: number) => Math.round((events * part) / 100);
  writer.begin();
  writer.reason(deltas(share.reasoning), 200);
  for (let left = deltas(share.arguments); left > 0; left -= callDeltas) {
    writer.call(Math.min(left, callDeltas));
  }
  writer.say(deltas(share.text));
  return { mix, ...writer.finish() };
}
