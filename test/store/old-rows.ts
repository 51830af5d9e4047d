/** Rows as versions before wrote them, by their columns: the store of today may not write to the tables of then. */
import type { Kysely } from "kysely";
import type { Schema } from "../../src/store/schema.js";
import type { Repository, TrackedDocument, TrackedItem } from "../../src/tracking/types.js";

export async function insertRepository(db: Kysely<Schema>, repository: Repository): Promise<void> {
  const { id, installationId: installation_id } = repository;
  const data = JSON.stringify(repository);
  await db
    .insertInto("repository")
    .values({ id, installation_id, full_name: "acme/shop", lost_at: null, data })
    .execute();
}

export async function insertDocument(db: Kysely<Schema>, document: TrackedDocument): Promise<void> {
  await db
    .insertInto("document")
    .values({
      id: document.id,
      repository_id: document.repositoryId,
      path: document.path,
      home: document.home,
      removed: document.removedOn ? 1 : 0,
      data: JSON.stringify(document),
    })
    .execute();
}

/** `issue`: the number by which the row is found. */
export async function insertItem(
  db: Kysely<Schema>,
  item: TrackedItem,
  issue: number | null = item.issue?.number ?? null,
): Promise<void> {
  await db
    .insertInto("item")
    .values({
      id: item.id,
      repository_id: item.repositoryId,
      document_id: item.documentId,
      ordinal: item.ordinal,
      issue,
      open: 1,
      due: item.due,
      next_nudge_on: item.nextNudgeOn,
      closed_on: null,
      data: JSON.stringify(item),
    })
    .execute();
}
