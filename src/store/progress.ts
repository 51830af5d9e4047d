/** Queries on what is under way: writes begun, schedules worked off, work wanted. */
import type { Selectable } from "kysely";
import { type Work, workKey, workLane, workPriority } from "../jobs/work.js";
import type { Db, Schema } from "./schema.js";
import type { Intent, Tables } from "./types.js";

export function progress(
  db: Db,
): Pick<Tables, "beginIntent" | "countLook" | "finishIntent" | "intents" | "lastSlot" | "saveSlot" | "want"> {
  const intent = (row: Selectable<Schema["intent"]>): Intent => ({
    key: row.key,
    repositoryId: row.repository_id,
    startedAt: row.started_at,
    looks: row.looks,
  });
  return {
    async beginIntent(repositoryId, key, now) {
      const row = { repository_id: repositoryId, key, started_at: now.toISOString(), looks: 0 };
      const made = await db
        .insertInto("intent")
        .values(row)
        .onConflict((conflict) => conflict.columns(["repository_id", "key"]).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (made) return { ...intent(made), fresh: true };
      const earlier = await db
        .selectFrom("intent")
        .selectAll()
        .where("repository_id", "=", repositoryId)
        .where("key", "=", key)
        .executeTakeFirstOrThrow();
      return { ...intent(earlier), fresh: false };
    },
    async countLook(repositoryId, key) {
      await db
        .updateTable("intent")
        .set((row) => ({ looks: row("looks", "+", 1) }))
        .where("repository_id", "=", repositoryId)
        .where("key", "=", key)
        .execute();
    },
    async finishIntent(repositoryId, key) {
      await db.deleteFrom("intent").where("repository_id", "=", repositoryId).where("key", "=", key).execute();
    },
    async intents(repositoryId) {
      const rows = db.selectFrom("intent").selectAll().where("repository_id", "=", repositoryId);
      return (await rows.orderBy("started_at").orderBy("key").execute()).map(intent);
    },
    async lastSlot(repositoryId, kind) {
      const slot = db
        .selectFrom("slot")
        .select("at")
        .where("repository_id", "=", repositoryId)
        .where("kind", "=", kind);
      return (await slot.executeTakeFirst())?.at ?? null;
    },
    async saveSlot(repositoryId, kind, at) {
      const taken = await db
        .insertInto("slot")
        .values({ repository_id: repositoryId, kind, at })
        .onConflict((conflict) =>
          conflict.columns(["repository_id", "kind"]).doUpdateSet({ at }).where("slot.at", "<", at),
        )
        .returning("at")
        .executeTakeFirst();
      return taken !== undefined;
    },
    want: (work, now, options) => want(db, work, now, options),
  };
}

/** Adds a trigger; brings a row that waits or was given up forward, and leaves one more run to a row that is running. */
async function want(db: Db, work: Work, now: Date, options: Parameters<Tables["want"]>[2] = {}): Promise<void> {
  const notBefore = (options.notBefore ?? now).getTime();
  const row = { data: JSON.stringify(work), installation_id: work.installationId, cause: options.cause ?? null };
  await db
    .insertInto("work")
    .values({
      ...row,
      key: workKey(work),
      lane: workLane(work),
      priority: workPriority(work),
      wanted: 1,
      since: now.getTime(),
      not_before: notBefore,
      attempts: 0,
      error: null,
      dead_at: null,
    })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((old) => ({
        ...row,
        wanted: old("work.wanted", "+", 1),
        not_before: old
          .case()
          .when("work.dead_at", "is not", null)
          .then(notBefore)
          .when("work.not_before", ">", notBefore)
          .then(notBefore)
          .else(old.ref("work.not_before"))
          .end(),
        since: old.case().when("work.dead_at", "is not", null).then(now.getTime()).else(old.ref("work.since")).end(),
        attempts: old.case().when("work.dead_at", "is not", null).then(0).else(old.ref("work.attempts")).end(),
        dead_at: null,
      })),
    )
    .execute();
}
