import { isCodexError, type Problem } from "../../src/errors.ts";

/** The problems that a builder refuses its arguments with. */
export function problemsOf(build: () => unknown): readonly Problem[] {
  try {
    build();
  } catch (error) {
    if (isCodexError(error) && error.kind === "invalid_request") return error.problems ?? [];
    throw error;
  }
  return [];
}

export function error(path: string, message: string, fix: string): Problem {
  return { level: "error", path, message, fix };
}

export function warning(path: string, message: string, fix: string): Problem {
  return { level: "warning", path, message, fix };
}
