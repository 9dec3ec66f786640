import { isObject, type Json } from "./wire.ts";

const hidden = "REDACTED";
const secretKey = /^(authorization|proxy-authorization|(x-)?api[-_]key|cookie|set-cookie)$/i;
const secretHeader = /^openai-(organization|project)$/i;

/** Keys and bearer tokens inside a text. */
export function redactText(text: string): string {
  return text
    .replace(/\bsk-[\w-]{6,}/g, `sk-${hidden}`)
    .replace(/\b(Bearer\s+)[\w~+/-]{6,}(\.[\w~+/-]+)*=*/gi, `$1${hidden}`);
}

/** A JSON value without secrets: fields named as such, headers of MCP servers, keys in texts. */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (!isObject(value)) return value;
  const mcp = value.type === "mcp";
  const entries = Object.entries(value).map(([key, part]) => {
    if (secretKey.test(key) && part !== null) return [key, hidden];
    if (mcp && key === "headers" && isObject(part)) return [key, hideAll(part)];
    return [key, redact(part)];
  });
  return Object.fromEntries(entries);
}

/** Headers without credentials and account names. */
export function publicHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !secretKey.test(name) && !secretHeader.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, redactText(value)]));
}

function hideAll(headers: Json): Json {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, hidden]));
}
