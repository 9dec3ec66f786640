import { createServer, type Socket } from "node:net";

type Bytes = string | Uint8Array;

/** One request, and all that can be done to its socket. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Which request of its row this is, from 0. */
  readonly index: number;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
  head(status?: number, headers?: Record<string, string>): void;
  write(...chunks: readonly Bytes[]): Promise<void>;
  /** Ends the body in the way its headers promise. */
  end(): void;
  /** The connection dies: TCP reset. */
  reset(): void;
  /** A whole answer. */
  reply(
    body: Bytes,
    options?: { status?: number; headers?: Record<string, string> },
  ): Promise<void>;
}

export type Serve = (exchange: Exchange) => unknown;

export interface RawServer {
  /** A base URL that only `serve` answers, and what was asked there so far. */
  mount(serve: Serve): { url: string; requests: Exchange[] };
  close(): Promise<void>;
}

/** HTTP by hand: it can break every rule. */
export async function rawServer(): Promise<RawServer> {
  const mounts = new Map<string, { serve: Serve; requests: Exchange[] }>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    void closed.then(() => sockets.delete(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const at = text.indexOf("\r\n\r\n");
      if (at < 0) return;
      const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, at))?.[1] ?? 0);
      if (text.length < at + 4 + length) return;
      const [, method = "", path = ""] = /^(\S+) (\S+)/.exec(text) ?? [];
      const body = Buffer.from(text.slice(at + 4), "latin1").toString();
      text = "";
      const mount = mounts.get(path.split("/")[1] ?? "");
      if (!mount) return void socket.destroy();
      const index = mount.requests.length;
      const exchange = { method, path, body, index, closed, ...answers(socket) };
      mount.requests.push(exchange);
      mount.serve(exchange);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  let count = 0;
  return {
    mount(serve) {
      const name = `row-${count++}`;
      const requests: Exchange[] = [];
      mounts.set(name, { serve, requests });
      return { url: `http://127.0.0.1:${port}/${name}/v1`, requests };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function answers(socket: Socket) {
  let isChunked = false;
  function head(status = 200, headers: Record<string, string> = {}): void {
    const all = { "content-type": "text/event-stream", connection: "close", ...headers };
    isChunked = "transfer-encoding" in all;
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} Status\r\n${lines.join("")}\r\n`);
  }
  async function write(...chunks: readonly Bytes[]): Promise<void> {
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk);
      if (isChunked) socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      // The next chunk is another packet.
      await new Promise<void>((resolve) =>
        socket.write(isChunked ? "\r\n" : "", () => setImmediate(resolve)),
      );
    }
  }
  function end(): void {
    socket.end(isChunked ? "0\r\n\r\n" : "");
  }
  async function reply(
    body: Bytes,
    { status, headers }: { status?: number; headers?: Record<string, string> } = {},
  ): Promise<void> {
    head(status, headers);
    await write(body);
    end();
  }
  return { head, write, end, reply, reset: () => void socket.resetAndDestroy() };
}

export const chunked = { "transfer-encoding": "chunked" };
