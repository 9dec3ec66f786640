import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { digits, printTable } from "./table.ts";
import { median } from "./timing.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Time of `import()` in a fresh process. The core's budget is 15 ms. */
export async function importBench(quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-import-"));
  try {
    // The bundle finds its dependencies where the root package has them.
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const bundle = join(folder, "index.mjs");
    build(bundle);
    const modules = [
      { name: "nothing", url: "data:text/javascript," },
      { name: "codex-responses", url: pathToFileURL(bundle).href },
      { name: "openai", url: import.meta.resolve("openai") },
    ];
    const times = modules.map((): number[] => []);
    for (let round = 0; round < (quick ? 7 : 25); round++) {
      for (const [i, { url }] of modules.entries()) times[i]?.push(importMs(url, folder));
    }
    printTable(
      "Import in a fresh process",
      modules.map(({ name }, i) => ({
        "": name,
        ms: digits(median(times[i] ?? [])),
        fastest: digits(Math.min(...(times[i] ?? []))),
      })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The core as it is published: one file, dependencies outside. */
function build(outfile: string): void {
  const flags = ["--bundle", "--format=esm", "--packages=external", "--log-level=error"];
  const entry = join(root, "src/index.ts");
  execFileSync(join(root, "node_modules/.bin/esbuild"), [entry, ...flags, `--outfile=${outfile}`]);
}

function importMs(url: string, cwd: string): number {
  const script = `const start = performance.now();
    await import(${JSON.stringify(url)});
    console.log(performance.now() - start);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd,
    encoding: "utf8",
  });
  return Number(output);
}
