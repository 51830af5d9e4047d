/** Nudges as a person gets them: one comment a day, over all repositories of an installation. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { parseNudgeMarker } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const document = (title: string, ...rows: readonly string[]) =>
  `# ${title}\n\n**Date:** 2024-09-10\n**Severity:** SEV-1\n\n## Action items\n\n| Priority | Action | Owner | Due |\n|---|---|---|---|\n${rows.map((row) => `| ${row} |`).join("\n")}\n`;
const THREE = document(
  "Cache bug",
  "P2 | Watch the hit rate | @dev | 2024-09-17",
  "P0 | Bound the cache | @dev | 2024-09-18",
  "P1 | Update the runbook | @lisa | 2024-09-18",
);

const nudges = (repo: RepositoryHandle = stage.repo) =>
  [...repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
const issue = (title: string) => stage.trackingIssues().find((one) => one.title === title)?.number ?? 0;
const item = async (title: string) => stage.service.context.store.itemOfIssue(stage.repo.state.id, issue(title));

it("one comment a person, on the most severe issue, which lists the rest; all of it counts as nudged", async () => {
  await stage.merge({ [PATH]: THREE });
  await stage.advanceTo("2024-09-19T09:05:00Z");
  expect(
    nudges()
      .map((comment) => comment.issue.title)
      .sort(),
  ).toEqual(["Bound the cache", "Update the runbook"]);
  const [devs] = nudges().filter((comment) => comment.issue.title === "Bound the cache");
  expect(devs?.body.match(/@\w+/g)).toEqual(["@dev"]);
  expect(devs?.body).toContain("This one is overdue too, and gets no comment of its own:");
  expect(devs?.body).toContain("Watch the hit rate");
  for (const title of ["Watch the hit rate", "Bound the cache"])
    expect((await item(title))?.nudges).toEqual([{ n: 1, on: "2024-09-19", to: ["dev"] }]);
  await stage.advanceTo("2024-09-25T09:05:00Z");
  expect(nudges()).toHaveLength(2);
  await stage.advanceTo("2024-09-26T09:05:00Z");
  expect(nudges()).toHaveLength(4);
});

it("what it lists is known after the database was lost, and so is whose day is taken", async () => {
  await stage.merge({ [PATH]: THREE });
  await stage.advanceTo("2024-09-19T09:05:00Z");
  const before = await item("Watch the hit rate");
  const installation = stage.installation.state.id;
  await stage.loseDatabase();
  await stage.service.tick();
  await stage.settle();
  expect((await item("Watch the hit rate"))?.nudges).toEqual(before?.nudges);
  const reached = await stage.service.context.store.reachedSince(installation, "2024-09-19");
  expect(reached.map(({ person }) => person).sort()).toEqual(["dev", "lisa"]);
  await stage.advanceTo("2024-09-20T09:05:00Z");
  expect(nudges()).toHaveLength(2);
});

it("who only commented on the issue is notified of it too, so their own waits until the next day", async () => {
  await stage.merge({ [PATH]: THREE });
  stage.repo.as("lisa").comment(issue("Bound the cache"), "The size is in the config.");
  await stage.settle();
  await stage.advanceTo("2024-09-19T09:05:00Z");
  expect(nudges().map((comment) => comment.issue.title)).toEqual(["Bound the cache"]);
  expect(parseNudgeMarker(nudges()[0]?.body ?? "")?.to).toEqual(["dev", "lisa"]);
  expect(nudges()[0]?.body.match(/@\w+/g)).toEqual(["@dev"]);
  await stage.advanceTo("2024-09-20T09:05:00Z");
  expect(nudges().map((comment) => comment.issue.title)).toEqual(["Bound the cache", "Update the runbook"]);
});

it("where its owner is told elsewhere that day, a second repository waits until the next", async () => {
  const other = stage.gh.repository("acme/pay", {
    members: { ada: "write", dev: "triage" },
    files: { "README.md": "" },
  });
  stage.installation.addRepository("acme/pay");
  await stage.settle();
  await stage.merge({ [PATH]: document("Cache bug", "P2 | Watch the hit rate | @dev | 2024-09-17") });
  other
    .as("ada")
    .mergePull(
      other
        .as("ada")
        .proposeFiles(
          { "postmortems/pay.md": document("Pay bug", "P2 | Pay twice as fast | @dev | 2024-09-17") },
          "Add a postmortem",
        ).number,
    );
  await stage.settle();
  await stage.advanceTo("2024-09-18T09:05:00Z");
  const both = () => [nudges().length, nudges(other).length];
  expect(both().sort()).toEqual([0, 1]);
  await stage.advanceTo("2024-09-19T09:05:00Z");
  expect(both()).toEqual([1, 1]);
  await stage.advanceTo("2024-09-20T09:05:00Z");
  expect(both()).toEqual([1, 1]);
});

it("what its owner closed a minute ago is not listed, and the next most severe leads", async () => {
  await stage.merge({ [PATH]: THREE });
  stage.gh.webhooks.drop = () => true;
  stage.repo.as("dev").closeIssue(issue("Bound the cache"));
  await stage.advanceTo("2024-09-19T09:05:00Z");
  const devs = nudges().filter(({ body }) => parseNudgeMarker(body)?.to.includes("dev"));
  expect(devs.map((comment) => [comment.issue.title, parseNudgeMarker(comment.body)?.also])).toEqual([
    ["Watch the hit rate", []],
  ]);
});
