/** A row and those of the block it opens: lines indented deeper, and the brackets that close it. */
export function blockRows(texts: readonly string[], start: number): number[] {
  const rows = [start];
  const depth = (row: number) => texts[row]?.search(/\S/) ?? 0;
  for (let row = start + 1; row < texts.length; row++) {
    const deeper = depth(row) - depth(start);
    const closes = deeper === 0 && /^\s*[)\]{}]/.test(texts[row] ?? "");
    if (depth(row) >= 0 && deeper <= 0 && !closes) break;
    rows.push(row);
  }
  return rows;
}
