/**
 * The projection's queries, the same text on both engines. Every entity is kept whole as JSON in `data`; the columns
 * beside it are derived from it when it is saved, and serve to find it.
 */
import { setImmediate as pause } from "node:timers/promises";
import { sql } from "kysely";
import {
  commentSchema,
  documentSchema,
  installationSchema,
  repositorySchema,
  troubleSchema,
} from "../tracking/schemas.js";
import { pieceKey } from "../tracking/trouble.js";
import type { Repository } from "../tracking/types.js";
import type { StoreClock } from "./clock.js";
import { holidays } from "./holidays.js";
import { items } from "./items.js";
import { mutes } from "./mutes.js";
import { profiles } from "./profiles.js";
import { progress } from "./progress.js";
import { reached } from "./reached.js";
import { keyedRows, PROJECTED, projectedRows, readJson, type Unreadable } from "./rows.js";
import { atomically, type Db } from "./schema.js";
import type { Tables } from "./types.js";

/** Tables whose rows belong to a repository. */
const OF_REPOSITORY = [...PROJECTED, "profile", "trouble", "answer", "intent", "slot", "reached"] as const;

/** The queries on `db`, which is the database or a transaction on it; `clock`: what the work list goes by. */
export function tables(db: Db, unreadable: Unreadable, clock: StoreClock): Tables {
  return {
    ...installations(db, unreadable),
    ...repositories(db, unreadable),
    ...documents(db, unreadable),
    ...items(db, unreadable),
    ...comments(db, unreadable),
    ...troubles(db, unreadable),
    ...answers(db),
    ...profiles(db, unreadable),
    ...progress(db, clock),
    ...reached(db),
    ...holidays(db),
    ...mutes(db),
  };
}

function installations(
  db: Db,
  unreadable: Unreadable,
): Pick<
  Tables,
  "saveInstallation" | "installation" | "installations" | "installationsByOpenItems" | "dropUnreadable" | "purgeRemoved"
> {
  const rows = keyedRows("installation", installationSchema, unreadable);
  return {
    async saveInstallation(installation) {
      const { id } = installation;
      const row = { removed_at: installation.removedAt, data: JSON.stringify(installation) };
      await atomically(db, async (transaction) => {
        await transaction
          .insertInto("installation")
          .values({ id, ...row })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
          .execute();
        // It may have come back.
        await transaction
          .updateTable("repository")
          .set({ next_tick: LOOK_NOW })
          .where("installation_id", "=", id)
          .where("next_tick", "is", null)
          .execute();
      });
    },
    async installation(id) {
      const row = db.selectFrom("installation").select(["id", "data"]).where("id", "=", id);
      return rows.one(await row.executeTakeFirst());
    },
    async installations() {
      return rows.many(await db.selectFrom("installation").select(["id", "data"]).orderBy("id").execute());
    },
    async installationsByOpenItems() {
      const open = db
        .selectFrom("item")
        .innerJoin("repository", "repository.id", "item.repository_id")
        .select(["repository.installation_id", (row) => row.fn.countAll<number>().as("items")])
        .where("item.open", "=", 1)
        .groupBy("repository.installation_id");
      const rows = await db
        .selectFrom("installation")
        .leftJoin(open.as("open"), "open.installation_id", "installation.id")
        .select("installation.id")
        .where("removed_at", "is", null)
        .orderBy(sql`coalesce(open.items, 0)`, "desc")
        .orderBy("installation.id")
        .execute();
      return rows.map(({ id }) => id);
    },
    dropUnreadable: () => atomically(db, (transaction) => dropUnreadable(transaction, unreadable.found)),
    purgeRemoved: (before) => atomically(db, (transaction) => purge(transaction, before)),
  };
}

