import { hash } from "./hash.ts";

/** A piece of a prompt as JSON. */
export interface Size {
  /** The same for the same JSON, on every machine. */
  readonly hash: string;
  /** In UTF-8. */
  readonly bytes: number;
  /** Estimated, at 4 bytes. */
  readonly tokens: number;
}

export function measure(...values: readonly unknown[]): Size {
  const text = values.map((value) => JSON.stringify(value)).join("\n");
  const bytes = new TextEncoder().encode(text).length;
  return { hash: hash(text), bytes, tokens: Math.ceil(bytes / 4) };
}
