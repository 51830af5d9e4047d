import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-gateway.md";

describe("a merged postmortem", () => {
  it("opens an issue for each open item, with owner, due date and labels", async () => {
    await stage.merge({ [PATH]: GATEWAY });
    const issues = stage.trackingIssues();
    expect(issues.map((issue) => issue.title)).toEqual([
      "Close connections on error paths",
      "Add integration tests for errors",
      "Write a runbook for the pool",
      "Look at the other services",
    ]);
    expect(issues.map((issue) => issue.assignees.map((user) => user.login))).toEqual([["lisa"], ["dev"], [], []]);
    expect(issues[0]?.body).toContain("**Fri 20 Sep 2024** (the postmortem says “Sept 20”)");
    expect(issues[0]?.body).toContain("SEV-1");
    expect(issues[2]?.body).toContain("Marcus R.");
    expect(issues[3]?.body).toContain("by policy");
  });

  it("gets one status comment, which follows what people do", async () => {
    const pull = await stage.merge({ [PATH]: GATEWAY, "postmortems/cache.md": TABLE });
    expect(stage.status(pull)).toContain("1 of 7 action items done");
    const [first, second] = stage.trackingIssues();
    stage.repo.as("lisa").closeIssue(first?.number ?? 0);
    await stage.settle();
    expect(stage.status(pull)).toContain("2 of 7 action items done");
    stage.repo.as("lisa").reopenIssue(first?.number ?? 0);
    stage.repo.as("ada").unassign(second?.number ?? 0, "dev");
    stage.repo.as("ada").assign(second?.number ?? 0, "lisa");
    await stage.settle();
    expect(stage.status(pull)).toContain("1 of 7 action items done");
    expect(stage.status(pull)).toMatch(/Add integration tests for errors.*`@lisa`/);
    expect(second?.body).toContain("| **Owner** | @lisa |");
  });

  it("is not followed through twice, whatever is delivered again", async () => {
    const pull = await stage.merge({ [PATH]: GATEWAY });
    const before = stage.gh.requests.length;
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    await stage.settle();
    expect(stage.spent(before, "POST")).toBe(0);
    expect(stage.spent(before, "PATCH")).toBe(0);
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(stage.status(pull)).toBeTruthy();
  });
});
