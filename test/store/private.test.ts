/** Nobody but the service's own user reads its files, whatever the umask and whatever was there before. */
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { openStore } from "../../src/store/open.js";
import { temporaryFolder } from "../support/folder.js";
import { anItem } from "./samples.js";

const folder = temporaryFolder();
const umask = process.umask();
afterEach(() => void process.umask(umask));

const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
const rightsIn = (path: string) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, rights(join(path, name))]));

/** What lies in the folder while the service runs and writes. */
async function filesOf(dataDir: string, told: string[] = []): Promise<Record<string, string>> {
  const log = { ...SILENT, warn: (_: object, message: string) => void told.push(message) };
  const store = await openStore({ dataDir, log, lock: "service" });
  await store.saveItem(anItem());
  const found = rightsIn(dataDir);
  await store.close();
  return found;
}

const OURS = {
  "follow-through.db": "600",
  "follow-through.db-shm": "600",
  "follow-through.db-wal": "600",
  "service.lock": "600",
  "service.lock-journal": "600",
};

describe("with a umask of", () => {
  test.each([0o000, 0o002, 0o022, 0o077])(
    "%o: the folder and all files are private, and the umask is as it was",
    async (mask) => {
      process.umask(mask);
      const dataDir = join(folder(), "a", "data");
      expect(await filesOf(dataDir)).toEqual(OURS);
      expect(rights(dataDir)).toBe("700");
      expect(process.umask()).toBe(mask);
    },
  );
});

describe("what was there before", () => {
  test.each(["777", "755", "750", "700"])(
    "with rights of %s is narrowed, and what was set aside too",
    async (before) => {
      const dataDir = join(folder(), "data");
      mkdirSync(dataDir);
      await filesOf(dataDir);
      writeFileSync(join(dataDir, "follow-through.db.damaged-2025"), "");
      chmodSync(dataDir, Number.parseInt(before, 8));
      for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
      expect(await filesOf(dataDir)).toEqual({ ...OURS, "follow-through.db.damaged-2025": "600" });
      expect(rights(dataDir)).toBe("700");
    },
  );

  test("a folder that others use too keeps its rights, and is told where they may write there", async () => {
    const told: string[] = [];
    const shared = folder();
    writeFileSync(join(shared, "notes.txt"), "");
    chmodSync(join(shared, "notes.txt"), 0o644);
    chmodSync(shared, 0o755);
    expect(await filesOf(shared, told)).toEqual({ ...OURS, "notes.txt": "644" });
    expect([rights(shared), told]).toEqual(["755", []]);
    chmodSync(shared, 0o777);
    await filesOf(shared, told);
    expect([rights(shared), told]).toEqual(["777", [expect.stringContaining("may replace the database")]]);
  });
});
