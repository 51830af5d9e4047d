/** Work that ends the process it runs in: real processes, restarted until what ends them is set aside. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { MOST_UNFINISHED } from "../../src/jobs/unfinished.js";
import type { Work } from "../../src/jobs/work.js";
import type { OpenOptions } from "../../src/store/open.js";
import { aPull } from "../store/samples.js";
import type { Open } from "../support/databases.js";

const NOW = Date.parse("2025-03-01T09:00:00Z");
const HOUR_MS = 3_600_000;
const child = fileURLToPath(new URL("./poison-child.ts", import.meta.url));

const PILL: Work = { kind: "check", installationId: 1, repositoryId: 7, number: 1, rerun: false };
const PILL_KEY = "check:7:1";

interface Life {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** One process from its start to its end, `hours` after the first; by then all leases have run out. */
async function live(options: OpenOptions, poison: string, hours: number): Promise<Life> {
  const now = new Date(NOW + hours * HOUR_MS).toISOString();
  const flags = ["--max-old-space-size=100", "--import", "tsx"];
  // What Node says of its own end is long, and expected here.
  const started = spawn(process.execPath, [...flags, child, JSON.stringify({ ...options, poison, now })], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [said, [code]] = await Promise.all([text(started.stdout), once(started, "exit")]);
  return { code, lines: said.split("\n").filter((line) => line !== "") };
}

/** Declares the tests for these ways to end a process (see `poison-child.ts`). */
export function setsAside(open: Open, ways: readonly string[]): void {
  test.each(ways)(
    "by %s is tried five times, the last time alone, and then set aside; the healthy work beside it is done",
    { timeout: 600_000 },
    async (poison) => {
      const options = await open.address();
      const store = await open.again();
      const healthy = Array.from({ length: 6 }, (_, index) => aPull(1, 10 + index, index));
      for (const work of [PILL, ...healthy]) await store.enqueue(work, new Date(NOW));
      const lives: Life[] = [];
      do {
        lives.push(await live(options, poison, lives.length));
      } while (lives.at(-1)?.code !== 0 && lives.length < 20);

      const begun = lives.map(({ lines }) => lines.filter((line) => line === `begin ${PILL_KEY}`).length);
      expect(begun).toEqual([...Array(MOST_UNFINISHED).fill(1), 0]);
      const last = lives.at(-2)?.lines ?? [];
      const alone = last.slice(last.indexOf("log work that may have ended the process is tried alone"));
      expect(alone).toEqual(["log work that may have ended the process is tried alone", `begin ${PILL_KEY}`]);
      expect(lives.at(-1)?.lines).toContain("log work ended the process each time it was tried, and was set aside");

      const done = new Set(lives.flatMap(({ lines }) => lines.filter((line) => line.startsWith("done"))));
      expect(done).toEqual(
        new Set(healthy.map((work) => `done pull:${"repositoryId" in work && work.repositoryId}:1`)),
      );
      const later = new Date(NOW + 100 * HOUR_MS);
      expect(await store.work.stats(later)).toMatchObject({ ready: 0, waiting: 0, leased: 0, dead: 1 });
      expect(await store.work.deadLetters()).toMatchObject([
        { key: PILL_KEY, attempts: MOST_UNFINISHED, error: "it ended the process 5 times" },
      ]);
      expect(await store.work.claim("w", later, 1000)).toBeNull();

      // Somebody pushes what fixes it.
      await store.enqueue(PILL, later);
      const { code, lines } = await live(options, "none", 101);
      expect([code, lines]).toEqual([0, [`begin ${PILL_KEY}`, `done ${PILL_KEY}`]]);
      expect(await store.work.deadLetters()).toEqual([]);
    },
  );
}
