import type { ResponseOutputItem } from "openai/resources/responses/responses";

/**
 * The items of a response: as the terminal event lists them, and those that were streamed but are
 * missing there (some servers send an empty or partial list), at the place they were streamed.
 */
export function mergeOutput(
  streamed: readonly ResponseOutputItem[],
  listed: readonly ResponseOutputItem[],
): ResponseOutputItem[] {
  if (listed.length === 0) return [...streamed];
  const merged = [...listed];
  let at = 0;
  for (const item of streamed) {
    const found = merged.findIndex((one, i) => i >= at && isSame(one, item));
    const one = merged[found];
    if (!one) merged.splice(at++, 0, item);
    else {
      if (isEncrypted(item) && !isEncrypted(one)) merged[found] = item;
      at = found + 1;
    }
  }
  return merged;
}

function isSame(a: ResponseOutputItem, b: ResponseOutputItem): boolean {
  if (a.type !== b.type) return false;
  for (const key of ["id", "call_id"]) {
    const [one, other] = [Reflect.get(a, key), Reflect.get(b, key)];
    if (one && other) return one === other;
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

function isEncrypted(item: ResponseOutputItem): boolean {
  return "encrypted_content" in item && Boolean(item.encrypted_content);
}
