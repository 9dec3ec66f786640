import type {
  ResponseConfigurationUpdateItemParam,
  ResponseCreateParamsBase,
  ResponseInputItem,
  ResponseTextConfig,
  Tool,
} from "openai/resources/responses/responses";
import type { Effort } from "../models/model-info.ts";

/** How a thread asks: what every request says, and what items in the transcript changed since. */
export interface Settings {
  /** The body of every request, without its input. */
  readonly params: ResponseCreateParamsBase;
  /** Every tool the model was ever offered, with its behavior. */
  readonly tools: readonly Tool[];
  /** Tools that `additional_tools` items offered, after the first request. */
  readonly added: readonly Tool[];
  /** The effort and format in force, where an item changed them. */
  readonly effort?: Effort;
  readonly format?: ResponseTextConfig["format"];
  /** Changes that the next request must carry. */
  readonly pending: { readonly tools: readonly Tool[]; readonly update: boolean };
}

export function settingsOf(params: ResponseCreateParamsBase): Settings {
  const { input, previous_response_id, ...rest } = params;
  const pending = { tools: [], update: false };
  return { params: rest, tools: params.tools ?? [], added: [], pending };
}

/** The items that carry the pending changes. */
export function pendingItems({ pending, ...settings }: Settings): ResponseInputItem[] {
  return itemsFor(pending.tools, pending.update ? settings : {});
}

/** The items that say again, in a new window, what items in the old one had changed. */
export function carriedItems(settings: Settings): ResponseInputItem[] {
  const { pending, added } = settings;
  const carried = added.filter((tool) => !pending.tools.includes(tool));
  return itemsFor(carried, pending.update ? {} : settings);
}

export function withoutPending(settings: Settings): Settings {
  return { ...settings, pending: { tools: [], update: false } };
}

function itemsFor(
  tools: readonly Tool[],
  { effort, format }: Pick<Settings, "effort" | "format">,
): ResponseInputItem[] {
  const items: ResponseInputItem[] = [];
  if (tools.length > 0)
    items.push({ type: "additional_tools", role: "developer", tools: [...tools] });
  const update: ResponseConfigurationUpdateItemParam = {
    type: "configuration_update",
    ...(effort && { reasoning: { effort } }),
    ...(format && format.type !== "json_object" && { text: { format } }),
  };
  if (update.reasoning || update.text) items.push(update);
  return items;
}
