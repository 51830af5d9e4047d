/** Three replicas of the service on one PostgreSQL: what one does, no other does again; what one leaves, another finishes. */
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Emulator } from "../../emulator/emulator.js";
import { parseItemMarker, parseNudgeMarker } from "../../src/render/marker.js";
import { type Service, startService } from "../../src/service.js";
import { openStore } from "../../src/store/open.js";
import { Child } from "../chaos/child.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { balance } from "../support/balance.js";
import { describeOnPostgres } from "../support/databases.js";
import { Stage } from "../support/stage.js";

describeOnPostgres("three replicas in one process", (open) => {
  let stage: Stage;
  let replicas: Service[];
  let balancer: Server;
  beforeEach(async () => {
    const { databaseUrl } = await open.address();
    stage = await Stage.start({ now: "2024-09-16T10:00:00Z", ...(databaseUrl && { databaseUrl }) });
    const another = () =>
      startService(stage.settings(), {
        log: pino({ level: "silent" }),
        now: () => stage.gh.clock.now(),
        background: false,
      });
    replicas = [stage.service, await another(), await another()];
    const { server, url } = await balance(() => replicas.map(({ port }) => port));
    balancer = server;
    stage.gh.webhooks.url = url;
    await settle();
  });
  afterEach(async () => {
    balancer.close();
    await Promise.all(replicas.slice(1).map((replica) => replica.stop()));
    await stage.close();
    vi.useRealTimers();
  });

  /** All of them work at once until nothing is left, also what waits for a moment. */
  async function settle(): Promise<void> {
    for (;;) {
      const delivered = stage.gh.webhooks.settled();
      await Promise.all(replicas.map(({ workers }) => workers.drain()));
      await delivered;
      const { ready, waiting, leased } = await stage.service.context.store.work.stats(stage.gh.clock.now());
      if (ready + waiting + leased === 0) return;
      stage.gh.clock.advance(1_000);
      if (vi.isFakeTimers()) vi.setSystemTime(Date.now() + 1_000);
    }
  }

  const tickAll = () => Promise.all(replicas.map((replica) => replica.tick()));
  const own = (kind: string) =>
    [...stage.repo.state.comments.values()].filter((one) => one.viaApp && one.body.includes(`follow-through:${kind}`));

  it("do everything once under doubled, reordered deliveries", async () => {
    stage.gh.webhooks.duplicate = () => true;
    stage.gh.webhooks.hold();
    const ada = stage.repo.as("ada");
    const pulls = [{ "postmortems/a.md": GATEWAY }, { "postmortems/b.md": TABLE }].map((files, index) => {
      const { number } = ada.proposeFiles(files, "Add a postmortem", `branch-${index}`);
      ada.mergePull(number);
      return number;
    });
    stage.gh.webhooks.release((held) => [...held].reverse());
    await settle();
    const ids = stage.trackingIssues().map((issue) => parseItemMarker("item", issue.body ?? "")?.item.id);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    for (const pull of pulls) expect(stage.status(pull)).toBeTruthy();

    stage.gh.webhooks.hold();
    const issues = stage.trackingIssues();
    for (const { number } of issues) stage.repo.as("lisa").closeIssue(number);
    // Which postmortem's were opened first is a matter of chance.
    const again = issues.filter(({ title }) => /error paths|tests for errors/.test(title));
    for (const { number } of again) stage.repo.as("lisa").reopenIssue(number);
    stage.gh.webhooks.release((held) => [...held].reverse());
    await settle();
    expect(pulls.map((pull) => /(\d) of (\d) action items done/.exec(stage.status(pull))?.[0])).toEqual([
      "3 of 5 action items done",
      "2 of 2 action items done",
    ]);
    expect(own("status")).toHaveLength(2);
  });

  it("keep the limits of one installation together", { timeout: 120_000 }, async () => {
    // The emulator counts by the machine's time: both clocks move together here.
    vi.useFakeTimers({ toFake: ["Date"] });
    const repositories = ["acme/a", "acme/b"].map((name) => stage.gh.repository(name, { members: { ada: "write" } }));
    for (const { fullName } of repositories) stage.installation.addRepository(fullName);
    await settle();
    await tickAll();
    const rows = Array.from({ length: 45 }, (_, index) => `- [ ] Fix part number ${index} of the pool`);
    const text = `# Pool outage\n\n## Action items\n\n${rows.join("\n")}\n`;
    for (const repository of [stage.repo, ...repositories]) {
      const ada = repository.as("ada");
      ada.mergePull(ada.proposeFiles({ "postmortems/pool.md": text }, "Add a postmortem").number);
    }
    await settle();
    // More than a minute's worth, by three workers at once; the stage fails on any limit exceeded.
    for (const { issues } of [stage.repo, ...repositories]) expect(issues).toHaveLength(45);
  });

  it("fire each schedule once", async () => {
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "time_zone: Europe/Zurich\n" });
    const ada = stage.repo.as("ada");
    ada.mergePull(ada.proposeFiles({ "postmortems/b.md": TABLE }, "Add a postmortem").number);
    await settle();
    // Every tick of a fortnight would be many; these are the ones at which something is due, each told to all at once.
    for (const instant of ["2024-09-18T07:05:00Z", "2024-09-23T07:05:00Z", "2024-09-25T07:05:00Z"]) {
      stage.gh.clock.set(instant);
      await tickAll();
      await settle();
      await tickAll();
      await settle();
    }
    const nudges = own("nudge").map(({ body }) => parseNudgeMarker(body));
    expect(nudges.map((nudge) => nudge?.n).sort()).toEqual([1, 1, 2]);
    expect(new Set(nudges.map((nudge) => `${nudge?.item} ${nudge?.n}`)).size).toBe(3);
    expect(own("digest-week")).toHaveLength(1);
    expect(stage.repo.issues.filter((issue) => issue.title.startsWith("Weekly digest"))).toHaveLength(1);
  });
});

