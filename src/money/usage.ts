import type { ResponseUsage } from "openai/resources/responses/responses";

/**
 * The sum of two usages as a new object; `undefined` only when both are. Missing details count as
 * 0, and fields this package does not know are added up as well when they are numbers.
 */
export function addUsage(a: ResponseUsage, b: ResponseUsage | undefined): ResponseUsage;
export function addUsage(a: ResponseUsage | undefined, b: ResponseUsage): ResponseUsage;
export function addUsage(
  a: ResponseUsage | undefined,
  b: ResponseUsage | undefined,
): ResponseUsage | undefined;
export function addUsage(
  a: ResponseUsage | undefined,
  b: ResponseUsage | undefined,
): ResponseUsage | undefined {
  if (!a && !b) return undefined;
  const sum: ResponseUsage = {
    input_tokens: 0,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 0,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 0,
  };
  addInto(sum, a);
  addInto(sum, b);
  return sum;
}

/** `sum` may change, `more` does not. */
function addInto(sum: object, more: object | undefined): void {
  for (const [key, value] of Object.entries(more ?? {})) {
    const own: unknown = Reflect.get(sum, key);
    if (typeof value === "number") {
      Reflect.set(sum, key, typeof own === "number" ? own + value : value);
    } else if (typeof value === "object" && value !== null) {
      const inner = typeof own === "object" && own !== null ? own : {};
      addInto(inner, value);
      Reflect.set(sum, key, inner);
    } else if (value != null) {
      Reflect.set(sum, key, value);
    }
  }
}
