import type OpenAI from "openai";
import type {
  FunctionTool,
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseInputItem,
} from "openai/resources/responses/responses";
import { runTool, type ToolSpec } from "./cache-day.ts";

export function functionTool(spec: ToolSpec): FunctionTool {
  return { type: "function", strict: true, ...spec };
}

/** The loop that the SDK leaves to its user: requests until there is nothing more to answer. */
export async function loop(
  client: OpenAI,
  params: ResponseCreateParamsNonStreaming,
): Promise<Response> {
  for (let next = params; ; ) {
    const response = await client.responses.create(next);
    const input = response.output.flatMap((item): ResponseInputItem[] => {
      if (item.type !== "function_call") return [];
      const output = runTool(JSON.parse(item.arguments));
      return [{ type: "function_call_output", call_id: item.call_id, output }];
    });
    if (input.length === 0) return response;
    next = { ...params, input, previous_response_id: response.id };
  }
}
