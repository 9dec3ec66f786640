import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digits, printTable } from "./table.ts";
import { median } from "./timing.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const projects = ["raw", "ours"] as const;
const measures = ["Types", "Instantiations", "Memory used", "Check time", "Total time"] as const;

type Measures = Record<(typeof measures)[number], number>;

/** Time to type-check the same project on raw `openai` types and on ours, as a package's user would. */
export async function typesBench(quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-types-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    declare(folder);
    const results = { raw: [] as Measures[], ours: [] as Measures[] };
    for (const project of projects) configure(folder, project);
    for (let round = 0; round < (quick ? 3 : 7); round++) {
      for (const project of projects) results[project].push(check(folder, project));
    }
    const of = (name: keyof Measures, project: (typeof projects)[number]) =>
      median(results[project].map((one) => one[name]));
    const ratio = (name: keyof Measures) =>
      median(results.ours.map((one, i) => one[name] / (results.raw[i]?.[name] ?? Number.NaN)));
    printTable(
      "tsc --noEmit of the same project, its types and their declarations (s, MB)",
      measures.map((name) => ({
        "": name,
        "openai + zod": shown(name, of(name, "raw")),
        ours: shown(name, of(name, "ours")),
        "×": digits(ratio(name)),
      })),
    );
    for (const name of ["Check time", "Total time"] as const) {
      const met = ratio(name) <= 1.3;
      console.log(`${met ? "met   " : "MISSED"}  ${name} at most 1.3 ×: ${digits(ratio(name))}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The declarations of the core, as a user's compiler reads them: no sources. */
function declare(folder: string): void {
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: join(root, "src"),
      outDir: join(folder, "types"),
      types: [],
    },
    include: [],
    files: [join(root, "src/index.ts")],
  };
  mkdirSync(join(folder, "types"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "declare.json"), JSON.stringify(config));
  compile(["-p", join(folder, "declare.json")], folder);
}

function configure(folder: string, project: string): void {
  const config = {
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
      module: "NodeNext",
      moduleResolution: "NodeNext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
      paths: { "codex-responses": [join(folder, "types/index.d.ts")] },
    },
    files: [`${project}.ts`],
  };
  const source = readFileSync(join(root, `test/bench/types/${project}.ts`), "utf8");
  // The project stands beside the declarations, so that both see the same openai and zod.
  const text = source.replace("../../../src/index.ts", "codex-responses");
  writeFileSync(join(folder, `${project}.ts`), text);
  writeFileSync(join(folder, `${project}.json`), JSON.stringify(config));
}

function check(folder: string, project: string): Measures {
  const text = compile(["-p", join(folder, `${project}.json`), "--extendedDiagnostics"], folder);
  const read = (name: string) => Number(new RegExp(`^${name}: +([\\d.]+)`, "m").exec(text)?.[1]);
  return {
    Types: read("Types"),
    Instantiations: read("Instantiations"),
    "Memory used": read("Memory used") / 1024,
    "Check time": read("Check time"),
    "Total time": read("Total time"),
  };
}

/** @throws With what the compiler said, when it found an error. */
function compile(args: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, [tsc, ...args], { cwd, encoding: "utf8" });
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`tsc ${args.join(" ")}\n${said}`, { cause: error });
  }
}

function shown(name: keyof Measures, value: number): string {
  return name === "Types" || name === "Instantiations" ? value.toFixed(0) : digits(value);
}
