import { isShellResult, shellText } from "./shell-result.ts";

/** What the API takes in one string, in characters. */
const maxText = 10_485_760;
/** What the model gets to read of an error, in characters. */
const maxError = 2000;

/** Text for the model from whatever a tool returned or threw; never empty, never throws. */
export function resultText(value: unknown): string {
  // Half a surrogate pair, as a cut may leave, makes the API refuse the whole request.
  return textOf(value).slice(0, maxText).toWellFormed() || "(no output)";
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    if (value instanceof Error) return errorText(value);
    if (isShellResult(value)) return shellText(value);
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part)) ?? "";
  } catch (error) {
    return `The result is no JSON: ${error instanceof Error ? error.message : ""}`;
  }
}

function errorText({ message, cause }: Error): string {
  const text = `Error: ${message}${cause instanceof Error ? ` (${cause.message})` : ""}`;
  return text.length > maxError ? `${text.slice(0, maxError)}…` : text;
}
