/** Later merges, and what people do to the issues in between. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";

/** A document with a table of items, `| action | owner | due | status |` a row. */
const document = (...rows: string[]) =>
  [
    "# Cache outage",
    "",
    "**Date:** 2024-09-10",
    "",
    "## Action items",
    "",
    "| Action | Owner | Due | Status |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");

const WATCH = "| Watch the hit rate of every cache node | @dev | 2024-09-20 | open |";
const RUNBOOK = "| Write the runbook for a cold start | @lisa | 2024-09-24 | open |";

const issue = (title: string) => {
  const found = stage.trackingIssues().find((one) => one.title.includes(title));
  if (!found) throw new Error(`no issue about ${title}`);
  return found;
};

/** From now on counts how often the issue is read from GitHub, and item and document from the store. */
function countReads(number: number): () => Record<"issue" | "item" | "document", number> {
  const from = stage.gh.requests.length;
  const { store } = stage.service.context;
  const [item, document] = [vi.spyOn(store, "itemOfIssue"), vi.spyOn(store, "document")];
  return () => ({
    issue: stage.gh.requests
      .slice(from)
      .filter(({ method, path }) => method === "GET" && path.endsWith(`/issues/${number}`)).length,
    item: item.mock.calls.length,
    document: document.mock.calls.length,
  });
}

describe("what people do to a tracking issue", () => {
  sampled(it, 2).each([
    ["its title", (number: number) => stage.repo.as("lisa").editIssueTitle(number, "Watch the hit rates")],
    ["its state", (number: number) => stage.repo.as("lisa").closeIssue(number)],
    ["a command", (number: number) => stage.repo.as("lisa").comment(number, "/due 2024-10-04")],
  ])("%s, is looked at in one read of the issue, its item and its document", async (_, change) => {
    await stage.merge({ [PATH]: document(WATCH) });
    const { number } = issue("hit rate");
    const reads = countReads(number);
    change(number);
    await stage.settle();
    expect(reads()).toEqual({ issue: 1, item: 1, document: 1 });
  });

  sampled(it, 1).each([
    ["its state", (number: number) => stage.repo.as("lisa").closeIssue(number)],
    ["a command", (number: number) => stage.repo.as("lisa").comment(number, "/due 2024-10-04")],
  ])("%s, where it was adopted, is looked at in as few", async (_, change) => {
    const { number } = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" });
    await stage.merge({ [PATH]: document(WATCH.replace("cache node", `cache node (#${number})`)) });
    expect(stage.trackingIssues()).toEqual([]);
    const reads = countReads(number);
    change(number);
    await stage.settle();
    expect(reads()).toEqual({ issue: 1, item: 1, document: 1 });
  });

  it("while no webhook told of it, is looked at by the sweep in one read of the issue", async () => {
    await stage.merge({ [PATH]: document(WATCH) });
    const { number } = issue("hit rate");
    stage.gh.webhooks.hold();
    stage.repo.as("lisa").closeIssue(number);
    const reads = countReads(number);
    stage.gh.clock.advance(60 * 60_000);
    await stage.service.tick();
    await stage.service.workers.drain();
    expect(reads().issue).toBe(1);
    expect(issue("hit rate").state).toBe("closed");
    stage.gh.webhooks.release();
  });
});

