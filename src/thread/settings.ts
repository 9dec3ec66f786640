import type {
  ResponseConfigurationUpdateItemParam,
  ResponseCreateParamsBase,
  ResponseInputItem,
  ResponseTextConfig,
  Tool,
} from "openai/resources/responses/responses";
import type { Effort } from "../models/model-info.ts";

/** What items in a transcript can say about how the model works. */
export interface Said {
  /** Tools that came after the first request. */
  readonly tools: readonly Tool[];
  readonly effort?: Effort;
  readonly format?: ResponseTextConfig["format"];
}

/** How a thread asks: what every request says, and what items are to change about it. */
export interface Settings {
  /** The body of every request, without its input. */
  readonly params: ResponseCreateParamsBase;
  /** Every tool the model was ever offered, with its behavior. */
  readonly tools: readonly Tool[];
  /** What items in the transcript have said, and what they should. */
  readonly said: Said;
  readonly wanted: Said;
}

export function settingsOf({
  input,
  previous_response_id,
  ...params
}: ResponseCreateParamsBase): Settings {
  return { params, tools: params.tools ?? [], said: { tools: [] }, wanted: { tools: [] } };
}

/** The items that lead from what was said to what is wanted; in a new window, nothing was said. */
export function updateItems({ wanted }: Settings, said: Said = { tools: [] }): ResponseInputItem[] {
  const tools = wanted.tools.slice(said.tools.length);
  const { effort, format } = wanted;
  const update: ResponseConfigurationUpdateItemParam = {
    type: "configuration_update",
    ...(effort && effort !== said.effort && { reasoning: { effort } }),
    ...(format &&
      isNew(format, said.format) &&
      format.type !== "json_object" && { text: { format } }),
  };
  const updates = update.reasoning || update.text ? [update] : [];
  return tools.length > 0
    ? [{ type: "additional_tools", role: "developer", tools }, ...updates]
    : updates;
}

/** By value: a thread that went through JSON has copies. */
function isNew(format: object, said: object | undefined): boolean {
  return JSON.stringify(format) !== JSON.stringify(said);
}
