import { isRecord } from "../tools/schema-node.ts";

/** What may differ because the model never reads it: ids, states, marks, secrets, SDK fields. */
const unread =
  /^(id|status|annotations|logprobs|created_by|parsed.*|prompt_cache_breakpoint|headers|authorization)$/;

/**
 * The path of the first difference that the model would read; empty when there is none. The order
 * of keys counts inside a schema, and nowhere else.
 */
export function firstDifference(
  before: unknown,
  after: unknown,
  path: string,
  inSchema = false,
): string {
  if ((before ?? null) === (after ?? null)) return "";
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      const at = `${path}[${i}]`;
      if (kindOf(before[i]) !== kindOf(after[i])) return at;
      const found = firstDifference(before[i], after[i], at, inSchema);
      if (found) return found;
    }
    return "";
  }
  if (isRecord(before) && isRecord(after)) {
    const old = keysOf(before, inSchema);
    const now = keysOf(after, inSchema);
    for (const [i, key] of [...new Set([...old, ...now])].entries()) {
      if (inSchema && old[i] !== now[i]) return `${path}.${now[i] ?? key}`;
      const within = inSchema || /^(parameters|schema|\w+_schema)$/.test(key);
      const found = firstDifference(before[key], after[key], `${path}.${key}`, within);
      if (found) return found;
    }
    return "";
  }
  return !inSchema && loneText(before) === loneText(after) ? "" : path;
}

function keysOf(value: Record<string, unknown>, all: boolean): string[] {
  return Object.keys(value).filter(
    (key) =>
      value[key] !== undefined &&
      (all || !(unread.test(key) || (key === "type" && value.type === "message"))),
  );
}

/** What makes two entries of a list the same one, perhaps changed. */
export function kindOf(value: unknown): string {
  if (!isRecord(value)) return "";
  const { type, role, name, call_id, id } = value;
  const kind = type ?? (role && "message");
  return JSON.stringify([kind, role, name, call_id, kind === "item_reference" && id]);
}

/** Text, also where it is the only part of a list. */
function loneText(content: unknown): unknown {
  const part: unknown = Array.isArray(content) && content.length === 1 ? content[0] : undefined;
  return isRecord(part) && typeof part.text === "string" ? part.text : content;
}
