/** `msg` → `msg_1`, `msg_2`, …: counted, so that two runs of a test see the same ids. */
export type MakeId = (prefix: string) => string;

export function countedIds(): MakeId {
  const counts = new Map<string, number>();
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return `${prefix}_${count}`;
  };
}
