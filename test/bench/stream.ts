import { makeBody, mixes } from "./body.ts";
import { floor, openai, ours } from "./contestants.ts";
import { loadPeers } from "./peers.ts";
import { chunkings } from "./serve.ts";
import { digits, printTable } from "./table.ts";
import { median, ratio, timing } from "./timing.ts";

/** Processor time to read whole streams: against the least possible, and against every peer. */
export async function streamBench(quick: boolean): Promise<void> {
  const peers = [openai.create, openai.finalResponse, ...(await loadPeers())];
  const contestants = [floor, ...Object.values(ours), ...peers];
  for (const events of quick ? [24_000] : [24_000, 96_000]) {
    for (const mix of mixes) {
      const body = makeBody({ mix, events });
      for (const chunking of chunkings) {
        const rounds = quick || events > 24_000 ? 11 : 21;
        const timed = await timing(contestants, { body, chunking, rounds });
        const mb = (body.bytes / 1e6).toFixed(1);
        printTable(
          `${mix}-heavy, ${body.events.length} events, ${mb} MB, chunks: ${chunking}`,
          timed.map((one) => ({
            "": one.name,
            "CPU ms": digits(median(one.rounds)),
            "µs/event": digits((median(one.rounds) * 1000) / body.events.length),
            ...Object.fromEntries(
              timed
                .filter(({ contestant }) => contestant === floor)
                .map((other) => ["× floor", digits(ratio(one, other))]),
            ),
            ...Object.fromEntries(
              timed
                .filter(({ contestant }) => peers.includes(contestant))
                .map((other) => [`÷ ${short(other.name)}`, digits(ratio(other, one))]),
            ),
          })),
        );
      }
    }
  }
  console.log("\n× floor: times as long as the floor. ÷ peer: times as fast as that peer.");
}

function short(name: string): string {
  return name.replace(/^openai: /, "").replace(/[(:].*/, "");
}
