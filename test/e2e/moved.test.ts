/**
 * What goes elsewhere between the look at it and the write: GitHub answers the write with a redirect, and no write is ever led on
 * into a repository that nobody meant.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

const PATH = "postmortems/cache.md";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  stage.gh.repository("acme/elsewhere", { members: { ada: "write" } });
  stage.installation.addRepository("acme/elsewhere");
  await stage.settle();
});
afterEach(() => stage.close());

/** Does something once, just before the App's next request of that kind. */
function justBefore(method: string, path: RegExp, act: () => void): void {
  stage.gh.onRequest = (phase, request) => {
    if (phase !== "before" || request.method !== method || !path.test(request.path)) return;
    stage.gh.onRequest = () => {};
    act();
  };
}

const elsewhere = () => stage.gh.world.needRepository("acme/elsewhere");
const byApp = (text: string | null | undefined) => text?.includes("follow-through:nudge") ?? false;

describe("an issue that is transferred just before", () => {
  let number: number;
  let pull: number;
  beforeEach(async () => {
    pull = await stage.merge({ [PATH]: TABLE });
    number = stage.trackingIssues()[0]?.number ?? 0;
    stage.gh.webhooks.drop = ({ event }) => event === "issues";
  });
  const transfer = () => void stage.repo.as("ada").transferIssue(number, "acme/elsewhere");

  it("its overdue comment is written: nothing is written where it went, and the others get theirs", async () => {
    justBefore("POST", new RegExp(`/issues/${number}/comments`), transfer);
    await stage.advanceTo("2024-09-26T10:05:00Z");
    await stage.recover();
    expect([...elsewhere().comments.values()].filter(({ body }) => byApp(body))).toEqual([]);
    const left = stage.trackingIssues();
    expect(left).toHaveLength(1);
    // Nobody has it: its author is asked, on the pull request.
    expect([...stage.repo.state.comments.values()].filter(({ body }) => byApp(body))).toHaveLength(1);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
  });

  it("its text is written: what went stays as it was, counts as closed, and no other is opened for it", async () => {
    const was = stage.trackingIssues()[0]?.body;
    justBefore("PATCH", new RegExp(`/issues/${number}$`), transfer);
    await stage.merge({
      [PATH]: TABLE.replace("Watch the hit rate", "Watch the hit rate of each shard").replace("| P1", "| P2"),
    });
    await stage.recover();
    const [gone] = [...elsewhere().issues.values()];
    expect(gone === undefined || gone.body === was).toBe(true);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    expect(stage.status(pull)).toBeDefined();
    expect(
      stage.gh.requests.filter(({ path }) => /^\/repositories\//.test(path)).map(({ method }) => method),
    ).not.toContain("PATCH");
  });
});

describe("a repository that is renamed just before", () => {
  it("its issues are opened: each is, once, under the new name", async () => {
    justBefore("POST", /\/issues$/, () => stage.repo.as("ada").renameRepository("store"));
    await stage.merge({ [PATH]: TABLE });
    await stage.recover();
    expect(stage.trackingIssues()).toHaveLength(2);
    const writes = stage.gh.requests.filter(({ method, status }) => method !== "GET" && status < 300);
    expect(writes.filter(({ path }) => path.startsWith("/repositories/"))).toEqual([]);
  });
});
