/** Things in the order of what speaks for them, the most telling first. */

/** Compared one after the other: numbers as such, texts by their characters. */
export type Rank = readonly (number | string)[];

/** The items by their ranks, the least first; what has the same rank keeps its order. Each rank is asked for once. */
export function byRank<T>(items: readonly T[], rankOf: (item: T) => Rank): T[] {
  return items
    .map((item) => ({ item, rank: rankOf(item) }))
    .sort((a, b) => compared(a.rank, b.rank))
    .map(({ item }) => item);
}

function compared(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  const [one, other] = [a[at], b[at]];
  if (one === undefined || other === undefined) return 0;
  return one < other ? -1 : 1;
}
