import { execFileSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type CommandOptions, runCommand } from "../../src/node/run-command.ts";
import { tempFolder } from "./temp-folder.ts";

const options = (more: Partial<CommandOptions> = {}): CommandOptions => ({
  cwd: "/",
  env: { PATH: process.env.PATH },
  timeoutMs: 10_000,
  maxOutputBytes: 40_000,
  ...more,
});

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await work, performance.now() - began];
}

/** Whether a process is there and no zombie. */
function alive(pid: string): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", pid]).toString().startsWith("Z");
  } catch {
    return false;
  }
}

async function gone(pid: string): Promise<boolean> {
  for (let n = 0; n < 40 && alive(pid); n++) await sleep(50);
  return !alive(pid);
}

describe("a command that ends", () => {
  test.for([
    ["echo hi", { stdout: "hi\n", stderr: "", exitCode: 0 }],
    ["echo out; echo err >&2; exit 3", { stdout: "out\n", stderr: "err\n", exitCode: 3 }],
    ["kill -9 $$", { stdout: "", stderr: "", exitCode: 137 }],
    ["kill -TERM $$", { stdout: "", stderr: "", exitCode: 143 }],
    ["true", { stdout: "", stderr: "", exitCode: 0 }],
    ["printf 'h\\303\\244\\377'", { stdout: "hä\u{FFFD}", stderr: "", exitCode: 0 }],
  ] as const)("%s gives its output and code", async ([command, result]) => {
    expect(await runCommand(command, options())).toEqual(result);
  });

  test("that is unknown says so on stderr", async () => {
    expect(await runCommand("no-such-command", options())).toEqual({
      stdout: "",
      stderr: expect.stringContaining("no-such-command: command not found"),
      exitCode: 127,
    });
  });

  test("runs in the given folder, by bash, without input and without a terminal", async () => {
    const cwd = tempFolder();

    expect(
      await runCommand(
        "pwd; [[ a == a ]] && cat; (: </dev/tty) 2>/dev/null || echo none",
        options({ cwd }),
      ),
    ).toEqual({ stdout: `${cwd}\nnone\n`, stderr: "", exitCode: 0 });
  });

  test("sees no environment but the given one", async () => {
    const { stdout } = await runCommand(
      "env | cut -d= -f1 | sort",
      options({ env: { PATH: process.env.PATH, A: "1" } }),
    );

    expect(
      stdout.split("\n").filter((name) => !["PWD", "SHLVL", "_", "OLDPWD", ""].includes(name)),
    ).toEqual(["A", "PATH"]);
  });
});

describe("a command in the background", () => {
  test("does not hold the call up, and goes on", async () => {
    const [result, ms] = await timed(runCommand("sleep 1000 & echo $!", options()));
    const pid = result.stdout.trim();

    expect(result).toEqual({ stdout: `${pid}\n`, stderr: "", exitCode: 0 });
    expect(ms).toBeLessThan(8_000);
    expect(alive(pid)).toBe(true);
    process.kill(Number(pid));
  });

  test("may go on printing without being killed by it", async () => {
    const { stdout } = await runCommand(
      "(for n in 1 2 3 4 5 6 7 8; do sleep 0.1; printf 'x%.0s' {1..20000}; done; sleep 1000) & echo $!",
      options(),
    );
    const pid = stdout.split("\n")[0] ?? "";
    await sleep(1_200);

    expect(alive(pid)).toBe(true);
    process.kill(-Number(execFileSync("ps", ["-o", "pgid=", "-p", pid]).toString()));
    expect(await gone(pid)).toBe(true);
  });

  test("with a chatterbox in the background the call still returns", async () => {
    const [result, ms] = await timed(runCommand("yes & echo $! >&2", options()));
    process.kill(Number(result.stderr));

    expect(result).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("tokens truncated"),
    });
    expect(ms).toBeLessThan(8_000);
  });
});

describe("a timeout", () => {
  test("ends the command and keeps what it had printed", async () => {
    const [result, ms] = await timed(
      runCommand("echo before; sleep 1000; echo after", options({ timeoutMs: 200 })),
    );

    expect(result).toEqual({ stdout: "before\n", stderr: "", timedOut: true });
    expect(ms).toBeGreaterThan(190);
    expect(ms).toBeLessThan(8_000);
  });

  test("kills the children of the children too", async () => {
    const command = "(sleep 1000 & echo $!; wait) & sleep 1000 & echo $!; wait";
    const result = await runCommand(command, options({ timeoutMs: 300 }));
    const pids = result.stdout.trim().split("\n");

    expect(result).toMatchObject({ timedOut: true });
    expect(pids).toHaveLength(2);
    expect(await Promise.all(pids.map(gone))).toEqual([true, true]);
  });

  test("kills what ignores SIGTERM, after a grace", async () => {
    const command = "trap '' TERM; sh -c 'echo $$; trap \"\" TERM; while :; do sleep 1; done'";
    const [result, ms] = await timed(runCommand(command, options({ timeoutMs: 200 })));

    expect(result).toMatchObject({ timedOut: true });
    expect(await gone(result.stdout.trim())).toBe(true);
    expect(ms).toBeGreaterThan(1_100);
    expect(ms).toBeLessThan(8_000);
  });

  test("lets a command clean up", async () => {
    const command = "trap 'echo cleaned up; exit' TERM; sleep 1000 & wait";

    expect(await runCommand(command, options({ timeoutMs: 200 }))).toEqual({
      stdout: "cleaned up\n",
      stderr: "",
      timedOut: true,
    });
  });

  // macOS has no setsid.
  test.skipIf(process.platform === "darwin")(
    "is not held up by a process that left the group and keeps the pipes",
    async () => {
      const [result, ms] = await timed(
        runCommand("setsid sleep 1000 & echo $!; sleep 1000", options({ timeoutMs: 200 })),
      );
      // setsid forks when it leads a group, and does not here: the pid is its own.
      process.kill(Number(result.stdout));

      expect(result).toMatchObject({ timedOut: true });
      expect(ms).toBeLessThan(8_000);
    },
  );

  test("of a very long time is no timeout of none", async () => {
    expect(
      await runCommand("sleep 0.1; echo ok", options({ timeoutMs: Number.POSITIVE_INFINITY })),
    ).toEqual({
      stdout: "ok\n",
      stderr: "",
      exitCode: 0,
    });
  });
});

