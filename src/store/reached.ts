/** Queries on whom nudges notified: one row a person and installation, so that it never grows beyond the people there are. */
import { atomically, type Db } from "./schema.js";
import type { Reach, Tables } from "./types.js";

/** Thrown within the transaction alone, so that what it took of others is given back. */
class Taken extends Error {}

export function reached(db: Db): Pick<Tables, "reach" | "releaseReach" | "reachedOn"> {
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
    async reachedOn(installationId, day) {
      const rows = db
        .selectFrom("reached")
        .select(["person", "repository_id"])
        .where("installation_id", "=", installationId)
        .where("day", ">=", day);
      return (await rows.execute()).map(({ person, repository_id }) => ({ person, repositoryId: repository_id }));
    },
  };
}

/** In one order for everybody, so that two who want the same people never wait for each other. */
async function takeAll(transaction: Db, { installationId, repositoryId, people, day, key }: Reach): Promise<void> {
  for (const person of [...people].sort()) {
    const row = { day, repository_id: repositoryId, key };
    const taken = await transaction
      .insertInto("reached")
      .values({ installation_id: installationId, person, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(["installation_id", "person"])
          .doUpdateSet(row)
          .where((or) =>
            or.or([
              or("reached.day", "<", day),
              or.and([or("reached.repository_id", "=", repositoryId), or("reached.key", "=", key)]),
            ]),
          ),
      )
      .returning("person")
      .executeTakeFirst();
    if (!taken) throw new Taken();
  }
}
