import OpenAI from "openai";
import { stream } from "../../src/stream/stream.ts";
import { makeBody } from "./body.ts";
import { serve } from "./serve.ts";
import { digits, printTable } from "./table.ts";
import { median } from "./timing.ts";

/** How one reader follows the arguments of a call while they are written. */
interface Follower {
  readonly name: string;
  /** Told at each delta; returns how far it has read. */
  follow(soFar: string, delta: string, read: number): number;
}

const followers: readonly Follower[] = [
  { name: "events only", follow: (_, delta, read) => read + delta.length },
  { name: "snapshot: length of the arguments", follow: (soFar) => soFar.length },
  {
    name: "snapshot: what is new in the arguments",
    follow: (soFar, _, read) => read + soFar.slice(read).length,
  },
];

/** Reading partial arguments at every delta: its cost per delta must not grow with their length. */
export async function argumentsBench(quick: boolean): Promise<void> {
  const sizes = quick ? [6_000, 24_000] : [6_000, 24_000, 96_000];
  const rows = followers.map(({ name }): Record<string, string> => ({ "CPU µs per delta": name }));
  for (const events of sizes) {
    const body = makeBody({ mix: "arguments", events, callDeltas: Number.POSITIVE_INFINITY });
    const fetch = serve(body, "16 KiB");
    const times = followers.map((): number[] => []);
    for (let round = 0; round < 6; round++) {
      for (const [i, follower] of followers.entries()) {
        globalThis.gc?.();
        const start = process.threadCpuUsage();
        const read = await follow(fetch, follower);
        const { user, system } = process.threadCpuUsage(start);
        if (read !== body.written.arguments) throw new Error(`${follower.name}: read ${read}`);
        if (round > 0) times[i]?.push((user + system) / 1000);
      }
    }
    for (const [i, row] of rows.entries()) {
      row[`${events / 1000}k deltas`] = digits((median(times[i] ?? []) * 1000) / events);
    }
  }
  printTable("One call, its arguments looked at whenever they grow", rows);
}

async function follow(fetch: typeof globalThis.fetch, { follow }: Follower): Promise<number> {
  const client = new OpenAI({ apiKey: "bench", fetch });
  const events = stream(client, { model: "gpt-5.3-codex", input: "Go." });
  let read = 0;
  for await (const event of events) {
    if (event.type !== "response.function_call_arguments.delta") continue;
    const item = events.snapshot?.output[event.output_index];
    if (item?.type === "function_call") read = follow(item.arguments, event.delta, read);
  }
  return read;
}
