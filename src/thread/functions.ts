import type { ResponseTextConfig, Tool } from "openai/resources/responses/responses";
import { invalidRequest, type Problem } from "../errors.ts";
import type { Part } from "../part.ts";
import { behavior, hasBehavior } from "../tools/behavior.ts";
import type { Said, Settings } from "./settings.ts";

/** Which tools had functions that JSON cannot keep, and whether the output format had. */
export interface Functions {
  readonly tools: readonly string[];
  readonly format: boolean;
}

/** What `tools()` and `output()` return, to give a restored thread its functions back. */
export type GivenParts = Partial<Part<"tools" | "text">>;

export function functionNames({ tools, params, wanted }: Settings): Functions {
  const runnable = tools.flatMap(nested).filter(([, tool]) => executes(tool));
  return {
    tools: runnable.map(([name]) => name),
    format: Boolean(behaviorOf(wanted.format ?? params.text?.format)),
  };
}

/** @throws {CodexError} `invalid_request` that lists every tool whose function is missing. */
export function withFunctions(
  settings: Settings,
  functions: Functions,
  given: GivenParts,
): Settings {
  const known = new Map((given.tools ?? []).flatMap(nested));
  const missing = functions.tools.filter((name) => !executes(known.get(name)));
  const format = behaviorOf(given.text?.format);
  const problems = missing.map(
    (name): Problem => ({
      level: "error",
      path: "parts.tools",
      message: `the thread has a tool "${name}", and its function is missing`,
      fix: `add it: restoreThread(client, json, tools([${name}, …]))`,
    }),
  );
  if (functions.format && !format) {
    const fix = "add what output(schema) returned: restoreThread(client, json, output(schema))";
    problems.push({
      level: "error",
      path: "parts.text",
      message: "the output schema is missing",
      fix,
    });
  }
  if (problems.length > 0) throw invalidRequest(problems);

  const { params } = settings;
  const { text } = params;
  const withFormat = (said: Said): Said =>
    said.format ? { ...said, format: withBehavior(said.format, format) } : said;
  return {
    ...settings,
    // What the model was told stays as it was: only the functions are taken from the given parts.
    tools: settings.tools.map((tool) => reattach(tool, known)),
    said: withFormat(settings.said),
    wanted: withFormat(settings.wanted),
    params: text?.format
      ? { ...params, text: { ...text, format: withBehavior(text.format, format) } }
      : params,
  };
}

/** The tool by its name, and a namespace's tools by `namespace.name`. */
function nested(tool: Tool): [string, object][] {
  if (tool.type !== "namespace") return [["name" in tool ? tool.name : tool.type, tool]];
  return tool.tools.map((inner) => [`${tool.name}.${inner.name}`, inner]);
}

function reattach(tool: Tool, known: ReadonlyMap<string, object>): Tool {
  if (tool.type === "namespace") {
    const inner = (one: (typeof tool.tools)[number]) =>
      withBehavior(one, behaviorOf(known.get(`${tool.name}.${one.name}`)));
    return { ...tool, tools: tool.tools.map(inner) };
  }
  return withBehavior(tool, behaviorOf(known.get("name" in tool ? tool.name : tool.type)));
}

function executes(tool: object | undefined): boolean {
  return tool !== undefined && hasBehavior(tool) && tool[behavior].execute !== undefined;
}

function behaviorOf(value: Tool | ResponseTextConfig["format"] | object): unknown {
  return value && behavior in value ? value[behavior] : undefined;
}

function withBehavior<V extends object>(value: V, found: unknown): V {
  return found ? { ...value, [behavior]: found } : value;
}
