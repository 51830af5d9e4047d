/**
 * The projection's queries, the same text on both engines. Every entity is kept whole as JSON in `data`; the columns
 * beside it are derived from it when it is saved, and serve to find it.
 */
import { pieceKey, type Trouble } from "../tracking/trouble.js";
import type { Installation, KeptComment, Repository, TrackedDocument } from "../tracking/types.js";
import { items } from "./items.js";
import { progress } from "./progress.js";
import { atomically, type Db, parse, parseAll } from "./schema.js";
import type { Tables } from "./types.js";

/** Tables whose rows are read back from GitHub. */
const PROJECTED = ["document", "item", "kept_comment"] as const;

/** Tables whose rows belong to a repository. */
const OF_REPOSITORY = [...PROJECTED, "trouble", "intent", "slot"] as const;

/** The queries on `db`, which is the database or a transaction on it. */
export function tables(db: Db): Tables {
  return {
    ...installations(db),
    ...repositories(db),
    ...documents(db),
    ...items(db),
    ...comments(db),
    ...troubles(db),
    ...progress(db),
  };
}

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
  | "saveRepository"
  | "changeRepository"
  | "repository"
  | "repositoryNamed"
  | "repositories"
  | "forgetProjection"
  | "forgetRepository"
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
    changeRepository: (id, change) =>
      atomically(db, async (transaction) => {
        // Written first, which locks the row: on PostgreSQL another may otherwise change it between reading and writing.
        await transaction
          .updateTable("repository")
          .set((row) => ({ id: row.ref("repository.id") }))
          .where("id", "=", id)
          .execute();
        const own = repositories(transaction);
        const current = await own.repository(id);
        if (!current) return null;
        const next = { ...current, ...change };
        if (JSON.stringify(next) !== JSON.stringify(current)) await own.saveRepository(next);
        return next;
      }),
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
  await transaction
    .deleteFrom("work")
    .where((row) =>
      row.or([row("lane", "=", `repository:${repositoryId}`), row("lane", "like", `check:${repositoryId}:%`)]),
    )
    .execute();
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
        .onConflict((conflict) => conflict.columns(["repository_id", "id"]).doUpdateSet(row))
        .execute();
    },
    async document(repositoryId, id) {
      const row = db
        .selectFrom("document")
        .select("data")
        .where("repository_id", "=", repositoryId)
        .where("id", "=", id);
      return parse<TrackedDocument>(await row.executeTakeFirst());
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

function troubles(db: Db): Pick<Tables, "saveTrouble" | "troubles" | "forgetTrouble"> {
  return {
    async saveTrouble(trouble) {
      const data = JSON.stringify(trouble);
      await db
        .insertInto("trouble")
        .values({ repository_id: trouble.repositoryId, key: pieceKey(trouble.piece), data })
        .onConflict((conflict) => conflict.columns(["repository_id", "key"]).doUpdateSet({ data }))
        .execute();
    },
    async troubles(repositoryId) {
      const rows = db.selectFrom("trouble").select("data").where("repository_id", "=", repositoryId);
      return parseAll<Trouble>(await rows.orderBy("key").execute());
    },
    async forgetTrouble(repositoryId, key) {
      await db.deleteFrom("trouble").where("repository_id", "=", repositoryId).where("key", "=", key).execute();
    },
  };
}
