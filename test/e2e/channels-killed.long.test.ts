/** The service is killed inside a send: the channel is told once more at most, and never not at all. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { openStore } from "../../src/store/open.js";
import { Child } from "../chaos/child.js";
import { TABLE } from "../fixtures/documents.js";
import { type Answer, answering, type ChannelServer, startChannel } from "../support/channel.js";
import { describeOnBothEngines } from "../support/databases.js";
import { Stage } from "../support/stage.js";

/** Seconds of leases that run out, and minutes on a busy machine. */
const LONG_MS = 240_000;

describeOnBothEngines("a kill inside a send", (open) => {
  let server: ChannelServer;
  let stage: Stage;
  let child: Child | null = null;
  afterEach(async () => {
    await child?.kill();
    await stage.close();
    await server.close();
  });

  describe.each(["slack", "webhook"])("to %s", (kind) => {
    const ways: [string, Answer][] = [
      ["before it answered", () => void child?.kill()],
      ["as it answered", (answer) => void child?.kill().then(() => answer.end())],
      ["right after it answered", (answer) => void answer.end(() => child?.kill())],
    ];
    test.each(ways)("%s: it is told twice at most, and told", { timeout: 2 * LONG_MS }, async (_, kill) => {
      server = await startChannel();
      const { databaseUrl } = await open.address();
      stage = await Stage.start({ now: "2024-09-16T10:00:00Z", ...(databaseUrl && { databaseUrl }) });
      const policy = "digest:\n  channels: [team-sre]\n";
      await stage.merge({ ".github/follow-through.yml": policy, "postmortems/cache.md": TABLE });
      const { id: repositoryId } = stage.repo.state;
      await stage.stopService();
      const places = { databaseUrl, dataDir: stage.dataDir, log: SILENT, lock: "none" } as const;
      const tell = { kind: "tell", channel: "team-sre", week: "2024-09-16", person: null } as const;
      const store = await openStore(places);
      try {
        await store.enqueue({ ...tell, installationId: stage.installation.id, repositoryId }, new Date());
        const start = () =>
          new Child("main", [], {
            ...stage.gh.environment,
            ...(databaseUrl && { DATABASE_URL: databaseUrl }),
            ...{ DATA_DIR: stage.dataDir, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" },
            ...{ CHANNEL_TEAM_SRE_URL: server.url, CHANNEL_TEAM_SRE_KIND: kind },
          });
        const isDone = async () => {
          const { ready, waiting, leased, dead } = await store.work.stats(new Date());
          return ready + waiting + leased + dead === 0;
        };
        server.answers.push(kill, answering(200));
        child = start();
        await child.exited;
        expect(server.received).toHaveLength(1);
        child = start();
        await vi.waitFor(async () => expect(await isDone()).toBe(true), { timeout: LONG_MS, interval: 200 });
        expect(server.received.length).toBeLessThanOrEqual(2);
        if (_ === "before it answered") expect(server.received).toHaveLength(2);
        expect(new Set(server.received.map(({ raw }) => raw)).size).toBe(1);
      } finally {
        await store.close();
      }
    });
  });
});
