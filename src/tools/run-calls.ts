import type { Tool } from "openai/resources/responses/responses";
import type { Call, Item } from "../turn.ts";
import { answer, type CallOutput } from "./answer.ts";
import { knownTools } from "./find-tool.ts";
import { openCalls } from "./open-calls.ts";
import { type Job, type PrepareOptions, prepareCall } from "./prepare-call.ts";
import { settle } from "./settle.ts";

export interface RunCallsOptions extends PrepareOptions {
  /** Ends the running calls at once and answers every open call as aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Of calls marked `parallel`, how many run at once. Default: 8. */
  readonly limit?: number | undefined;
  /**
   * Of one output, at 4 bytes a token: a longer text loses its middle, before it is first sent. A
   * tool's own limit goes before. Default: 10,000. `Infinity`: what the API takes.
   */
  readonly maxOutputTokens?: number | undefined;
  /** As soon as a call is answered; among parallel calls that is not the call order. */
  readonly onOutput?: ((output: CallOutput, call: Call) => void) | undefined;
}

/**
 * Answers the open calls among these items: executes the tools and returns the output items in
 * call order, ready to be sent. Never rejects because of a tool: wrong arguments, an unknown name,
 * an error, a timeout and an abort are all answers the model can read.
 *
 * First all arguments are read and consent is asked, in call order. Then the calls run one after
 * another; neighbors marked `parallel` run together. Left open, and so absent from the result, are
 * calls of tools without `execute`, of built-in tools not in the list, and those `approve` did not
 * decide on: `openCalls([...items, ...outputs])` lists them.
 */
export async function runCalls(
  items: readonly Item[],
  tools: readonly Tool[],
  options: RunCallsOptions = {},
): Promise<CallOutput[]> {
  const { signal, limit = 8, onOutput, maxOutputTokens: most = 10_000 } = options;
  const known = knownTools(items, tools);
  const jobs: (readonly [Call, Job | undefined])[] = [];
  for (const call of openCalls(items)) {
    const job = await settle((inner) => prepareCall(call, known, options, inner), signal);
    jobs.push([call, job instanceof Error ? { parallel: true, work: () => job } : job]);
  }

  const outputs = new Map<Call, CallOutput>();
  const finish = async (call: Call, { work, timeoutMs, maxOutputTokens = most }: Job) => {
    // Even a result that cannot be read is only a failure of its call.
    const answered = async (inner: AbortSignal) => answer(call, await work(inner), maxOutputTokens);
    const done = await settle(answered, signal, timeoutMs);
    const output = done instanceof Error ? answer(call, done) : done;
    outputs.set(call, output);
    onOutput?.(output, call);
  };
  const running = new Set<Promise<unknown>>();
  for (const [call, job] of jobs) {
    if (!job) continue;
    while (running.size >= (job.parallel ? Math.max(1, limit) : 1)) await Promise.race(running);
    const task: Promise<unknown> = finish(call, job).then(() => running.delete(task));
    running.add(task);
    if (!job.parallel) await task;
  }
  await Promise.all(running);
  for (const [call] of jobs) {
    if (signal?.aborted && !outputs.has(call)) await finish(call, { work() {} });
  }
  return jobs.flatMap(([call]) => outputs.get(call) ?? []);
}
