import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import type { Reasoning } from "openai/resources/shared";
import { invalidRequest, type Problem } from "../errors.ts";
import { modelInfo } from "../models/lookup.ts";
import { checkRequest } from "../request/request.ts";
import { tools as toolsPart } from "../tools/tools.ts";
import type { Settings } from "./settings.ts";

/** What a thread can change: parts as their builders return them, and the model. */
export type ChangePart = Partial<
  Pick<
    ResponseCreateParamsBase,
    "reasoning" | "text" | "tools" | "tool_choice" | "parallel_tool_calls" | "model"
  >
>;

const changeable = ["reasoning", "text", "tools", "tool_choice", "parallel_tool_calls", "model"];

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
  const unknown = Object.keys(part).filter((key) => !changeable.includes(key));
  const fix = "start a new thread, or change only reasoning(), output(), tools() and the model";
  const problems = unknown.map((path) => problem(path, "cannot change in a thread", fix));
  problems.push(...checkRequest({ ...settings.params, ...part }).filter(isNew(settings.params)));
  const errors = problems.filter(({ level }) => level === "error");
  if (errors.length > 0) throw invalidRequest(errors);

  const change = new Change(settings);
  if (part.model) change.onRequest({ model: part.model }, "model_changed");
  if (part.reasoning) change.reasoning(part.reasoning);
  if (part.text) change.text(part.text);
  if (part.tools) change.tools(part.tools, part.tool_choice);
  else if (part.tool_choice) change.set({ tool_choice: part.tool_choice });
  if (part.parallel_tool_calls !== undefined) {
    change.onRequest({ parallel_tool_calls: part.parallel_tool_calls }, "tools_changed");
  }
  return { settings: change.settings, warnings: change.warnings };
}

class Change {
  settings: Settings;
  readonly warnings: Problem[] = [];

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Does not touch the cached prefix. */
  set(params: Partial<ResponseCreateParamsBase>): void {
    this.settings = { ...this.settings, params: { ...this.settings.params, ...params } };
  }

  /** Discards the cached prefix. */
  onRequest(params: Partial<ResponseCreateParamsBase>, reason: string): void {
    const keys = Object.keys(params).join(", ");
    const before = JSON.stringify(this.settings.params);
    this.set(params);
    if (JSON.stringify(this.settings.params) === before) return;
    const message = `changes the request itself: the prompt cache is lost (${reason})`;
    const fix = "change it at the start, or use a model that takes the change as an item";
    this.warnings.push({ level: "warning", path: keys, message, fix });
  }

  reasoning(reasoning: Reasoning): void {
    const { effort, ...rest } = reasoning;
    const { params } = this.settings;
    const asItem = this.#takesUpdates && Object.keys(rest).length === 0 && effort;
    if (!asItem) {
      this.onRequest(
        { reasoning: { ...params.reasoning, ...reasoning } },
        "reasoning_effort_changed",
      );
    } else if (effort !== (this.settings.effort ?? params.reasoning?.effort)) {
      this.settings = {
        ...this.settings,
        effort,
        pending: { ...this.settings.pending, update: true },
      };
    }
  }

  text(text: NonNullable<ResponseCreateParamsBase["text"]>): void {
    const { format, verbosity } = text;
    const { params, pending } = this.settings;
    if (verbosity && verbosity !== params.text?.verbosity) {
      this.onRequest({ text: { ...params.text, verbosity } }, "verbosity_changed");
    }
    if (!format) return;
    if (this.#takesUpdates && format.type !== "json_object") {
      this.settings = { ...this.settings, format, pending: { ...pending, update: true } };
    } else {
      this.onRequest({ text: { ...this.settings.params.text, format } }, "text_format_changed");
    }
  }

  /** `list` is the whole new list: what is new is added, what is missing is closed. */
  tools(list: readonly Tool[], choice: ResponseCreateParamsBase["tool_choice"]): void {
    const { tools: known, added, pending, params } = this.settings;
    const redefined = list.filter((tool) =>
      known.some(
        (one) => keyOf(one) === keyOf(tool) && JSON.stringify(one) !== JSON.stringify(tool),
      ),
    );
    if (redefined.length > 0) throw invalidRequest(redefined.map(redefinition));
    const fresh = list.filter((tool) => known.every((one) => keyOf(one) !== keyOf(tool)));
    const behaves = (tool: Tool) => list.find((one) => keyOf(one) === keyOf(tool)) ?? tool;
    const all = [...known.map(behaves), ...fresh];
    if (modelInfo(params.model)?.additionalTools) {
      const tools = [...pending.tools, ...fresh];
      this.settings = {
        ...this.settings,
        pending: { ...pending, tools },
        added: [...added, ...fresh],
      };
    } else if (fresh.length > 0) {
      this.onRequest({ tools: [...(params.tools ?? []), ...fresh] }, "tools_changed");
    }
    const closed = all.length > list.length && !(choice && typeof choice === "object");
    const mode = choice === "required" || choice === "none" ? { choice } : {};
    const open = list.map((tool) => ("name" in tool ? tool.name : tool.type));
    const tool_choice = closed ? toolsPart(all, { allow: open, ...mode }).tool_choice : choice;
    if (tool_choice || params.tool_choice) this.set({ tool_choice: tool_choice ?? "auto" });
    this.settings = { ...this.settings, tools: all };
  }

  get #takesUpdates(): boolean {
    const { params } = this.settings;
    const excluded = params.reasoning?.mode === "pro" || params.truncation === "auto";
    return modelInfo(params.model)?.configurationUpdate === true && !excluded;
  }
}

function keyOf(tool: Tool): string {
  return "name" in tool ? tool.name : tool.type === "mcp" ? `mcp ${tool.server_label}` : tool.type;
}

function redefinition(tool: Tool): Problem {
  const message = `"${keyOf(tool)}" is already offered with another definition, which stays in force`;
  return problem("tools", message, "give the new tool a name of its own");
}

function problem(path: string, message: string, fix: string): Problem {
  return { level: "error", path, message, fix };
}

/** A change is not to blame for what was wrong before. */
function isNew(params: ResponseCreateParamsBase): (problem: Problem) => boolean {
  const before = new Set(checkRequest(params).map(({ path, message }) => `${path} ${message}`));
  return ({ path, message }) => !before.has(`${path} ${message}`);
}
