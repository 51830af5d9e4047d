/**
 * The grid of tails: an item's work with every combination of owner, due date, priority and ticket behind it, in every order, joined
 * and bracketed in every way people do, each with the one right answer. All is read against an incident of Tuesday, 24 November 2026.
 */

export interface Claim {
  readonly kind: "owner" | "due" | "priority" | "ref";
  /** As it is written. */
  readonly text: string;
  readonly owners?: readonly string[];
  readonly due?: string;
  readonly priority?: string;
  readonly ref?: string;
  /** A mere name or day, which counts as such only beside another claim or in a place of its own. */
  readonly bare?: true;
}

export interface Case {
  readonly language: string;
  readonly document: string;
  readonly text: string;
  readonly title: string;
  readonly owners: readonly string[];
  readonly due: string | null;
  readonly priority: string | null;
  readonly ref: string | null;
}

/** How one language writes a postmortem and what stands behind its items. */
export interface Speech {
  readonly name: string;
  /** What stands above the items. */
  readonly head: string;
  readonly work: string;
  readonly owners: readonly Claim[];
  readonly dues: readonly Claim[];
  readonly priorities: readonly Claim[];
  readonly refs: readonly Claim[];
  readonly joins: readonly Join[];
}

/** How the claims are put behind the work: `before` them, `between` two, and `behind` the last. */
export interface Join {
  readonly name: string;
  readonly before: string;
  readonly between: string;
  readonly behind: string;
  /** Whether a mere name or day as the only claim says in such a place what it is. */
  readonly place: boolean;
}

export const JOINS: readonly Join[] = [
  { name: "bracket, commas", before: " (", between: ", ", behind: ")", place: false },
  { name: "bracket, semicolons", before: " (", between: "; ", behind: ")", place: false },
  { name: "bracket, slashes", before: " (", between: " / ", behind: ")", place: false },
  { name: "bracket, dashes", before: " (", between: " - ", behind: ")", place: false },
  { name: "bracket, bars", before: " (", between: " | ", behind: ")", place: false },
  { name: "square bracket", before: " [", between: ", ", behind: "]", place: false },
  { name: "brackets", before: " (", between: ") (", behind: ")", place: false },
  { name: "commas", before: ", ", between: ", ", behind: "", place: false },
  { name: "semicolons", before: "; ", between: "; ", behind: "", place: false },
  { name: "dashes", before: " - ", between: " - ", behind: "", place: false },
  { name: "en dashes", before: " – ", between: " – ", behind: "", place: false },
  { name: "em dashes", before: " — ", between: " — ", behind: "", place: false },
  { name: "dash, commas", before: " - ", between: ", ", behind: "", place: false },
  { name: "em dash, commas", before: " — ", between: ", ", behind: "", place: false },
  { name: "dash, slashes", before: " - ", between: " / ", behind: "", place: false },
  { name: "bars", before: " | ", between: " | ", behind: "", place: false },
  { name: "second line", before: "\n  ", between: ", ", behind: "", place: false },
  { name: "second line, bracket", before: "\n  (", between: ", ", behind: ")", place: false },
  { name: "dash, then brackets", before: " - ", between: " (", behind: "", place: false },
];

/** As Chinese and Japanese write them, with their own signs. */
export const WIDE: readonly Join[] = [
  { name: "wide bracket", before: "（", between: "、", behind: "）", place: false },
  { name: "wide bracket, commas", before: "（", between: "，", behind: "）", place: false },
  { name: "wide bracket, semicolons", before: "（", between: "；", behind: "）", place: false },
  { name: "wide brackets", before: "（", between: "）（", behind: "）", place: false },
  { name: "square wide bracket", before: "【", between: "、", behind: "】", place: false },
  { name: "bracket, commas", before: " (", between: ", ", behind: ")", place: false },
  { name: "dashes", before: " - ", between: " - ", behind: "", place: false },
  { name: "bars", before: " | ", between: " | ", behind: "", place: false },
  { name: "slashes", before: " - ", between: " / ", behind: "", place: false },
  { name: "second line", before: "\n  ", between: "、", behind: "", place: false },
];

/** Joins for claims that name themselves: sentences and nothing at all. */
export const SENTENCES: readonly Join[] = [
  { name: "sentences", before: ". ", between: ". ", behind: ".", place: false },
];

const permutations = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((first, at) =>
        permutations([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [first, ...rest]),
      );

function* combinations(speech: Speech): Generator<Claim[]> {
  for (const owner of [null, ...speech.owners])
    for (const due of [null, ...speech.dues])
      for (const priority of [null, ...speech.priorities])
        for (const ref of [null, ...speech.refs]) {
          const claims = [owner, due, priority, ref].filter((claim) => claim !== null);
          const [only] = claims;
          if (only === undefined || (claims.length === 1 && only.bare)) continue;
          yield* permutations(claims);
        }
}

/** A join with `between: " ("` opens a bracket for each claim but the first. */
function joined(claims: readonly Claim[], { before, between, behind }: Join): string {
  if (between !== " (") return before + claims.map(({ text }) => text).join(between) + behind;
  const [first, ...rest] = claims.map(({ text }) => text);
  return before + first + rest.map((text) => ` (${text})`).join("");
}

/** All cases of a language; `every`: each so many-th, beginning with the `first`. */
export function* casesOf(speech: Speech, every = 1, first = 0): Generator<Case> {
  let count = 0;
  for (const claims of combinations(speech)) {
    for (const join of speech.joins) {
      if (count++ % every !== first % every) continue;
      const tail = joined(claims, join);
      yield {
        language: speech.name,
        document: `${speech.head}\n\n- ${speech.work}${tail}\n`,
        text: `${speech.work}${tail}`,
        title: speech.work,
        owners: claims.flatMap(({ owners }) => owners ?? []),
        due: claims.find(({ due }) => due !== undefined)?.due ?? null,
        priority: claims.find(({ priority }) => priority !== undefined)?.priority ?? null,
        ref: claims.find(({ ref }) => ref !== undefined)?.ref ?? null,
      };
    }
  }
}
