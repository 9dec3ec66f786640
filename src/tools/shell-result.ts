import { isRecord } from "./schema-node.ts";

/** What one command did. */
export type ShellResult =
  | { readonly stdout: string; readonly stderr: string; readonly exitCode: number }
  | { readonly stdout: string; readonly stderr: string; readonly timedOut: true };

/** Both forms at once; neither key of the second line means exit code 1. */
export interface ShellOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
  readonly timedOut?: boolean;
}

export function isShellResult(value: unknown): value is ShellOutcome {
  return (
    isRecord(value) &&
    typeof value.stdout === "string" &&
    typeof value.stderr === "string" &&
    ("exitCode" in value || "timedOut" in value)
  );
}

/** The exit code on a line of its own, then what the command printed. */
export function shellText({ stdout, stderr, exitCode, timedOut }: ShellOutcome): string {
  return [timedOut ? "Timed out" : `Exit code: ${exitCode}`, stdout, stderr && `stderr:\n${stderr}`]
    .filter(Boolean)
    .join("\n");
}
