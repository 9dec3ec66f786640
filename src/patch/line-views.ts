/** A file's lines, read in one way. */
export interface LineView {
  readonly fold: (line: string) => string;
  readonly lines: readonly string[];
}

/** Without indentation, and with typed punctuation for curly quotes, dashes and odd spaces. */
const loosely = (line: string): string =>
  line
    .trim()
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s/g, " ");

export type LineViews = readonly [LineView, LineView, LineView];

/** The lines as they are, without trailing space, and loosely. */
export function lineViews(texts: readonly string[]): LineViews {
  const view = (fold: LineView["fold"]): LineView => ({ fold, lines: texts.map(fold) });
  return [view((line) => line), view((line) => line.trimEnd()), view(loosely)];
}
