/** A 64-bit hash of text as 16 hex digits: the same on every machine, and no secret. */
export function hash(text: string): string {
  let first = 0x811c9dc5;
  let second = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit ^ (second >>> 13), 0x5bd1e995);
  }
  return hex(first) + hex(second);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
