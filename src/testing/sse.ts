import type { Json } from "./wire.ts";

/** One event as the API writes it. */
export function sse(event: Json): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
