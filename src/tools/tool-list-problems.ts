import type { Tool } from "openai/resources/responses/responses";
import type { Problem } from "../errors.ts";
import { toolProblem } from "./check-tool.ts";
import { isRecord } from "./schema-node.ts";

/** What is wrong with a list of tools as a list: entries that are none, and names used twice. */
export function toolListProblems(list: readonly unknown[], path: string): Problem[] {
  const seen = new Set<string>();
  return list.flatMap((tool, index) => {
    const at = `${path}[${index}]`;
    if (!isTool(tool)) return toolProblem(at, "is no tool", "pass what a tool builder returns");
    const problems = tool.type === "namespace" ? toolListProblems(tool.tools, `${at}.tools`) : [];
    if ("name" in tool) {
      if (seen.has(tool.name)) {
        problems.push(toolProblem(`${at}.name`, `"${tool.name}" is taken`, "rename one of them"));
      }
      seen.add(tool.name);
    }
    return problems;
  });
}

function isTool(value: unknown): value is Tool {
  if (!isRecord(value)) return false;
  const { type, name, tools } = value;
  if (type === "namespace" && !Array.isArray(tools)) return false;
  const named = type === "function" || type === "custom" || type === "namespace";
  return typeof (named ? name : type) === "string";
}