describe("a later merge that edits the document", () => {
  it("opens only what is new, and links to the home of the status comment once", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH) });
    const second = await stage.merge({ [PATH]: document(WATCH, RUNBOOK) }, "lisa");
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(home)).toContain("0 of 2 action items done");
    const linking = stage.repo.comments(second);
    expect(linking).toHaveLength(1);
    expect(linking[0]?.body).toContain(`#${home}`);
  });

  it("brings new titles, dates, owners and ticks to the issues", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    const number = issue("hit rate").number;
    await stage.merge({
      [PATH]: document(
        "| Watch the hit rate of every single cache node | @lisa | 2024-10-04 | open |",
        RUNBOOK.replace("open", "done"),
      ),
    });
    const watch = stage.repo.issue(number);
    expect(watch.title).toBe("Watch the hit rate of every single cache node");
    expect(watch.assignees.map((user) => user.login)).toEqual(["lisa"]);
    expect(watch.body).toContain("**Fri 4 Oct 2024**");
    expect(watch.body).toContain("once: from Fri 20 Sep 2024 to Fri 4 Oct 2024, by the postmortem");
    expect(issue("runbook").state).toBe("closed");
    expect(stage.status(home)).toContain("1 of 2 action items done");
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("reopens an issue whose item is unticked again, if the tick had closed it", async () => {
    await stage.merge({ [PATH]: document(WATCH) });
    await stage.merge({ [PATH]: document(WATCH.replace("open", "done")) });
    expect(issue("hit rate").state).toBe("closed");
    await stage.merge({ [PATH]: document(WATCH) });
    expect(issue("hit rate").state).toBe("open");
  });

  it("opens other work that took a closed item's place, for its own owner", async () => {
    const home = await stage.merge({
      [PATH]: document("| Upgrade PostgreSQL to 16 | @dev | 2024-09-20 | open |", RUNBOOK),
    });
    const { number } = issue("PostgreSQL");
    stage.repo.as("dev").closeIssue(number);
    await stage.settle();
    await stage.merge({ [PATH]: document("| Upgrade Redis to 7 | @lisa | 2024-09-27 | open |", RUNBOOK) });
    expect(issue("Redis")).toMatchObject({ state: "open", assignees: [{ login: "lisa" }] });
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed", title: "Upgrade PostgreSQL to 16" });
    // The one that was closed left the document as done.
    expect(stage.status(home)).toContain("1 of 3 action items done");
  });

  it("issue closed, a typo fixed: nothing opens, and it stays closed", async () => {
    const typo = WATCH.replace("Watch", "Wacth");
    const home = await stage.merge({ [PATH]: document(typo, RUNBOOK) });
    const { number } = issue("hit rate");
    stage.repo.as("dev").closeIssue(number);
    await stage.settle();
    await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.repo.issue(number)).toMatchObject({
      state: "closed",
      title: "Watch the hit rate of every cache node",
    });
    expect(stage.status(home)).toContain("1 of 2 action items done");
  });

  it("leaves alone what a person changed on the issue, and shows where both changed", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    const ada = stage.repo.as("ada");
    ada.editIssueTitle(issue("hit rate").number, "Watch the hit rate (see dashboard)");
    ada.assign(issue("runbook").number, "dev");
    ada.unassign(issue("runbook").number, "lisa");
    await stage.settle();
    await stage.merge({ [PATH]: document(WATCH, RUNBOOK.replace("@lisa", "@ada")) });
    expect(issue("hit rate").title).toBe("Watch the hit rate (see dashboard)");
    expect(issue("runbook").assignees.map((user) => user.login)).toEqual(["dev"]);
    expect(stage.status(home)).toContain("differ on the owner: “ada” in the postmortem, “dev” on the issue");
  });

  it("keeps what a person wrote around the managed section, also with CRLF", async () => {
    await stage.merge({ [PATH]: document(WATCH) });
    const { number, body } = issue("hit rate");
    stage.repo.as("dev").editIssueBody(number, `My plan:\n\n- look at node 3\n\n${body}\n\nAnd a note below.`);
    await stage.settle();
    await stage.merge({ [PATH]: document(WATCH.replace("2024-09-20", "2024-09-27")) });
    const after = stage.repo.issue(number).body?.replace(/\r\n/g, "\n");
    expect(after).toContain("My plan:\n\n- look at node 3\n");
    expect(after).toContain("And a note below.");
    expect(after).toContain("**Fri 27 Sep 2024**");
    expect(after?.match(/follow-through:item/g)).toHaveLength(1);
  });

  it("repairs a managed section that a person deleted, below their text", async () => {
    await stage.merge({ [PATH]: document(WATCH) });
    const { number } = issue("hit rate");
    stage.repo.as("dev").editIssueBody(number, "I will do it on Monday.");
    await stage.settle();
    expect(stage.repo.issue(number).body).toMatch(/^I will do it on Monday\.\s+<!-- follow-through:begin -->/);
  });

  it("never closes an issue because its item left the document, and says so", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    await stage.merge({ [PATH]: document(WATCH) });
    expect(issue("runbook").state).toBe("open");
    expect(issue("runbook").body).toContain("no longer stands in the");
    expect(stage.status(home)).toContain("Not in the document any more");
    await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(issue("runbook").body).not.toContain("no longer stands");
  });

  it("follows a renamed document", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH) });
    await stage.merge({ [PATH]: null, "postmortems/2024/cache.md": document(WATCH, RUNBOOK) });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(home)).toContain("postmortems/2024/cache.md");
    expect(stage.status(home)).not.toContain("The document was removed");
  });

  it("says when a document was removed, and leaves its issues", async () => {
    const home = await stage.merge({ [PATH]: document(WATCH) });
    await stage.merge({ [PATH]: null });
    expect(issue("hit rate").state).toBe("open");
    expect(stage.status(home)).toContain("The document was removed on");
  });

  it("writes nothing where lines merely shift", async () => {
    await stage.merge({ [PATH]: document(WATCH, RUNBOOK) });
    const before = stage.gh.requests.length;
    await stage.merge({ [PATH]: document(WATCH, RUNBOOK).replace("## Action", "Some more words.\n\n## Action") });
    expect(stage.spent(before, "PATCH")).toBe(0);
    // One linking line on the second pull request, and nothing else.
    expect(
      stage.gh.requests.slice(before).filter(({ method, path }) => method === "POST" && path.includes("/repos/")),
    ).toHaveLength(1);
  });
});

