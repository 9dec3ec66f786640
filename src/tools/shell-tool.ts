import type {
  FunctionShellTool,
  ResponseFunctionShellToolCall,
  ResponseFunctionToolCall,
} from "openai/resources/responses/responses";
import { problem } from "../errors.ts";
import { type BehaviorOptions, behavior, type RunnableTool, type ToolContext } from "./behavior.ts";
import { throwProblems, toolProblems } from "./check-tool.ts";
import type { InferSchema } from "./schema.ts";
import { settle } from "./settle.ts";
import type { ShellResult } from "./shell-result.ts";
import { type RunnableFunction, tool } from "./tool.ts";

/** One command line, as the model wrote it. */
export interface ShellCommand {
  readonly command: string;
  /** Where to run it. */
  readonly workdir?: string | undefined;
  /** How long the model lets it run. */
  readonly timeoutMs?: number | undefined;
}

export type ShellCall = ResponseFunctionToolCall | ResponseFunctionShellToolCall;

export interface ShellToolOptions
  extends Omit<BehaviorOptions<ShellCommand, ShellCall>, "execute"> {
  /** Runs one command; `timeoutMs` is for it to keep, and the signal for it to obey. */
  readonly execute: (
    command: ShellCommand,
    context: ToolContext<ShellCall>,
  ) => ShellResult | Promise<ShellResult>;
  /**
   * How the model gets it: `function` is the function `shell_command`, which every model since
   * GPT-5 knows; `builtin` is the API's own type, whose calls can hold several commands: they run
   * in order, and one that needs consent holds up its call. Default: `function`.
   */
  readonly wire?: "function" | "builtin" | undefined;
  /** Replaces the description of the `function` form. */
  readonly description?: string | undefined;
}

const defaultDescription = "Runs a shell command. Set workdir instead of using cd.";

// Open to more: models trained on Codex also send `justification` and the like.
const parameters = {
  type: "object",
  properties: {
    command: { type: "string" },
    workdir: { type: "string" },
    timeout_ms: { type: "number" },
  },
  required: ["command"],
} as const;

type ShellArguments = InferSchema<typeof parameters>;

export type RunnableShell =
  | RunnableFunction<"shell_command", ShellArguments>
  | RunnableTool<FunctionShellTool, readonly ShellCommand[], ResponseFunctionShellToolCall>;

/**
 * Lets the model run shell commands; `execute` decides how, and is the place for a sandbox.
 *
 * @throws `invalid_request` for a bad limit.
 */
export function shellTool(options: ShellToolOptions): RunnableShell {
  if (typeof options?.execute !== "function") {
    throwProblems([problem("execute", "is no function", "pass one that runs a command")]);
  }
  const { execute, approve, wire, description = defaultDescription, ...own } = options;
  const asks = typeof approve === "function";
  if (wire !== "builtin") {
    return tool({
      ...own,
      name: "shell_command",
      description,
      parameters,
      strict: false,
      execute: async (args, context) => shellText(await execute(commandOf(args), context)),
      approve: asks ? (args, context) => approve(commandOf(args), context) : approve,
    });
  }
  throwProblems(toolProblems("shell", own));
  return {
    type: "shell",
    environment: { type: "local" },
    [behavior]: {
      ...own,
      read: ({ action }) => ({
        ok: true,
        args: action.commands.map((command) => commandOf({ ...action, command })),
      }),
      async execute(commands, context) {
        const results: (ShellResult | Error)[] = [];
        for (const command of commands) {
          // Once the call is answered as late or aborted, the rest must not run behind its back.
          context.signal.throwIfAborted();
          results.push(await settle(() => execute(command, context)));
        }
        return results;
      },
      approve: asks
        ? async (commands, context) => {
            for (const command of commands) if (await approve(command, context)) return true;
            return false;
          }
        : approve,
    },
  };
}

interface WireCommand {
  readonly command: string;
  readonly workdir?: string;
  readonly timeout_ms?: number | null;
}

function commandOf({ command, workdir, timeout_ms }: WireCommand): ShellCommand {
  return { command, workdir, timeoutMs: timeout_ms ?? undefined };
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
  readonly timedOut?: boolean;
}

/** The exit code on a line of its own, then what the command printed. */
function shellText({ stdout, stderr, exitCode, timedOut }: Outcome): string {
  const ended = timedOut ? "Timed out" : `Exit code: ${exitCode}`;
  return [ended, stdout, stderr && `stderr:\n${stderr}`].filter(Boolean).join("\n");
}
