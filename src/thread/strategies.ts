import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import type { RequestOptions, ResponsesClient } from "../client.ts";
import { CodexError } from "../errors.ts";
import { costOf } from "../money/cost.ts";
import { openStream, type StreamOptions, send } from "../stream/stream.ts";
import { type Item, type Turn, toInput } from "../turn.ts";
import type { Compacted, Strategy } from "./compaction.ts";
import { isDeveloper, leadingDeveloper, leadingInput } from "./leading.ts";
import { replayable } from "./replayable.ts";
import { summaryMessage, summaryRequest } from "./summary-text.ts";

/** What a strategy works on. */
export interface CompactionTask {
  readonly client: Pick<ResponsesClient, "responses">;
  readonly options: StreamOptions;
  readonly signal: AbortSignal | undefined;
  /** The whole transcript, every call answered. */
  readonly items: readonly Item[];
  /** The next request with `added` at its end, chained where the thread is. */
  readonly request: (added: readonly Item[]) => ResponseCreateParamsBase;
}

/** @throws {CodexError} When the API fails or does not give exactly one compaction item. */
export function compactBy(strategy: Strategy, task: CompactionTask): Promise<Compacted> {
  if (strategy === "trigger") return byTrigger(task);
  return strategy === "endpoint" ? byEndpoint(task) : bySummary(task);
}

async function byTrigger(task: CompactionTask): Promise<Compacted> {
  const params = task.request([{ type: "compaction_trigger" }]);
  const turn = await takeTurn(task, params);
  const at = indexOfCompaction(turn.items);
  return {
    items: [...leadingDeveloper(task.items), ...turn.items.slice(at)],
    head: params.store === false ? undefined : turn.id,
    usage: turn.usage,
    cost: turn.cost,
  };
}

async function byEndpoint({
  client,
  request,
  items,
  options,
  signal,
}: CompactionTask): Promise<Compacted> {
  const { model, previous_response_id, prompt_cache_key, input } = request([]);
  // The endpoint refuses a history with this item; the thread says it again afterwards.
  const configured = items.some(({ type }) => type === "configuration_update");
  const chained = previous_response_id && !configured;
  const whole = replayable(items).filter(({ type }) => type !== "configuration_update");
  const { output, usage } = await client.responses.compact(
    {
      model: model ?? null,
      ...(chained
        ? { previous_response_id, ...(input?.length && { input }) }
        : { input: toInput(whole) }),
      ...(prompt_cache_key && { prompt_cache_key }),
    },
    { ...options.request, ...(signal && { signal }) },
  );
  indexOfCompaction(output);
  const kept = output.some(isDeveloper) ? [] : leadingDeveloper(items);
  return { items: [...kept, ...output], usage, cost: costOf(model, usage) };
}

async function bySummary(task: CompactionTask): Promise<Compacted> {
  const { text, ...params } = task.request([summaryRequest()]);
  const { verbosity } = text ?? {};
  const turn = await takeTurn(task, {
    ...params,
    ...(verbosity && { text: { verbosity } }),
    ...(params.tools?.length && { tool_choice: "none" }),
  });
  if (turn.text.trim() === "") throw new CodexError("invalid_output", "The summary is empty");
  const kept = leadingInput(task.items);
  const { usage, cost } = turn;
  return { items: [...kept, summaryMessage(turn.text)], usage, cost };
}

function takeTurn(
  { client, options, signal }: CompactionTask,
  params: ResponseCreateParamsBase,
): Promise<Turn> {
  const request: RequestOptions | undefined = options.request;
  return openStream<unknown>(
    { ...options, signal },
    {
      sent: () => ({ params, chain: params.previous_response_id ? "chained" : "replayed" }),
      open: (inner) => send(client, params, request, inner),
    },
  ).final();
}

function indexOfCompaction(output: readonly Item[]): number {
  const found = output.flatMap((item, i) => (item.type === "compaction" ? [i] : []));
  const [at] = found;
  if (at !== undefined && found.length === 1) return at;
  const message = `Compaction gave ${found.length} compaction items instead of one`;
  throw new CodexError("invalid_output", message, { retryable: true });
}
