import type { Add } from "../prompt/problem.ts";
import { stableText } from "../prompt/stable.ts";
import { isRecord, list, type SchemaNode } from "../tools/schema-node.ts";
import type { Item } from "../turn.ts";

/** A day with a time, as ISO or in words, milliseconds since 1970, and a random UUID. */
const volatile =
  /\b(20\d\d-\d\d-\d\d[T ]|([a-z]{3},? )?(\d\d? [a-z]{3,9}|[a-z]{3,9} \d\d?),? 20\d\d,? )\d\d?:\d\d(:\d\d)?(\.\d+)?( ?(Z|[AP]M|GMT|UTC|[+-]\d\d:?\d\d)\b)?|\b1[6-9]\d{11}\b|\b[\da-f]{8}-[\da-f]{4}-[47][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}\b/gi;
/** What stands before an example, or before a value in code. */
const example = /["'`/-]$|\b(such as|like|example|format|e\.g\b)[^\n]{0,30}$/i;
const current = /\b(now|today|current\w*|it is|as of|time|started|generated)\b[^.\n]{0,30}$/i;

/** Warns where text that changes with every session stands in the part that should not change. */
export function checkVolatile(
  add: Add,
  params: SchemaNode,
  items: readonly Item[],
  date: Date,
): void {
  const tools = list(params.tools).map((tool, i): [string, unknown] => [
    `tools[${i}].description`,
    isRecord(tool) && tool.description,
  ]);
  for (const [path, text] of [...stableText(params, items), ...tools]) {
    const found = typeof text === "string" && findVolatile(text, date);
    const message = `"${found}" changes with every session and spoils the cache`;
    if (found) add(path, message, "move it into the task", "warning");
  }
}

function findVolatile(text: string, date: Date): string | undefined {
  for (const [i, piece] of text.split("```").entries()) {
    for (const { 0: found, index } of piece.matchAll(volatile)) {
      const before = piece.slice(Math.max(0, index - 60), index);
      const moment = /^\d+$/.test(found) ? Number(found) : Date.parse(found);
      if (Math.abs(moment - date.getTime()) < 86_400_000) return found;
      // Between fences is code.
      if (i % 2 > 0 || example.test(before)) continue;
      if (/-\d\d(T| .*:.*:)|-.*-.*-/.test(found) || current.test(before)) return found;
    }
  }
  return undefined;
}
