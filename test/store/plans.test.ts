import { Kysely, type LogEvent } from "kysely";
import { describe, expect, test } from "vitest";
import { callersClock } from "../../src/store/clock.js";
import { migrate } from "../../src/store/migrations.js";
import type { Schema } from "../../src/store/schema.js";
import { openFile, sqliteDialect, sqliteTrouble } from "../../src/store/sqlite.js";
import { tables } from "../../src/store/tables.js";
import { Watch } from "../../src/store/trouble.js";
import type { Tables } from "../../src/store/types.js";
import { anInstallation } from "./samples.js";

/** How SQLite would look for what a query asks, in its own words, for the statements the query really runs. */
async function plan(query: (on: Tables) => Promise<unknown>): Promise<string[]> {
  const database = openFile(":memory:");
  const seen: LogEvent[] = [];
  const dialect = sqliteDialect(database, new Watch(sqliteTrouble), () => {});
  const db = new Kysely<Schema>({ dialect, log: (event) => void seen.push(event) });
  await migrate(db, "sqlite", new Date(0));
  seen.length = 0;
  await query(
    tables(
      db,
      {
        projected: async () => {},
        other: () => {},
        found: { installation: new Set(), repository: new Set([1]) },
      },
      callersClock,
    ),
  );
  const steps = seen.flatMap(({ query: { sql, parameters } }) =>
    database.prepare(`explain query plan ${sql}`).all(...parameters),
  );
  await db.destroy();
  return steps.map((step: { detail: string }) => step.detail);
}

describe("a query that a schedule or a webhook asks", () => {
  test.each<[string, (on: Tables) => Promise<unknown>, string]>([
    ["itemsToNudge", (on) => on.itemsToNudge(1, "2025-03-01", 50), "item_nudge"],
    ["hasItemsToNudge", (on) => on.hasItemsToNudge(1, "2025-03-01"), "item_nudge"],
    ["hasDocuments", (on) => on.hasDocuments(1), "document"],
    ["openItems", (on) => on.openItems(1), "item_open"],
    ["itemsClosedSince", (on) => on.itemsClosedSince(1, "2025-03-01"), "item_closed"],
    ["itemOfIssue", (on) => on.itemOfIssue(1, 2), "item_issue"],
    ["isTracked", (on) => on.isTracked(1, 2), "item_issue"],
    ["itemsOf", (on) => on.itemsOf(1, "d"), "item_document"],
    ["itemsIn", (on) => on.itemsIn(1), "item_document"],
    ["item", (on) => on.item(1, "i"), "sqlite_autoindex_item"],
    ["document", (on) => on.document(1, "d"), "sqlite_autoindex_document"],
    ["documentAt", (on) => on.documentAt(1, "a.md"), "document_path"],
    ["documentsAtHome", (on) => on.documentsAtHome(1, 2), "document_home"],
    ["troubles", (on) => on.troubles(1), "sqlite_autoindex_trouble"],
    ["answers", (on) => on.answers(1, ["a", "b"]), "sqlite_autoindex_answer"],
    ["forgetAnswers", (on) => on.forgetAnswers("2025-03-01"), "answer_age"],
    ["repositoryNamed", (on) => on.repositoryNamed("a", "b"), "repository_name"],
    ["repositories of an installation", (on) => on.repositories(1), "repository_installation"],
    ["hasMoreRepositories", (on) => on.hasMoreRepositories(1, 100), "repository_installation"],
    ["repositoriesToTick", (on) => on.repositoriesToTick("2025-03-01T09:00:00.000Z", 200), "repository_tick"],
    ["dropUnreadable", (on) => on.dropUnreadable(), "sqlite_autoindex_repository"],
    ["purgeRemoved", (on) => on.purgeRemoved("2025-03-01T09:00:00.000Z"), "repository_lost"],
    ["saveInstallation", (on) => on.saveInstallation(anInstallation()), "repository_installation"],
  ])("%s reads by an index, never the whole table", async (_, query, index) => {
    const steps = await plan(query);
    expect(steps.join("\n")).toContain(index);
    expect(steps.filter((step) => step.startsWith("SCAN"))).toEqual([]);
  });

  test("itemsToNudge reads no more than what is due: the day is part of the search", async () => {
    const [step] = await plan((on) => on.itemsToNudge(1, "2025-03-01", 50));
    expect(step).toContain("(repository_id=? AND next_nudge_on<?)");
  });
});