describe("an issue the document already links", () => {
  it("is adopted with one comment instead of opening another", async () => {
    const own = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible", body: "Found in the outage." });
    const home = await stage.merge({
      [PATH]: document(`| Watch the hit rate (#${own.number}) | @dev | 2024-09-20 | open |`),
    });
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(stage.repo.issue(own.number)).toMatchObject({
      title: "Hit rate is invisible",
      body: "Found in the outage.",
    });
    expect(stage.repo.comments(own.number)).toHaveLength(1);
    // Nobody was asked for there, and nobody turned down.
    expect(stage.repo.comments(own.number)[0]?.body).not.toContain("cannot be assigned");
    expect(stage.status(home)).not.toContain("cannot be assigned");
    stage.repo.as("lisa").closeIssue(own.number);
    await stage.settle();
    expect(stage.status(home)).toContain("1 of 1 action item done");
    expect(stage.repo.comments(own.number)).toHaveLength(1);
  });

  it("is left alone where the sentence only speaks of it", async () => {
    const lisa = stage.repo.as("lisa");
    for (const title of ["The cache is slow", "Bound the queue", "Retry forever"]) lisa.openIssue({ title });
    lisa.closeIssue(3);
    await stage.merge({
      [PATH]: document(
        "| Write a test for the bug in #1 | @dev | 2024-09-20 | open |",
        "| Revert #2 | @dev | 2024-09-20 | open |",
        "| Fix [#3](../issues/3) for good | @dev | 2024-09-20 | open |",
      ),
    });
    expect([1, 2, 3].map((number) => stage.repo.comments(number).length)).toEqual([0, 0, 0]);
    expect(stage.trackingIssues().map(({ title }) => title)).toEqual([
      "Write a test for the bug in #1",
      "Revert #2",
      "Fix #3 for good",
    ]);
  });
});

describe("a link to an issue", () => {
  sampled(it, 2).each([
    ["here", (web: string) => `${web}/acme/shop/issues/1`, 1],
    ["on another host", () => "https://gitlab.example/acme/shop/issues/1", 0],
    ["on a host that looks like this one", (web: string) => `${web}@evil.example/acme/shop/issues/1`, 0],
    ["in another repository", (web: string) => `${web}/acme/other/issues/1`, 0],
  ])("%s", async (_, url, adopted) => {
    const own = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" });
    expect(own.number).toBe(1);
    const link = `[#1](${url(stage.service.context.web)})`;
    await stage.merge({ [PATH]: document(`| Watch the hit rate ${link} | @dev | 2024-09-20 | open |`) });
    expect(stage.repo.comments(1)).toHaveLength(adopted);
    expect(stage.trackingIssues()).toHaveLength(1 - adopted);
  });
});

describe("a policy that changes", () => {
  const POLICY = ".github/follow-through.yml";

  it("assigns the owners it names now, and moves no date that was promised", async () => {
    const pull = await stage.merge({ "postmortems/cache.md": TABLE, "postmortems/gateway.md": GATEWAY });
    const dues = () => stage.trackingIssues().map(({ body }) => body?.match(/\*\*Due\*\*.*/)?.[0]);
    const before = dues();
    await stage.merge({ [POLICY]: 'owners:\n  Web Team: "@lisa"\ndue: { default: 5 }\n' });
    const runbook = stage.trackingIssues().find(({ title }) => title === "Update the runbook");
    expect(runbook?.assignees.map(({ login }) => login)).toEqual(["lisa"]);
    expect(stage.status(pull)).not.toContain('"Web Team"');
    expect(dues()).toEqual(before);
    const from = stage.gh.requests.length;
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(stage.spent(from, "PATCH")).toBe(0);
  });

  it("leaves alone the old documents that only it takes for postmortems, but not one that comes with it", async () => {
    stage.repo.as("ada").pushDirect({ "learnings/old.md": GATEWAY });
    await stage.settle();
    await stage.advanceTo("2024-09-17T09:10:00Z");
    stage.gh.webhooks.drop = () => true;
    await stage.merge({ [POLICY]: 'postmortems: { include: ["learnings/**"] }\n', "learnings/new.md": TABLE });
    await stage.advanceTo("2024-09-17T10:10:00Z");
    expect(stage.trackingIssues().map(({ title }) => title)).toEqual(["Watch the hit rate", "Update the runbook"]);
  });
});
