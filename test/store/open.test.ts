import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CannotStart } from "../../src/errors.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { inLongTests } from "../support/long.js";
import { startProcess } from "../support/processes.js";
import { aComment, anItem, aPull, BIG } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const child = fileURLToPath(new URL("./store-child.ts", import.meta.url));

let dataDir: string;
let stores: Store[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "follow-through-open-"));
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(options: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> {
  const store = await openStore({ dataDir, now: NOW, ...options });
  stores.push(store);
  return store;
}

async function refusal(options: Partial<Parameters<typeof openStore>[0]> = {}): Promise<CannotStart> {
  const error = await open(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof CannotStart)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe("a killed writer", () => {
  /** As often, and later in its life each time. */
  const kills = inLongTests(12, 3);

  test(`loses no acknowledged write in ${kills} kills`, { timeout: 60_000 + kills * 10_000 }, async () => {
    let next = 0;
    for (let kill = 0; kill < kills; kill++) {
      const writer = startProcess(child, "write", JSON.stringify({ dataDir, from: next }));
      expect(await writer.line()).toBe("open");
      // Later in its life each time, and while the next write is under way.
      for (let write = 0; write <= kill * 3; write++) expect(await writer.line()).toBe(String(next++));
      const killed = writer.kill();
      for (let line = await writer.line(); line !== null; line = await writer.line()) next = Number(line) + 1;
      await killed;

      const store = await openStore({ dataDir, onDamaged: () => expect.unreachable("the file was damaged") });
      const ordinals = (await store.itemsOf(BIG + 10, "d1")).map((item) => item.ordinal);
      // Comments are numbered from 1.
      const last = ((await store.comment(aComment().repositoryId, aComment().key))?.commentId ?? 0) - 1;
      await store.close();
      // One more may stand there than was acknowledged, whole; none less.
      expect([next - 1, next]).toContain(last);
      expect(ordinals).toEqual(Array.from({ length: last + 1 }, (_, n) => n));
      next = last + 1;
    }
  });
});

describe("two on one DATA_DIR", () => {
  test("a second service is refused, in the same process and another, until the first is gone", async () => {
    const service = await open({ lock: "service" });
    expect(await refusal({ lock: "service" })).toMatchObject({
      message: expect.stringContaining("Another Follow-Through service is running"),
      fix: expect.stringContaining("DATABASE_URL"),
    });
    const second = startProcess(child, "open", JSON.stringify({ dataDir, lock: "service" }));
    expect(await second.line()).toMatch(/^refused: Another Follow-Through service/);
    expect(await second.end()).toBe(2);
    await service.close();
    expect((await open({ lock: "service" })).engine).toBe("sqlite");
  });

  test("a killed service frees it at once", async () => {
    const service = startProcess(child, "open", JSON.stringify({ dataDir, lock: "service" }));
    expect(await service.line()).toBe("open");
    await refusal({ lock: "service" });
    await service.kill();
    await open({ lock: "service" });
  });

  test("the command line works beside the service, and both see each other's writes", async () => {
    const service = await open({ lock: "service" });
    const writer = startProcess(child, "write", JSON.stringify({ dataDir }));
    expect(await writer.line()).toBe("open");
    for (let n = 0; n < 20; n++) {
      expect(await writer.line()).toBe(String(n));
      await service.enqueue(aPull(n), NOW);
      expect((await service.item(BIG + 10, `kill-${n}`))?.ordinal).toBe(n);
    }
    await writer.kill();
    expect((await service.work.stats(NOW)).ready).toBe(20);
  });

  test("a start that fails for another reason frees the lock", async () => {
    const first = await open({ lock: "service" });
    await first.close();
    writeFileSync(join(dataDir, "follow-through.db"), "not a database ".repeat(1000));
    const failing = open({
      lock: "service",
      onDamaged: () => {
        throw new Error("no");
      },
    });
    await expect(failing).rejects.toThrow("no");
    await open({ lock: "service" });
  });
});

function overwrite(file: string): void {
  const handle = openSync(file, "r+");
  for (let page = 4; page < 40; page++) writeSync(handle, Buffer.alloc(2000, 0x5a), 0, 2000, page * 4096);
  closeSync(handle);
}

describe("a damaged database file", () => {
  const damages: [string, (file: string) => void][] = [
    ["that is no database", (file) => writeFileSync(file, "not a database ".repeat(1000))],
    ["that was cut off", (file) => truncateSync(file, 3 * 4096)],
    ["with pages overwritten", overwrite],
  ];
  const file = () => join(dataDir, "follow-through.db");

  async function filled(): Promise<void> {
    const store = await openStore({ dataDir });
    await store.transaction(async (tables) => {
      for (let n = 0; n < 200; n++) await tables.saveItem(anItem({ id: `i${n}`, ordinal: n }));
    });
    await store.close();
  }

  test.each(damages)("%s is set aside, loudly, and an empty one takes its place", async (_, damage) => {
    await filled();
    damage(file());
    const bytes = readFileSync(file());
    const told: object[] = [];
    const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void told.push(fields) };
    let setAside = "";
    const store = await open({ lock: "service", log, onDamaged: (damaged) => (setAside = damaged.setAside) });
    expect(setAside).toBe(`${file()}.damaged-2025-03-01T09-00-00.000Z`);
    // Opening may have written into the header, the first 100 bytes.
    expect(readFileSync(setAside).subarray(100).equals(bytes.subarray(100))).toBe(true);
    expect(told).toMatchObject([{ setAside, reason: expect.any(String) }]);
    expect(await store.itemsOf(BIG + 10, "d1")).toEqual([]);
    await store.saveItem(anItem());
    expect(await store.trouble()).toBeNull();
  });

  test("is left to the service while that runs, and set aside by the command line otherwise", async () => {
    await filled();
    const service = startProcess(child, "open", JSON.stringify({ dataDir, lock: "service" }));
    expect(await service.line()).toBe("open");
    writeFileSync(file(), "not a database ".repeat(1000));
    expect(await refusal()).toMatchObject({ fix: expect.stringContaining("Restart the service") });
    await service.kill();
    await open();
    expect(readdirSync(dataDir).filter((name) => name.includes(".damaged-")).length).toBeGreaterThan(0);
  });

  test("found only while it is open, makes the store unhealthy, loudly, once; the next start sets it aside", async () => {
    await filled();
    const told: string[] = [];
    const log = { debug() {}, info() {}, warn() {}, error: (_: object, message: string) => void told.push(message) };
    const store = await open({ log });
    // Another's write makes the store read its pages again.
    await (await open()).saveComment(aComment());
    overwrite(file());
    await expect(store.itemsOf(BIG + 10, "d1")).rejects.toThrow("damaged");
    await expect(store.itemsOf(BIG + 10, "d1")).rejects.toThrow();
    expect(await store.trouble()).not.toBeNull();
    expect(told).toEqual(["the database is damaged; the next start sets it aside and rebuilds"]);
  });

  test("one that is taken away while it is open makes the store unhealthy", async () => {
    const store = await open();
    rmSync(file());
    expect(await store.trouble()).not.toBeNull();
  });
});

describe("a place that cannot be used", () => {
  test("a DATA_DIR that cannot be written says so, and how to fix it", async () => {
    const taken = join(dataDir, "file");
    writeFileSync(taken, "");
    expect(await refusal({ dataDir: join(taken, "data") })).toMatchObject({
      message: expect.stringMatching(/DATA_DIR .* is not a folder/),
      fix: expect.stringContaining("Name a folder"),
    });
  });

  test("a DATA_DIR that is missing is made", async () => {
    await open({ dataDir: join(dataDir, "a", "b") });
    expect(readdirSync(join(dataDir, "a", "b"))).toContain("follow-through.db");
  });

  test("a PostgreSQL that does not answer says so, and how to fix it", async () => {
    expect(await refusal({ databaseUrl: "postgres://nobody@127.0.0.1:1/nothing" })).toMatchObject({
      message: expect.stringContaining("No PostgreSQL listens at 127.0.0.1:1"),
      fix: expect.stringContaining("DATABASE_URL"),
    });
  });
});
