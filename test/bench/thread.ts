import {
  answer,
  createThread,
  prompt,
  stateless,
  type Thread,
  tool,
  tools,
} from "../../src/index.ts";
import { editTool } from "./response.ts";
import { digits, printTable } from "./table.ts";
import { outputText, type ThreadClient, threadClient } from "./thread-client.ts";
import { median } from "./timing.ts";

interface Subject {
  readonly name: string;
  readonly chained: boolean;
}

const subjects: readonly Subject[] = [
  { name: "chained", chained: true },
  { name: "local", chained: false },
];

/** The turns compared, and how many from there on are timed. */
const [early, late, span] = [10, 1000, 10];

/** Time of our own code for one turn, without network and SDK: it must not grow with the thread. */
export async function threadBench(quick: boolean): Promise<void> {
  const rounds = quick ? 3 : 9;
  const rows: Record<string, string>[] = [];
  for (const { name, chained } of subjects) {
    // Compiles everything before anything is timed.
    for (let i = 0; i < 5; i++) await byTurns(await started(chained, early), span * 10);
    const times = { young: turnTimes(), old: turnTimes() };
    const old = await started(chained, late);
    for (let round = 0; round < rounds; round++) {
      globalThis.gc?.();
      times.young.add(await byTurns(await started(chained, early), span));
      globalThis.gc?.();
      times.old.add(await byTurns(old, span));
    }
    for (const part of ["prepare", "whole"] as const) {
      rows.push(row(`${name}, ${labels[part]}`, times.young[part], times.old[part]));
    }
    const runs = { young: [] as number[], old: [] as number[] };
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      const gaps = await runGaps(chained);
      runs.young.push(...gaps.slice(early, early + span * 3));
      runs.old.push(...gaps.slice(late - 1));
    }
    rows.push(row(`${name}, run(): request to request`, runs.young, runs.old));
  }
  printTable(`Our own code per turn: turn ${early} and turn ${late}`, rows);
  const [chained] = rows;
  const met = Number(chained?.["×"]) <= 1.5;
  console.log(
    `${met ? "met   " : "MISSED"}  a chained thread prepares turn ${late} in at most 1.5 × turn ${early}`,
  );
}

const labels = { prepare: "send() until the request leaves", whole: "send() until the turn" };

function row(name: string, young: readonly number[], old: readonly number[]) {
  const [a, b] = [median(young), median(old)];
  return {
    "": name,
    [`µs at ${early}`]: digits(a * 1000),
    [`µs at ${late}`]: digits(b * 1000),
    "×": (b / a).toFixed(2),
  };
}

interface Started {
  readonly client: ThreadClient;
  readonly thread: Thread<undefined>;
}

/** A thread of `turns` turns, its last call open. */
async function started(chained: boolean, turns: number): Promise<Started> {
  const client = threadClient();
  const thread = createThread(client, params(chained));
  await thread.send();
  await byTurns({ client, thread }, turns - 1);
  return { client, thread };
}

interface Times {
  readonly prepare: number[];
  readonly whole: number[];
}

function turnTimes() {
  const times: Times = { prepare: [], whole: [] };
  const add = ({ prepare, whole }: Times) => {
    times.prepare.push(...prepare);
    times.whole.push(...whole);
  };
  return { ...times, add };
}

/** Takes turns, each answering the call of the one before. */
async function byTurns({ client, thread }: Started, count: number): Promise<Times> {
  const times: Times = { prepare: [], whole: [] };
  for (let i = 0; i < count; i++) {
    const outputs = thread.turns.at(-1)?.calls.map((call) => answer(call, outputText));
    const start = performance.now();
    await thread.send(outputs);
    times.whole.push(performance.now() - start);
    times.prepare.push((client.sentAt.at(-1) ?? Number.NaN) - start);
  }
  return times;
}

/** The time between the requests of one run. */
async function runGaps(chained: boolean): Promise<number[]> {
  const client = threadClient();
  client.endsAt = late + span * 3;
  const thread = createThread(client, params(chained));
  globalThis.gc?.();
  await thread.run(undefined, { limits: { turns: late * 2, usd: 1e6 } });
  return client.sentAt.slice(1).map((at, i) => at - (client.sentAt[i] ?? Number.NaN));
}

function params(chained: boolean) {
  const { type, ...edit } = editTool;
  return {
    model: "gpt-6.1-sol" as const,
    ...tools([tool({ ...edit, execute: () => outputText })]),
    ...prompt({ instructions: "You edit code. ".repeat(400), task: "Begin." }),
    ...(chained ? {} : stateless()),
  };
}
