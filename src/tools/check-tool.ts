import { invalidRequest, type Problem, problem } from "../errors.ts";

type OwnKey = "execute" | "approve" | "timeoutMs" | "parallel" | "maxOutputTokens";

/** A builder's options apart: what answers calls here, and what goes on the wire. */
export function splitOptions<O extends { readonly [K in OwnKey]?: unknown }>(
  options: O,
): { own: { [K in OwnKey]: O[K] }; wire: Omit<O, OwnKey> } {
  if (!options)
    throw invalidRequest([problem("options", "are missing", "pass an object with a name")]);
  const { execute, approve, timeoutMs, parallel, maxOutputTokens, ...wire } = options;
  return { own: { execute, approve, timeoutMs, parallel, maxOutputTokens }, wire };
}

/** What is wrong with a tool's name and limits. */
export function toolProblems(
  name: string,
  limits: {
    readonly timeoutMs?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
  },
): Problem[] {
  const { timeoutMs = 1, maxOutputTokens = 1 } = limits;
  const rules = [
    ["name", /^[\w-]{1,64}$/.test(name ?? ""), "1 to 64 of a-z, A-Z, 0-9, _ and -"],
    // Timers take no more.
    ["timeoutMs", timeoutMs > 0 && timeoutMs < 2 ** 31, "1 to 2147483647"],
    ["maxOutputTokens", maxOutputTokens > 0, "1 or more"],
  ] as const;
  return rules.flatMap(([key, holds, use]) =>
    holds ? [] : problem(`tool "${name}": ${key}`, "is not valid", `use ${use}`),
  );
}

export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidRequest(problems);
}
