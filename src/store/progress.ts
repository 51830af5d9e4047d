/** Queries on what is under way: writes begun, schedules worked off, work wanted. */
import type { Selectable } from "kysely";
import type { StoreClock } from "./clock.js";
import { enqueue, enqueueScheduled } from "./enqueue.js";
import type { Db, Schema } from "./schema.js";
import { type Intent, SLOT_KINDS, type Slot, type SlotKind, type Tables } from "./types.js";

export function progress(
  db: Db,
  clock: StoreClock,
): Pick<
  Tables,
  | "beginIntent"
  | "saveLook"
  | "finishIntent"
  | "intents"
  | "lastSlot"
  | "lastSlots"
  | "saveSlot"
  | "saveSlots"
  | "enqueue"
  | "enqueueScheduled"
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
    async lastSlots(repositoryIds) {
      if (repositoryIds.length === 0) return [];
      const slots = db.selectFrom("slot").selectAll().where("repository_id", "in", repositoryIds);
      return (await slots.execute()).flatMap(slotOf);
    },
    async saveSlot(repositoryId, kind, at) {
      return (await saveSlots(db, [{ repositoryId, kind, at }])).length > 0;
    },
    saveSlots: (slots) => saveSlots(db, slots),
    enqueue(work, now, options = {}) {
      return enqueue(db, work, clock(now), options);
    },
    enqueueScheduled(wanted, now) {
      return enqueueScheduled(db, wanted, clock(now));
    },
  };
}

const KINDS: ReadonlySet<string> = new Set(SLOT_KINDS);
const isKind = (kind: string): kind is SlotKind => KINDS.has(kind);

/** A row as a slot; none where a newer version wrote of a kind that is not known here. */
const slotOf = ({ repository_id, kind, at }: Selectable<Schema["slot"]>): Slot[] =>
  isKind(kind) ? [{ repositoryId: repository_id, kind, at }] : [];

/** Takes slots as worked off, but those that were taken before. */
async function saveSlots(db: Db, slots: readonly Slot[]): Promise<Slot[]> {
  if (slots.length === 0) return [];
  const rows = slots.map(({ repositoryId, kind, at }) => ({ repository_id: repositoryId, kind, at }));
  const taken = await db
    .insertInto("slot")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["repository_id", "kind"])
        .doUpdateSet((row) => ({ at: row.ref("excluded.at") }))
        .whereRef("slot.at", "<", "excluded.at"),
    )
    .returningAll()
    .execute();
  return taken.flatMap(slotOf);
}
