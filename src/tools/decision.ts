import { isRecord } from "./schema-node.ts";

/** A person's word on a call. The reason reaches the model. */
export type Decision = boolean | { readonly approve: boolean; readonly reason?: string };

/** Anything but a clear yes is a no. */
export function decisionOf(value: unknown): { approve: boolean; reason?: string } {
  const { approve = value, reason, message = reason } = isRecord(value) ? value : {};
  return { approve: approve === true, ...(typeof message === "string" && { reason: message }) };
}
