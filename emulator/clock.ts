/** The emulator's time: what issues, comments and commits are stamped with. Set by a test, it stands still until moved. */
export class Clock {
  readonly #source: () => Date;
  #fixed: Date | null = null;

  constructor(source: () => Date) {
    this.#source = source;
  }

  now(): Date {
    return new Date(this.#fixed ?? this.#source());
  }

  /** Stops time at an instant (`"2025-03-03T09:00:00Z"`). */
  set(instant: Date | string): void {
    this.#fixed = new Date(instant);
  }

  /** Moves time on, and stops it there. */
  advance(milliseconds: number): void {
    this.#fixed = new Date(this.now().getTime() + milliseconds);
  }
}
