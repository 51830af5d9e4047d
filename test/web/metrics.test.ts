/** What /metrics tells of nudges. */
import { expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { Metrics } from "../../src/web/metrics.js";
import { aDocument, anInstallation, anIssue, anItem, aRepository } from "../store/samples.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const nudge = { n: 1, on: "2025-02-03" };
const slip = { on: "2025-02-05", from: "2025-02-01", to: "2025-03-01", by: "ada", why: null };

/** Each as its nudge of 3 February was answered. */
const ITEMS: Readonly<Record<string, Partial<TrackedItem>>> = {
  closed: { issue: anIssue({ open: false, closedOn: "2025-02-10" }) },
  moved: { slips: [slip] },
  snoozed: { snoozes: [{ on: "2025-02-04", until: "2025-03-01", by: "ada", why: null }] },
  waived: { waiver: { on: "2025-02-04", until: "2025-03-01", by: "ada", why: "freeze" } },
  linked: { answers: [{ n: 1, how: "linked" }] },
  assigned: { answers: [{ n: 1, how: "assigned" }] },
  commented: { answers: [{ n: 1, how: "commented" }] },
  late: { issue: anIssue({ open: false, closedOn: "2025-02-11" }) },
  open: { nudges: [nudge, { n: 2, on: "2025-02-14" }] },
  fresh: { nudges: [{ n: 1, on: "2025-02-14" }], slips: [{ ...slip, on: "2025-02-14" }] },
};

it("what came of nudges is told once their week is over, every outcome by its name", async () => {
  const store = await openStore({ dataDir: folder() });
  try {
    await store.saveInstallation(anInstallation());
    await store.saveRepository(aRepository());
    await store.saveDocument(aDocument());
    for (const [id, part] of Object.entries(ITEMS)) await store.saveItem(anItem({ id, nudges: [nudge], ...part }));
    const text = await new Metrics(store, () => new Date("2025-02-20T09:00:00Z")).registry.metrics();
    const told = [...text.matchAll(/^follow_through_nudges\{outcome="(\w+)"\} (\d+)$/gm)];
    expect(Object.fromEntries(told.map(([, outcome, amount]) => [outcome, Number(amount)]))).toEqual({
      ...{ closed: 1, moved: 1, snoozed: 2, assigned: 1, linked: 1, commented: 1, nothing: 2 },
    });
  } finally {
    await store.close();
  }
});
