/**
 * A database that was put back from a copy knows nothing of what the App wrote since. All of that is found on GitHub before anything is
 * done, so nothing is opened, sent or said twice; and where nothing was put back, a start costs two requests a repository.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { describeOnBothEngines } from "../support/databases.js";
import { Stage } from "../support/stage.js";

const text = (title: string, ...items: readonly string[]) =>
  `# ${title}\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${items.map((item) => `| ${item} | @dev | 2024-09-20 |\n`).join("")}`;
const CACHE = { "postmortems/cache.md": text("Cache bug", "Bound the cache") };
const QUEUE = { "postmortems/queue.md": text("Queue bug", "Watch the queue", "Cap its length") };
const DISK = { "postmortems/disk.md": text("Disk bug", "Watch the disk") };

/** What a backup keeps, and puts back under a service that is stopped. */
interface Backup {
  putBack(): Promise<void>;
  remove(): Promise<void>;
}

function copyOfFolder(folder: string): Backup {
  const copy = mkdtempSync(join(tmpdir(), "follow-through-copy-"));
  const replace = (from: string, to: string) => {
    for (const name of readdirSync(to)) rmSync(join(to, name));
    for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
  };
  replace(folder, copy);
  return { putBack: async () => replace(copy, folder), remove: async () => rmSync(copy, { recursive: true }) };
}

/** Each table as it stands, beside it. */
async function copyOfTables(databaseUrl: string): Promise<Backup> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'",
  );
  const tables = rows.map(({ name }) => name);
  for (const table of tables) await client.query(`create table "copy_${table}" as table "${table}"`);
  return {
    async putBack() {
      for (const table of tables) {
        await client.query(`delete from "${table}"`);
        await client.query(`insert into "${table}" select * from "copy_${table}"`);
      }
    },
    remove: () => client.end(),
  };
}

describeOnBothEngines("a database put back from an older copy", (open, engine) => {
  let stage: Stage;
  let backup: Backup | undefined;
  afterEach(async () => {
    await backup?.remove();
    backup = undefined;
    await stage.close();
  });

  async function start(): Promise<void> {
    const { databaseUrl } = engine === "postgres" ? await open.address() : {};
    stage = await Stage.start(databaseUrl ? { databaseUrl } : {});
  }
  const restart = async (between?: () => Promise<void>) => {
    await stage.stopService();
    await between?.();
    await stage.startService();
  };
  const copy = () =>
    restart(async () => {
      const { databaseUrl } = stage.options;
      backup = databaseUrl ? await copyOfTables(databaseUrl) : copyOfFolder(stage.dataDir);
    });
  const putBack = () => restart(() => backup?.putBack() ?? Promise.resolve());
  const titles = () => stage.trackingIssues().map(({ title }) => title);
  const comments = (marker: string) =>
    [...stage.repo.state.comments.values()].filter(({ body }) => body.includes(`follow-through:${marker} `));

  it("opens no issue twice, whatever is merged next", async () => {
    await start();
    await stage.merge(CACHE);
    await copy();
    await stage.settle();
    const pull = await stage.merge(QUEUE);
    expect(titles()).toHaveLength(3);
    await putBack();
    await stage.settle();
    await stage.merge(DISK);
    await stage.advanceTo("2024-09-16T11:30:00Z");
    expect(titles().sort()).toEqual(["Bound the cache", "Cap its length", "Watch the disk", "Watch the queue"]);
    expect(stage.status(pull)).toContain("Cap its length");
  });

  it("opens none twice where the sweep or an edit comes first", async () => {
    await start();
    await copy();
    await stage.settle();
    await stage.merge(QUEUE);
    await putBack();
    await stage.advanceTo("2024-09-16T10:30:00Z");
    await stage.merge({ "postmortems/queue.md": text("Queue bug", "Watch the queue", "Cap its length", "Drain it") });
    expect(titles().sort()).toEqual(["Cap its length", "Drain it", "Watch the queue"]);
  });

  it("sends no overdue comment and no digest twice", async () => {
    await start();
    await stage.merge(CACHE);
    await copy();
    await stage.settle();
    await stage.advanceTo("2024-09-23T09:05:00Z");
    const sent = [comments("nudge").length, comments("digest-week").length];
    const digests = stage.repo.issues.filter(({ title }) => title.startsWith("Weekly digest")).length;
    expect([...sent, digests]).toEqual([1, expect.any(Number), 1]);
    await putBack();
    await stage.settle();
    await stage.advanceTo("2024-09-23T09:20:00Z");
    await stage.advanceTo("2024-09-23T11:20:00Z");
    expect([comments("nudge").length, comments("digest-week").length]).toEqual(sent);
    expect(stage.repo.issues.filter(({ title }) => title.startsWith("Weekly digest"))).toHaveLength(1);
  });

  it("keeps nudges away from who said so since", async () => {
    await start();
    await stage.merge(CACHE);
    await copy();
    await stage.settle();
    stage.repo.as("dev").comment(stage.trackingIssues()[0]?.number ?? 0, "/mute 2 weeks");
    await stage.settle();
    await putBack();
    await stage.settle();
    await stage.advanceTo("2024-09-23T09:05:00Z");
    expect(comments("nudge")).toEqual([]);
  });

  it("is looked for again an hour later where GitHub refuses at first to show what was written", async () => {
    await start();
    await stage.merge(CACHE);
    await restart();
    const until = () => stage.service.context.abreast?.get(stage.repo.state.id);
    const fault = { kind: "answer", status: 422, body: { message: "Validation Failed" } } as const;
    stage.gh.faults.add({ method: "GET", path: /^\/repos\/acme\/shop\/issues$/, fault });
    await stage.merge(QUEUE);
    expect(titles()).toHaveLength(3);
    expect(until()).toBe(stage.now().getTime() + 3_600_000);
    await stage.merge(DISK);
    expect(until()).toBe(stage.now().getTime() + 3_600_000);
    await stage.advanceTo("2024-09-16T10:30:00Z");
    expect(until()).toBe(Number.POSITIVE_INFINITY);
  });

  it("is told from one that was not put back by two requests a start", async () => {
    await start();
    // A process that starts remembers no policy.
    const spent = (since: number) =>
      stage.gh.requests.slice(since).filter(({ path }) => !path.includes("/contents/.github")).length;
    await stage.merge(CACHE);
    const before = stage.gh.requests.length;
    await stage.merge(QUEUE);
    const usual = spent(before);
    await restart();
    await stage.settle();
    const from = stage.gh.requests.length;
    await stage.merge(DISK);
    expect(spent(from)).toBeLessThanOrEqual(usual + 2);
  });
});
