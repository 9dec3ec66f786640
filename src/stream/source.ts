/** Where the bytes of a stream come from. */
export type StreamSource =
  | Response
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** One way to read them all; `cancel` tells the source that nobody reads on. */
export interface ChunkReader {
  read(): Promise<Chunk>;
  /** A read that waits is done at once. */
  cancel(): void;
}

interface Chunk {
  readonly done: boolean;
  readonly value?: Uint8Array | string | undefined;
}

export function chunkReader(source: StreamSource): ChunkReader {
  if ("body" in source) {
    return source.body ? chunkReader(source.body) : { read: async () => ({ done: true }), cancel };
  }
  if ("getReader" in source) {
    const reader = source.getReader();
    return { read: () => reader.read(), cancel: () => void reader.cancel().catch(cancel) };
  }
  const iterator = source[Symbol.asyncIterator]();
  let settle: (chunk: Chunk) => void = cancel;
  return {
    read: () =>
      new Promise((resolve, reject) => {
        settle = resolve;
        iterator.next().then(({ done = false, value }) => resolve({ done, value }), reject);
      }),
    cancel() {
      settle({ done: true });
      (async () => iterator.return?.())().catch(cancel);
    },
  };
}

function cancel(): void {}
