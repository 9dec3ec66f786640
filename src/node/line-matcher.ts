import { Worker } from "node:worker_threads";

export interface LineMatch {
  /** From 1. */
  readonly line: number;
  /** The line, cut to about 300 characters around the match. */
  readonly text: string;
}

export interface LineMatcher {
  /**
   * The lines of a text that match, at most `limit`. Takes the buffer's memory over.
   *
   * @throws the signal's reason when that comes first.
   */
  match(text: ArrayBuffer, limit: number, signal: AbortSignal): Promise<LineMatch[]>;
  close(): Promise<void>;
}

// JavaScript for the worker. Text and not a function or a file of its own, so that it survives
// every bundler and minifier.
const workerCode = `
const { parentPort, workerData } = require("node:worker_threads");
const regex = new RegExp(workerData.source, workerData.flags);
parentPort.on("message", ({ text, limit }) => {
  const whole = new TextDecoder().decode(text);
  const found = [];
  for (let from = 0, line = 1; from < whole.length && found.length < limit; line++) {
    let to = whole.indexOf("\\n", from);
    if (to < 0) to = whole.length;
    const row = whole.slice(from, whole[to - 1] === "\\r" ? to - 1 : to);
    const at = row.search(regex);
    if (at >= 0) {
      const start = Math.max(0, Math.min(at - 50, row.length - 300));
      const part = row.slice(start, start + 300).toWellFormed();
      const text = (start > 0 ? "…" : "") + part + (start + 300 < row.length ? "…" : "");
      found.push({ line, text });
    }
    from = to + 1;
  }
  parentPort.postMessage(found);
});
`;

/**
 * Matches lines in a worker thread: some patterns take for ever on some lines, and a thread is the
 * only place where a regular expression can be stopped.
 *
 * @param pattern a JavaScript regular expression; `(?i)` in front ignores case.
 * @throws an `Error` for the model when the pattern is none.
 */
export function lineMatcher(pattern: string): LineMatcher {
  const workerData = compile(pattern);
  const worker = new Worker(workerCode, { eval: true, workerData, env: {}, execArgv: [] });
  // Without a listener, an error that comes while nobody waits would end the process.
  worker.on("error", () => {});
  return {
    match: (text, limit, signal) =>
      new Promise((resolve, reject) => {
        const done = () => {
          worker.off("message", answer).off("error", fail);
          signal.removeEventListener("abort", stop);
        };
        const answer = (found: LineMatch[]) => {
          done();
          resolve(found);
        };
        const fail = (error: unknown) => {
          done();
          reject(error);
        };
        const stop = () => fail(signal.reason);
        if (signal.aborted) return stop();
        worker.on("message", answer).on("error", fail);
        signal.addEventListener("abort", stop);
        worker.postMessage({ text, limit }, [text]);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

function compile(pattern: string): { source: string; flags: string } {
  const [, inline = "", source = ""] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) ?? [];
  const own = [...new Set(inline)].join("");
  // By code points if possible; `u` also refuses needless escapes such as `\-`, which models write.
  for (const flags of [`${own}u`, own]) {
    try {
      new RegExp(source, flags);
      return { source, flags };
    } catch (error) {
      if (flags === own) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(
          `pattern: ${why}. To search for plain text, escape . * + ? ( ) [ ] { } | \\`,
        );
      }
    }
  }
  return { source, flags: own };
}
