import { invalidRequest, type Problem } from "../errors.ts";

/** Reports a problem; an error unless said otherwise. */
export type Add = (path: string, message: string, fix: string, level?: Problem["level"]) => void;

/** What a check reports. */
export function collect(check: (add: Add) => void): Problem[] {
  const problems: Problem[] = [];
  check((path, message, fix, level = "error") => {
    problems.push({ level, path, message, fix });
  });
  return problems;
}

/** @throws {CodexError} `invalid_request` with everything a check reports. */
export function refuse(check: (add: Add) => void): void {
  const problems = collect(check);
  if (problems.length > 0) throw invalidRequest(problems);
}

export function addAll(add: Add, problems: readonly Problem[]): void {
  for (const { path, message, fix, level } of problems) add(path, message, fix, level);
}

/** Reports a value that is none of a few words; nothing where it is absent or they are unknown. */
export function checkChoice(
  add: Add,
  path: string,
  value: unknown,
  words: readonly string[] | null,
  by: string,
): void {
  if (value === undefined || value === null || !words || words.some((word) => word === value))
    return;
  const text = String(JSON.stringify(value));
  const within = (edits: number) => words.find((word) => isNear(text, `"${word}"`, edits));
  const near = within(1) ?? (text.length > 5 ? within(2) : undefined);
  const fix = `${near ? `did you mean "${near}"? ` : ""}use ${words.join(" or ")}`;
  add(path, `${text} is not supported by ${by}`, words.length > 0 ? fix : "leave it out");
}

/** Reports text that is longer than the API takes. */
export function checkLength(add: Add, path: string, text: unknown, most: number): void {
  if (typeof text !== "string" || text.length <= most) return;
  add(path, `has ${text.length} characters, more than ${most}`, "shorten or hash it");
}

/** Whether so many letters added, dropped or changed make one word of the other. */
function isNear(a: string, b: string, edits: number): boolean {
  if (a[0] === b[0]) return a === b || isNear(a.slice(1), b.slice(1), edits);
  const [x, y] = [a.slice(1), b.slice(1)];
  return (
    edits > 0 && (isNear(x, y, edits - 1) || isNear(x, b, edits - 1) || isNear(a, y, edits - 1))
  );
}
