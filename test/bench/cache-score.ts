import type { Day } from "./cache-day.ts";
import { isList, isObject } from "./cache-json.ts";
import type { Player } from "./cache-players.ts";
import { layOut } from "./cache-prompt.ts";
import { record } from "./cache-record.ts";
import { CacheSimulator, type Counted, type Sent } from "./cache-simulator.ts";

/** What a player's sessions came to. */
export interface Score {
  readonly usd: number;
  /** Input read from the cache, and what could be if every request only appended. 0 to 1. */
  readonly share: number;
  readonly optimum: number;
  /** Tools, instructions, guidance and map, in tokens, where they come before the task. */
  readonly stable: number;
  /** What the first request of each later session read from the cache, in tokens. */
  readonly firstReads: readonly number[];
}

/** Plays the day, and counts what it sent by the rules of the prompt cache. */
export async function score(player: Player, model: string, day: Day): Promise<Score> {
  const script = day.sessions.flatMap((session) => session.script);
  const sent = await record(script, async (fetch) => {
    for (const session of day.sessions) await player.session(fetch, model, day, session);
  });
  const simulator = new CacheSimulator();
  const counted = sent.map((one) => simulator.count(one));
  const starts = day.sessions.map((_, i) => startOf(day, i));
  const stable = starts.map((at) => stableTokens(sent[at]));
  const input = sum(counted, (one) => one.input);
  const best = counted.map((_, i) => {
    const start = starts.indexOf(i);
    return start < 0 ? (counted[i - 1]?.input ?? 0) : start === 0 ? 0 : (stable[start] ?? 0);
  });
  return {
    usd: sum(counted, (one) => one.usd),
    share: sum(counted, (one) => one.cached) / input,
    optimum: best.reduce((total, tokens) => total + tokens, 0) / input,
    stable: Math.max(0, ...stable),
    firstReads: starts.slice(1).map((at) => counted[at]?.cached ?? 0),
  };
}

function startOf({ sessions }: Day, index: number): number {
  return sessions.slice(0, index).reduce((at, { script }) => at + script.length, 0);
}

/** Tools, instructions and everything before the task, in the first request of a session. */
function stableTokens(sent: Sent | undefined): number {
  const input = sent?.body.input;
  const items = isList(input) ? input.filter(isObject).slice(0, -1) : [];
  return sent ? layOut(sent.body, items).tokens : 0;
}

function sum(counted: readonly Counted[], pick: (one: Counted) => number): number {
  return counted.reduce((total, one) => total + pick(one), 0);
}
