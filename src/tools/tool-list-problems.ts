import { type Problem, problem } from "../errors.ts";
import { isRecord } from "./schema-node.ts";

/** What is wrong with a list of tools as a list: entries that are none, and names used twice. */
export function toolListProblems(list: readonly unknown[], path: string): Problem[] {
  if (!Array.isArray(list)) return [problem(path, "is no list", "pass an array of tools")];
  const seen = new Set<unknown>();
  return list.flatMap((tool, index) => {
    const at = `${path}[${index}]`;
    const { type, name, tools } = isRecord(tool) ? tool : {};
    const inner = type === "namespace" ? tools : [];
    const named = type === "function" || type === "custom" || type === "namespace";
    if (typeof (named ? name : type) !== "string" || !Array.isArray(inner)) {
      return problem(at, "is no tool", "pass what a tool builder returns");
    }
    const problems = toolListProblems(inner, `${at}.tools`);
    if (seen.has(name)) {
      problems.push(problem(`${at}.name`, `"${name}" is taken`, "rename one"));
    }
    if (name) seen.add(name);
    return problems;
  });
}
