/** Who has an item's issue: nobody is ever taken off unasked, and who is missing is told as GitHub tells it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { withoutMarkers } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const document = (...items: string[]) =>
  [
    "# Cache outage",
    "",
    "**Date:** 2024-09-10",
    "",
    "## Action items",
    "",
    ...items.map((item) => `- ${item}`),
    "",
  ].join("\n");
const WATCH = "Watch the hit rate of every cache node - @dev";
const RUNBOOK = "Write the runbook for a cold start - @lisa";

const issue = (title: string) => {
  const found = stage.trackingIssues().find((one) => one.title.includes(title));
  if (!found) throw new Error(`no issue about ${title}`);
  return found;
};
const assigned = (title: string) => issue(title).assignees.map(({ login }) => login);

it("an item that leaves the document, and comes back, keeps who has it, also whom a person assigned", async () => {
  const home = await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
  stage.repo.as("ada").assign(issue("runbook").number, "ada");
  await stage.settle();
  await stage.merge({ [PATH]: document(WATCH) });
  expect(assigned("runbook").sort()).toEqual(["ada", "lisa"]);
  await stage.merge({ [PATH]: document(WATCH, RUNBOOK.replace("@lisa", "@dev")) });
  expect(assigned("runbook").sort()).toEqual(["ada", "dev"]);
  expect(stage.status(home)).not.toContain("cannot be assigned");
});

it.each([
  ["refuses the request", false],
  ["leaves them out without a word", true],
])("one of two whom GitHub cannot assign, where it %s, is told, and the other has it", async (_, drops) => {
  stage.gh.world.dropsUnassignable = drops;
  const home = await stage.merge({ [PATH]: document(WATCH.replace("@dev", "@dev, @eve"), RUNBOOK) });
  await stage.merge({ [PATH]: document(`${WATCH}, @eve`, RUNBOOK, "Alert on evictions - @lisa") });
  expect(assigned("hit rate")).toEqual(["dev"]);
  expect(stage.status(home)).toContain("`@eve` cannot be assigned in this repository");
  expect(stage.status(home)).not.toContain("`@dev` cannot");
});

it("a plan that keeps one assignee: who is missing is named, and nobody is called unassignable", async () => {
  stage.repo.state.private = true;
  stage.repo.state.owner.plan = "free";
  const home = await stage.merge({ [PATH]: document(`${WATCH}, @lisa`) });
  const { number, body } = issue("hit rate");
  expect(assigned("hit rate")).toEqual(["dev"]);
  expect(body).toContain("lisa (GitHub keeps one assignee on this plan)");
  expect(stage.status(home)).toContain("GitHub keeps one assignee on this plan; `@lisa` is missing");
  expect(stage.status(home)).not.toContain("cannot be assigned");
  // It is not asked for again and again.
  const before = stage.gh.requests.length;
  await stage.merge({ [PATH]: `${document(`${WATCH}, @lisa`)}\nThe end.\n` });
  stage.repo.as("ada").label(number, "later");
  await stage.settle();
  expect(stage.spent(before, "PATCH")).toBe(0);
  expect(assigned("hit rate")).toEqual(["dev"]);
});

it("somebody unassigned by hand is gone from status comment, issue and digest, and is not nudged", async () => {
  await stage.merge({ ".github/follow-through.yml": 'owners: { "Lisa R.": ["@lisa"] }\n' });
  const due = " (due 2024-09-18)";
  const home = await stage.merge({
    [PATH]: document(WATCH.replace("@dev", "@Dev") + due, RUNBOOK.replace("@lisa", "Lisa R.") + due),
  });
  expect(assigned("hit rate")).toEqual(["dev"]);
  expect(assigned("runbook")).toEqual(["lisa"]);
  stage.repo.as("ada").unassign(issue("hit rate").number, "dev");
  stage.repo.as("ada").unassign(issue("runbook").number, "lisa");
  await stage.settle();
  for (const gone of ["Dev", "dev`", "Lisa"]) expect(stage.status(home)).not.toContain(gone);
  await stage.advanceTo("2024-09-30T09:05:00Z");
  const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"));
  expect(digest?.body).toContain("Nobody yet: 2 items");
  const told = [digest, issue("hit rate"), issue("runbook")].flatMap((one) => [
    one?.body ?? "",
    ...stage.repo.comments(one?.number ?? 0).map(({ body }) => body),
  ]);
  for (const text of told) expect(withoutMarkers(text)).not.toMatch(/@(?:dev|lisa)|names.*(?:Dev|Lisa)/);
});
