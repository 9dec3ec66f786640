import type { ResponseInputContent } from "openai/resources/responses/responses";
import { resultText } from "./result-text.ts";
import { isRecord } from "./schema-node.ts";

/** What a function or custom tool's output holds: content parts as they are, all else as text. */
export function resultContent(result: unknown): string | ResponseInputContent[] {
  const parts: unknown[] = Array.isArray(result) ? result : [result];
  return parts.length > 0 && parts.every(isPart) ? parts : resultText(result);
}

function isPart(value: unknown): value is ResponseInputContent {
  return isRecord(value) && /^input_(text|image|file)$/.test(String(value.type));
}