describe("an abort", () => {
  test("kills the group and rejects with the reason", async () => {
    const cwd = tempFolder();
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 300);

    const work = runCommand(
      "sleep 1000 & echo $! > pid; wait",
      options({ cwd, signal: controller.signal }),
    );

    await expect(work).rejects.toBe(reason);
    expect(await gone(readFileSync(join(cwd, "pid"), "utf8").trim())).toBe(true);
  });

  test("before the start starts nothing", async () => {
    const cwd = tempFolder();

    await expect(
      runCommand("touch ran", options({ cwd, signal: AbortSignal.abort() })),
    ).rejects.toMatchObject({ name: "AbortError" });
    await sleep(100);
    expect(() => readFileSync(join(cwd, "ran"))).toThrow("ENOENT");
  });

  test("leaves no listener behind when it does not come", async () => {
    const { signal } = new AbortController();
    const exits = process.listenerCount("exit");

    await runCommand("true", options({ signal }));

    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(process.listenerCount("exit")).toBe(exits);
  });
});

describe("output", () => {
  test("of 50 MB is cut to its ends, fast and in little memory", async () => {
    const before = process.memoryUsage().rss;
    const [result, ms] = await timed(
      runCommand("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last", options()),
    );

    expect(result.stdout).toMatch(/^first\nx+\n…\d+ tokens truncated…\nx+\nlast\n$/);
    expect(Buffer.byteLength(result.stdout)).toBeLessThanOrEqual(40_000);
    expect(Buffer.byteLength(result.stdout)).toBeGreaterThan(39_000);
    expect(ms).toBeLessThan(8_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test.for([
    ["seq 100000", 39_000, 0],
    ["seq 100000 >&2", 0, 39_000],
    ["seq 100000; seq 100000 >&2", 19_000, 19_000],
    ["seq 100000; echo err >&2", 39_000, 4],
    ["echo out; seq 100000 >&2", 4, 39_000],
  ] as const)("%s shares one limit between both streams", async ([command, out, err]) => {
    const { stdout, stderr } = await runCommand(command, options());

    const bytes = [Buffer.byteLength(stdout), Buffer.byteLength(stderr)] as const;
    expect(bytes[0] + bytes[1]).toBeLessThanOrEqual(40_000);
    expect(bytes[0]).toBeGreaterThanOrEqual(out);
    expect(bytes[1]).toBeGreaterThanOrEqual(err);
    if (stdout.length > 100) expect(stdout).toMatch(/^1\n2\n.*\n99999\n100000\n$/s);
    if (stderr.length > 100) expect(stderr).toMatch(/^1\n2\n.*\n99999\n100000\n$/s);
  });

  test("of random bytes stays within the limit", async () => {
    const { stdout } = await runCommand("head -c 1000000 /dev/urandom", options());

    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(40_000);
  });
});

describe("a command that cannot start", () => {
  test("in a folder that is gone is an error", async () => {
    const exits = process.listenerCount("exit");

    await expect(runCommand("true", options({ cwd: "/no/such/folder" }))).rejects.toThrow(
      "The command could not be started: ",
    );
    await sleep(50);
    expect(process.listenerCount("exit")).toBe(exits);
  });

  test.for([
    ["with a NUL", "echo a\0b"],
    ["longer than the system takes", `: ${"x".repeat(3_000_000)}`],
  ] as const)("%s is an error", async ([, command]) => {
    await expect(runCommand(command, options())).rejects.toThrow(
      "The command could not be started: ",
    );
  });
});

test("what still runs is killed when our process exits", async () => {
  const source = join(import.meta.dirname, "../../src/node/run-command.ts");
  const script = `
    import { runCommand } from ${JSON.stringify(source)};
    void runCommand("sleep 1000", { cwd: "/", env: process.env, timeoutMs: 1e6, maxOutputBytes: 1e3 });
    const pgid = process.getActiveResourcesInfo();
    setTimeout(() => process.exit(), 300);
  `;
  const marker = `9${Math.floor(Math.random() * 1e8)}`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script.replace("1000", marker)]);

  const rest = execFileSync("ps", ["-eo", "args"]).toString();
  expect(rest.split("\n").filter((line) => line.includes(marker))).toEqual([]);
});
