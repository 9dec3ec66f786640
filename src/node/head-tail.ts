/** A token is about 4 bytes. */
export const bytesPerToken = 4;

const markerBytes = 48;

/** Keeps the beginning and the end of a stream of bytes, in bounded memory. */
export interface HeadTail {
  push(chunk: Uint8Array): void;
  /** The text in at most `maxBytes` bytes: whole, or its two ends around a marker. */
  text(maxBytes: number): string;
}

/** @param limit bytes kept, half of them for each end. */
export function headTail(limit: number): HeadTail {
  const half = Math.max(1, Math.ceil(limit / 2));
  const head: Uint8Array[] = [];
  const tail: Uint8Array[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let size = 0;

  return {
    push(chunk) {
      size += chunk.length;
      const first = chunk.subarray(0, half - headBytes);
      if (first.length > 0) head.push(first);
      headBytes += first.length;
      const rest = chunk.subarray(first.length).subarray(-half);
      if (rest.length > 0) tail.push(rest);
      tailBytes += rest.length;
      for (let oldest = tail[0]; oldest && tailBytes - oldest.length >= half; oldest = tail[0]) {
        tail.shift();
        tailBytes -= oldest.length;
      }
    },
    text(maxBytes) {
      const start = Buffer.concat(head);
      const end = Buffer.concat(tail);
      if (start.length + end.length === size) {
        const whole = decode(Buffer.concat([start, end]));
        const bytes = Buffer.from(whole);
        return bytes.length <= maxBytes ? whole : ends(bytes, bytes, bytes.length, maxBytes);
      }
      // Decoding can lengthen: a stray byte becomes the three of U+FFFD.
      const from = Buffer.from(decode(start, true));
      const to = Buffer.from(decode(wholeCharacters(end)));
      return ends(from, to, size, maxBytes);
    },
  };
}

function ends(start: Buffer, end: Buffer, size: number, maxBytes: number): string {
  const keep = Math.max(0, Math.floor((maxBytes - markerBytes) / 2));
  const head = decode(start.subarray(0, keep), true);
  const tail = decode(wholeCharacters(end.subarray(Math.max(0, end.length - keep))));
  const omitted = size - Buffer.byteLength(head) - Buffer.byteLength(tail);
  const tokens = Math.max(1, Math.ceil(omitted / bytesPerToken));
  return `${head}\n…${tokens} tokens truncated…\n${tail}`;
}

/** With `cut`, a character that is not complete at the end is dropped. */
function decode(bytes: Uint8Array, cut = false): string {
  // JSON could carry NUL, but not every server behind it can store one.
  return new TextDecoder().decode(bytes, { stream: cut }).replaceAll("\0", "\u{FFFD}");
}

/** Without the rest of a character that began before. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let skip = 0;
  while (skip < 3 && ((bytes[skip] ?? 0) & 0xc0) === 0x80) skip++;
  return bytes.subarray(skip);
}
