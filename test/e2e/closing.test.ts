/** When the last item closes, one comment says how it went: once, whatever dies or is lost, and edited where an item is opened again. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
  home = await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { watch, numberOf, writes } = commenting(() => stage);
const runbook = () => numberOf("runbook");
/** The digest's text goes with the days; what else is written. */
const writesBesideDigest = (from: number) => {
  const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.number;
  return writes(from).filter(({ path }) => !path.endsWith(`/issues/${digest}`));
};
const lines = () => stage.repo.comments(home).filter(({ body }) => body.includes("follow-through:closing"));

async function close(number: number, as: "completed" | "not_planned" = "completed"): Promise<void> {
  stage.repo.as("lisa").closeIssue(number, as);
  await stage.settle();
}

async function loseDatabase(): Promise<void> {
  await stage.stopService();
  rmSync(stage.dataDir, { recursive: true });
  await stage.startService();
  await stage.recover();
}

it("is written once all are closed, and tells how many, how long, and how many on time", async () => {
  await close(runbook(), "not_planned");
  expect(lines()).toEqual([]);
  await stage.advanceTo("2024-09-23T11:05:00Z");
  await close(watch());
  expect(lines().map(({ body }) => body.split("\n<!--")[0]?.trim())).toEqual([
    [
      "**All closed: 1 of 2 action items done, 1 not planned.**",
      "",
      "It took 7 days, from Mon 16 Sep 2024 to Mon 23 Sep 2024. Done by their first date: 0 of 1.",
    ].join("\n"),
  ]);
  const quiet = stage.gh.requests.length;
  await stage.advanceTo("2024-09-24T11:05:00Z");
  await loseDatabase();
  await stage.advanceTo("2024-09-24T12:05:00Z");
  expect(writesBesideDigest(quiet)).toEqual([]);
  expect(lines()).toHaveLength(1);
});

it("is edited in place where an item is opened again, comes with the document, or closes again", async () => {
  await close(runbook());
  await close(watch());
  const [first] = lines();
  stage.repo.as("lisa").reopenIssue(watch());
  await stage.settle();
  expect(lines().map(({ id }) => id)).toEqual([first?.id]);
  expect(lines()[0]?.body).toContain("Not all is closed any more: 1 of 2 action items done.");
  expect(lines()[0]?.body).toContain(`Open again: [#${watch()}]`);
  await loseDatabase();
  await close(watch(), "not_planned");
  expect(lines().map(({ id }) => id)).toEqual([first?.id]);
  expect(lines()[0]?.body).toContain("All closed: 1 of 2 action items done, 1 not planned.");
});

sampled(it, 1).each(["before", "after"] as const)("is written once where the service dies %s it is", async (when) => {
  await close(runbook());
  const path = new RegExp(`/issues/${home}/comments$`);
  stage.gh.faults.add({ method: "POST", path, times: 1, fault: { kind: `reset-${when}` } });
  await close(watch());
  await stage.stopService();
  await stage.startService();
  await stage.recover();
  await stage.advanceTo("2024-09-16T11:05:00Z");
  expect(lines()).toHaveLength(1);
});

itAtLength("is not written where all was closed long ago, nor on a pull request that takes no comment", async () => {
  await close(runbook());
  stage.gh.webhooks.drop = () => true;
  stage.repo.as("lisa").closeIssue(watch());
  stage.gh.webhooks.drop = () => false;
  await stage.stopService();
  stage.gh.clock.set(new Date("2024-10-07T09:00:00Z"));
  await stage.startService();
  await stage.advanceTo("2024-10-07T11:05:00Z");
  expect(stage.status(home)).toContain("2 of 2 action items done");
  expect(lines()).toEqual([]);

  const second = await stage.merge({
    "postmortems/queue.md": TABLE.replaceAll("Cache", "Queue").replace("hit", "drop"),
  });
  stage.repo.as("ada").lock(second);
  for (const { number, state } of stage.trackingIssues()) if (state === "open") await close(number);
  await stage.recover();
  expect(stage.repo.comments(second).filter(({ body }) => body.includes("follow-through:closing"))).toEqual([]);
  expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
});
