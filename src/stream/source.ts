/** Where the bytes of a stream come from. */
export type StreamSource =
  | Response
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** One way to read them all; `cancel` tells the source that nobody reads on. */
export interface ChunkReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | string | undefined }>;
  cancel(): void;
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
  return {
    read: async () => {
      const { done = false, value } = await iterator.next();
      return { done, value };
    },
    cancel: () => void iterator.return?.().catch(cancel),
  };
}

function cancel(): void {}
