import { CodexError } from "../errors.ts";

/** Kind `invalid_patch` for a line of the patch text, worded for the model that wrote it. */
export function invalidPatch(file: string, line: number, message: string, fix: string): CodexError {
  const path = `${file || "patch"}:${line}`;
  return new CodexError("invalid_patch", `Nothing changed. ${path}: ${message}\n${fix}`, {
    problems: [{ level: "error", path, message, fix }],
  });
}

/** The line in quotes, cut to 120 characters. */
export function quote(line: string): string {
  return JSON.stringify(line.slice(0, 120));
}
