/** Mean and spread of what was seen so far. */
export class Seen {
  #n: number;
  #sum: number;
  #squares: number;

  /** As if so many values of this mean and spread had been seen. */
  constructor(n: number, { mean, spread }: { readonly mean: number; readonly spread: number }) {
    this.#n = n;
    this.#sum = n * mean;
    this.#squares = n * (spread ** 2 + mean ** 2);
  }

  copy(): Seen {
    const copy = new Seen(0, { mean: 0, spread: 0 });
    [copy.#n, copy.#sum, copy.#squares] = [this.#n, this.#sum, this.#squares];
    return copy;
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

/** What is learnt of an organisation's pairs: how alike titles, causes and texts are, and how many rare words are shared. */
export type Learnt = Readonly<Record<"title" | "cause" | "whole" | "rare", Seen>>;

/** What pairs are like before an organisation has many: these many of this mean and spread count as well. */
const PRIOR = { pairs: 30, likeness: { mean: 0.08, spread: 0.063 }, rare: { mean: 0, spread: 0.7 } } as const;

export const nothingLearnt = (): Learnt => ({
  title: new Seen(PRIOR.pairs, PRIOR.likeness),
  cause: new Seen(PRIOR.pairs, PRIOR.likeness),
  whole: new Seen(PRIOR.pairs, PRIOR.likeness),
  rare: new Seen(PRIOR.pairs, PRIOR.rare),
});

export const copyOf = ({ title, cause, whole, rare }: Learnt): Learnt => ({
  title: title.copy(),
  cause: cause.copy(),
  whole: whole.copy(),
  rare: rare.copy(),
});
