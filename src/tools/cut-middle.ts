/** What the API takes in one string, in tokens of 4 bytes. */
const maxTokens = 10_485_760 / 4;

/**
 * The text in about so many tokens at most: whole, or its two ends around a marker. Half a
 * surrogate pair, which the API refuses, becomes U+FFFD.
 */
export function cutMiddle(text: string, tokens: number = maxTokens): string {
  const bytes = new TextEncoder().encode(text);
  const left = Math.min(tokens, maxTokens) * 4;
  if (bytes.length <= left) return text.toWellFormed();
  // The marker needs some of it.
  const half = Math.max(0, (left - 48) >> 1);
  // Of a character that is cut in two, neither part stays.
  const decode = (from: number, to: number) =>
    new TextDecoder().decode(bytes.subarray(from, to), { stream: true }).replace(/^\u{FFFD}+/u, "");
  const tail = bytes.length - half;
  const cut = Math.ceil((tail - half) / 4);
  return `${decode(0, half)}\n…${cut} tokens truncated…\n${decode(tail, bytes.length)}`;
}
