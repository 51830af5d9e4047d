/**
 * What a pass of overdue comments costs, in requests and time, on a store of 1,000, 10,000 and 100,000 open items of which twenty
 * are due, and five of the most: part of `npm run bench`. It has to grow with what is due that day, not with all there is.
 *
 *   nudges: a pass over open items, on an emulated GitHub that answers at once
 *      1000 items, 20 due: 20 comments, 44 requests, 209 ms (of which finding what is due 0.9 ms)
 *
 * What is due comes from a postmortem that was merged; the others are copies of it in the store, due in a far year.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { Emulator } from "../../emulator/emulator.js";
import { createContext } from "../../src/service.js";
import { readSettings } from "../../src/settings.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { nudge } from "../../src/workflows/nudges.js";
import { followPull } from "../../src/workflows/pull.js";

const TODAY = "2024-09-23";
const MERGED_AT = new Date("2024-09-16T09:00:00Z");
const NUDGED_AT = new Date(`${TODAY}T09:00:00Z`);

function postmortem(items: number): string {
  const rows = Array.from({ length: items }, (_, index) => `| Fix part ${index} of the cache | @dev | 2024-09-20 |`);
  const head = ["# Cache outage", "", "## Action items", "", "| Action | Owner | Due |", "|---|---|---|"];
  return [...head, ...rows, ""].join("\n");
}

interface Cost {
  readonly comments: number;
  readonly requests: number;
  readonly ms: number;
  readonly findMs: number;
}

/** One pass over a store of so many items of which so many are due, in a world of its own. */
async function passOver(size: number, due: number): Promise<Cost> {
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-bench-"));
  const gh = await Emulator.start({ now: () => MERGED_AT });
  const store = await openStore({ dataDir });
  try {
    const repo = gh.repository("acme/shop", { members: { ada: "write", dev: "triage" } });
    const at = { installationId: gh.installApp({ on: ["acme/shop"] }).id, repositoryId: repo.state.id };
    const settings = readSettings({ ...gh.environment, DATA_DIR: dataDir, LOG_LEVEL: "silent" });
    const { context } = createContext(settings, store, pino({ level: "silent" }), () => new Date());
    const ada = repo.as("ada");
    const { number } = ada.proposeFiles({ "postmortems/cache.md": postmortem(due) }, "Add a postmortem");
    ada.mergePull(number);
    await followPull({ ...context, now: () => MERGED_AT }, { ...at, number });
    await fill(store, at.repositoryId, due, size);

    const findMs = await timed(() => store.itemsToNudge(at.repositoryId, TODAY, due + 1));
    const before = gh.requests.length;
    let comments = 0;
    const ms = await timed(async () => {
      comments = await nudge({ ...context, now: () => NUDGED_AT }, at);
    });
    return { comments, requests: gh.requests.length - before, ms, findMs };
  } finally {
    await store.close();
    await gh.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Adds open items that are not due, until there are `to` instead of `from`. */
async function fill(store: Store, repositoryId: number, from: number, to: number): Promise<void> {
  const [item] = await store.openItems(repositoryId);
  if (!item?.issue) throw new Error("the postmortem was not followed through");
  const { issue } = item;
  await store.transaction(async (tables) => {
    for (let index = from; index < to; index++) {
      await tables.saveItem({
        ...item,
        id: `item-${index}`,
        documentId: `document-${Math.floor(index / 20)}`,
        issue: { ...issue, number: 1_000 + index },
        nextNudgeOn: "2099-01-01",
      });
    }
  });
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await body();
  return performance.now() - from;
}

await passOver(1_000, 20); // Warms up.
console.log("\nnudges: a pass over open items, on an emulated GitHub that answers at once");
for (const [size, due] of [
  [1_000, 20],
  [10_000, 20],
  [100_000, 20],
  [100_000, 5],
] as const) {
  const { comments, requests, ms, findMs } = await passOver(size, due);
  const time = `${ms.toFixed(0)} ms (of which finding what is due ${findMs.toFixed(1)} ms)`;
  console.log(`${String(size).padStart(8)} items, ${due} due: ${comments} comments, ${requests} requests, ${time}`);
}
