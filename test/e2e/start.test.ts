/** The service comes up: after a kill, while GitHub is down, with much to catch up on. */
import { rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CannotStart } from "../../src/errors.js";
import { startService } from "../../src/service.js";
import { TABLE } from "../fixtures/documents.js";
import { describeOnPostgres } from "../support/databases.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const down = { times: Number.POSITIVE_INFINITY, fault: { kind: "answer", status: 503 } } as const;
const asked = (what: string) => stage.gh.requests.filter(({ path }) => path === what).length;

describe("a service that comes up", () => {
  it("after it was killed goes on at once with what it held, and leaves the command line what it holds", async () => {
    const other = stage.gh.repository("acme/other", { members: { ada: "write" } });
    stage.installation.addRepository("acme/other");
    await stage.settle();
    for (const repo of [stage.repo, other]) {
      const ada = repo.as("ada");
      ada.mergePull(ada.proposeFiles({ [PATH]: TABLE }, "Add").number);
    }
    await stage.gh.webhooks.settled();
    const { work } = stage.service.context.store;
    const at = { kind: "sweep", installationId: stage.installation.id } as const;
    const now = stage.gh.clock.now();
    await work.claimLane({ ...at, repositoryId: stage.repo.state.id }, "service-killed", now, 15_000);
    await work.claimLane({ ...at, repositoryId: other.state.id }, "cli-at-work", now, 15_000);
    await stage.stopService();

    await stage.startService();
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(other.issues).toEqual([]);
  });

  it("with an empty database while GitHub is down finds its installations once GitHub is back", async () => {
    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true });
    stage.gh.faults.add(down);
    await stage.startService();
    await stage.settle();
    stage.gh.faults.clear();
    stage.gh.clock.advance(60_000);
    await stage.settle();
    expect(await stage.service.context.store.repository(stage.repo.state.id)).not.toBeNull();
  });

  it("while GitHub is down learns its own login later, and is then not moved by its own doings", async () => {
    const issues = await opened();
    await stage.stopService();
    stage.gh.faults.add({ path: /^\/app$/, ...down });
    const before = asked("/app");
    await stage.startService();
    await vi.waitUntil(() => asked("/app") === before + 1);

    // Within the minute nobody asks again, however much is delivered.
    for (const number of issues) stage.repo.as("dev").assign(number, "dev");
    await stage.gh.webhooks.settled();
    expect(asked("/app")).toBe(before + 1);

    stage.gh.faults.clear();
    stage.gh.clock.advance(60_000);
    stage.repo.as("dev").unassign(issues[0] ?? 0, "dev");
    await stage.settle();
    expect(asked("/app")).toBe(before + 2);

    // What the App writes now comes back as deliveries, and is no work.
    await stage.merge({ [PATH]: TABLE.replace("Watch the", "Watch over the") });
    const from = stage.gh.requests.length;
    await stage.settle();
    expect(stage.gh.requests.slice(from)).toEqual([]);
    expect(await ignored()).toBeGreaterThan(0);
  });
});

async function opened(): Promise<number[]> {
  await stage.merge({ [PATH]: TABLE });
  return stage.trackingIssues().map(({ number }) => number);
}

/** How many deliveries about issues the service ignored, by its own count. */
async function ignored(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${stage.service.port}/metrics`)).text();
  return Number(/deliveries_total\{event="issues",outcome="ignored"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

/** Passes each connection on to PostgreSQL, until somebody asks for what matches: from then on nothing comes through. */
async function untilAsked(port: number, host: string, pattern: RegExp): Promise<{ server: Server; port: number }> {
  let gone = false;
  const server = createServer((near) => {
    if (gone) return void near.destroy();
    const far = connect(port, host);
    const end = () => [near, far].forEach((socket) => void socket.destroy());
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.on("data", (asked) => {
      gone ||= pattern.test(asked.toString("latin1"));
      if (gone) end();
      else far.write(asked);
    });
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describeOnPostgres("a database that goes away between its opening and the first work", (open) => {
  it("is told in one line with what to do, as an end with exit code 2", async () => {
    const { databaseUrl = "" } = await open.address();
    const url = new URL(databaseUrl);
    const { server, port } = await untilAsked(Number(url.port || 5432), url.hostname, /insert into "work"/);
    [url.hostname, url.port] = ["127.0.0.1", String(port)];
    const settings = { ...stage.settings(), databaseUrl: url.href };
    const starting = startService(settings, { log: pino({ level: "silent" }), background: false });
    const refusal = await starting.catch((error: unknown) => error);
    server.close();
    expect(refusal).toBeInstanceOf(CannotStart);
    expect(refusal).toMatchObject({
      message: expect.stringMatching(/^The database went away while the service started\. [^\n]+$/),
      fix: expect.stringMatching(/^Start it again once the database answers/),
    });
  });
});
