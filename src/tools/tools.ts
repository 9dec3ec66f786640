import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import { type Problem, problem } from "../errors.ts";
import type { Part } from "../part.ts";
import { throwProblems } from "./check-tool.ts";
import { toolListProblems } from "./tool-list-problems.ts";

type ToolChoice = NonNullable<ResponseCreateParamsBase["tool_choice"]>;

/** What `allow` and `choice` call a tool: functions and custom tools by name, others by type. */
export type NameOf<T> = T extends { type: "function" | "custom"; name: infer Name }
  ? Name
  : T extends { type: "namespace"; tools: readonly (infer Nested)[] }
    ? NameOf<Nested>
    : T extends { type: infer Type }
      ? Type
      : never;

export interface ToolsOptions<Name> {
  /** The only tools the model may call for now. Keeps the prompt cache, as a shorter list does not. */
  readonly allow?: readonly Name[] | undefined;
  /** `required`: at least one call. A name: this tool, whatever `allow` says. Default: `auto`. */
  readonly choice?: ToolChoice | Name | undefined;
  /** Whether one turn may hold several calls. The API's default: yes. */
  readonly parallel?: boolean | undefined;
}

/**
 * The tools of a request, in this order, which is part of the cached prefix.
 *
 * @throws `invalid_request` with every problem: a name used twice, `allow` or `choice` naming a
 * tool that is not in the list, an entry that is no tool.
 */
export function tools<const List extends readonly Tool[]>(
  list: List,
  options: ToolsOptions<NoInfer<NameOf<List[number]>>> = {},
): { tools: Tool[] } & Part<"tool_choice" | "parallel_tool_calls"> {
  const { allow, choice, parallel } = options;
  // Looking for names in a list that is itself wrong would only repeat its problems.
  throwProblems(toolListProblems(list, "tools"));
  const entries = list.flatMap(entriesOf);
  const problems: Problem[] = [];
  const find = (key: unknown, path: string): Entry[] => {
    const found = entries.filter((entry) => nameOf(entry) === key);
    if (found.length === 0) {
      const known = [...new Set(entries.map(nameOf))].join(", ");
      problems.push(problem(path, `no tool is called "${key}"`, `use one of: ${known}`));
    }
    return found;
  };

  const allowed = allow?.flatMap((key, index) => find(key, `allow[${index}]`));
  const mode = choice ?? "auto";
  let tool_choice: unknown = choice;
  if (typeof mode === "string" && mode !== "none") {
    if (!/^(auto|required)$/.test(mode)) tool_choice = find(mode, "choice")[0];
    else if (allowed)
      tool_choice = allowed[0] ? { type: "allowed_tools", mode, tools: allowed } : "none";
  }
  throwProblems(problems);
  return {
    tools: [...list],
    ...(isChoice(tool_choice) && { tool_choice }),
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
  };
}

/** A tool as `tool_choice` refers to it. */
interface Entry {
  readonly type: string;
  readonly name?: string;
  readonly server_label?: string;
}

function entriesOf(tool: Tool): Entry[] {
  return (tool.type === "namespace" ? tool.tools : [tool]).map(
    ({ type, name, server_label }: Entry) => ({
      type,
      ...(name && { name }),
      ...(server_label && { server_label }),
    }),
  );
}

function nameOf({ name, type }: Entry): string {
  return name ?? type;
}

/** The API takes more hosted types here than the SDK's union has. */
function isChoice(value: unknown): value is ToolChoice {
  return value !== undefined;
}
