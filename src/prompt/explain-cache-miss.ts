import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { list } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";
import { changedSetting, type MissReason } from "./changed-setting.ts";
import { firstDifference } from "./first-difference.ts";
import { inputItems, textIn } from "./items.ts";
import { measure } from "./measure.ts";

export interface CacheMissExplanation {
  readonly reason: MissReason;
  /** The first change, such as `tools[2].description` or `input[3].content[0].text`. */
  readonly path: string;
  /**
   * What both requests start with: leading items, and the size of these and of the tools. Nothing
   * for a change that comes before the input. Tokens are estimated, at 4 bytes.
   */
  readonly reusable: { readonly items: number; readonly bytes: number; readonly tokens: number };
}

/**
 * Why the second of two requests cannot read from the prompt cache all that the first one put
 * there: the first change, by path. `null` when it only appends. A request that continues another
 * response or a conversation appends too; only its settings are compared.
 */
export function explainCacheMiss(
  before: ResponseCreateParamsBase,
  after: ResponseCreateParamsBase,
): CacheMissExplanation | null {
  const changed = changedSetting(before, after);
  if (changed) return { ...changed, reusable: nothing };
  const parent = (params: ResponseCreateParamsBase) => params.previous_response_id ?? "";
  if (before.conversation || after.conversation || parent(before) !== parent(after)) return null;

  const [old, now] = [inputItems(before.input), inputItems(after.input)];
  const length = Math.min(old.length, now.length);
  const path = firstDifference(old.slice(0, length), now.slice(0, length), "input");
  const isOld = (item: Item) =>
    old.some((other) => other.type === item.type && textIn(other, key) === textIn(item, key));
  const compaction = now.findIndex((item) => item.type === "compaction" && !isOld(item));
  if (compaction >= 0) {
    return { reason: "context_compacted", path: path || `input[${compaction}]`, reusable: nothing };
  }
  if (!path) return null;
  const items = Number(/\d+/.exec(path));
  const { bytes, tokens } = measure(...list(after.tools ?? []), ...now.slice(0, items));
  return { reason: "input_changed", path, reusable: { items, bytes, tokens } };
}

const key = "encrypted_content";
const nothing = { items: 0, bytes: 0, tokens: 0 };
