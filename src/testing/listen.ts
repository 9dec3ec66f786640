import type { IncomingMessage, ServerResponse } from "node:http";

export interface Listening {
  /** Base URL for a client, such as `http://127.0.0.1:49152/v1`. */
  readonly url: string;
  /** Ends every connection; resolves when all sockets are gone. */
  close(): Promise<void>;
}

type Fetch = (input: Request) => Promise<Response>;

/** Answers over real sockets: a cut destroys the socket, a stall sends nothing. */
export async function listen(fetch: Fetch, options: { port?: number } = {}): Promise<Listening> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => void handle(fetch, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : options.port;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  fetch: Fetch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const response = await fetch(await toRequest(incoming, gone.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.flushHeaders();
    for await (const chunk of response.body ?? []) {
      if (outgoing.destroyed) return;
      await written(outgoing, chunk);
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}

/** Until the system has the chunk, so that a cut right after it does not take it along. */
function written(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once("close", resolve);
    outgoing.write(chunk, () => {
      outgoing.off("close", resolve);
      resolve();
    });
  });
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = "GET", url = "/", headers } = incoming;
  const lists = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Request(new URL(url, "http://127.0.0.1"), {
    method,
    headers: lists,
    signal,
    ...(method === "GET" || method === "HEAD" ? {} : { body: Buffer.concat(chunks) }),
  });
}
