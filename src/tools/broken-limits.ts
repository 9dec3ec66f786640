import type { SchemaNode } from "./schema-node.ts";

/** The limits that a value of the right type breaks, such as "minItems 1". */
export function brokenLimits(node: SchemaNode, value: unknown): string[] {
  const isNumber = typeof value === "number";
  const isText = typeof value === "string";
  // Nothing is above or below NaN.
  const size = isNumber ? value : isText || Array.isArray(value) ? [...value].length : Number.NaN;
  const unit = isNumber ? /imum$/ : isText ? /Length$/ : /Items$/;
  const broken = Object.entries(node).filter(([key, limit]) => {
    if (key === "pattern") return isText && !matches(String(limit), value);
    if (typeof limit !== "number") return false;
    const times = size / limit;
    // Within the error of a division of decimals, such as 0.3 / 0.1.
    if (key === "multipleOf") return isNumber && Math.abs(times - Math.round(times)) > 1e-9;
    const over = /min/i.test(key) ? limit - size : size - limit;
    return unit.test(key) && (over > 0 || (over === 0 && /^ex/.test(key)));
  });
  return broken.map((limit) => limit.join(" "));
}

/** A pattern that is no JavaScript regular expression matches everything. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}
