import { atKey, type SchemaIssue, show } from "./schema-message.ts";
import { isRecord, jsonType, list, resolved, type SchemaNode } from "./schema-node.ts";

/**
 * Checks a value against the common part of JSON Schema. Keywords it does not know are ignored,
 * `format` among them. `closed` refuses properties that an object does not list, unless it says
 * `additionalProperties`.
 */
export function validate(
  schema: unknown,
  value: unknown,
  root: unknown = schema,
  closed = false,
): SchemaIssue[] {
  return check(schema, value, "");

  function check(schema: unknown, value: unknown, path: string): SchemaIssue[] {
    const issue = (expected: string): SchemaIssue => ({ path, expected, got: value });
    if (schema === false) return [issue("nothing")];
    const node = resolved(root, schema);
    for (const choices of [node.enum, "const" in node && [node.const]]) {
      if (Array.isArray(choices) && !choices.map(canonical).includes(canonical(value))) {
        return [{ ...issue(choices.map(show).join(" or ")), tag: true }];
      }
    }
    const type = jsonType(value);
    const types = list(node.type);
    const fits = types.includes(type) || (type === "integer" && types.includes("number"));
    if (types.length > 0 && !fits) return [issue(types.join(" or "))];

    const tuple = "prefixItems" in node || Array.isArray(node.items);
    return [
      ...brokenLimits(node, value).map(issue),
      ...list(node.allOf).flatMap((part) => check(part, value, path)),
      ...[node.anyOf, node.oneOf].flatMap((branches) => {
        const results = list(branches).map((branch) => check(branch, value, path));
        return leastWrong(results, path);
      }),
      ...(Array.isArray(value) && !tuple
        ? value.flatMap((item, index) => check(node.items, item, `${path}[${index}]`))
        : []),
      ...(isRecord(value) ? checkProperties(node, value, path) : []),
    ];
  }

  function checkProperties(
    node: SchemaNode,
    value: Record<string, unknown>,
    path: string,
  ): SchemaIssue[] {
    const properties = isRecord(node.properties) ? node.properties : {};
    const { patternProperties, additionalProperties = !(closed && node.properties) } = node;
    const found = Object.entries(value).flatMap(([key, part]) => {
      const at = atKey(path, key);
      if (Object.hasOwn(properties, key)) return check(properties[key], part, at);
      if (patternProperties) return [];
      if (additionalProperties !== false) return check(additionalProperties, part, at);
      const known = Object.keys(properties).join(", ");
      return [{ path: at, expected: `one of the properties ${known}`, got: part }];
    });
    const missing = list(node.required).flatMap((name) => {
      const key = String(name);
      const at = atKey(path, key);
      if (Object.hasOwn(value, key)) return [];
      const issues = check(properties[key], undefined, at);
      return issues.length > 0 ? issues : [{ path: at, expected: "a value", got: undefined }];
    });
    return [...missing, ...found];
  }
}

/** The branch of a union that a value meant: the first it fits, or else the one it misses least. */
export function meantBranch(branches: readonly unknown[], value: unknown, root: unknown): unknown {
  const results = branches.map((branch) => validate(branch, value, root));
  return branches[results.indexOf(least(results, ""))];
}

/** A wrong type tells most that another branch was meant, and a wrong constant more than the rest. */
function least(results: readonly SchemaIssue[][], path: string): SchemaIssue[] {
  const weight = (issues: readonly SchemaIssue[]) =>
    issues.reduce((sum, issue) => sum + (issue.path === path ? 1e6 : issue.tag ? 1e3 : 1), 0);
  return [...results].sort((a, b) => weight(a) - weight(b))[0] ?? [];
}

/** The issues of the best branch; where every branch has one, with what each of them expected. */
function leastWrong(results: readonly SchemaIssue[][], path: string): SchemaIssue[] {
  return least(results, path)
    .slice(0, 50)
    .map((issue) => {
      const same = results.map((issues) => issues.find((other) => other.path === issue.path));
      const expected = new Set(same.map((other) => other?.expected));
      return expected.has(undefined) ? issue : { ...issue, expected: [...expected].join(" or ") };
    });
}

/** The limits that a value of the right type breaks, such as "minItems 1". */
function brokenLimits(node: SchemaNode, value: unknown): string[] {
  // Nothing is above or below NaN.
  const number = typeof value === "number" ? value : Number.NaN;
  const length = typeof value === "string" ? [...value].length : Number.NaN;
  const items = Array.isArray(value) ? value.length : Number.NaN;
  const breaks = (key: string, limit: number): boolean => {
    switch (key) {
      case "minimum":
        return number < limit;
      case "maximum":
        return number > limit;
      case "exclusiveMinimum":
        return number <= limit;
      case "exclusiveMaximum":
        return number >= limit;
      case "multipleOf":
        // Within the error of a division of decimals, such as 0.3 / 0.1.
        return Math.abs(number / limit - Math.round(number / limit)) > 1e-9;
      case "minLength":
        return length < limit;
      case "maxLength":
        return length > limit;
      case "minItems":
        return items < limit;
      case "maxItems":
        return items > limit;
      default:
        return false;
    }
  };
  const broken = Object.entries(node).filter(([key, limit]) =>
    typeof limit === "number"
      ? breaks(key, limit)
      : key === "pattern" && typeof value === "string" && !matches(String(limit), value),
  );
  return broken.map((limit) => limit.join(" "));
}

/** A pattern that is no JavaScript regular expression matches everything. */
function matches(pattern: string, text: string, flags = "u"): boolean {
  try {
    return new RegExp(pattern, flags).test(text);
  } catch {
    return flags === "" || matches(pattern, text, "");
  }
}

/** JSON with sorted keys: the same for equal values. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) => (isRecord(part) ? sorted(part) : part));
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.map((key) => [key, record[key]]));
}
