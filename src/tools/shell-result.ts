/** What one command did. */
export type ShellResult =
  | { readonly stdout: string; readonly stderr: string; readonly exitCode: number }
  | { readonly stdout: string; readonly stderr: string; readonly timedOut: true };
