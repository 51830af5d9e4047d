/**
 * The projection's queries, the same text on both engines. Every entity is kept whole as JSON in `data`; the columns
 * beside it are derived from it when it is saved, and serve to find it.
 */
import type { Selectable } from "kysely";
import { type Work, workKey, workLane, workPriority } from "../jobs/work.js";
import type { Installation, KeptComment, Repository, TrackedDocument, TrackedItem } from "../tracking/types.js";
import { atomically, type Db, type Schema } from "./schema.js";
import type { Intent, Tables } from "./types.js";

/** Tables whose rows are read back from GitHub. */
const PROJECTED = ["document", "item", "kept_comment"] as const;

/** Tables whose rows belong to a repository. */
const OF_REPOSITORY = [...PROJECTED, "intent", "slot"] as const;

/** The queries on `db`, which is the database or a transaction on it. */
export function tables(db: Db): Tables {
  return {
    ...installations(db),
    ...repositories(db),
    ...documents(db),
    ...items(db),
    ...comments(db),
    ...progress(db),
  };
}

const parse = <T>(row: { data: string } | undefined): T | null => (row ? (JSON.parse(row.data) as T) : null);
const parseAll = <T>(rows: readonly { data: string }[]): T[] => rows.map((row) => JSON.parse(row.data) as T);

