import type { Body } from "./body.ts";

export type Chunking = "16 KiB" | "per event";

export const chunkings: readonly Chunking[] = ["16 KiB", "per event"];

/** Called before each chunk with the number of the chunk. */
export type Watch = (chunk: number, of: number) => void;

/** A `fetch` that answers every request with the same body, chunk by chunk as it is read. */
export function serve(body: Body, chunking: Chunking, watch?: Watch): typeof fetch {
  const chunks = split(body, chunking);
  return async () => {
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        watch?.(at, chunks.length);
        const chunk = chunks[at++];
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const headers = { "content-type": "text/event-stream; charset=utf-8", "x-request-id": "req_1" };
    return new Response(stream, { headers });
  };
}

function split({ events }: Body, chunking: Chunking): Uint8Array[] {
  const encoder = new TextEncoder();
  if (chunking === "per event") return events.map((event) => encoder.encode(event));
  const bytes = encoder.encode(events.join(""));
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += 16_384) {
    chunks.push(bytes.slice(from, from + 16_384));
  }
  return chunks;
}
