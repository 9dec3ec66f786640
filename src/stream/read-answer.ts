import type { ResponseOutputItem, ResponseTextConfig } from "openai/resources/responses/responses";
import { outputReader, readJson } from "../prompt/output-format.ts";
import type { Reading } from "../tools/behavior.ts";
import { openCalls } from "../tools/open-calls.ts";
import { textOf } from "./finish.ts";

/** The value that `output()` asked for, or why the text is none. */
export async function readAnswer<T>(
  format: ResponseTextConfig | undefined,
  items: readonly ResponseOutputItem[],
): Promise<Reading<T>> {
  const read = outputReader<T>(format);
  const text = textOf(items);
  if (read && (text !== "" || openCalls(items).length === 0)) return readJson(text, read);
  // Without `output()`, and where calls came instead of an answer, `T` includes `undefined`.
  return { ok: true, args: undefined as T };
}
