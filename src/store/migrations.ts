/**
 * The steps by which the schema came to be, and the running of them: all that are missing in one transaction, once,
 * however many processes start together. (Kysely's own migrator has neither lock nor transactional DDL on SQLite.)
 */
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { CannotStart } from "../errors.js";
import { readJson } from "./rows.js";
import type { Db } from "./schema.js";

interface Migration {
  readonly name: string;
  /** Untyped on purpose: a migration speaks of the tables of its day, not of today's. */
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order. A released migration is never edited; a new one is added below. */
export const MIGRATIONS: readonly Migration[] = [
  { name: "0001-first", up: first },
  { name: "0002-read-items-anew", up: readAgain },
  { name: "0003-unfinished-work", up: unfinishedWork },
  { name: "0004-key-by-repository", up: keyByRepository },
  { name: "0005-trouble", up: trouble },
  { name: "0006-answers", up: answers },
  { name: "0007-waits-know-their-beginning", up: waitsKnowTheirBeginning },
  { name: "0008-profiles", up: profiles },
  { name: "0009-reached", up: reached },
  { name: "0013-holidays-and-mutes", up: holidaysAndMutes },
  { name: "0014-next-tick", up: nextTick },
  { name: "0015-duplicates", up: duplicates },
  { name: "0016-reached-at", up: reachedAt },
];

/** One lock a database for everything that changes its schema; the number means nothing. */
const ADVISORY_LOCK = 4_607_180_219;

/**
 * Brings the database to the newest schema.
 * @throws CannotStart where the database was already migrated by a newer version than this one.
 */
export async function migrate(
  db: Db,
  engine: "sqlite" | "postgres",
  now: Date,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // On SQLite the transaction is immediate, which is lock enough.
    if (engine === "postgres") await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(transaction);
    await transaction.schema
      .createTable("migration")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("at", "text", (column) => column.notNull())
      .execute();
    const done = new Set((await transaction.selectFrom("migration").select("name").execute()).map((row) => row.name));
    refuseNewer(done, migrations);
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await migration.up(transaction as unknown as Kysely<unknown>);
      await transaction.insertInto("migration").values({ name: migration.name, at: now.toISOString() }).execute();
    }
  });
}

function refuseNewer(done: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  throw new CannotStart(
    `The database was migrated by a newer version of Follow-Through (${unknown.join(", ")}).`,
    "Start that version or a newer one; to go back, restore the database from before, or delete it and run `rebuild`.",
  );
}

async function first(db: Kysely<unknown>): Promise<void> {
  await firstProjection(db);
  await firstItems(db);
  await firstWork(db);
}

