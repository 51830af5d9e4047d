/** Queries on action items. */
import { type Selectable, sql } from "kysely";
import { itemSchema } from "../tracking/schemas.js";
import { lastClosing } from "../tracking/summary.js";
import type { TrackedItem } from "../tracking/types.js";
import { projectedRows, type Unreadable } from "./rows.js";
import type { Db, Schema } from "./schema.js";
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
    closed_on: item.issue && lastClosing(item.issue),
    duplicate_of: duplicateOf(item),
    data: JSON.stringify(item),
  };
}

/** See the column. What was joined by command goes on in the issue that this named. */
function duplicateOf({ issue, sameAs }: TrackedItem): number | null {
  if (!issue || issue.open) return null;
  const { duplicateOf: other } = issue;
  if (!other) return issue.closedAs === "duplicate" ? 0 : null;
  if (other.kind !== "issue") return null;
  if (other.again && (other.open || other.closedAs === "duplicate")) return 0;
  return other.home === undefined ? (sameAs?.issue ?? other.number) : null;
}

export function items(
  db: Db,
  unreadable: Unreadable,
): Pick<
  Tables,
  | "saveItem"
  | "item"
  | "itemsOf"
  | "itemsIn"
  | "itemOfIssue"
  | "duplicatesOf"
  | "duplicatesToAsk"
  | "duplicates"
  | "isTracked"
  | "openItems"
  | "itemsToNudge"
  | "hasItemsToNudge"
  | "itemsClosedSince"
> {
  const rows = projectedRows("item", itemSchema, unreadable);
  const inRepository = (id: number) => db.selectFrom("item").select("data").where("repository_id", "=", id);
  /** Nobody is asked about an item whose document is gone. */
  const stands = sql<boolean>`not exists (select 1 from document
    where document.repository_id = item.repository_id and document.id = item.document_id and document.removed = 1)`;
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
      return rows.one(repositoryId, await inRepository(repositoryId).where("id", "=", id).executeTakeFirst());
    },
    async itemsOf(repositoryId, documentId) {
      const found = inRepository(repositoryId).where("document_id", "=", documentId);
      return rows.many(repositoryId, await found.orderBy("ordinal").orderBy("id").execute());
    },
    async itemsIn(repositoryId) {
      const found = inRepository(repositoryId).orderBy("document_id").orderBy("ordinal").orderBy("id");
      return rows.many(repositoryId, await found.execute());
    },
    async itemOfIssue(repositoryId, issue) {
      return rows.one(repositoryId, await inRepository(repositoryId).where("issue", "=", issue).executeTakeFirst());
    },
    async duplicatesOf(repositoryId, issue) {
      const found = inRepository(repositoryId).where("duplicate_of", "=", issue);
      return rows.many(repositoryId, await found.orderBy("issue").orderBy("id").execute());
    },
    async duplicates(repositoryId) {
      const found = inRepository(repositoryId).where("duplicate_of", "is not", null);
      return rows.many(repositoryId, await found.orderBy("issue").orderBy("id").execute());
    },
    async duplicatesToAsk(repositoryId, limit) {
      const found = inRepository(repositoryId).where("duplicate_of", "=", 0);
      return rows.many(repositoryId, await found.orderBy("issue", "desc").orderBy("id").limit(limit).execute());
    },
    async isTracked(repositoryId, issue) {
      // Asked of every delivery about an issue, so it is written out: building a query costs more than running this one.
      const tracked = sql`select 1 from item where repository_id = ${repositoryId} and issue = ${issue}
        union all select 1 from item where repository_id = ${repositoryId} and duplicate_of = ${issue} limit 1`;
      return (await tracked.execute(db)).rows.length > 0;
    },
    async openItems(repositoryId) {
      const found = inRepository(repositoryId)
        .where("open", "=", 1)
        .orderBy("due", (order) => order.asc().nullsLast());
      return rows.many(repositoryId, await found.orderBy("document_id").orderBy("ordinal").execute());
    },
    async itemsToNudge(repositoryId, onOrBefore, limit) {
      const found = inRepository(repositoryId).where("next_nudge_on", "<=", onOrBefore).where(stands);
      return rows.many(repositoryId, await found.orderBy("next_nudge_on").orderBy("id").limit(limit).execute());
    },
    async hasItemsToNudge(repositoryId, onOrBefore) {
      const any = db.selectFrom("item").select("id").where("repository_id", "=", repositoryId);
      return (
        (await any.where("next_nudge_on", "<=", onOrBefore).where(stands).limit(1).executeTakeFirst()) !== undefined
      );
    },
    async itemsClosedSince(repositoryId, since) {
      const found = inRepository(repositoryId).where("closed_on", ">=", since);
      return rows.many(repositoryId, await found.orderBy("closed_on").orderBy("id").execute());
    },
  };
}
