/** What happens by the clock: overdue comments and the weekly digest. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let pull: number;
beforeEach(async () => {
  stage = await Stage.start({ now: "2024-09-16T10:00:00Z" });
  pull = await stage.merge({
    ".github/follow-through.yml": "time_zone: Europe/Zurich\n",
    "postmortems/cache.md": TABLE,
  });
});
afterEach(() => stage.close());

/** Overdue comments, and questions on the pull request. */
const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
const digest = () => stage.repo.issues.find((issue) => issue.title.startsWith("Weekly digest"));

describe("overdue comments", () => {
  it("come the day after the due date, then weekly, mentioning the assignee", async () => {
    await stage.advanceTo("2024-09-17T07:05:00Z");
    expect(nudges()).toHaveLength(0);
    await stage.advanceTo("2024-09-18T07:05:00Z");
    expect(nudges().map((comment) => comment.body)).toEqual([
      expect.stringMatching(/^@dev, this action item was due on Tue 17 Sep 2024, 1 day ago\./),
    ]);
    expect(stage.status(pull)).toContain("1 overdue");
    await stage.advanceTo("2024-09-19T07:05:00Z");
    expect(nudges()).toHaveLength(1);
    await stage.advanceTo("2024-09-25T07:05:00Z");
    expect(nudges()).toHaveLength(3); // the second for one, the first for the other, due on the 24th
    expect(nudges().at(-1)?.body ?? "").not.toContain("undefined");
  });

  it("come once, however often the service restarts or a pass is repeated", async () => {
    await stage.advanceTo("2024-09-18T07:05:00Z");
    for (let round = 0; round < 3; round++) {
      await stage.stopService();
      await stage.startService();
      await stage.advanceTo("2024-09-18T08:00:00Z");
    }
    expect(nudges()).toHaveLength(1);
  });

  it("catch up gently after weeks of downtime: one each", async () => {
    await stage.advanceTo("2024-10-28T08:05:00Z");
    expect(nudges()).toHaveLength(2);
  });

  it("never come for what was closed, even where no webhook told", async () => {
    stage.gh.webhooks.drop = () => true;
    const [first] = stage.trackingIssues();
    stage.repo.as("dev").closeIssue(first?.number ?? 0);
    await stage.advanceTo("2024-09-18T07:05:00Z");
    expect(nudges()).toHaveLength(0);
    expect(stage.status(pull)).toContain("1 of 2 action items done");
  });

  itAtLength("start over when the date is moved", async () => {
    await stage.advanceTo("2024-09-18T07:05:00Z");
    await stage.merge({ "postmortems/cache.md": TABLE.replace("2024-09-17", "2024-09-30") });
    await stage.advanceTo("2024-09-26T07:05:00Z");
    const [first] = stage.trackingIssues();
    const own = () => nudges().filter((comment) => comment.issue.number === first?.number);
    expect(own()).toHaveLength(1);
    await stage.advanceTo("2024-10-01T07:05:00Z");
    expect(own()).toHaveLength(2);
    expect(own().at(-1)?.body).toContain("It was first due on Tue 17 Sep 2024.");
  });

  sampled(it, 1).each([
    ["a run", "{ max_per_run: 1 }", 1, 2],
    ["a day", "{ max_per_day: 1 }", 1, 2],
    // One of them is the question about what nobody has.
    ["a person", "{ max_per_person: 2 }", 3, 4],
  ])("are capped: so much %s; the rest follow another day", async (_, caps, first, second) => {
    const rows = Array.from(
      { length: 4 },
      (_, index) => `- [ ] Fix the thing that is numbered ${index} - ${index < 3 ? "@dev" : "@lisa"} - due 2024-09-20`,
    );
    await stage.merge({
      ".github/follow-through.yml": `nudges: ${caps}\n`,
      "postmortems/many.md": `# Many\n\n**Date:** 2024-09-14\n\n## Action items\n\n${rows.join("\n")}\n`,
    });
    await stage.advanceTo("2024-09-23T09:05:00Z");
    expect(nudges()).toHaveLength(first);
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(nudges()).toHaveLength(second);
  });

  it("wait a week for what was past its date when it was opened", async () => {
    await stage.merge({
      "postmortems/late.md": TABLE.replaceAll("2024-09-17", "2024-09-11").replace(
        "Watch the hit rate",
        "Count the misses",
      ),
    });
    await stage.advanceTo("2024-09-20T07:05:00Z");
    const late = stage.trackingIssues().find((issue) => issue.title === "Count the misses");
    const own = () => nudges().filter((comment) => comment.issue.number === late?.number);
    expect(own()).toHaveLength(0);
    await stage.advanceTo("2024-09-23T07:05:00Z");
    expect(own()).toHaveLength(1);
  });
});

describe("the weekly digest", () => {
  it("is one rolling issue with one comment a week", async () => {
    await stage.advanceTo("2024-09-23T07:05:00Z");
    const issue = digest();
    expect(issue?.body).toContain("**2 open** (0 a week ago) · **1 overdue** · 1 due within a week");
    const comments = () => stage.repo.comments(issue?.number ?? 0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain("- `@dev`\n  - [Watch the hit rate]");
    await stage.advanceTo("2024-09-24T07:05:00Z");
    expect(comments()).toHaveLength(1);
    const [first] = stage.trackingIssues();
    stage.repo.as("dev").closeIssue(first?.number ?? 0);
    await stage.settle();
    await stage.advanceTo("2024-09-30T07:05:00Z");
    expect(comments()).toHaveLength(2);
    expect(comments()[1]?.body).toContain("0 opened · 1 closed");
    expect(stage.repo.issues.filter((one) => one.title.startsWith("Weekly digest"))).toHaveLength(1);
    expect(stage.repo.issue(issue?.number ?? 0).body).toContain("1 open");
  });

  it("stays silent where there is nothing to say", async () => {
    for (const { number } of stage.trackingIssues()) stage.repo.as("dev").closeIssue(number);
    await stage.settle();
    await stage.advanceTo("2024-10-14T07:05:00Z");
    expect(digest()).toBeUndefined();
  });
});
