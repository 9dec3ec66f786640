import { publicHeaders } from "./redact.ts";
import type { MockRequest } from "./request.ts";
import { isObject, type Json } from "./wire.ts";

/** What `fetch` was called with: by the SDK with a URL, by msw with a `Request`. */
export async function readRequest(
  input: string | URL | Request,
  init?: RequestInit,
): Promise<{ request: MockRequest; key: string; signal: AbortSignal | undefined }> {
  const given = typeof input === "object" && "url" in input ? input : undefined;
  const url = new URL(given ? given.url : String(input));
  const headers = new Headers(init?.headers ?? given?.headers);
  const authorization = headers.get("authorization") ?? "";
  const key = headers.get("api-key") ?? authorization.replace(/^Bearer\s*/i, "");
  const body = init?.body === undefined ? await given?.clone().text() : await textOfBody(init.body);
  return {
    request: {
      method: (init?.method ?? given?.method ?? "GET").toUpperCase(),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: publicHeaders(headers),
      body: parse(body),
    },
    key: key.trim(),
    signal: init?.signal ?? given?.signal ?? undefined,
  };
}

async function textOfBody(body: BodyInit | null): Promise<string> {
  return typeof body === "string" ? body : await new Response(body).text();
}

function parse(text: string | undefined): Json | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
