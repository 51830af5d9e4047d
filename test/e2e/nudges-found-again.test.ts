/** What is remembered of nudges stands on GitHub: a lost database finds mutes, rungs and what came of each nudge again. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const POSTMORTEM =
  "# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Watch it | @dev | 2024-09-17 |\n| Bound it | @lisa | 2024-09-17 |\n";
const issue = (title: string) => stage.trackingIssues().find((one) => one.title === title)?.number ?? 0;
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";

async function known() {
  const { store } = stage.service.context;
  const of = async (title: string) => {
    const item = await store.itemOfIssue(stage.repo.state.id, issue(title));
    return { nudges: item?.nudges, answers: item?.answers };
  };
  const muted = await store.mutedOn(stage.installation.state.id, "2024-10-01");
  return { watch: await of("Watch it"), bound: await of("Bound it"), muted };
}

it("mutes, rungs and outcomes are found again, and the digest tells the share", async () => {
  const policy = 'escalation: [{ after: 8 days, to: "@ada" }]\n';
  await stage.merge({ ".github/follow-through.yml": policy, "postmortems/cache.md": POSTMORTEM });
  await stage.advanceTo("2024-09-18T09:05:00Z");
  stage.repo.as("dev").comment(issue("Watch it"), "The vendor has it.");
  await stage.settle();
  // Dev answered, Lisa did not: she is asked again, and Ada is told.
  await stage.advanceTo("2024-09-25T09:05:00Z");
  stage.repo.as("lisa").comment(issue("Bound it"), "/mute 3 weeks");
  await stage.settle();
  await stage.advanceTo("2024-09-30T09:05:00Z");
  const before = await known();
  expect(before.watch).toEqual({ nudges: [{ n: 1, on: "2024-09-18" }], answers: [{ n: 1, how: "commented" }] });
  expect(before.bound.nudges).toEqual([
    { n: 1, on: "2024-09-18" },
    { n: 2, on: "2024-09-25", rung: "8 days" },
  ]);
  expect(before.muted.map(({ person }) => person)).toEqual(["lisa"]);
  expect(digest()).toContain("1 of 2 overdue comments of the last weeks led to something.");
  await stage.stopService();
  rmSync(stage.dataDir, { recursive: true });
  await stage.startService();
  await stage.settle();
  await stage.service.tick();
  await stage.settle();
  expect(await known()).toEqual(before);
});
