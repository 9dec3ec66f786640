import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";

const windows = process.platform === "win32";
const running = new Set<ChildProcess>();

/**
 * Starts a command line by bash, or by sh where there is none (`cmd` on Windows), without input
 * and in a process group of its own. Its output goes to sockets, as Node makes them for pipes: on
 * Linux a command that opens `/dev/stdout` or `/dev/stderr` by name gets an error.
 *
 * @throws what the system says when it cannot even try.
 */
export function startGroup(
  command: string,
  cwd: string,
  env: Record<string, string | undefined>,
): ChildProcessByStdio<null, Readable, Readable> {
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const options = { cwd, env, stdio, windowsHide: true, detached: !windows };
  const child = windows
    ? spawn(command, { ...options, shell: true })
    : spawn(posixShell(), ["-c", command], options);
  // It would outlive us: as long as somebody has our pipes open, it is killed at our exit.
  if (running.size === 0) process.on("exit", killAll);
  running.add(child);
  child.once("close", () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", killAll);
  });
  return child;
}

/** Reaches the children's children, unless they have left the group. */
export function killGroup(child: ChildProcess, name: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (windows) {
    const killer = spawn("taskkill", ["/pid", `${child.pid}`, "/t", "/f"], { stdio: "ignore" });
    killer.on("error", () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nobody of the group is left.
  }
}

function killAll(): void {
  for (const child of running) killGroup(child, "SIGKILL");
}

/** What models write is often bash, such as `[[ ]]` and `pipefail`. */
function posixShell(): string {
  const bash = ["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash"];
  return bash.find((path) => existsSync(path)) ?? "/bin/sh";
}
