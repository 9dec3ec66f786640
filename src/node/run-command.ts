import { constants } from "node:os";
import type { Readable } from "node:stream";
import { type HeadTail, headTail } from "./head-tail.ts";
import { killGroup, startGroup } from "./process-group.ts";

export interface CommandOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  timeoutMs: number;
  /** Of both streams together. */
  maxOutputBytes: number;
  signal?: AbortSignal;
}

interface Output {
  stdout: string;
  stderr: string;
}

export type CommandResult = Output & ({ exitCode: number } | { timedOut: true });

/** Between SIGTERM and SIGKILL. */
const graceMs = 1_000;
/** For output still in the pipes after the shell is gone. */
const drainMs = 250;

/**
 * Runs one command line to its end. Its process group is killed on timeout and on abort. What an
 * ended command left in the background goes on, with its output thrown away.
 *
 * @throws the signal's reason on abort, and an `Error` when the command cannot be started.
 */
export function runCommand(command: string, options: CommandOptions): Promise<CommandResult> {
  const { timeoutMs, maxOutputBytes, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = start(command, options);
    const stdout = headTail(maxOutputBytes);
    const stderr = headTail(maxOutputBytes);
    let exitCode = 0;
    let settled = false;
    let stopped: "timeout" | "abort" | undefined;
    let timer: NodeJS.Timeout | undefined;

    const settle = () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      child.stdout.off("data", stdout.push).resume();
      child.stderr.off("data", stderr.push).resume();
      if (stopped) {
        killGroup(child, "SIGKILL");
        child.stdout.destroy();
        child.stderr.destroy();
      } else {
        unref(child.stdout);
        unref(child.stderr);
      }
      if (stopped === "abort") return reject(signal?.reason);
      const output = texts(stdout, stderr, maxOutputBytes);
      resolve(stopped ? { ...output, timedOut: true } : { ...output, exitCode });
    };
    const later = (ms: number, next: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(next, ms);
    };
    const stop = (why: "timeout" | "abort") => {
      if (stopped) return;
      stopped = why;
      killGroup(child, "SIGTERM");
      later(graceMs, settle);
    };
    const abort = () => stop("abort");

    // A longer delay than this overflows, and would fire at once.
    later(Math.min(timeoutMs, 2 ** 31 - 1), () => stop("timeout"));
    signal?.addEventListener("abort", abort, { once: true });
    child.stdout.on("data", stdout.push).on("error", () => {});
    child.stderr.on("data", stderr.push).on("error", () => {});
    child.on("error", (error) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      reject(startError(error));
    });
    child.on("exit", (code, name) => {
      exitCode = code ?? 128 + (name ? constants.signals[name] : 0);
      // Whoever runs on in the background may hold the pipes open for ever. One more turn of the
      // event loop reads what a busy process has left there.
      if (!stopped) later(drainMs, () => setImmediate(settle));
    });
    child.on("close", settle);
  });
}

function start(command: string, { cwd, env }: CommandOptions): ReturnType<typeof startGroup> {
  try {
    return startGroup(command, cwd, env);
  } catch (error) {
    throw startError(error);
  }
}

function startError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`The command could not be started: ${message}`);
}

/** Lets the process end while somebody still holds the other end. */
function unref(stream: Readable): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}

/** Both texts in one budget: what one does not need, the other gets. */
function texts(stdout: HeadTail, stderr: HeadTail, budget: number): Output {
  const half = Math.floor(budget / 2);
  const err = stderr.text(half);
  const out = stdout.text(budget - Buffer.byteLength(err));
  const rest = budget - Buffer.byteLength(out);
  return { stdout: out, stderr: rest > half ? stderr.text(rest) : err };
}
