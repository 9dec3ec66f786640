import type {
  FunctionShellTool,
  ResponseFunctionShellToolCall,
  ResponseFunctionToolCall,
} from "openai/resources/responses/responses";
import { behavior, type RunnableTool, type ToolBehavior, type ToolContext } from "./behavior.ts";
import { throwProblems, toolProblems } from "./check-tool.ts";
import type { InferSchema } from "./schema.ts";
import { settle } from "./settle.ts";
import type { ShellResult } from "./shell-result.ts";
import { type RunnableFunction, tool } from "./tool.ts";

/** One command line, as the model wrote it. */
export interface ShellCommand {
  readonly command: string;
  /** Where to run it. */
  readonly workdir?: string;
  /** How long the model lets it run. */
  readonly timeoutMs?: number;
}

export type ShellCall = ResponseFunctionToolCall | ResponseFunctionShellToolCall;

export interface ShellToolOptions
  extends Pick<ToolBehavior<ShellCommand, ShellCall>, "approve" | "timeoutMs" | "parallel"> {
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
    workdir: { type: "string", description: "The directory to run it in" },
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
 * @throws `invalid_request` for a bad time limit.
 */
export function shellTool(options: ShellToolOptions): RunnableShell {
  const { execute, approve, wire, description = defaultDescription, ...own } = options;
  const asks = typeof approve === "function";
  if (wire !== "builtin") {
    return tool({
      ...own,
      name: "shell_command",
      description,
      parameters,
      strict: false,
      execute: (args, context) => execute(commandOf(args), context),
      approve: asks ? (args, context) => approve(commandOf(args), context) : approve,
    });
  }
  throwProblems(toolProblems("shell", own.timeoutMs));
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

function commandOf({
  command,
  workdir,
  timeout_ms,
}: {
  command: string;
  workdir?: string;
  timeout_ms?: number | null;
}): ShellCommand {
  return {
    command,
    ...(workdir !== undefined && { workdir }),
    ...(timeout_ms != null && { timeoutMs: timeout_ms }),
  };
}
