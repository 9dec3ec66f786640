import { makeBody } from "./body.ts";
import { floor, ours } from "./contestants.ts";
import { digits, printTable } from "./table.ts";
import { median, ratio, timing } from "./timing.ts";

/** Cost per event must not grow: with the number of events, nor with the length of one string. */
export async function linearityBench(quick: boolean): Promise<void> {
  const sizes = quick ? [6_000, 24_000, 96_000] : [24_000, 96_000, 384_000];
  const contestants = [floor, ours.iterate, ours.iterateAndFinal, ours.final];
  const longest = Number.POSITIVE_INFINITY;
  const cases = [
    { title: "Many calls of 1,500 deltas", mix: "arguments", callDeltas: 1_500 },
    { title: "One text", mix: "text", callDeltas: 1_500 },
    { title: "One argument string", mix: "arguments", callDeltas: longest },
  ] as const;
  for (const { title, mix, callDeltas } of cases) {
    const rows = contestants.map(
      ({ name }): Record<string, string> => ({ "CPU µs per event": name }),
    );
    for (const events of sizes) {
      const body = makeBody({ mix, events, callDeltas });
      const rounds = Math.max(3, Math.min(9, Math.round(200_000 / events)));
      const timed = await timing(contestants, { body, chunking: "16 KiB", rounds });
      const [base] = timed;
      timed.forEach((one, i) => {
        const us = (median(one.rounds) * 1000) / body.events.length;
        const row = rows[i];
        if (!row || !base) return;
        row[`${events / 1000}k`] = digits(us);
        row[`${events / 1000}k × floor`] = digits(ratio(one, base));
      });
    }
    printTable(title, rows);
  }
}
