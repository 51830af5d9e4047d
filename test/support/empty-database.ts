/** A database as a first start leaves it, so that not every test of a service makes the tables again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../src/store/open.js";

const FILE = "follow-through.db";
let made: Promise<Buffer> | null = null;

/** Puts it into a folder that is empty and becomes private, as the service leaves it. */
export async function emptyDatabase(dataDir: string): Promise<void> {
  made ??= makeOnce();
  chmodSync(dataDir, 0o700);
  writeFileSync(join(dataDir, FILE), await made, { mode: 0o600 });
}

async function makeOnce(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "follow-through-empty-"));
  const store = await openStore({ dataDir: folder });
  await store.close();
  const bytes = readFileSync(join(folder, FILE));
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}
