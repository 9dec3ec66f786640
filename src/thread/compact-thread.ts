import { invalidRequest } from "../errors.ts";
import type { CompactionReport } from "./compaction.ts";
import { updateItems } from "./settings.ts";
import type { ThreadContext, TurnOptions } from "./thread-options.ts";
import type { ThreadState } from "./thread-state.ts";

/**
 * Shortens a transcript now. What items had changed, effort and added tools, is said again after it.
 * `undefined` when every strategy failed: the transcript is then as it was.
 *
 * @throws {CodexError} `invalid_request` while calls are open: a call is never cut from its output.
 */
export async function compactThread<T>(
  { client, options: threadOptions, compactor }: ThreadContext,
  state: ThreadState<T>,
  { signal, onSpent, onCompaction }: TurnOptions,
): Promise<CompactionReport | undefined> {
  const { transcript } = state;
  if (transcript.open.some((call) => !("async" in call && call.async))) {
    const message = "calls are open, and compaction must not part them from their outputs";
    const fix = "answer them first";
    throw invalidRequest([{ level: "error", path: "thread", message, fix }]);
  }
  const before = transcript.items.length;
  const task = {
    client,
    options: threadOptions,
    signal: signal ?? threadOptions.signal,
    items: transcript.items,
    request: (added: Parameters<typeof state.exchange>[0]) => state.exchange(added).params,
  };
  const compacted = await compactor.compact(task, threadOptions.onWarning);
  if (!compacted) return undefined;
  const { strategy, items, head, usage, cost } = compacted;
  transcript.replaceWindow(
    [...items, ...updateItems({ ...state.settings, wanted: state.settings.said })],
    head,
  );
  state.whole = true;
  state.meter.add(compacted);
  onSpent?.(compacted);
  const report = { strategy, items: { before, after: transcript.items.length }, usage, cost };
  onCompaction?.(report);
  return report;
}