/** Only the rows themselves: what stands under a repository is its own again once GitHub told of it. */
async function dropUnreadable(transaction: Db, found: Unreadable["found"]): Promise<number[]> {
  const touched = new Set<number>();
  for (const id of found.installation) {
    const row = await transaction.selectFrom("installation").select("data").where("id", "=", id).executeTakeFirst();
    if (!row || readJson(installationSchema, row.data)?.id === id) continue;
    touched.add(id);
    await transaction.deleteFrom("installation").where("id", "=", id).execute();
  }
  for (const id of found.repository) {
    const one = transaction.selectFrom("repository").select(["installation_id", "data"]).where("id", "=", id);
    const row = await one.executeTakeFirst();
    if (!row || readJson(repositorySchema, row.data)?.id === id) continue;
    touched.add(row.installation_id);
    await transaction.deleteFrom("repository").where("id", "=", id).execute();
  }
  found.installation.clear();
  found.repository.clear();
  return [...touched];
}

/** A repository's `next_tick` where it is to be found out: it sorts before every instant. */
const LOOK_NOW = "";

/** Each holds the path of every postmortem: a few are read at a time, with room for everything else between. */
const ROWS_AT_ONCE = 20;

/** The rows of repositories, of one installation or all, by id. */
async function* repositoryRows(db: Db, installationId?: number) {
  for (let last = -1; ; ) {
    const all = db.selectFrom("repository").select(["id", "installation_id", "data"]).where("id", ">", last);
    const under = installationId === undefined ? all : all.where("installation_id", "=", installationId);
    const rows = await under.orderBy("id").limit(ROWS_AT_ONCE).execute();
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) return;
    last = rows.at(-1)?.id ?? last;
    await pause();
  }
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
    for (const table of ["reached", "mute"] as const)
      await transaction.deleteFrom(table).where("installation_id", "=", id).execute();
    await transaction.deleteFrom("installation").where("id", "=", id).execute();
  }
  return lost.length + removed.length;
}

const fullName = (owner: string, name: string): string => `${owner}/${name}`.toLowerCase();

function repositories(
  db: Db,
  unreadable: Unreadable,
): Pick<
  Tables,
  | "saveRepository"
  | "changeRepository"
  | "repository"
  | "repositoryNamed"
  | "repositories"
  | "hasMoreRepositories"
  | "repositoriesToTick"
  | "holdRepositories"
  | "saveNextTick"
  | "forgetProjection"
  | "forgetRepository"
