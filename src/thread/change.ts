import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import { invalidRequest, type Problem } from "../errors.ts";
import { modelInfo } from "../models/lookup.ts";
import { checkRequest } from "../request/request.ts";
import { tools as toolsPart } from "../tools/tools.ts";
import type { Said, Settings } from "./settings.ts";

type Params = ResponseCreateParamsBase;

/** What a thread can change: parts as their builders return them, and the model. */
export type ChangePart = Partial<
  Pick<Params, "reasoning" | "text" | "tools" | "tool_choice" | "parallel_tool_calls" | "model">
>;

/** The keys a thread can change, and what the API calls a cache miss over them. */
const changeable: Readonly<Record<string, string>> = {
  model: "model_changed",
  reasoning: "reasoning_effort_changed",
  text: "text_format_changed",
  tools: "tools_changed",
  parallel_tool_calls: "tools_changed",
  tool_choice: "",
};

/**
 * Changes a thread from its next request on: by items at the end of the transcript where the model
 * has them, so that the cached prefix stays; else on the request itself, which is reported.
 *
 * @throws {CodexError} `invalid_request` for what a thread cannot change.
 */
export function changeSettings(
  settings: Settings,
  part: ChangePart,
): { settings: Settings; warnings: Problem[] } {
  const before = settings.params;
  const problems = [
    ...Object.keys(part)
      .filter((key) => !(key in changeable))
      .map(unchangeable),
    ...(part.tools ?? []).filter((tool) => isRedefined(tool, settings.tools)).map(redefinition),
    ...newProblems(before, part),
  ];
  if (problems.length > 0) throw invalidRequest(problems);

  const params: Params = { ...before };
  const wanted: { -readonly [K in keyof Said]: Said[K] } = { ...settings.wanted };
  const { model, reasoning, text, parallel_tool_calls } = part;
  if (model) params.model = model;
  if (parallel_tool_calls !== undefined) params.parallel_tool_calls = parallel_tool_calls;
  const info = modelInfo(params.model);
  const byItem =
    info?.configurationUpdate && before.reasoning?.mode !== "pro" && before.truncation !== "auto";

  if (reasoning) {
    const { effort, ...rest } = reasoning;
    if (byItem && effort && Object.keys(rest).length === 0) {
      if (effort !== (wanted.effort ?? before.reasoning?.effort)) wanted.effort = effort;
    } else params.reasoning = { ...before.reasoning, ...reasoning };
  }
  if (text) {
    const { format, ...rest } = text;
    if (format && byItem && format.type !== "json_object") wanted.format = format;
    const onRequest = { ...before.text, ...(wanted.format === format ? rest : text) };
    if (Object.keys(onRequest).length > 0) params.text = onRequest;
  }
  let { tools } = settings;
  if (part.tools) {
    const list = part.tools;
    const fresh = list.filter((tool) => !find(tool, tools));
    tools = [...tools.map((tool) => find(tool, list) ?? tool), ...fresh];
    if (info?.additionalTools) wanted.tools = [...wanted.tools, ...fresh];
    else if (fresh.length > 0) params.tools = [...(before.tools ?? []), ...fresh];
  }
  const choice = choiceOf(part, tools) ?? (part.tools && before.tool_choice && "auto");
  if (choice) params.tool_choice = choice;

  const lost = Object.keys(changeable).filter(
    (key) => changeable[key] && differ(key, before, params),
  );
  return { settings: { ...settings, params, tools, wanted }, warnings: lost.map(cacheLost) };
}

/** Tools missing in the new list are closed: nothing can take them out of the cached one. */
function choiceOf({ tools: list, tool_choice: choice }: ChangePart, all: readonly Tool[]) {
  if (!list || list.length === all.length || typeof choice === "object") return choice;
  const allow = list.map((tool) => ("name" in tool ? tool.name : tool.type));
  return toolsPart(all, { allow, ...(choice && { choice }) }).tool_choice;
}

function find(tool: Tool, list: readonly Tool[]): Tool | undefined {
  return list.find((one) => keyOf(one) === keyOf(tool));
}

function keyOf(tool: Tool): string {
  return "name" in tool ? tool.name : tool.type === "mcp" ? `mcp ${tool.server_label}` : tool.type;
}

function isRedefined(tool: Tool, known: readonly Tool[]): boolean {
  const same = find(tool, known);
  return same !== undefined && JSON.stringify(same) !== JSON.stringify(tool);
}

function differ(key: string, a: object, b: object): boolean {
  return JSON.stringify(Reflect.get(a, key)) !== JSON.stringify(Reflect.get(b, key));
}

/** A change is not to blame for what was wrong before. */
function newProblems(params: Params, part: ChangePart): Problem[] {
  const known = new Set(checkRequest(params).map(({ path, message }) => path + message));
  return checkRequest({ ...params, ...part }).filter(
    ({ level, path, message }) => level === "error" && !known.has(path + message),
  );
}

function unchangeable(path: string): Problem {
  const fix = "start a new thread; one can change reasoning(), output(), tools() and the model";
  return { level: "error", path, message: "cannot change in a thread", fix };
}

function redefinition(tool: Tool): Problem {
  const message = `"${keyOf(tool)}" is already offered with another definition`;
  return { level: "error", path: "tools", message, fix: "give the new tool a name of its own" };
}

function cacheLost(path: string): Problem {
  const message = `changes the request itself: the prompt cache is lost (${changeable[path]})`;
  const fix = "set it at the start, or use a model that takes the change as an item";
  return { level: "warning", path, message, fix };
}
