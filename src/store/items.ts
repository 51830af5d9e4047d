/** Queries on action items. */
import { type Selectable, sql } from "kysely";
import type { TrackedItem } from "../tracking/types.js";
import { type Db, parse, parseAll, type Schema } from "./schema.js";
import type { Tables } from "./types.js";

function itemRow(item: TrackedItem): Omit<Selectable<Schema["item"]>, "id"> {
  const open = item.issue?.open ?? false;
  return {
    repository_id: item.repositoryId,
    document_id: item.documentId,
    ordinal: item.ordinal,
    issue: item.issue?.number ?? null,
    open: open ? 1 : 0,
    due: item.due,
    next_nudge_on: open ? item.nextNudgeOn : null,
    closed_on: item.issue?.closedOn ?? null,
    data: JSON.stringify(item),
  };
}

export function items(
  db: Db,
): Pick<
  Tables,
  "saveItem" | "item" | "itemsOf" | "itemOfIssue" | "isTracked" | "openItems" | "itemsToNudge" | "itemsClosedSince"
> {
  const inRepository = (id: number) => db.selectFrom("item").select("data").where("repository_id", "=", id);
  return {
    async saveItem(item) {
      const row = itemRow(item);
      await db
        .insertInto("item")
        .values({ id: item.id, ...row })
        .onConflict((conflict) => conflict.columns(["repository_id", "id"]).doUpdateSet(row))
        .execute();
    },
    async item(repositoryId, id) {
      return parse<TrackedItem>(await inRepository(repositoryId).where("id", "=", id).executeTakeFirst());
    },
    async itemsOf(repositoryId, documentId) {
      const rows = inRepository(repositoryId).where("document_id", "=", documentId);
      return parseAll<TrackedItem>(await rows.orderBy("ordinal").orderBy("id").execute());
    },
    async itemOfIssue(repositoryId, issue) {
      return parse<TrackedItem>(await inRepository(repositoryId).where("issue", "=", issue).executeTakeFirst());
    },
    async isTracked(repositoryId, issue) {
      // Asked of every delivery about an issue, so it is written out: building a query costs more than running this one.
      const rows = sql`select 1 from item where repository_id = ${repositoryId} and issue = ${issue} limit 1`;
      return (await rows.execute(db)).rows.length > 0;
    },
    async openItems(repositoryId) {
      const rows = inRepository(repositoryId)
        .where("open", "=", 1)
        .orderBy("due", (order) => order.asc().nullsLast());
      return parseAll<TrackedItem>(await rows.orderBy("document_id").orderBy("ordinal").execute());
    },
    async itemsToNudge(repositoryId, onOrBefore, limit) {
      const rows = inRepository(repositoryId).where("next_nudge_on", "<=", onOrBefore);
      return parseAll<TrackedItem>(await rows.orderBy("next_nudge_on").orderBy("id").limit(limit).execute());
    },
    async itemsClosedSince(repositoryId, since) {
      const rows = inRepository(repositoryId).where("closed_on", ">=", since);
      return parseAll<TrackedItem>(await rows.orderBy("closed_on").orderBy("id").execute());
    },
  };
}
