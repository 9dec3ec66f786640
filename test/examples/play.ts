import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

export interface Played {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it left in its temporary folder. */
  readonly left: readonly string[];
}

let free = 2;
const waiting: (() => void)[] = [];

/** Runs an example as a user would, with nothing in its environment but what is given; two at a time. */
export async function play(
  name: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Played> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free--;
  try {
    return await start(name, args, env);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

/** The process of an example. `folder` stands for its temporary folder and its home. */
export function launch(
  name: string,
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
) {
  const file = join(examples, `${name}.ts`);
  return spawn(process.execPath, ["--conditions=codex-responses-source", file, ...args], {
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function start(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), "example-"));
  try {
    const child = launch(name, args, folder, env);
    const [stdout, stderr, code] = await Promise.all([
      read(child.stdout),
      read(child.stderr),
      new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      }),
    ]);
    return { code, stdout, stderr, left: await readdir(folder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) text += chunk;
  return text;
}