> {
  const rows = keyedRows("repository", repositorySchema, unreadable);
  const all = () => db.selectFrom("repository").select(["id", "data"]);
  return {
    saveRepository(repository) {
      const full_name = fullName(repository.owner, repository.name);
      const row = {
        installation_id: repository.installationId,
        full_name,
        lost_at: repository.lostAt,
        // Its schedules may have changed with it.
        next_tick: LOOK_NOW,
        data: JSON.stringify(repository),
      };
      return atomically(db, async (transaction) => {
        // A name can pass from one repository to another before the App learns of the first one's renaming.
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
        const own = repositories(transaction, unreadable);
        const [current] = await own.holdRepositories([id]);
        if (!current) return null;
        const next = { ...current, ...change };
        if (JSON.stringify(next) !== JSON.stringify(current)) await own.saveRepository(next);
        return next;
      }),
    async repository(id) {
      return rows.one(await all().where("id", "=", id).executeTakeFirst());
    },
    async repositoryNamed(owner, name) {
      return rows.one(await all().where("full_name", "=", fullName(owner, name)).executeTakeFirst());
    },
    async repositories(installationId) {
      const found: Repository[] = [];
      for await (const row of repositoryRows(db, installationId)) found.push(...rows.many([row]));
      return found;
    },
    async hasMoreRepositories(installationId, than) {
      const under = db.selectFrom("repository").select("id").where("installation_id", "=", installationId);
      return (
        (
          await under
            .where("lost_at", "is", null)
            .limit(than + 1)
            .execute()
        ).length > than
      );
    },
    async repositoriesToTick(now, limit) {
      const due = db.selectFrom("repository").select("id").where("next_tick", "<=", now);
      return (await due.orderBy("next_tick").limit(limit).execute()).map(({ id }) => id);
    },
    async holdRepositories(ids) {
      if (ids.length === 0) return [];
      // A write that changes nothing holds the row: on PostgreSQL another may otherwise change it between reading and writing.
      const held = db.updateTable("repository").set((row) => ({ id: row.ref("repository.id") }));
      return rows.many(await held.where("id", "in", ids).returning(["id", "data"]).execute());
    },
    async saveNextTick(ids, at) {
      if (ids.length > 0) await db.updateTable("repository").set({ next_tick: at }).where("id", "in", ids).execute();
    },
    forgetProjection: (id) =>
      atomically(db, async (transaction) => {
        for (const table of [...PROJECTED, "profile"] as const)
          await transaction.deleteFrom(table).where("repository_id", "=", id).execute();
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
  unreadable: Unreadable,
): Pick<Tables, "saveDocument" | "document" | "documentAt" | "documentsOf" | "documentsAtHome" | "hasDocuments"> {
  const rows = projectedRows("document", documentSchema, unreadable);
  const inRepository = (id: number) => db.selectFrom("document").select("data").where("repository_id", "=", id);
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
      return rows.one(repositoryId, await inRepository(repositoryId).where("id", "=", id).executeTakeFirst());
    },
    async documentAt(repositoryId, path) {
      const there = inRepository(repositoryId).where("path", "=", path).where("removed", "=", 0);
      return rows.one(repositoryId, await there.executeTakeFirst());
    },
    async documentsOf(repositoryId) {
      const all = inRepository(repositoryId).orderBy("path").orderBy("id");
      return rows.many(repositoryId, await all.execute());
    },
    async documentsAtHome(repositoryId, pull) {
      const there = inRepository(repositoryId).where("home", "=", pull).orderBy("path").orderBy("id");
      return rows.many(repositoryId, await there.execute());
    },
    async hasDocuments(repositoryId) {
      const any = db.selectFrom("document").select("id").where("repository_id", "=", repositoryId).limit(1);
      return (await any.executeTakeFirst()) !== undefined;
    },
  };
}

function comments(
  db: Db,
  unreadable: Unreadable,
): Pick<Tables, "saveComment" | "comment" | "checkedPulls" | "forgetComment"> {
  const rows = projectedRows("kept_comment", commentSchema, unreadable);
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
      return rows.one(repositoryId, await row.executeTakeFirst());
    },
    async checkedPulls(repositoryId) {
      const found = db.selectFrom("kept_comment").select("data").where("repository_id", "=", repositoryId);
      const keyed = (key: string) => sql<boolean>`key like ${key}`;
      const kept = await found.where((where) => where.or([keyed("check:%"), keyed("review:%")])).execute();
      return [...new Set((await rows.many(repositoryId, kept)).map(({ number }) => number))];
    },
    async forgetComment(repositoryId, key) {
      await db.deleteFrom("kept_comment").where("repository_id", "=", repositoryId).where("key", "=", key).execute();
    },
  };
}

function troubles(db: Db, unreadable: Unreadable): Pick<Tables, "saveTrouble" | "troubles" | "forgetTrouble"> {
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
      return (await rows.orderBy("key").execute()).flatMap(({ data }) => {
        const trouble = readJson(troubleSchema, data);
        if (trouble?.repositoryId === repositoryId) return [trouble];
        // Forgotten, it is tried again at once, and kept again where it still cannot be done.
        unreadable.other("trouble", repositoryId);
        return [];
      });
    },
    async forgetTrouble(repositoryId, key) {
      await db.deleteFrom("trouble").where("repository_id", "=", repositoryId).where("key", "=", key).execute();
    },
  };
}

function answers(db: Db): Pick<Tables, "saveAnswer" | "answers" | "forgetAnswers"> {
  return {
    async saveAnswer({ repositoryId, question, yes, at }) {
      const row = { yes: yes ? 1 : 0, at };
      await db
        .insertInto("answer")
        .values({ repository_id: repositoryId, question, ...row })
        .onConflict((conflict) => conflict.columns(["repository_id", "question"]).doUpdateSet(row))
        .execute();
    },
    async answers(repositoryId, questions) {
      if (questions.length === 0) return [];
      const rows = db
        .selectFrom("answer")
        .selectAll()
        .where("repository_id", "=", repositoryId)
        .where("question", "in", questions);
      return (await rows.execute()).map(({ question, yes, at }) => ({ repositoryId, question, yes: yes === 1, at }));
    },
    async forgetAnswers(before) {
      await db.deleteFrom("answer").where("at", "<", before).execute();
    },
  };
}
