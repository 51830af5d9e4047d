/** Overdue items that move are not nudged, and the digest says why. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  await stage.merge({ "postmortems/cache.md": TABLE });
});
afterEach(() => stage.close());

const issue = () => stage.trackingIssues()[0]?.number ?? 0;
const nudges = () => stage.repo.comments(issue()).filter(({ body }) => body.includes("follow-through:nudge"));
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";
const timelines = () => stage.gh.requests.filter(({ path }) => path.endsWith("/timeline")).length;

describe("an overdue item whose", () => {
  it.each<[string, () => void, string]>([
    [
      "issue is blocked by an open one",
      () => stage.repo.as("dev").markBlocked(issue(), stage.repo.as("ada").openIssue({ title: "The vendor" }).number),
      "an open issue blocks it",
    ],
    [
      "issue an open pull request names",
      () => {
        stage.repo.as("lisa").commitFiles({ branch: "fix", files: { "fix.txt": "x" } });
        stage.repo.as("lisa").openPull({ head: "fix", title: "Watch it", body: `Fixes #${issue()}` });
      },
      "an open pull request names it",
    ],
    [
      "owner committed to it",
      () => stage.repo.as("dev").pushDirect({ "fix.txt": "x" }, `Prepare #${issue()}`),
      "its owner committed to it",
    ],
    ["owner commented on it", () => stage.repo.as("dev").comment(issue(), "On it."), "its owner commented on it"],
  ])("%s is left alone, which the digest says", async (_, act, words) => {
    act();
    await stage.settle();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toHaveLength(0);
    await stage.advanceTo("2024-09-23T09:05:00Z");
    expect(digest()).toContain(words);
    expect(timelines()).toBeLessThanOrEqual(1);
    // A month later it is asked about, unless it is blocked.
    await stage.advanceTo("2024-10-21T09:05:00Z");
    expect(nudges()).toHaveLength(words.includes("blocks") ? 0 : 1);
  });

  it("blocker was closed is nudged at the next look", async () => {
    const blocker = stage.repo.as("ada").openIssue({ title: "The vendor" }).number;
    stage.repo.as("dev").markBlocked(issue(), blocker);
    await stage.advanceTo("2024-09-18T09:05:00Z");
    stage.repo.as("ada").closeIssue(blocker);
    await stage.settle();
    await stage.advanceTo("2024-09-25T09:05:00Z");
    expect(nudges()).toHaveLength(1);
  });

  it("owner wrote nothing, and somebody else did, is nudged", async () => {
    stage.repo.as("lisa").comment(issue(), "Any news?");
    await stage.settle();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toHaveLength(1);
  });
});
