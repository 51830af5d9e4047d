/** Queries on whom nudges notified: one row a person and installation, so that it never grows beyond the people there are. */
import { atomically, type Db } from "./schema.js";
import type { Reach, Tables } from "./types.js";

/** Thrown within the transaction alone, so that what it took of others is given back. */
class Taken extends Error {}

export function reached(db: Db): Pick<Tables, "reach" | "releaseReach" | "reachedSince"> {
  return {
    async reach(reach) {
      try {
        await atomically(db, (transaction) => takeAll(transaction, reach));
        return true;
      } catch (error) {
        if (error instanceof Taken) return false;
        throw error;
      }
    },
    async releaseReach(installationId, repositoryId, key) {
      await db
        .deleteFrom("reached")
        .where("installation_id", "=", installationId)
        .where("repository_id", "=", repositoryId)
        .where("key", "=", key)
        .execute();
    },
    async reachedSince(installationId, since) {
      const rows = db
        .selectFrom("reached")
        .select(["person", "repository_id"])
        .where("installation_id", "=", installationId)
        .where("at", ">=", since);
      return (await rows.execute()).map(({ person, repository_id }) => ({ person, repositoryId: repository_id }));
    },
  };
}

/** In one order for everybody, so that two who want the same people never wait for each other. */
async function takeAll(transaction: Db, { people, alongside = [], ...reach }: Reach): Promise<void> {
  const asked = new Set(people);
  for (const person of [...new Set([...people, ...alongside])].sort())
    if (!(await take(transaction, person, reach)) && asked.has(person)) throw new Taken();
}

/** Takes the day of one, unless another comment has; returns whether it did. */
async function take(
  transaction: Db,
  person: string,
  { installationId, repositoryId, at, since, key }: Omit<Reach, "people" | "alongside">,
): Promise<boolean> {
  const row = { at, repository_id: repositoryId, key };
  const taken = await transaction
    .insertInto("reached")
    .values({ installation_id: installationId, person, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "person"])
        .doUpdateSet(row)
        .where((or) =>
          or.or([
            or("reached.at", "<", since),
            or.and([or("reached.repository_id", "=", repositoryId), or("reached.key", "=", key)]),
          ]),
        ),
    )
    .returning("person")
    .executeTakeFirst();
  return taken !== undefined;
}
