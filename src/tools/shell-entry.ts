import type { ResponseFunctionShellCallOutputContent } from "openai/resources/responses/responses";
import { resultText } from "./result-text.ts";
import { isShellResult, type ShellOutcome } from "./shell-result.ts";

/** The output of one command of a `shell_call`. */
export function shellEntry(result: unknown): ResponseFunctionShellCallOutputContent {
  const ran = isShellResult(result) ? result : outcomeOf(result);
  const { stdout, stderr, exitCode, timedOut } = ran;
  return {
    stdout,
    stderr,
    outcome: timedOut ? { type: "timeout" } : { type: "exit", exit_code: exitCode ?? 1 },
  };
}

function outcomeOf(result: unknown): ShellOutcome {
  const text = resultText(result);
  return result instanceof Error
    ? { stdout: "", stderr: text, timedOut: result.name === "TimeoutError" }
    : { stdout: text, stderr: "", exitCode: 0 };
}
