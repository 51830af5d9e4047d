/** Copies the projection, table by table, into another database, whatever the engines. */
import type { Db } from "./schema.js";

const PROJECTION = [
  "installation",
  "repository",
  "document",
  "item",
  "kept_comment",
  "trouble",
  "profile",
  "intent",
  "slot",
  "reached",
  "holiday",
  "mute",
] as const;

/** Rows a statement: the widest table times this stays far below SQLite's limit of bound values. */
const CHUNK = 500;

/** Fills the empty tables of `copy` with those of `original` as they stand at one instant. */
export async function snapshotInto(copy: Db, original: Db): Promise<void> {
  await original
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (from) => {
      for (const table of PROJECTION) {
        const rows = await from.selectFrom(table).selectAll().execute();
        await copy.transaction().execute(async (into) => {
          for (let start = 0; start < rows.length; start += CHUNK)
            await into
              .insertInto(table)
              .values(rows.slice(start, start + CHUNK))
              .execute();
        });
      }
    });
}
