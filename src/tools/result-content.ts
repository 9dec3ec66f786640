import type { ResponseInputContent } from "openai/resources/responses/responses";
import { cutMiddle } from "./cut-middle.ts";
import { resultText } from "./result-text.ts";
import { isRecord } from "./schema-node.ts";

/** What a function or custom tool's output holds: content parts as they are, all else as text. */
export function resultContent(
  result: unknown,
  maxTokens?: number,
): string | ResponseInputContent[] {
  const parts: unknown[] = Array.isArray(result) ? result : [result];
  if (parts.length === 0 || !parts.every(isPart)) return resultText(result, maxTokens);
  return parts.map((part) =>
    part.type === "input_text" ? { ...part, text: cutMiddle(part.text, maxTokens) } : part,
  );
}

function isPart(value: unknown): value is ResponseInputContent {
  return isRecord(value) && /^input_(text|image|file)$/.test(String(value.type));
}
