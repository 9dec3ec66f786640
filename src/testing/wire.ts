/** A JSON object, as it crosses the wire. */
export type Json = Record<string, unknown>;

/** An input or output item, known to the SDK or not. */
export interface WireItem extends Json {
  type: string;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isItem(value: unknown): value is WireItem {
  return isObject(value) && typeof value.type === "string";
}

export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function omit(object: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** `authorization` and `headers` of an MCP server are neither stored, echoed nor read by a model. */
export function toolsOf(request: Json): Json[] {
  return objectsOf(request.tools).map((tool) =>
    tool.type === "mcp" ? omit(tool, "authorization", "headers") : tool,
  );
}

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The server's estimate: 4 bytes of UTF-8 a token, rounded up. */
export function tokensOf(bytes: number): number {
  return Math.ceil(bytes / 4);
}
