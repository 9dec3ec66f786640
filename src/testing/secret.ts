import type { WireItem } from "./wire.ts";

const marker = "gAAAAmock";

/**
 * What stands for encrypted content. `final` is false for the value of `output_item.added`, which
 * is not the one to replay.
 */
export function encrypt(item: WireItem, final: boolean): string {
  return `${marker}.${btoa(`${item.id}`)}.${final ? "final" : "partial"}==`;
}

/** Whether this server made `content` for another item, or not as its final value. */
export function isForged(item: WireItem): boolean {
  const content = item.encrypted_content;
  if (typeof content !== "string" || !content.startsWith(marker)) return false;
  return item.id ? content !== encrypt(item, true) : !content.endsWith(".final==");
}
