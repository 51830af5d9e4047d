/**
 * A database that takes nothing for a while: which kind of trouble that is, and whether it is over. Work is never to blame
 * for it, so it waits and counts no try (`DatabaseDown`).
 */
import { randomUUID } from "node:crypto";
import { DatabaseDown } from "../errors.js";
import type { Db } from "./schema.js";

export type Trouble = "silent" | "failing" | "read-only" | "full" | "damaged";

const WORDS: Readonly<Record<Trouble, string>> = {
  silent: "The database does not answer.",
  failing: "The files of the database cannot be read or written.",
  "read-only": "The database is read-only.",
  full: "The database has no room left.",
  damaged: "The database is damaged; the next start sets it aside and rebuilds it from GitHub.",
};

/** A verdict stands so long, so that however often somebody asks, the database is not kept busy with being asked. */
const VERDICT_MS = 2_000;
/** A database that takes longer than this for one small write is as good as silent. */
const LOOK_MS = 5_000;

/** Tells trouble from a statement's own fault, in what a driver throws; null where it is no trouble. */
export type TroubleOf = (error: unknown) => Trouble | null;

/** Knows whether the database took what it was last given. */
export class Watch {
  #verdict: Trouble | null = null;
  #at = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly troubleOf: TroubleOf,
    private readonly onTrouble: (trouble: Trouble, error: unknown) => void = () => {},
  ) {}

  /** Runs what talks to the database. @throws DatabaseDown where it met trouble, else what `talk` throws. */
  async over<T>(talk: () => Promise<T>): Promise<T> {
    try {
      return await talk();
    } catch (error) {
      const trouble = this.troubleOf(error);
      if (trouble === null) throw error;
      this.#say(trouble);
      this.onTrouble(trouble, error);
      throw new DatabaseDown(WORDS[trouble], { cause: error });
    }
  }

  /** What is wrong, in words for an operator, or null: as of the last statement that met trouble or the last look. */
  async words(write: () => Promise<unknown>): Promise<string | null> {
    if (performance.now() - this.#at >= VERDICT_MS) {
      this.#looking ??= this.#look(write).finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    return this.#verdict === null ? null : WORDS[this.#verdict];
  }

  /** The next who asks is not told an old verdict. */
  forget(): void {
    this.#at = Number.NEGATIVE_INFINITY;
  }

  async #look(write: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<Trouble>((resolve) => {
      timer = setTimeout(resolve, LOOK_MS, "silent");
    });
    const written = write().then(
      () => null,
      (): Trouble => "silent",
    );
    const verdict = await Promise.race([written, tooLate]);
    clearTimeout(timer);
    // A statement that met trouble meanwhile, perhaps this very one, has told it more exactly.
    if (this.#at < began) this.#say(verdict);
  }

  #say(verdict: Trouble | null): void {
    // Damage does not pass by itself.
    if (this.#verdict !== "damaged") this.#verdict = verdict;
    this.#at = performance.now();
  }
}

/** The smallest real write: one row, different each time, because SQLite leaves a page alone that would not change. */
export async function heartbeat(db: Db): Promise<void> {
  const at = randomUUID();
  await db
    .insertInto("slot")
    .values({ repository_id: 0, kind: "heartbeat", at })
    .onConflict((conflict) => conflict.columns(["repository_id", "kind"]).doUpdateSet({ at }))
    .execute();
}
