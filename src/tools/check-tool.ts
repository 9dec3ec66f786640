import { invalidRequest, type Problem } from "../errors.ts";

/** Timers take no more. */
const maxTimeoutMs = 2_147_483_647;

export function toolProblem(path: string, message: string, fix: string): Problem {
  return { level: "error", path, message, fix };
}

export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidRequest(problems);
}

/** What is wrong with a tool's own fields. */
export function toolProblems(name: string, timeoutMs = 1): Problem[] {
  const problems: Problem[] = [];
  const label = `tool "${name}"`;
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    const fix = "use 1 to 64 of a-z A-Z 0-9 _ -";
    problems.push(toolProblem(`${label}.name`, "is no name the API takes", fix));
  }
  if (!(timeoutMs > 0 && timeoutMs <= maxTimeoutMs)) {
    const fix = `use up to ${maxTimeoutMs} ms`;
    problems.push(toolProblem(`${label}.timeoutMs`, `${timeoutMs} is no time limit`, fix));
  }
  return problems;
}
