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

/** Past this, in ms, a contestant runs in every third round only. */
const slow = 100;
/** Of any number of contestants: who follows whom changes from round to round. */
const strides = [1, 7, 11, 13, 17, 19, 23];

/**
 * Times the contestants by turns, so that a busy machine is as unkind to one as to the other, and
 * in changing order, because what ran before leaves its mark on the heap and on compiled code. What
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
    for (const one of inOrder(timed, round)) {
      if (one.warm >= slow && round % 3 !== 0) continue;
      // Once for the compiler: nobody's process runs all of these by turns.
      await once(one.contestant, body, fetch);
      one.rounds[round] = await once(one.contestant, body, fetch);
    }
  }
  return timed;
}

function inOrder<T>(all: readonly T[], round: number): T[] {
  const fits = strides.filter((stride) => all.length % stride !== 0 || stride === 1);
  const stride = fits[round % fits.length] ?? 1;
  return all.flatMap((_, i) => all[(i * stride + round) % all.length] ?? []);
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
