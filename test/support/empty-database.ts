/** Databases of SQLite as they were left, so that not every test of a service makes the tables again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../src/store/open.js";
import { openFile } from "../../src/store/sqlite.js";

const FILE = "follow-through.db";
let made: Promise<Buffer> | null = null;

/** Puts it into a folder that is empty and becomes private, as the service leaves it. */
export async function emptyDatabase(dataDir: string): Promise<void> {
  made ??= makeOnce();
  putDatabase(dataDir, await made);
}

/** As {@link emptyDatabase}, with a file that {@link copyDatabase} gave. */
export function putDatabase(dataDir: string, bytes: Buffer): void {
  chmodSync(dataDir, 0o700);
  writeFileSync(join(dataDir, FILE), bytes, { mode: 0o600 });
}

/** The database of a service that runs, as it is now. */
export function copyDatabase(dataDir: string): Buffer {
  const copy = join(dataDir, "copy.db");
  const database = openFile(join(dataDir, FILE));
  database.exec(`vacuum into '${copy}'`);
  database.close();
  const bytes = readFileSync(copy);
  rmSync(copy);
  return bytes;
}

async function makeOnce(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "follow-through-empty-"));
  const store = await openStore({ dataDir: folder });
  await store.close();
  const bytes = readFileSync(join(folder, FILE));
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}
