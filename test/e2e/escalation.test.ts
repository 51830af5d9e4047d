/** The escalation ladder as people meet it: one comment, those who are named, once, also after the database was lost. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseNudgeMarker } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const POSTMORTEM =
  "# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Watch it | @dev | 2024-09-17 |\n";

const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
const rungs = () => nudges().map(({ body }) => parseNudgeMarker(body)?.rung ?? "");

it("tells whom the policy names, once a rung, and remembers it without a database", async () => {
  const policy = 'escalation: [{ after: 10 days, to: "@ada" }, { after: 18 days, to: "@acme/platform" }]\n';
  await stage.merge({ ".github/follow-through.yml": policy, "postmortems/cache.md": POSTMORTEM });
  for (const day of ["18", "25", "27"]) await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
  expect(rungs()).toEqual(["", "", "10 days"]);
  const told = nudges().at(-1)?.body ?? "";
  expect(told).toContain("@ada, the policy names you for items that are 10 days overdue.");
  expect([...(parseNudgeMarker(told)?.to ?? [])].sort()).toEqual(["ada", "dev"]);
  await stage.loseDatabase();
  await stage.service.tick();
  await stage.settle();
  for (const day of ["09-30", "10-04", "10-07", "10-14", "10-28"]) await stage.advanceTo(`2024-${day}T09:05:00Z`);
  expect(rungs().filter((rung) => rung !== "")).toEqual(["10 days", "18 days"]);
  const mentioned = nudges().flatMap(({ body }) => body.match(/@[\w/]+/g) ?? []);
  expect([...new Set(mentioned)].sort()).toEqual(["@acme/platform", "@ada", "@dev"]);
});

it("a timeline that GitHub refuses to show is no sign that nothing moves: it is left alone, which the digest says", async () => {
  await stage.merge({ "postmortems/cache.md": POSTMORTEM });
  stage.gh.faults.add({
    path: /\/timeline$/,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: "answer", status: 403, body: { message: "Forbidden" } },
  });
  await stage.advanceTo("2024-09-18T09:05:00Z");
  expect(nudges()).toEqual([]);
  await stage.advanceTo("2024-09-23T09:05:00Z");
  const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";
  expect(digest).toContain("left alone: GitHub did not tell whether it moves");
  // After a month it is asked about without being told.
  await stage.advanceTo("2024-10-21T09:05:00Z");
  expect(nudges()).toHaveLength(1);
});
