/**
 * The postmortems of one organisation in the order of their dates, and which earlier ones a new one is like. Thresholds do not
 * travel between organisations, whose documents are all alike in their own way: so each likeness counts by how much it stands
 * out among the likenesses of that organisation's other pairs.
 */
import { type Evidence, isShown, weigh } from "./evidence.js";
import { type Counts, FIELDS, type Field, holdsName, type Profile } from "./profile.js";

/** An earlier postmortem that a new one is like. */
export interface Similar {
  readonly path: string;
  /** Log-odds that the same happened before. */
  readonly weight: number;
  readonly evidence: Evidence;
}

/** As many are shown at most. */
const MOST_SHOWN = 3;
/** A word that so few postmortems hold is rare. */
const RARE = 3;

/** What pairs are like before an organisation has many: these many of this mean and spread are reckoned in. */
const PRIOR = { pairs: 30, likeness: { mean: 0.08, spread: 0.063 }, rare: { mean: 0, spread: 0.7 } } as const;

/** What each word of a text tells: the more, the oftener it stands there, and the fewer others hold it. */
interface Vector {
  readonly values: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Mean and spread of what was seen so far. */
class Seen {
  #n: number = PRIOR.pairs;
  #sum: number;
  #squares: number;

  constructor({ mean, spread }: { readonly mean: number; readonly spread: number }) {
    this.#sum = this.#n * mean;
    this.#squares = this.#n * (spread ** 2 + mean ** 2);
  }

  add(value: number): void {
    this.#n++;
    this.#sum += value;
    this.#squares += value ** 2;
  }

  /** By how many spreads a value stands above the mean. */
  above(value: number): number {
    const mean = this.#sum / this.#n;
    return (value - mean) / Math.sqrt(Math.max(1e-4, this.#squares / this.#n - mean ** 2));
  }
}

type Compared = Exclude<Field, "code">;
const COMPARED: readonly Compared[] = FIELDS.filter((field): field is Compared => field !== "code");

export class Library {
  readonly #profiles: Profile[] = [];
  /** In how many postmortems a word stands. */
  readonly #holding = new Map<string, number>();
  readonly #holdingCode = new Map<string, number>();
  readonly #seen: Readonly<Record<Compared, Seen>> = {
    title: new Seen(PRIOR.likeness),
    cause: new Seen(PRIOR.likeness),
    whole: new Seen(PRIOR.likeness),
  };
  readonly #seenRare = new Seen(PRIOR.rare);

  /** Takes a postmortem in; returns the earlier ones that it is like, the likeliest first, at most three. */
  add(profile: Profile): Similar[] {
    return this.weighAll(profile)
      .filter(({ weight }) => isShown(weight))
      .slice(0, MOST_SHOWN);
  }

  /** Takes a postmortem in; returns all earlier ones with the evidence for each, the likeliest first. */
  weighAll(profile: Profile): Similar[] {
    for (const word of profile.whole.keys()) increase(this.#holding, word);
    for (const word of profile.code.keys()) increase(this.#holdingCode, word);
    const earlier = [...this.#profiles];
    this.#profiles.push(profile);
    return this.#compare(profile, earlier);
  }

  #compare(profile: Profile, earlier: readonly Profile[]): Similar[] {
    const likeness = Object.fromEntries(
      COMPARED.map((field) => {
        const own = this.#vector(profile[field]);
        return [field, earlier.map((other) => cosine(own, this.#vector(other[field])))];
      }),
    ) as Record<Compared, number[]>;
    const shared = earlier.map((other) => this.#shared(profile, other));
    for (const field of COMPARED) for (const value of likeness[field]) this.#seen[field].add(value);
    for (const { rare } of shared) this.#seenRare.add(rare);
    const rank = { cause: ranks(likeness.cause), whole: ranks(likeness.whole) };
    return earlier
      .map((other, at): Similar => {
        const one = shared[at] ?? { rare: 0, rareInCause: 0, rareCode: 0 };
        const evidence: Evidence = {
          title: this.#seen.title.above(likeness.title[at] ?? 0),
          cause: this.#seen.cause.above(likeness.cause[at] ?? 0),
          whole: this.#seen.whole.above(likeness.whole[at] ?? 0),
          rareWords: this.#seenRare.above(one.rare),
          rareWordsOfCause: one.rareInCause,
          rareCode: one.rareCode,
          named: other.names.some((name) => holdsName(profile, name)) ? 1 : 0,
          placeByWhole: rank.whole[at] ?? 0,
          placeByCause: rank.cause[at] ?? 0,
        };
        return { path: other.path, weight: weigh(evidence), evidence };
      })
      .sort((a, b) => b.weight - a.weight);
  }

  #vector(counts: Counts): Vector {
    const all = this.#profiles.length;
    const values = new Map<string, number>();
    let squares = 0;
    for (const [word, count] of counts) {
      const holding = this.#holding.get(word) ?? 1;
      const value = (1 + Math.log(count)) * Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
      values.set(word, value);
      squares += value ** 2;
    }
    return { values, length: Math.sqrt(squares) };
  }

  /** How many rare words two share, as logarithms: the tenth tells less than the first. */
  #shared(a: Profile, b: Profile): { rare: number; rareInCause: number; rareCode: number } {
    let [rare, rareInCause, rareCode] = [0, 0, 0];
    for (const word of a.whole.keys()) {
      if (!b.whole.has(word)) continue;
      const holding = this.#holding.get(word) ?? 0;
      if (holding === 2) rare++;
      if (holding <= RARE && a.cause.has(word) && b.cause.has(word)) rareInCause++;
    }
    for (const word of a.code.keys()) if (b.code.has(word) && (this.#holdingCode.get(word) ?? 0) <= RARE) rareCode++;
    // Of two long texts it tells less that they share some.
    const length = Math.log1p(Math.min(a.whole.size, b.whole.size) / 100);
    return {
      rare: Math.log1p(rare) - length / 2,
      rareInCause: Math.log1p(rareInCause),
      rareCode: Math.log1p(rareCode),
    };
  }
}

function increase(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}

function cosine(a: Vector, b: Vector): number {
  let product = 0;
  for (const [word, value] of a.values) product += value * (b.values.get(word) ?? 0);
  return product === 0 ? 0 : product / (a.length * b.length);
}

/** The place of each value among all, the greatest first, as logarithms: 0 for the first. */
function ranks(values: readonly number[]): number[] {
  const places = new Map<number, number>();
  for (const [place, value] of [...values].sort((a, b) => b - a).entries())
    if (!places.has(value)) places.set(value, Math.log1p(place));
  return values.map((value) => places.get(value) ?? 0);
}
