import { changes } from "./cache-changes.ts";
import { makeDay } from "./cache-day.ts";
import { loadPeers } from "./cache-peers.ts";
import { ours, oursLocal } from "./cache-players.ts";
import { type Score, score } from "./cache-score.ts";
import { printTable } from "./table.ts";

const models = ["gpt-5.5", "gpt-6.1-sol", "gpt-6.2-sol"] as const;

/** What the prompt cache leaves of a day's bill: by library, and when something changes midway. */
export async function cacheBench(quick: boolean): Promise<void> {
  const day = makeDay();
  const peers = await loadPeers();
  for (const model of models) {
    const own = await score(ours, model, day);
    const rows = [{ name: ours.name, ...own }];
    for (const player of [oursLocal, ...peers]) {
      rows.push({ name: player.name, ...(await score(player, model, day)) });
    }
    printTable(
      `${model}: a day of three sessions of 13 requests`,
      rows.map(({ name, usd, share, firstReads }) => ({
        "": name,
        USD: usd.toFixed(4),
        "÷ ours": (usd / own.usd).toFixed(3),
        "ours ÷ it": (own.usd / usd).toFixed(3),
        cached: percent(share),
        "read by the first request of later sessions": firstReads.join(", "),
      })),
    );
    const others = rows.slice(2);
    const least = Math.min(...others.map(({ usd }) => usd));
    target(
      "never dearer than a peer",
      own.usd <= least,
      `cheapest peer ${ratio(least, own)} × ours`,
    );
    const read = Math.min(...own.firstReads) / own.stable;
    target(
      "later sessions read ≥ 95 % of the stable block",
      read >= 0.95,
      `${percent(read)} of ${own.stable} tokens`,
    );
    optimal("the day's cached share", own);
    if (model === "gpt-6.2-sol") {
      for (const { name, usd } of others.filter((row) => /openai/.test(row.name))) {
        target(`at most 0.53 × ${name}`, own.usd <= 0.53 * usd, `${(own.usd / usd).toFixed(3)} ×`);
      }
    }
    if (quick) break;
  }
  await changesBench("gpt-6.1-sol");
}

async function changesBench(model: string): Promise<void> {
  const day = makeDay(1);
  const scores: { name: string; own: Score; naive: Score }[] = [];
  for (const { name, ours, naive } of changes) {
    scores.push({
      name,
      own: await score(ours, model, day),
      naive: await score(naive, model, day),
    });
  }
  printTable(
    `${model}: one session, changed before its tenth request of 13`,
    scores.map(({ name, own, naive }) => ({
      change: name,
      USD: own.usd.toFixed(4),
      cached: percent(own.share),
      optimum: percent(own.optimum),
      "naive USD": naive.usd.toFixed(4),
      "naive cached": percent(naive.share),
      "naive × ours": ratio(naive.usd, own),
    })),
  );
  for (const { name, own } of scores) optimal(`cached share, changed: ${name},`, own);
}

function optimal(what: string, { share, optimum }: Score): void {
  const value = `${percent(share)} of ${percent(optimum)}`;
  target(`${what} is the append-only optimum within 1 %`, share >= 0.99 * optimum, value);
}

function target(text: string, met: boolean, value: string): void {
  console.log(`${met ? "met   " : "MISSED"}  ${text}: ${value}`);
}

function ratio(usd: number, own: Score): string {
  return (usd / own.usd).toFixed(3);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
