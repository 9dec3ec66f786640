import { makeBody, mixes } from "./body.ts";
import { type Contestant, expected } from "./contestant.ts";
import { floor, openai, ours } from "./contestants.ts";
import { type Chunking, chunkings, serve } from "./serve.ts";
import { digits, printTable } from "./table.ts";

/** What is held while a stream is read, at its peak: live bytes, after a collection each time. */
export async function memoryBench(quick: boolean): Promise<void> {
  const { gc } = globalThis;
  if (!gc) return console.log("Left out: needs --expose-gc.");
  const contestants = [floor, ...Object.values(ours), openai.create, openai.finalResponse];
  const events = quick ? 24_000 : 96_000;
  const cases = [
    ...mixes.map((mix) => ({ title: `${mix}-heavy`, body: makeBody({ mix, events }) })),
    // One such character doubles what the engine needs for the whole chunk it is in.
    { title: "text-heavy with dashes", body: makeBody({ mix: "text", events, dashes: true }) },
  ];
  for (const { title, body } of cases) {
    const rows = [];
    const floors = new Map<Chunking, number>();
    for (const contestant of contestants) {
      const row: Record<string, string> = { "": contestant.name };
      for (const chunking of chunkings) {
        const peak = await peakOf(contestant, chunking, gc);
        if (contestant === floor) floors.set(chunking, peak);
        const above = peak - (floors.get(chunking) ?? 0);
        row[`MB, ${chunking}`] = digits(peak / 1e6);
        row[`× body, ${chunking}`] = digits(above / body.bytes);
      }
      rows.push(row);
    }
    const mb = (body.bytes / 1e6).toFixed(1);
    printTable(`${title}, ${body.events.length} events, body of ${mb} MB`, rows);

    async function peakOf(one: Contestant, chunking: Chunking, collect: () => void) {
      let before = 0;
      let peak = 0;
      const fetch = serve(body, chunking, (chunk, of) => {
        if (chunk % Math.ceil(of / 24) !== 0 && chunk < of) return;
        collect();
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      });
      await one.read(fetch);
      collect();
      before = process.memoryUsage().heapUsed;
      peak = 0;
      const found = await one.read(fetch);
      if (found !== expected(body, one)) throw new Error(`${one.name} did not read everything`);
      return peak - before;
    }
  }
  console.log("\n× body: what is held above the floor, as a multiple of the response's bytes.");
}
