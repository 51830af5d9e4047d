/**
 * The database goes away and comes back under the running service: it answers 503, waits and goes on. What was acknowledged is
 * done, what was not can be delivered again, and either way everything is done once.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore } from "../../src/store/open.js";
import { Child } from "../chaos/child.js";
import { Emulator } from "../emulator/emulator.js";
import type { RepositoryHandle } from "../emulator/handles.js";
import type { Delivery } from "../emulator/webhooks.js";
import { type Cluster, hasPostgresBinaries, startCluster } from "../support/cluster.js";

const PATIENCE = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasPostgresBinaries())(
  "a PostgreSQL that is stopped while deliveries arrive",
  { timeout: 180_000 },
  () => {
    let cluster: Cluster;
    let gh: Emulator;
    let repo: RepositoryHandle;
    let service: Child;
    let dataDir: string;
    let port: number;
    beforeEach(async () => {
      const started = await startCluster();
      if (started === null) throw new Error("PostgreSQL does not start here");
      cluster = started;
      dataDir = mkdtempSync(join(tmpdir(), "follow-through-outage-"));
      gh = await Emulator.start({ webhookSecret: "a-secret-of-tests" });
      gh.organisation("acme", { members: ["ada"] });
      repo = gh.repository("acme/shop", { members: { ada: "write" } });
      gh.installApp({ on: ["acme/shop"] });
      const env = { DATABASE_URL: cluster.url, DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" };
      service = new Child("main", [], { ...gh.environment, ...env });
      port = (await service.listening()) ?? 0;
      gh.webhooks.url = `http://127.0.0.1:${port}/api/github/webhooks`;
      await vi.waitFor(async () => expect(await workLeft()).toBe(0), PATIENCE);
    });
    afterEach(async () => {
      await service.kill();
      await gh.close();
      await cluster.remove();
      rmSync(dataDir, { recursive: true, force: true });
    });

    async function workLeft(): Promise<number> {
      const store = await openStore({ databaseUrl: cluster.url, dataDir });
      try {
        const { ready, waiting, leased, dead } = await store.work.stats(new Date());
        expect(dead).toBe(0);
        return ready + waiting + leased;
      } finally {
        await store.close();
      }
    }

    const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;

    /** One more postmortem, merged; its only item bears its number. */
    function merge(number: number): void {
      const text = `# Outage ${number}\n\n## Action items\n\n- [ ] Mend part number ${number} of the pool\n`;
      const ada = repo.as("ada");
      const pull = ada.proposeFiles({ [`postmortems/${number}.md`]: text }, `Outage ${number}`, `outage-${number}`);
      ada.mergePull(pull.number);
    }
    const titles = () => repo.issues.filter((issue) => issue.viaApp).map((issue) => issue.title);
    const titleOf = (number: number) => `Mend part number ${number} of the pool`;

    it.each(["fast", "immediate"] as const)("%s: is waited for, and everything is done once", async (mode) => {
      const before = gh.webhooks.log.length;
      let merged = 0;
      const mergeSome = async (count: number) => {
        for (let one = 0; one < count; one++) {
          merge(merged++);
          await pause(40);
        }
      };
      const during = mergeSome(12);
      await pause(150);
      await cluster.stop(mode);
      await during;
      await gh.webhooks.settled();
      expect(service.gone, service.said.join("\n")).toBe(false);
      expect(await ready()).toBe(503);
      const failed = gh.webhooks.log.slice(before).filter(({ status }) => status !== "OK");
      expect(failed.length).toBeGreaterThan(0);
      expect(new Set(failed.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));

      await cluster.start();
      await vi.waitFor(async () => expect(await ready()).toBe(200), PATIENCE);
      await mergeSome(3);
      await gh.webhooks.settled();
      await vi.waitFor(async () => expect(await workLeft()).toBe(0), PATIENCE);
      const told = gh.webhooks.log.filter((one) => one.event === "pull_request" && one.action === "closed");
      const acknowledged = told.filter(({ status }) => status === "OK").map(pathNumber);
      expect(titles()).toEqual(expect.arrayContaining(acknowledged.map(titleOf)));

      for (const delivery of failed) gh.webhooks.redeliver(delivery);
      await gh.webhooks.settled();
      await vi.waitFor(async () => expect(await workLeft()).toBe(0), PATIENCE);
      expect(titles().sort()).toEqual(Array.from({ length: merged }, (_, number) => titleOf(number)).sort());
      expect((await service.stop()).code).toBe(0);
    });
  },
);

/** The number that `merge` gave the postmortem of a pull request. */
const pathNumber = ({ body }: Delivery): number => Number(/"title":"Outage (\d+)"/.exec(body)?.[1]);
