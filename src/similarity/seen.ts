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
