/** Words with the blanks after them; joined, they are the text again. */
export function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** Pieces of 16 characters, never within a surrogate pair. */
export function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,16}/gu) ?? [];
}
