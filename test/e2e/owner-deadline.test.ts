/** An item that nobody took in the time the policy gives for it: recorded where it survives the database, told, and counted. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseItemMarker } from "../../src/render/marker.js";
import { inPeriod } from "../../src/tracking/figures/counted.js";
import { figuresOf } from "../../src/tracking/figures/figures.js";
import { countedIn } from "../../src/workflows/parts/counted.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ now: "2024-09-16T09:00:00Z" });
});
afterEach(() => stage.close());

const POLICY = "due: { owner_within: 3 days }\nnudges: { enabled: false }\n";
const PATH = "postmortems/cache.md";
const TEXT =
  "# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Watch the hit rate | | 2024-12-01 |\n| Bound the cache | @dev | 2024-12-01 |\n| Update the runbook | | 2024-12-01 |\n";

const issue = (title: string) => stage.trackingIssues().find((one) => one.title === title)?.number ?? 0;
const body = (title: string) => stage.trackingIssues().find((one) => one.title === title)?.body ?? "";
const inMarker = (title: string) => parseItemMarker("item", body(title))?.item.ownerMissed;
const inStore = async (title: string) =>
  (await stage.service.context.store.itemOfIssue(stage.repo.state.id, issue(title)))?.ownerMissed;
const status = (pull: number) =>
  [...stage.repo.state.comments.values()].find(
    (comment) => comment.issue.number === pull && comment.body.includes("follow-through:status"),
  )?.body ?? "";
async function ownerShare() {
  const { store } = stage.service.context;
  const repository = await store.repository(stage.repo.state.id);
  if (!repository) return null;
  const { counted, today } = await countedIn(store, repository, stage.now());
  const of = (until: string) => {
    const period = { since: null, until };
    return figuresOf(inPeriod(counted, period), period).breaches.owner;
  };
  return { now: of(today), before: of("2024-09-19") };
}

it("a deadline for finding an owner is kept, or its breach is recorded, told and counted, and outlives the database", async () => {
  const pull = await stage.merge({ ".github/follow-through.yml": POLICY, [PATH]: TEXT });
  const names = ["Watch the hit rate", "Bound the cache", "Update the runbook"];
  await stage.advanceTo("2024-09-18T09:05:00Z");
  stage.repo.as("ada").assign(issue("Update the runbook"), "lisa");
  await stage.settle();
  await stage.advanceTo("2024-09-19T20:05:00Z");
  expect(names.map(inMarker)).toEqual([undefined, undefined, undefined]);
  expect(status(pull)).not.toContain("no owner since");
  await stage.advanceTo("2024-09-20T09:05:00Z");
  expect(names.map(inMarker)).toEqual(["2024-09-20", undefined, undefined]);
  expect(status(pull)).toContain(
    "no owner since Mon 16 Sep 2024 (wanted by Thu 19 Sep 2024). Who could take it? Assign them there.",
  );
  const written = body("Bound the cache");

  // In time, and gone since: no breach, and it is known.
  stage.repo.as("ada").unassign(issue("Update the runbook"), "lisa");
  await stage.settle();
  expect(names.map(inMarker)).toEqual(["2024-09-20", undefined, null]);
  stage.repo.as("ada").assign(issue("Watch the hit rate"), "lisa");
  await stage.settle();
  expect(status(pull)).not.toContain("no owner since");
  await stage.advanceTo("2024-09-24T09:05:00Z");
  const share = { now: { count: 1, of: 3 }, before: { count: 0, of: 0 } };
  expect(await ownerShare()).toEqual(share);

  await stage.loseDatabase();
  await stage.service.tick();
  await stage.settle();
  expect(await Promise.all(names.map(inStore))).toEqual(["2024-09-20", undefined, null]);
  expect(await ownerShare()).toEqual(share);
  await stage.advanceTo("2024-09-26T09:05:00Z");
  expect(names.map(inMarker)).toEqual(["2024-09-20", undefined, null]);
  // Who has somebody is written nothing.
  expect(body("Bound the cache")).toBe(written);
});
