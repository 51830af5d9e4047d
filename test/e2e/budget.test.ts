/** A stranger's open pull request that names thousands: what it costs, and what is left for everybody else. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { another, TABLE } from "../fixtures/documents.js";
import { itAtLength } from "../support/long.js";
import { Stage } from "../support/stage.js";

const MANY = 3_000;
const HOUR_MS = 3_600_000;

/** A document whose items name so many logins and as many issues. */
const naming = (many: number) => {
  const rows = Array.from({ length: many }, (_, n) => `| Task number ${n} (#${n + 1}) | @stranger-${n} | 2024-12-01 |`);
  return `# Outage\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${rows.join("\n")}\n`;
};

let stage: Stage;
let fork: RepositoryHandle;
beforeEach(async () => {
  stage = await Stage.start({ limitsByClock: true });
  fork = stage.gh.fork("acme/shop", "eve");
});
afterEach(() => stage.close());

/** Eve, who may do nothing here, proposes documents from her fork; gives the pull request's number. */
async function propose(files: Record<string, string>): Promise<number> {
  fork.as("eve").commitFiles({ branch: "topic", files });
  const { number } = stage.repo.as("eve").openPull({ head: "eve:topic", title: "Huge" });
  await stage.settle();
  return number;
}

const lookUps = (from = 0) =>
  stage.gh.requests
    .slice(from)
    .filter(({ template }) => /\/assignees\/\{|\/issues\/\{issue_number\}$/.test(template))
    .map(({ path }) => path);
const report = (pull: number) => stage.repo.checks(stage.repo.issue(pull).pull?.head.sha ?? "").at(-1)?.summary ?? "";
const left = () => stage.gh.limits.status(`installation ID ${stage.installation.id}`).remaining;

it("costs a hundred look-ups, once, and the rest is told", async () => {
  const other = stage.gh.repository("acme/other", { members: { ada: "write", dev: "triage" } });
  stage.installation.addRepository("acme/other");
  await stage.settle();
  const [from, before] = [stage.gh.requests.length, left()];
  const pull = await propose({ "postmortems/huge.md": naming(MANY) });
  expect(lookUps(from)).toHaveLength(100);
  // An issue that is not there costs two: it is gone only where its repository is in sight. Why somebody cannot be assigned is asked of ten.
  expect(before - left()).toBeLessThanOrEqual(170);
  expect(report(pull)).toContain("Not looked up: 5900 people and linked issues. Of one document the first 100 are;");
  expect(report(pull)).toContain("| `@stranger-60` (not looked up) |");
  expect(report(pull)).toContain("| `@stranger-10` (cannot be assigned here) |");

  const again = stage.gh.requests.length;
  fork.as("eve").commitFiles({ branch: "topic", files: { "postmortems/huge.md": `${naming(MANY)}\nMore.\n` } });
  stage.repo.as("eve").closeIssue(pull);
  stage.repo.as("eve").reopenIssue(pull);
  await stage.settle();
  expect(lookUps(again)).toEqual([]);

  // Another repository of the same installation.
  const merge = stage.gh.requests.length;
  const ada = other.as("ada");
  ada.mergePull(ada.proposeFiles({ "postmortems/cache.md": TABLE }, "Add a postmortem").number);
  await stage.settle();
  expect(other.issues.map(({ title }) => title)).toEqual(["Watch the hit rate", "Update the runbook"]);
  expect(stage.gh.requests.slice(merge).every(({ status }) => status < 400 || status === 404)).toBe(true);
});

itAtLength(
  "never takes more than a tenth of what is left for all, goes on in the next hour where it stopped, and a merge passes it",
  async () => {
    stage.gh.limits.primary = 1_200;
    const room = () => Math.floor((left() - 1_200 / 4) / 10);
    const most = room();
    expect(most).toBeLessThan(100);
    const from = stage.gh.requests.length;
    const pull = await propose({ "postmortems/huge.md": naming(MANY) });
    expect(stage.gh.requests.length - from).toBeLessThanOrEqual(most + 4);
    expect(report(pull)).toMatch(
      /Not looked up yet: \d+ people and linked issues\. GitHub's limits leave no room right now/,
    );
    // What everybody else wants is done at once.
    await stage.merge({ "postmortems/cache.md": TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    for (let hour = 0; hour < 3; hour++) {
      stage.gh.clock.advance(HOUR_MS);
      await stage.settle();
    }
    expect(report(pull).includes("Not looked up yet")).toBe(false);
    const strangers = lookUps(from).filter((path) => path.includes("/assignees/stranger"));
    expect(strangers).toHaveLength(50);
    expect(new Set(strangers).size).toBe(50);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
  },
);

it("waits where little is left, and merges do not", async () => {
  stage.gh.limits.primary = 60;
  await stage.merge({ "postmortems/first.md": "# Nothing\n" });
  const from = stage.gh.requests.length;
  const pull = await propose({ "postmortems/huge.md": naming(MANY) });
  expect(stage.gh.requests.length).toBe(from);
  await stage.merge({ "postmortems/cache.md": TABLE });
  expect(stage.trackingIssues()).toHaveLength(2);
  stage.gh.limits.primary = 5_000;
  stage.gh.clock.advance(HOUR_MS);
  await stage.settle();
  expect(report(pull)).toContain("Not looked up: 5900");
});

itAtLength("reads a hundred postmortems of one that changes more", async () => {
  const files = Object.fromEntries(Array.from({ length: 130 }, (_, n) => [`postmortems/${n}.md`, another(TABLE, n)]));
  const from = stage.gh.requests.length;
  const pull = await propose(files);
  expect(stage.gh.requests.slice(from).filter(({ path }) => path.includes("/contents/postmortems"))).toHaveLength(100);
  expect(report(pull)).toContain("30 more postmortems of this pull request were not read for this check.");
});

itAtLength("merged, is asked about a hundred people, and the others are tried", async () => {
  stage.gh.limits.enabled = false;
  stage.repo.write({ ".github/follow-through.yml": "guards: { max_new_items: 500 }\n" });
  const rows = Array.from(
    { length: 130 },
    (_, n) => `| Task number ${n} | @${n === 120 ? "lisa" : `stranger-${n}`} | 2024-12-01 |`,
  );
  const from = stage.gh.requests.length;
  await stage.merge({
    "postmortems/many.md": `# Outage\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${rows.join("\n")}\n`,
  });
  for (let minute = 0; minute < 5; minute++) {
    stage.gh.clock.advance(61_000);
    await stage.settle();
  }
  expect(lookUps(from).filter((path) => path.includes("/assignees/"))).toHaveLength(100);
  expect(stage.trackingIssues()).toHaveLength(130);
  expect(stage.trackingIssues().flatMap(({ assignees }) => assignees.map(({ login }) => login))).toEqual(["lisa"]);
});

describe("commands of a stranger", () => {
  const told = (number: number) =>
    stage.repo.comments(number).filter(({ body }) => body.includes("nothing was changed"));
  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour++) {
      stage.gh.clock.advance(HOUR_MS);
      await stage.settle();
    }
  };

  it("wait where little is left, and those of who has a part in the repository do not", async () => {
    const pull = await stage.merge({ "postmortems/cache.md": TABLE });
    const [first = 0, second = 0] = stage.trackingIssues().map(({ number }) => number);
    stage.gh.limits.primary = 100;
    await stage.merge({ "postmortems/first.md": "# Nothing\n" });
    const from = stage.gh.requests.length;
    const said = stage.repo.as("eve").comment(first, "/due 2024-12-02");
    stage.repo.as("eve").comment(pull, "/follow-through open");
    await stage.settle();
    stage.gh.clock.advance(2_000);
    stage.repo.as("eve").editComment(said.id, "/due 2024-12-03");
    await stage.settle();
    expect(stage.gh.requests.length).toBe(from);
    stage.repo.as("ada").comment(second, "/due 2024-12-04");
    await stage.settle();
    expect(stage.repo.issue(second).body).toContain("Wed 4 Dec 2024");
    expect([told(first), told(pull)]).toEqual([[], []]);
    stage.gh.limits.primary = 5_000;
    await hours(2);
    expect([told(first), told(pull)].map(({ length }) => length)).toEqual([1, 1]);
    expect(stage.repo.issue(first).body).not.toContain("Dec 2024**");
  });

  it("that no webhook told of wait too, and are not forgotten", async () => {
    const pull = await stage.merge({ "postmortems/cache.md": TABLE });
    const [first = 0] = stage.trackingIssues().map(({ number }) => number);
    stage.gh.webhooks.drop = () => true;
    stage.repo.as("eve").comment(first, "/due 2024-12-02");
    stage.repo.as("eve").comment(pull, "/follow-through open");
    stage.gh.webhooks.drop = () => false;
    stage.gh.limits.primary = 100;
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect([told(first), told(pull)]).toEqual([[], []]);
    stage.gh.limits.primary = 5_000;
    await hours(2);
    expect([told(first), told(pull)].map(({ length }) => length)).toEqual([1, 1]);
  });
});
