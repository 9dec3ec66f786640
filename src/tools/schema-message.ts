import { isRecord } from "./schema-node.ts";
import type { StandardIssue } from "./standard-json-schema.ts";

/** Where a value and its JSON Schema part. */
export interface SchemaIssue {
  /** Such as `files[2].mode`; empty for the value itself. */
  readonly path: string;
  readonly expected: string;
  readonly got: unknown;
  /** The value is none of those that were counted. */
  readonly tag?: true;
}

const maxIssues = 20;
/** Characters of one message, short of the line that says how many more there are. */
const maxText = 1_960;

export function atKey(path: string, key: PropertyKey): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path ? `${path}.${String(key)}` : String(key);
}

/** A value in a few characters. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isRecord(value)) return "an object";
  return typeof value === "string" ? JSON.stringify(clip(value, 60)) : String(value);
}

/**
 * What a model needs to repair `value`, within 2,000 characters: what a library `reported` of it,
 * and what its JSON Schema adds.
 */
export function issuesMessage(
  issues: readonly SchemaIssue[],
  reported: readonly StandardIssue[] = [],
  value?: unknown,
): string {
  const found = reported.map(({ path: steps = [], message }) => {
    let path = "";
    let got = value;
    for (const step of steps) {
      const key = typeof step === "object" ? step.key : step;
      path = atKey(path, key);
      got = typeof got === "object" && got ? Reflect.get(got, key) : undefined;
    }
    return { path, words: message, got };
  });
  for (const { path, expected, got } of issues.slice(0, 50)) {
    const same = found.find((issue) => issue.path === path);
    if (same) same.words += `, expected ${expected}`;
    else found.push({ path, words: `expected ${expected}`, got });
  }

  let text = "Does not fit the schema:";
  for (const [index, { path, words, got }] of found.entries()) {
    const line = `\n- ${clip(path || "(root)", 100)}: ${clip(words, 200)}, got ${show(got)}`;
    if (index === maxIssues || text.length + line.length > maxText) {
      return `${text}\n- and ${found.length - index} more`;
    }
    text += line;
  }
  return text;
}

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
