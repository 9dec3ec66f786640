import type { ResponseFunctionShellCallOutputContent } from "openai/resources/responses/responses";
import { cutMiddle } from "./cut-middle.ts";
import { resultText } from "./result-text.ts";
import { isRecord } from "./schema-node.ts";

/** The output of one command of a `shell_call`: a `ShellResult`, or an error or text in its place. */
export function shellEntry(
  result: unknown,
  maxTokens?: number,
): ResponseFunctionShellCallOutputContent {
  const failed = result instanceof Error;
  const {
    stdout = failed ? "" : resultText(result),
    stderr = failed ? resultText(result) : "",
    exitCode = failed,
    timedOut = failed && result.name === "TimeoutError",
  } = isRecord(result) ? result : {};
  return {
    stdout: cutMiddle(String(stdout), maxTokens),
    stderr: cutMiddle(String(stderr), maxTokens),
    outcome: timedOut ? { type: "timeout" } : { type: "exit", exit_code: Number(exitCode) },
  };
}
