/** Queries on what is under way: writes begun, schedules worked off, work wanted. */
import type { Selectable } from "kysely";
import type { StoreClock } from "./clock.js";
import { enqueue } from "./enqueue.js";
import type { Db, Schema } from "./schema.js";
import type { Intent, Tables } from "./types.js";

export function progress(
  db: Db,
  clock: StoreClock,
): Pick<
  Tables,
  "beginIntent" | "saveLook" | "finishIntent" | "intents" | "lastSlot" | "lastSlots" | "saveSlot" | "enqueue"
> {
  const intent = (row: Selectable<Schema["intent"]>): Intent => ({
    key: row.key,
    repositoryId: row.repository_id,
    startedAt: row.started_at,
    lookedAt: row.looked_at,
  });
  return {
    async beginIntent(repositoryId, key, at) {
      const row = { repository_id: repositoryId, key, started_at: at.toISOString(), looks: 0, looked_at: null };
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
    async saveLook(repositoryId, key, at) {
      await db
        .updateTable("intent")
        .set({ looked_at: at.toISOString() })
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
    async lastSlots(repositoryId) {
      const slots = db.selectFrom("slot").select(["kind", "at"]).where("repository_id", "=", repositoryId);
      return new Map((await slots.execute()).map(({ kind, at }) => [kind, at]));
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
    enqueue(work, now, options = {}) {
      return enqueue(db, work, clock(now), options);
    },
  };
}
