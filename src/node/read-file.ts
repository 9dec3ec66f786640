import type { FileHandle } from "node:fs/promises";
import { headTail } from "./head-tail.ts";
import { type Jail, locate, openFile } from "./jail.ts";

export interface ReadFileArgs {
  path: string;
  /** First line, from 1. */
  offset?: number;
  /** Lines. Default: to the end. */
  limit?: number;
}

const chunkBytes = 1 << 16;
const newline = 10;

/**
 * A text file as it is, without line numbers, so that a patch can quote it. When that is not the
 * whole file, a first line in brackets says which lines are shown.
 */
export async function readFile(
  jail: Jail,
  args: ReadFileArgs,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<string> {
  const place = await locate(jail, args.path);
  const { file, size } = await openFile(place);
  try {
    const first = Math.max(1, Math.floor(args.offset ?? 1));
    const last = first - 1 + Math.max(1, Math.floor(args.limit ?? Number.POSITIVE_INFINITY));
    const wanted = headTail(maxBytes);
    let line = 1;
    let seen = 0;
    let taken = 0;
    let end: number | undefined;
    for await (const chunk of chunks(file)) {
      signal?.throwIfAborted();
      if (seen === 0 && chunk.subarray(0, 8_192).includes(0)) {
        throw new Error(`${place.name}: is a binary file of ${size} bytes`);
      }
      let from = line >= first ? 0 : chunk.length;
      let to = line > last ? 0 : chunk.length;
      // Goes on after `last`, so that the model learns how long the file is.
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) {
        line++;
        if (line === first) from = at + 1;
        if (line === last + 1) to = at + 1;
      }
      if (from < to) wanted.push(chunk.subarray(from, to));
      taken += Math.max(0, to - from);
      seen += chunk.length;
      end = chunk.at(-1);
    }
    if (seen === 0) return `[${place.name} is empty]`;
    const lines = end === newline ? line - 1 : line;
    if (first > lines) throw new Error(`${place.name}: has only ${lines} lines`);
    const text = wanted.text(maxBytes);
    const cut = taken > maxBytes ? ", cut in the middle: read fewer with offset and limit" : "";
    const range = `[lines ${first}-${Math.min(last, lines)} of ${lines}${cut}]\n`;
    return taken < seen || cut ? range + text : text;
  } finally {
    await file.close();
  }
}

async function* chunks(file: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
