import type { Body } from "./body.ts";
import { type Contestant, expected } from "./contestant.ts";
import type { Chunking } from "./serve.ts";
import { serve } from "./serve.ts";

export interface Timed {
  readonly contestant: Contestant;
  readonly name: string;
  /** CPU ms of each round; a slow contestant sits some rounds out. */
  readonly rounds: readonly (number | undefined)[];
}

export interface TimingOptions {
  readonly body: Body;
  readonly chunking: Chunking;
  readonly rounds: number;
}

/** Past this, in ms, a contestant runs in every fifth round only. */
const slow = 100;

/**
 * Times the contestants by turns, so that a busy machine is as unkind to one as to the other. What
 * counts is the processor time of this thread: bodies come from memory, so nothing else is waited
 * for.
 */
export async function timing(
  contestants: readonly Contestant[],
  { body, chunking, rounds }: TimingOptions,
): Promise<Timed[]> {
  const fetch = serve(body, chunking);
  const timed = contestants.map((contestant) => ({
    contestant,
    name: contestant.name,
    warm: 0,
    rounds: new Array<number | undefined>(rounds),
  }));
  for (const one of timed) one.warm = await once(one.contestant, body, fetch);
  for (const one of timed) if (one.warm < slow) one.warm = await once(one.contestant, body, fetch);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < timed.length; i++) {
      const one = timed[(i + round) % timed.length];
      if (!one || (one.warm >= slow && round % 5 !== 0)) continue;
      one.rounds[round] = await once(one.contestant, body, fetch);
    }
  }
  return timed;
}

/** One run in CPU ms. @throws When the contestant did not read everything. */
export async function once(
  contestant: Contestant,
  body: Body,
  fetch: typeof globalThis.fetch,
): Promise<number> {
  globalThis.gc?.();
  const start = process.threadCpuUsage();
  const found = await contestant.read(fetch);
  const { user, system } = process.threadCpuUsage(start);
  const wanted = expected(body, contestant);
  if (found !== wanted) throw new Error(`${contestant.name}: ${found} of ${wanted} characters`);
  return (user + system) / 1000;
}

export function median(values: readonly (number | undefined)[]): number {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How many times as long `a` takes as `b`: the median over the rounds both took part in. */
export function ratio(a: Timed, b: Timed): number {
  return median(
    a.rounds.map((ms, i) => {
      const other = b.rounds[i];
      return ms === undefined || other === undefined ? undefined : ms / other;
    }),
  );
}