describeOnPostgres("three replicas, each a process", (open) => {
  const LIMIT_MS = 90_000;

  it("lose nothing when two of them are killed at work", { timeout: LIMIT_MS + 30_000 }, async () => {
    const options = await open.address();
    const gh = await Emulator.start({ webhookSecret: "a-secret-of-tests" });
    gh.organisation("acme", { members: ["ada", "lisa", "dev"] });
    const repo = gh.repository("acme/shop", { members: { ada: "write", lisa: "write", dev: "triage" } });
    gh.installApp({ on: ["acme/shop"] });
    const env = { DATABASE_URL: options.databaseUrl ?? "", DATA_DIR: tmpdir(), HOST: "127.0.0.1", PORT: "0" };
    const children = [1, 2, 3].map(() => new Child("main", [], { ...gh.environment, ...env, LOG_LEVEL: "info" }));
    const store = await openStore(options);
    const ports = new Map<Child, number>();
    const { server, url } = await balance(() => children.filter(({ gone }) => !gone).map((one) => ports.get(one) ?? 0));
    try {
      for (const child of children) ports.set(child, (await child.listening()) ?? 0);
      gh.webhooks.url = url;
      gh.webhooks.duplicate = () => true;
      await idle(store, gh);
      // Whoever is at work then may be one of the two: then its lease has to run out, which takes some seconds.
      const killAt = new Map([
        [3, children[0]],
        [7, children[1]],
      ]);
      let created = 0;
      gh.onRequest = async (phase, { method, path }) => {
        if (phase === "after-commit" && method === "POST" && path.endsWith("/issues"))
          await killAt.get(++created)?.kill();
      };
      const ada = repo.as("ada");
      const rows = Array.from({ length: 12 }, (_, index) => `- [ ] Fix part number ${index} of the pool (@dev)`);
      const text = `# Pool outage\n\n## Action items\n\n${rows.join("\n")}\n`;
      const pull = ada.proposeFiles({ "postmortems/pool.md": text }, "Add a postmortem").number;
      ada.mergePull(pull);
      await idle(store, gh);
      const ids = repo.issues.map((issue) => parseItemMarker("item", issue.body ?? "")?.item.id);
      expect(children.map(({ killed }) => killed)).toEqual([true, true, false]);
      expect([ids.length, new Set(ids).size]).toEqual([12, 12]);
      expect(repo.comments(pull)).toHaveLength(1);
      expect(repo.comments(pull)[0]?.body).toContain("0 of 12 action items done");
      expect([gh.violations, gh.limitBreaches]).toEqual([[], []]);
    } finally {
      gh.onRequest = () => {};
      await Promise.all(children.map((child) => child.kill()));
      server.close();
      await store.close();
      await gh.close();
    }
  });

  async function idle(store: Awaited<ReturnType<typeof openStore>>, gh: Emulator): Promise<void> {
    for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; ) {
      await gh.webhooks.settled();
      const { ready, waiting, leased, dead } = await store.work.stats(new Date());
      if (dead > 0) throw new Error("work was given up");
      if (ready + waiting + leased === 0) return;
      await pause(100);
    }
    throw new Error("the work list does not become empty");
  }
});
