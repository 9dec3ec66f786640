import { isRecord } from "./schema-node.ts";

/** A person's word on a call. The reason reaches the model. */
export type Decision = boolean | { readonly approve: boolean; readonly reason?: string };

/** Anything but a clear yes is a no. */
export function decisionOf(value: unknown): { approve: boolean; reason?: string } {
  if (!isRecord(value)) return { approve: value === true };
  const reason = value instanceof Error ? value.message : value.reason;
  return { approve: value.approve === true, ...(typeof reason === "string" && { reason }) };
}