async function firstProjection({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("installation")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("removed_at", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("repository")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("installation_id", "bigint", (column) => column.notNull())
    .addColumn("full_name", "text")
    .addColumn("lost_at", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("repository_name").on("repository").column("full_name").execute();
  await schema.createIndex("repository_installation").on("repository").columns(["installation_id", "id"]).execute();
  await schema
    .createTable("document")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("path", "text", (column) => column.notNull())
    .addColumn("home", "bigint")
    .addColumn("removed", "integer", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("document_path").on("document").columns(["repository_id", "path"]).execute();
  await schema.createIndex("document_home").on("document").columns(["repository_id", "home", "path"]).execute();
  for (const [table, more] of [
    ["kept_comment", { data: "text" }],
    ["intent", { started_at: "text", looks: "integer" }],
  ] as const) {
    let create = schema
      .createTable(table)
      .addColumn("repository_id", "bigint", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull());
    for (const [name, type] of Object.entries(more))
      create = create.addColumn(name, type, (column) => column.notNull());
    await create.addPrimaryKeyConstraint(`${table}_key`, ["repository_id", "key"]).execute();
  }
  await schema
    .createTable("slot")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("slot_key", ["repository_id", "kind"])
    .execute();
}

async function firstItems({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("item")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("document_id", "text", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("issue", "bigint")
    .addColumn("open", "integer", (column) => column.notNull())
    .addColumn("due", "text")
    .addColumn("next_nudge_on", "text")
    .addColumn("closed_on", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("item_document").on("item").columns(["document_id", "ordinal"]).execute();
  await schema.createIndex("item_issue").on("item").columns(["repository_id", "issue"]).execute();
  await schema.createIndex("item_open").on("item").columns(["repository_id", "open", "due"]).execute();
  await schema.createIndex("item_nudge").on("item").columns(["repository_id", "next_nudge_on"]).execute();
  await schema.createIndex("item_closed").on("item").columns(["repository_id", "closed_on"]).execute();
}

async function firstWork({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("work")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("lane", "text", (column) => column.notNull())
    .addColumn("installation_id", "bigint", (column) => column.notNull())
    .addColumn("priority", "integer", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("wanted", "bigint", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("not_before", "bigint", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("cause", "text")
    .addColumn("error", "text")
    .addColumn("dead_at", "bigint")
    .execute();
  await schema.createIndex("work_next").on("work").columns(["priority", "since"]).execute();
  await schema
    .createTable("lane")
    .addColumn("lane", "text", (column) => column.primaryKey())
    .addColumn("installation_id", "bigint", (column) => column.notNull())
    .addColumn("key", "text")
    .addColumn("token", "text", (column) => column.notNull())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("booking")
    .addColumn("installation_id", "bigint", (column) => column.primaryKey())
    .addColumn("blocked_until", "bigint", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
}

/** Items have learnt of snoozes, waivers and commands: every projection is read again from GitHub before it is next used. */
async function readAgain(untyped: Kysely<unknown>): Promise<void> {
  const db = untyped as Kysely<{ repository: { id: number; data: string } }>;
  for (const { id, data } of await db.selectFrom("repository").select(["id", "data"]).execute()) {
    // What cannot be read is passed over here as everywhere (see `rows.ts`), or the App could not start.
    const before = readJson(z.looseObject({}), data);
    if (before === null) continue;
    const repository = { ...before, rebuiltAt: null };
    await db
      .updateTable("repository")
      .set({ data: JSON.stringify(repository) })
      .where("id", "=", id)
      .execute();
  }
}

/** Work that ends the process is counted; and what a machine's clock said of writes begun is forgotten. */
async function unfinishedWork(untyped: Kysely<unknown>): Promise<void> {
  for (const name of ["unreached", "unfinished", "burials"])
    await untyped.schema
      .alterTable("work")
      .addColumn(name, "integer", (column) => column.notNull().defaultTo(0))
      .execute();
  await untyped.schema.createIndex("work_unfinished").on("work").column("unfinished").execute();
  const db = untyped as Kysely<{ intent: { started_at: string } }>;
  // From now on it is GitHub's clock that tells when a write was begun. Of these the whole past is looked through, once.
  await db
    .updateTable("intent")
    .set({ started_at: new Date(0).toISOString() })
    .execute();
}

/**
 * Ids of documents and items stand in markers, which people with rights on issues can edit, so a row is known by its repository
 * and its id, never by its id alone. A row may have been taken over by a marker that was made to carry another repository's ids:
 * so every projection is read again. By new tables, since SQLite cannot change a primary key.
 */
async function keyByRepository(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("document_by_repository")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("path", "text", (column) => column.notNull())
    .addColumn("home", "bigint")
    .addColumn("removed", "integer", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("document_key", ["repository_id", "id"])
    .execute();
  await schema
    .createTable("item_by_repository")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("document_id", "text", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("issue", "bigint")
    .addColumn("open", "integer", (column) => column.notNull())
    .addColumn("due", "text")
    .addColumn("next_nudge_on", "text")
    .addColumn("closed_on", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("item_key", ["repository_id", "id"])
    .execute();
  await replace(db, "document", ["repository_id", "id", "path", "home", "removed", "data"]);
  await replace(db, "item", [
    ...["repository_id", "id", "document_id", "ordinal", "issue", "open"],
    ...["due", "next_nudge_on", "closed_on", "data"],
  ]);
  await schema.createIndex("document_path").on("document").columns(["repository_id", "path"]).execute();
  await schema.createIndex("document_home").on("document").columns(["repository_id", "home", "path"]).execute();
  const itemIndexes = {
    item_document: ["document_id", "ordinal"],
    item_issue: ["issue"],
    item_open: ["open", "due"],
    item_nudge: ["next_nudge_on"],
    item_closed: ["closed_on"],
  };
  for (const [name, columns] of Object.entries(itemIndexes))
    await schema
      .createIndex(name)
      .on("item")
      .columns(["repository_id", ...columns])
      .execute();
  await readAgain(db);
}

/** Puts `TABLE_by_repository` in the place of `TABLE`, with its rows; the old table's indexes go with it. */
async function replace(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const made = `${table}_by_repository`;
  await sql`insert into ${sql.table(made)} (${list}) select ${list} from ${sql.table(table)}`.execute(db);
  await db.schema.dropTable(table).execute();
  await db.schema.alterTable(made).renameTo(table).execute();
}

/** What could not be done to one thing on GitHub is kept, so that it is told and tried again. */
async function trouble({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("trouble")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("trouble_key", ["repository_id", "key"])
    .execute();
}

/** GitHub's answers about people and issues are kept for a while. */
async function answers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("answer")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("question", "text", (column) => column.notNull())
    .addColumn("yes", "integer", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("answer_key", ["repository_id", "question"])
    .execute();
  await schema.createIndex("answer_age").on("answer").column("at").execute();
}

/**
 * A wait knows when it began, so that it shows where the clock was put back since. Those of before are over now, and what was
 * booked is forgotten: GitHub tells where that was too early.
 */
async function waitsKnowTheirBeginning(untyped: Kysely<unknown>): Promise<void> {
  const { schema } = untyped;
  for (const [table, column] of [
    ["work", "waits_from"],
    ["booking", "at"],
  ] as const)
    await schema
      .alterTable(table)
      .addColumn(column, "bigint", (added) => added.notNull().defaultTo(0))
      .execute();
  await schema.alterTable("intent").addColumn("looked_at", "text").execute();
  const db = untyped as Kysely<{ work: { not_before: number }; booking: object }>;
  await db.updateTable("work").set({ not_before: 0 }).execute();
  await db.deleteFrom("booking").execute();
}

/** What postmortems are compared by is kept. It is made where a document is read, so every projection is read again. */
async function profiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("profile")
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("document_id", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("likes", "integer", (column) => column.notNull())
    .addColumn("happened", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("profile_key", ["repository_id", "document_id"])
    .execute();
  await db.schema.createIndex("profile_newest").on("profile").columns(["repository_id", "happened"]).execute();
  await readAgain(db);
}

/** Who was notified by a nudge on which day, over all repositories of an installation. */
async function reached({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("reached")
    .addColumn("installation_id", "bigint", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("repository_id", "bigint", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("reached_key", ["installation_id", "person"])
    .execute();
}

/** Lists of public holidays are kept, and who wants no nudges for a while. */
async function holidaysAndMutes({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("holiday")
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("days", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("holiday_key", ["region", "year"])
    .execute();
  await schema
    .createTable("mute")
    .addColumn("installation_id", "bigint", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("until", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("mute_key", ["installation_id", "person"])
    .execute();
}

/** What is due is found by an index, and so is what is to be purged. Every repository is looked at once, by the next tick. */
async function nextTick({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable("repository")
    .addColumn("next_tick", "text", (column) => column.defaultTo(""))
    .execute();
  await schema.createIndex("repository_tick").on("repository").column("next_tick").execute();
  await schema.createIndex("repository_lost").on("repository").column("lost_at").execute();
  await schema.createIndex("installation_removed").on("installation").column("removed_at").execute();
}

/** What a duplicate goes on in is found by an index. Of those there are, it is asked at the next sweep. */
async function duplicates(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("item").addColumn("duplicate_of", "bigint").execute();
  await db.schema.createIndex("item_duplicate").on("item").columns(["repository_id", "duplicate_of"]).execute();
  await sql`update item set duplicate_of = 0 where open = 0 and data like '%"closedAs":"duplicate"%'`.execute(db);
}

/** Whose day is taken is known by the instant, since the zones of repositories differ. What is there counts as of noon. */
async function reachedAt(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("reached").renameColumn("day", "at").execute();
  await sql`update reached set at = at || 'T12:00:00.000Z'`.execute(db);
}