function installations(db: Db): Pick<Tables, "saveInstallation" | "installation" | "installations" | "purgeRemoved"> {
  return {
    async saveInstallation(installation) {
      const row = { removed_at: installation.removedAt, data: JSON.stringify(installation) };
      await db
        .insertInto("installation")
        .values({ id: installation.id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async installation(id) {
      return parse<Installation>(
        await db.selectFrom("installation").select("data").where("id", "=", id).executeTakeFirst(),
      );
    },
    async installations() {
      return parseAll<Installation>(await db.selectFrom("installation").select("data").orderBy("id").execute());
    },
    purgeRemoved: (before) => atomically(db, (transaction) => purge(transaction, before)),
  };
}

async function purge(transaction: Db, before: string): Promise<number> {
  const lost = await transaction.selectFrom("repository").select("id").where("lost_at", "<", before).execute();
  for (const { id } of lost) await forget(transaction, id);
  const removed = await transaction.selectFrom("installation").select("id").where("removed_at", "<", before).execute();
  for (const { id } of removed) {
    const under = await transaction.selectFrom("repository").select("id").where("installation_id", "=", id).execute();
    for (const repository of under) await forget(transaction, repository.id);
    await transaction.deleteFrom("work").where("installation_id", "=", id).execute();
    await transaction.deleteFrom("booking").where("installation_id", "=", id).execute();
    await transaction.deleteFrom("installation").where("id", "=", id).execute();
  }
  return lost.length + removed.length;
}

const fullName = (owner: string, name: string): string => `${owner}/${name}`.toLowerCase();

function repositories(
  db: Db,
): Pick<
  Tables,
  "saveRepository" | "repository" | "repositoryNamed" | "repositories" | "forgetProjection" | "forgetRepository"
> {
  return {
    saveRepository(repository) {
      const full_name = fullName(repository.owner, repository.name);
      const row = {
        installation_id: repository.installationId,
        full_name,
        lost_at: repository.lostAt,
        data: JSON.stringify(repository),
      };
      return atomically(db, async (transaction) => {
        // A name can pass from one repository to another before the App hears of the first one's renaming.
        await transaction
          .updateTable("repository")
          .set({ full_name: null })
          .where("full_name", "=", full_name)
          .where("id", "<>", repository.id)
          .execute();
        await transaction
          .insertInto("repository")
          .values({ id: repository.id, ...row })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
          .execute();
      });
    },
    async repository(id) {
      return parse<Repository>(
        await db.selectFrom("repository").select("data").where("id", "=", id).executeTakeFirst(),
      );
    },
    async repositoryNamed(owner, name) {
      const row = db.selectFrom("repository").select("data").where("full_name", "=", fullName(owner, name));
      return parse<Repository>(await row.executeTakeFirst());
    },
    async repositories(installationId) {
      const all = db.selectFrom("repository").select("data").orderBy("id");
      const rows = installationId === undefined ? all : all.where("installation_id", "=", installationId);
      return parseAll<Repository>(await rows.execute());
    },
    forgetProjection: (id) =>
      atomically(db, async (transaction) => {
        for (const table of PROJECTED) await transaction.deleteFrom(table).where("repository_id", "=", id).execute();
      }),
    forgetRepository: (id) => atomically(db, (transaction) => forget(transaction, id)),
  };
}

async function forget(transaction: Db, repositoryId: number): Promise<void> {
  for (const table of OF_REPOSITORY)
    await transaction.deleteFrom(table).where("repository_id", "=", repositoryId).execute();
  await transaction.deleteFrom("work").where("lane", "=", `repository:${repositoryId}`).execute();
  await transaction.deleteFrom("repository").where("id", "=", repositoryId).execute();
}

function documents(
  db: Db,
): Pick<Tables, "saveDocument" | "document" | "documentAt" | "documentsOf" | "documentsAtHome"> {
  return {
    async saveDocument(document) {
      const row = {
        repository_id: document.repositoryId,
        path: document.path,
        home: document.home,
        removed: document.removedOn === null ? 0 : 1,
        data: JSON.stringify(document),
      };
      await db
        .insertInto("document")
        .values({ id: document.id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async document(id) {
      return parse<TrackedDocument>(
        await db.selectFrom("document").select("data").where("id", "=", id).executeTakeFirst(),
      );
    },
    async documentAt(repositoryId, path) {
      const row = db
        .selectFrom("document")
        .select("data")
        .where("repository_id", "=", repositoryId)
        .where("path", "=", path)
        .where("removed", "=", 0);
      return parse<TrackedDocument>(await row.executeTakeFirst());
    },
    async documentsOf(repositoryId) {
      const rows = db.selectFrom("document").select("data").where("repository_id", "=", repositoryId);
      return parseAll<TrackedDocument>(await rows.orderBy("path").orderBy("id").execute());
    },
    async documentsAtHome(repositoryId, pull) {
      const rows = db
        .selectFrom("document")
        .select("data")
        .where("repository_id", "=", repositoryId)
        .where("home", "=", pull);
      return parseAll<TrackedDocument>(await rows.orderBy("path").orderBy("id").execute());
    },
  };
}

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

function items(
  db: Db,
): Pick<Tables, "saveItem" | "item" | "itemsOf" | "itemOfIssue" | "openItems" | "itemsToNudge" | "itemsClosedSince"> {
  const inRepository = (id: number) => db.selectFrom("item").select("data").where("repository_id", "=", id);
  return {
    async saveItem(item) {
      const row = itemRow(item);
      await db
        .insertInto("item")
        .values({ id: item.id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async item(id) {
      return parse<TrackedItem>(await db.selectFrom("item").select("data").where("id", "=", id).executeTakeFirst());
    },
    async itemsOf(documentId) {
      const rows = db.selectFrom("item").select("data").where("document_id", "=", documentId);
      return parseAll<TrackedItem>(await rows.orderBy("ordinal").orderBy("id").execute());
    },
    async itemOfIssue(repositoryId, issue) {
      return parse<TrackedItem>(await inRepository(repositoryId).where("issue", "=", issue).executeTakeFirst());
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

function comments(db: Db): Pick<Tables, "saveComment" | "comment" | "forgetComment"> {
  return {
    async saveComment(comment) {
      const data = JSON.stringify(comment);
      await db
        .insertInto("kept_comment")
        .values({ repository_id: comment.repositoryId, key: comment.key, data })
        .onConflict((conflict) => conflict.columns(["repository_id", "key"]).doUpdateSet({ data }))
        .execute();
    },
    async comment(repositoryId, key) {
      const row = db
        .selectFrom("kept_comment")
        .select("data")
        .where("repository_id", "=", repositoryId)
        .where("key", "=", key);
      return parse<KeptComment>(await row.executeTakeFirst());
    },
    async forgetComment(repositoryId, key) {
      await db.deleteFrom("kept_comment").where("repository_id", "=", repositoryId).where("key", "=", key).execute();
    },
  };
}

function progress(
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
      await db
        .insertInto("slot")
        .values({ repository_id: repositoryId, kind, at })
        .onConflict((conflict) => conflict.columns(["repository_id", "kind"]).doUpdateSet({ at }))
        .execute();
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
