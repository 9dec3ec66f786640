import { cutMiddle } from "./cut-middle.ts";

/** What the model gets to read of an error, in characters. */
const maxError = 2000;

/** Text for the model from whatever a tool returned or threw; never empty, never throws. */
export function resultText(value: unknown, maxTokens?: number): string {
  return cutMiddle(textOf(value), maxTokens) || "(no output)";
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    if (!(value instanceof Error)) return JSON.stringify(value) ?? "";
    const { message, cause } = value;
    const text = `Error: ${message}${cause instanceof Error ? ` (${cause.message})` : ""}`;
    return text.length > maxError ? `${text.slice(0, maxError)}…` : text;
  } catch (error) {
    return `The result is no JSON: ${error instanceof Error ? error.message : ""}`;
  }
}
