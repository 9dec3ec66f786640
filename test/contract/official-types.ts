import type {
  InputTokenCountParams,
  InputTokenCountResponse,
} from "openai/resources/responses/input-tokens";
import type {
  CompactedResponse,
  Response,
  ResponseCompactParams,
  ResponseCreateParamsNonStreaming,
  ResponseCreateParamsStreaming,
  ResponseInputItem,
  ResponseOutputItem,
  ResponseStreamEvent,
  Tool,
} from "openai/resources/responses/responses";

/** The types of the official SDK that the wire is held to, by what they are called here. */
export interface OfficialTypes {
  create: ResponseCreateParamsNonStreaming;
  createStreaming: ResponseCreateParamsStreaming;
  compact: ResponseCompactParams;
  countTokens: InputTokenCountParams;
  inputItem: ResponseInputItem;
  tool: Tool;
  response: Response;
  compacted: CompactedResponse;
  tokenCount: InputTokenCountResponse;
  outputItem: ResponseOutputItem;
  event: ResponseStreamEvent;
}
