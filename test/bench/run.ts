type Bench = (quick: boolean) => Promise<void>;

const benches: Record<string, () => Promise<Bench>> = {
  stream: async () => (await import("./stream.ts")).streamBench,
  linearity: async () => (await import("./linearity.ts")).linearityBench,
  memory: async () => (await import("./memory.ts")).memoryBench,
  arguments: async () => (await import("./arguments.ts")).argumentsBench,
  import: async () => (await import("./import.ts")).importBench,
  cache: async () => (await import("./cache.ts")).cacheBench,
  thread: async () => (await import("./thread.ts")).threadBench,
  types: async () => (await import("./types.ts")).typesBench,
};

const asked = process.argv.slice(2).filter((name) => !name.startsWith("-"));
const quick = process.argv.includes("--quick");

if (process.argv.includes("--help") || asked.some((name) => !(name in benches))) {
  console.log(`npm run bench -- [${Object.keys(benches).join("] [")}] [--quick]`);
} else {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
  for (const [name, load] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}`);
    await (await load())(quick);
  }
}
