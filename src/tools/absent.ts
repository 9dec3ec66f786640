import type { MendedSchema } from "./mend-schema.ts";
import { isRecord, list, resolved } from "./schema-node.ts";
import { meantBranch } from "./validate.ts";

/** The value without each `null` that stands for a property that may be absent. */
export function withoutNulls(value: unknown, { json, optional }: MendedSchema): unknown {
  return strip(json, value);

  function strip(schema: unknown, value: unknown): unknown {
    const node = resolved(json, schema);
    if (node.anyOf) return strip(meantBranch(list(node.anyOf), value, json), value);
    if (Array.isArray(value)) return value.map((item) => strip(node.items, item));
    if (!isRecord(value)) return value;
    const absent = optional.get(node) ?? [];
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, part]) => part !== null || !absent.includes(key))
        .map(([key, part]) => [
          key,
          strip(isRecord(node.properties) ? node.properties[key] : {}, part),
        ]),
    );
  }
}
