import { stat } from "node:fs/promises";
import { invalidRequest, type Problem } from "../errors.ts";
import type { Patch } from "../patch/patch.ts";
import { type ApplyPatchCall, applyPatchTool } from "../tools/apply-patch-tool.ts";
import {
  type RunnableShell,
  type ShellCall,
  type ShellCommand,
  shellTool,
} from "../tools/shell-tool.ts";
import { type FileTools, fileTools } from "./file-tools.ts";
import { bytesPerToken } from "./head-tail.ts";
import { type Jail, locate, openJail } from "./jail.ts";
import { explain } from "./node-error.ts";
import { patchFiles } from "./patch-files.ts";
import { type CommandResult, runCommand } from "./run-command.ts";
import { safeEnv } from "./safe-env.ts";
import { type CommandRules, refusal } from "./shell-rules.ts";

/** A call on which somebody may have a say. */
export type ApprovalRequest =
  | {
      readonly tool: "shell";
      readonly call: ShellCall;
      readonly command: string;
      /** As the model wrote it. */
      readonly workdir?: string;
    }
  | { readonly tool: "apply_patch"; readonly call: ApplyPatchCall; readonly patch: Patch };

export interface WorkspaceOptions extends CommandRules {
  /** Added to the few variables a command inherits; `undefined` removes one of these. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Longest run of a command, whatever the model asks for. Default 120,000. */
  timeoutMs?: number;
  /** Of each result, at 4 bytes a token; what is longer loses its middle. Default 10,000. */
  maxOutputTokens?: number;
  /** Whether a shell or patch call needs consent before it runs. Default: no. */
  approve?: boolean | ((request: ApprovalRequest) => boolean | Promise<boolean>);
  /** `builtin`: the API's own `shell` and `apply_patch` types, with one patched file a call. */
  wire?: "builtin";
}

export interface Workspace {
  /** The real path. */
  readonly root: string;
  /** `shell`, `apply_patch`, `read_file`, `list_files`, `search_files`. */
  readonly tools: readonly [RunnableShell, ReturnType<typeof applyPatchTool>, ...FileTools];
}

/**
 * Tools that work on the files below a folder. Every path is resolved against it; what leads out,
 * also by a symlink, is refused. Commands run without the secrets of our environment, are killed
 * with their children on timeout and abort, and their output is cut before the model first sees it.
 *
 * A shell is not a sandbox: the folder binds where a command starts and not what it does, and
 * `allow` and `deny` are guard rails. Let an untrusted model run in a container.
 *
 * @throws {CodexError} `invalid_request` when `root` is no folder or a limit is no positive number.
 */
export function workspace(root: string, options: WorkspaceOptions = {}): Workspace {
  const { timeoutMs = 120_000, maxOutputTokens = 10_000, approve, wire } = options;
  check({ timeoutMs, maxOutputTokens }, { allow: options.allow, deny: options.deny });
  const jail = openJail(root);
  const maxBytes = Math.floor(maxOutputTokens * bytesPerToken);

  const shell = shellTool({
    wire,
    // Cut while it is printed, so that a command cannot fill the memory.
    maxOutputTokens: Number.POSITIVE_INFINITY,
    approve: consent(approve, (command: ShellCommand, call: ShellCall) => {
      // What the rules refuse will not run, so nobody need be asked.
      if (refusal(command.command, options) !== undefined) return undefined;
      const { workdir } = command;
      return { tool: "shell", call, command: command.command, ...(workdir && { workdir }) };
    }),
    execute: (command, { signal }) => {
      const limits = { timeoutMs, maxOutputBytes: maxBytes, signal };
      return runInside(jail, command, options, limits);
    },
  });
  const applyPatch = applyPatchTool({
    wire,
    approve: consent(approve, (patch: Patch, call: ApplyPatchCall) => {
      return { tool: "apply_patch", call, patch };
    }),
    apply: (patch, { signal }) => patchFiles(jail, patch, signal),
  });
  return { root: jail.root, tools: [shell, applyPatch, ...fileTools(jail, maxBytes)] };
}

async function runInside(
  jail: Jail,
  { command, workdir = ".", timeoutMs: asked = 0 }: ShellCommand,
  rules: WorkspaceOptions,
  limits: { timeoutMs: number; maxOutputBytes: number; signal: AbortSignal },
): Promise<CommandResult> {
  const refused = refusal(command, rules);
  if (refused !== undefined) throw new Error(refused);
  const { name, real: cwd } = await locate(jail, workdir || ".");
  const found = await stat(cwd).catch((error: unknown) => {
    throw explain(name, error);
  });
  if (!found.isDirectory()) throw new Error(`${name}: is no folder to run a command in`);
  const timeoutMs = asked > 0 ? Math.min(asked, limits.timeoutMs) : limits.timeoutMs;
  return runCommand(command, { ...limits, cwd, env: safeEnv(rules.env), timeoutMs });
}

/** `approve` as a tool wants it. */
function consent<Args, C>(
  approve: WorkspaceOptions["approve"],
  request: (args: Args, call: C) => ApprovalRequest | undefined,
): (args: Args, context: { call: C }) => boolean | Promise<boolean> {
  return (args, { call }) => {
    const asked = approve && request(args, call);
    if (!asked) return false;
    return approve === true || approve(asked);
  };
}

function check(limits: Record<string, number>, rules: Record<string, unknown>): void {
  const problems = Object.entries(limits).flatMap(([path, value]): Problem[] => {
    if (value > 0) return [];
    return [
      { level: "error", path, message: `${value} is no limit`, fix: "pass a positive number" },
    ];
  });
  for (const [path, list] of Object.entries(rules)) {
    if (list === undefined || Array.isArray(list)) continue;
    problems.push({ level: "error", path, message: "is no list", fix: `pass [${String(list)}]` });
  }
  if (problems.length > 0) throw invalidRequest(problems);
}
