import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { background } from "./background.ts";
import { bodies } from "./bodies.ts";
import { endings } from "./endings.ts";
import { http } from "./http.ts";
import { oddities } from "./oddities.ts";
import { order } from "./order.ts";
import { expected, modes, type Outcome, play } from "./row.ts";
import { type RawServer, rawServer } from "./server.ts";
import { timing } from "./timing.ts";

const tables = { oddities, bodies, endings, timing, http, order, background };

/** Many rows wait for something: they are played side by side, and looked at one by one. */
const atOnce = 24;
const played = new Map<string, Promise<Outcome>>();
let server: RawServer;

beforeAll(async () => {
  server = await rawServer();
  const plays = Object.values(tables)
    .flat()
    .flatMap((row) => (row.modes ?? modes).map((mode) => ({ row, mode })))
    // What takes long starts first.
    .sort((a, b) => Number(b.row.slow ?? false) - Number(a.row.slow ?? false));
  const starts = plays.map(({ row, mode }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    played.set(
      `${row.name} ${mode}`,
      promise.then(() => inTime(play(row, mode, server))),
    );
    return { start: resolve, done: () => played.get(`${row.name} ${mode}`) };
  });
  const next = starts.values();
  for (let i = 0; i < atOnce; i++) {
    void (async () => {
      for (const { start, done } of next) {
        start();
        await done()?.catch(() => {});
      }
    })();
  }
});
afterAll(() => server.close());

async function inTime(outcome: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("It hangs")), 20_000);
  });
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

describe.each(Object.entries(tables))("%s", (_, rows) => {
  describe.each(rows)("$name", (row) => {
    test.each(row.modes ?? modes)(
      "by %s",
      async (mode) => {
        const { events, ...outcome } = (await played.get(`${row.name} ${mode}`)) ?? {};
        const { events: wanted, ...rest } = expected(row, mode);
        expect(outcome).toEqual(rest);
        if (wanted !== undefined) expect(events).toBe(wanted);
      },
      30_000,
    );
  });
});

test("the table has at least 100 rows, each with a name and an outcome of its own", () => {
  const rows = Object.values(tables).flat();
  expect(rows.length).toBeGreaterThanOrEqual(100);
  const names = rows.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(rows.filter(({ turn, error }) => !turn === !error)).toEqual([]);
});
