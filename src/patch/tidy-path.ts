/** A path as a patch spells it, without space around it and `./` before it. */
export function tidyPath(path: string): string {
  return path.trim().replace(/^(?:\.\/)+/, "");
}
