import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { changedSetting } from "../prompt/changed-setting.ts";
import type { CacheMiss, Turn } from "../turn.ts";

/** Below this many input tokens a miss is not worth explaining; the API caches from 1,024. */
const worthwhile = 2048;

/** What there is to compare a turn with. */
export interface Before {
  readonly params: ResponseCreateParamsBase;
  readonly turn: Turn;
}

/**
 * Why a turn read less than half of the turn before it from the prompt cache; `undefined` when it
 * read more. A thread only appends, so what differs is a setting, a compaction, or time.
 */
export function cacheMiss(
  before: Before | undefined,
  params: ResponseCreateParamsBase,
  turn: Turn,
  compacted: boolean,
): CacheMiss | undefined {
  const server = turn.response.prompt_cache_diagnostics;
  const said = server?.type === "cache_miss" ? server : undefined;
  const readable = before?.turn.usage?.input_tokens ?? 0;
  const surprise = readable >= worthwhile && turn.cache.cachedTokens < readable / 2;
  if (!surprise && !said) return undefined;

  const ours = before && changedSetting(before.params, params);
  const reason = compacted ? "context_compacted" : (ours?.reason ?? said?.reason ?? "unknown");
  return { reason, ...(ours && { path: ours.path }), ...(server && { server }) };
}
