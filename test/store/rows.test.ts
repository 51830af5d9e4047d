/** Rows that do not hold: said loudly, read again from GitHub, and the others go on. */
import type { Kysely } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { UnreadableRow } from "../../src/store/rows.js";
import type { Schema } from "../../src/store/schema.js";
import type { Store, Tables } from "../../src/store/types.js";
import { bareDatabase, describeOnBothEngines } from "../support/databases.js";
import { aComment, aDocument, anInstallation, anIssue, anItem, aRepository, BIG } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const ID = BIG + 10;

/** A row's JSON as it may be after a disk, a hand or another version had to do with it. */
const DAMAGED: Readonly<Record<string, (whole: object) => string>> = {
  "cut off": (whole) => JSON.stringify(whole).slice(0, -10),
  empty: () => "",
  "no JSON": () => "<html>",
  null: () => "null",
  "a list": () => "[]",
  "an empty object": () => "{}",
  "a number": () => "1e308",
  "another repository's": (whole) =>
    JSON.stringify({ ...whole, repositoryId: 4, id: "id" in whole && typeof whole.id === "number" ? 4 : "i1" }),
  "with another type in each field": (whole) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, typeof value === "string" ? 7 : "x"])),
    ),
};

describeOnBothEngines("a row", (open) => {
  let store: Store;
  let db: Kysely<Schema>;
  let said: { table: string }[];
  beforeEach(async () => {
    const options = await open.address();
    said = [];
    const note = () => {};
    const error = (fields: object) => void said.push(fields as { table: string });
    store = await openStore({ ...options, log: { debug: note, info: note, warn: note, error } });
    db = bareDatabase(options);
    for (const [id, name] of [
      [ID, "shop"],
      [4, "other"],
    ] as const) {
      await store.saveRepository(aRepository({ id, name, rebuiltAt: NOW.toISOString() }));
      await store.saveDocument(aDocument({ repositoryId: id }));
      await store.saveItem(anItem({ repositoryId: id }));
      await store.saveItem(anItem({ repositoryId: id, id: "i2", ordinal: 1, issue: anIssue({ number: 8 }) }));
      await store.saveComment(aComment({ repositoryId: id }));
    }
    await store.saveInstallation(anInstallation());
    await store.saveInstallation(anInstallation({ id: 5 }));
  });
  afterEach(async () => {
    await store.close();
    await db.destroy();
  });

  const reads: readonly (readonly ["document" | "item" | "kept_comment", object, (on: Tables) => Promise<unknown>])[] =
    [
      ["document", aDocument(), (on) => on.document(ID, "d1")],
      ["document", aDocument(), (on) => on.documentAt(ID, aDocument().path)],
      ["document", aDocument(), (on) => on.documentsOf(ID)],
      ["document", aDocument(), (on) => on.documentsAtHome(ID, 12)],
      ["item", anItem(), (on) => on.item(ID, "i1")],
      ["item", anItem(), (on) => on.itemsOf(ID, "d1")],
      ["item", anItem(), (on) => on.itemOfIssue(ID, 7)],
      ["item", anItem(), (on) => on.openItems(ID)],
      ["item", anItem(), (on) => on.itemsToNudge(ID, "2025-12-31", 10)],
      ["kept_comment", aComment(), (on) => on.comment(ID, "status:12")],
    ];

  const damage = async (table: "document" | "item" | "kept_comment", data: string) => {
    const row = db.updateTable(table).set({ data }).where("repository_id", "=", ID);
    await (table === "item" ? row.where("id" as never, "=", "i1" as never) : row).execute();
  };

  test.each(Object.keys(DAMAGED))(
    "%s, of the projection: no query goes by it, and its repository is read again",
    async (how) => {
      for (const [table, whole, query] of reads) {
        await damage(table, DAMAGED[how]?.(whole) ?? "");
        for (const ask of [() => query(store), () => store.transaction((tables) => query(tables))]) {
          await store.changeRepository(ID, { rebuiltAt: NOW.toISOString() });
          said.length = 0;
          const error: unknown = await ask().catch((thrown: unknown) => thrown);
          expect(error, `${table}: ${query}`).toBeInstanceOf(UnreadableRow);
          expect(said).toEqual([{ table, repository: ID }]);
          expect((await store.repository(ID))?.rebuiltAt).toBeNull();
        }
      }
      // What is asked of every delivery and at every tick goes by columns, and the neighbour knows nothing of it.
      expect(await store.isTracked(ID, 7)).toBe(true);
      expect(await store.hasDocuments(ID)).toBe(true);
      expect(await store.hasItemsToNudge(ID, "2025-12-31")).toBe(true);
      expect(await store.itemsOf(4, "d1")).toHaveLength(2);
      expect((await store.repository(4))?.rebuiltAt).not.toBeNull();
      // Read again.
      await store.forgetProjection(ID);
      await store.saveItem(anItem());
      expect(await store.itemsOf(ID, "d1")).toEqual([anItem()]);
    },
  );

  test.each(Object.keys(DAMAGED))(
    "%s, of a repository or an installation: passed over, and asked of GitHub again",
    async (how) => {
      const damaged = (whole: object) => DAMAGED[how]?.(whole) ?? "";
      await db
        .updateTable("repository")
        .set({ data: damaged(aRepository()) })
        .where("id", "=", ID)
        .execute();
      await db
        .updateTable("installation")
        .set({ data: damaged(anInstallation()) })
        .where("id", "=", BIG + 1)
        .execute();
      expect(await store.repository(ID)).toBeNull();
      expect(await store.changeRepository(ID, { obstacle: "x" })).toBeNull();
      expect(await store.repositoryNamed("acme", "shop")).toBeNull();
      expect((await store.repositories()).map(({ id }) => id)).toEqual([4]);
      expect(await store.installation(BIG + 1)).toBeNull();
      expect((await store.installations()).map(({ id }) => id)).toEqual([5]);
      expect(new Set(said.map(({ table }) => table))).toEqual(new Set(["repository", "installation"]));

      expect(await store.dropUnreadable()).toEqual([BIG + 1]);
      expect(await store.dropUnreadable()).toEqual([]);
      await store.saveRepository(aRepository());
      expect(await store.repository(ID)).toEqual(aRepository());
      // What stands under it was not touched.
      expect(await store.itemsOf(ID, "d1")).toHaveLength(2);
    },
  );

  test.each(Object.keys(DAMAGED))(
    "%s, of what could not be done: forgotten, so that it is tried again",
    async (how) => {
      const trouble = {
        repositoryId: ID,
        piece: { kind: "digest" },
        why: "locked",
        said: "403 Locked",
        times: 1,
        since: NOW.toISOString(),
        lastAt: NOW.toISOString(),
        notBefore: NOW.toISOString(),
      } as const;
      const other = { ...trouble, piece: { kind: "status", number: 12 } } as const;
      for (const one of [trouble, other]) await store.saveTrouble(one);
      await db
        .updateTable("trouble")
        .set({ data: DAMAGED[how]?.(trouble) ?? "" })
        .where("key", "=", "digest")
        .execute();
      expect(await store.troubles(ID)).toEqual([other]);
      expect(said).toEqual([{ table: "trouble", id: ID }]);
    },
  );

  test.each(["", "null", "{}", '[{"second":"x"}]', "[1]"])(
    "%j, of what was booked lately: booked from none on",
    async (data) => {
      const request = { points: 5, content: true };
      await store.limits.book(7, request, NOW);
      await db.updateTable("booking").set({ data }).execute();
      expect(await store.limits.book(7, request, NOW)).toBe(0);
    },
  );
});
