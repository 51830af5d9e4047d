/** The check run of an open pull request: what its author sees before the merge. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckRun } from "../../emulator/world.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-gateway.md";
const TOLD = "POST /repos/{owner}/{repo}/check-runs";
const TOLD_MORE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

/** Of the check on {@link GATEWAY}. */
const TITLE = "4 action items: 2 ready, 1 without an owner, 1 whose owner GitHub does not know";
const LEFT_ALONE = "Left alone, as the label asks";

const headOf = (pull: number): string => stage.repo.issue(pull).pull?.head.sha ?? "";

/** Opens a pull request by ada, from a branch `topic`, and lets the service work; gives its number. */
async function propose(files: Record<string, string | null>, branch = "topic"): Promise<number> {
  const { number } = stage.repo.as("ada").proposeFiles(files, "Add a postmortem", branch);
  await stage.settle();
  return number;
}

const checks = (pull: number): CheckRun[] => stage.repo.checks(headOf(pull));

/** The one check run at a pull request's head. */
function check(pull: number): CheckRun {
  const [run, ...others] = checks(pull);
  if (!run || others.length > 0) throw new Error(`${checks(pull).length} check runs instead of one`);
  return run;
}

/** What was written to GitHub since a request, tokens left out. */
const writes = (from: number): string[] =>
  stage.gh.requests
    .slice(from)
    .filter(({ method, path }) => method !== "GET" && !path.endsWith("/access_tokens"))
    .map(({ method, template }) => `${method} ${template}`);

const deadLetters = () => stage.service.context.store.work.deadLetters();

/** Lets time pass until nothing is left to be tried again. */
async function recover(): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await stage.settle();
    const next = await stage.service.context.store.work.nextAt(stage.gh.clock.now());
    if (next === null) return;
    stage.gh.clock.set(next);
  }
  throw new Error("it is tried again for ever");
}

describe("a pull request with a postmortem", () => {
  it("is told what its merge will do, and nothing is opened before", async () => {
    const pull = await propose({ [PATH]: GATEWAY });
    const { name, status, conclusion, title, summary } = check(pull);
    expect([name, status, conclusion]).toEqual(["Follow-Through", "completed", "neutral"]);
    expect(title).toBe(TITLE);
    expect(summary).toContain("4 issues would be opened, 1 item done.");
    expect(summary).toMatch(/Close connections on error paths \| `@lisa` \| Fri 20 Sep 2024 \(the postmortem says/);
    expect(summary).toMatch(/Look at the other services \| ⚠️ nobody \| 30 days after the merge \(by policy/);
    expect(summary).toContain('"Marcus R.": "@login"');
    expect(stage.repo.issues).toEqual([]);
  });

  it("shows what to fix beside the lines, and fails only where the policy calls it an error", async () => {
    const bad = GATEWAY.replace("Due Oct 1", "Due Feb 30");
    const first = await propose({ [PATH]: bad });
    expect(check(first).conclusion).toBe("neutral");
    expect(check(first).annotations).toMatchObject([
      {
        path: PATH,
        start_line: 22,
        end_line: 22,
        annotation_level: "warning",
        title: "unreadable-due-date",
        message: expect.stringMatching(/"Feb 30" cannot be read.*Write the day as YYYY-MM-DD/),
      },
      {
        start_line: 26,
        annotation_level: "warning",
        title: "unknown-owner",
        message: expect.stringMatching(/^Nobody is assigned for "Marcus R\.": .* say under `owners` in the policy/),
      },
      { start_line: 27, annotation_level: "warning", title: "no-owner" },
    ]);
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "problems: { no-owner: error }\n" });
    const second = await propose({ [PATH]: `${bad}\n` }, "other");
    expect(check(second)).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(/^1 error to fix; 4 action items: /),
    });
    expect(check(second).annotations.map((one) => one.annotation_level)).toEqual(["failure", "warning", "warning"]);
  });

  it("promises what the merge then does", async () => {
    const pull = await propose({ [PATH]: GATEWAY, "postmortems/cache.md": TABLE });
    const promised = [...(check(pull).summary ?? "").matchAll(/^\| \[\d+\]\([^)]*\) \| ([^|]+) \|/gm)].map(
      ([, title]) => title,
    );
    stage.repo.as("ada").mergePull(pull);
    await stage.settle();
    expect(stage.trackingIssues().map((issue) => issue.title)).toEqual(promised);
    expect(promised).toHaveLength(6);
  });

  it("is told what would change on the issues that are there", async () => {
    await stage.merge({ [PATH]: GATEWAY });
    const [close, tests, runbook, look] = stage.trackingIssues().map((issue) => issue.number);
    const edited = GATEWAY.replace("Due Sept 20", "Due Sept 27")
      .replace("Add integration tests for errors - *@dev", "Add integration tests for all errors - *@lisa")
      .replace("- [ ] **OPS-4:**", "- [x] **OPS-4:**")
      .replace("- [ ] Look at the other services", "- [ ] Rotate the keys of the gateway, @dev, due Oct 4");
    const pull = await propose({ [PATH]: edited });
    const { title, summary } = check(pull);
    expect(title).toBe("1 action item: ready; 4 issues would change");
    expect(summary).toMatch(new RegExp(`#${close}\\].*is due Fri 27 Sep 2024 instead of Fri 20 Sep 2024`));
    expect(summary).toMatch(
      new RegExp(`#${tests}\\].*is called “Add integration tests for all errors”; passes from \`@dev\` to \`@lisa\``),
    );
    expect(summary).toMatch(new RegExp(`#${runbook}\\].*is closed, since its item is ticked`));
    expect(summary).toMatch(new RegExp(`#${look}\\].*stays open, though its item leaves the document`));
    // Foreseen only: what is tracked has not moved.
    expect(stage.repo.issue(close ?? 0).body).toContain("Fri 20 Sep 2024");
  });

  it("is told of guards that will hold its items back, and of documents it removes", async () => {
    await stage.merge({ [PATH]: GATEWAY });
    const many = Array.from({ length: 51 }, (_, index) => `- [ ] Fix part ${index} of the cache, @dev, due Oct 4`);
    const pull = await propose({
      [PATH]: null,
      "postmortems/big.md": `# Big\n\n## Action items\n\n${many.join("\n")}\n`,
    });
    const { title, summary } = check(pull);
    expect(title).toBe("51 action items held back; 1 postmortem removed");
    expect(summary).toContain("more new action items than one pull request opens by itself");
    expect(summary).toContain("To open them after the merge, comment `/follow-through open` on this pull request.");
    expect(summary).toContain("would be removed. 4 open issues of it would wait until it is back");
  });

  it("is told of issues that would be followed instead of opening others", async () => {
    const own = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" });
    const pull = await propose({
      "postmortems/cache.md": TABLE.replace("Watch the hit rate", `Watch the hit rate (#${own.number})`),
    });
    expect(check(pull).summary).toMatch(new RegExp(`Watch the hit rate \\(by \\[#${own.number}\\]`));
  });

  it("is told that a login cannot be assigned", async () => {
    const pull = await propose({ [PATH]: GATEWAY.replaceAll("@lisa", "@eve") });
    expect(check(pull).title).toContain("2 whose owner GitHub does not know");
    expect(check(pull).summary).toContain("`@eve` cannot be assigned in this repository");
    const told = check(pull).annotations.filter(({ title }) => title === "unassignable-owner");
    expect(told.map(({ start_line }) => start_line)).toEqual([21]);
    expect(told[0]?.message).toBe(
      "@eve cannot be assigned in this repository. Give them access to it, or name somebody else.",
    );
  });

  it("is neutral where there is nothing to follow", async () => {
    const pull = await propose({ [PATH]: "# Outage\n\nIt was short.\n" });
    expect(check(pull)).toMatchObject({ conclusion: "neutral", title: "No action items found" });
    expect(check(pull).annotations).toEqual([]);
  });

  it("a draft is checked too", async () => {
    const ada = stage.repo.as("ada");
    ada.commitFiles({ branch: "topic", files: { [PATH]: GATEWAY } });
    const { number } = ada.openPull({ head: "topic", title: "Not ready", draft: true });
    await stage.settle();
    expect(check(number).conclusion).toBe("neutral");
    const from = stage.gh.requests.length;
    ada.markReady(number);
    await stage.settle();
    expect(writes(from)).toEqual([]);
  });

  it("from a fork is read at the fork's commit, under this repository's policy", async () => {
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": 'owners: { Marcus R: "@dev" }\n' });
    const fork = stage.gh.fork("acme/shop", "eve");
    fork.as("eve").commitFiles({
      branch: "topic",
      files: { [PATH]: GATEWAY, ".github/follow-through.yml": "enabled: false\n" },
    });
    const { number } = stage.repo.as("eve").openPull({ head: "eve:topic", title: "Add a postmortem" });
    await stage.settle();
    expect(check(number).summary).toMatch(/Write a runbook for the pool \| `@dev`/);
  });
});

describe("more annotations than GitHub takes in a request", () => {
  const unreadable = (count: number) => {
    const items = Array.from({ length: count }, (_, index) => `- [ ] Fix part ${index} of the cache, @dev, due Feb 30`);
    return `# Outage\n\n**Date:** 2024-09-12\n\n## Action items\n\n${items.join("\n")}\n`;
  };
  const POLICY = { ".github/follow-through.yml": "guards: { max_new_items: 1000 }\n" };
  beforeEach(async () => {
    stage.repo.as("ada").pushDirect(POLICY);
    await stage.settle();
  });
  /** Each line once, in order. */
  const lines = (count: number) => Array.from({ length: count }, (_, index) => 7 + index);
  const told = (pull: number) => check(pull).annotations.map((one) => one.start_line);

  sampled(it, 2).each([
    [50, 0],
    [1, 0],
    [51, 1],
    [100, 1],
    [150, 2],
  ])("%i: one request creates it, %i add to it", async (count, more) => {
    const from = stage.gh.requests.length;
    const pull = await propose({ [PATH]: unreadable(count) });
    expect(told(pull)).toEqual(lines(count));
    expect(writes(from)).toEqual([TOLD, ...Array(more).fill(TOLD_MORE)]);
  });

  it("above 300 the rest is counted, not shown", async () => {
    const pull = await propose({ [PATH]: unreadable(310) });
    expect(told(pull)).toEqual(lines(300));
    expect(check(pull).summary).toContain("The 10 least severe ones are not shown.");
    expect(check(pull).summary?.length).toBeLessThanOrEqual(65_535);
  });

  sampled(it, 1).each(["reset-before", "reset-after"] as const)(
    "a crash around the second batch (%s): it goes on, each annotation once",
    async (kind) => {
      stage.gh.faults.add({ method: "PATCH", path: /\/check-runs\//, fault: { kind } });
      const pull = await propose({ [PATH]: unreadable(150) });
      expect(told(pull).length).toBeLessThan(150);
      // What stands at once is the verdict: a check that waits for its annotations hangs for ever where nobody comes back.
      expect(check(pull)).toMatchObject({ status: "completed", conclusion: "neutral" });
      await recover();
      expect(told(pull)).toEqual(lines(150));
    },
  );

  itAtLength("what many items lack is one annotation", async () => {
    const items = Array.from({ length: 30 }, (_, index) => `- [ ] Fix part ${index} of the cache`);
    const pull = await propose({ [PATH]: `# Outage\n\n## Action items\n\n${items.join("\n")}\n` });
    expect(check(pull).annotations.map(({ title, start_line }) => [title, start_line])).toEqual([
      ["no-owner", 5],
      ["no-due-date", 5],
    ]);
    expect(check(pull).annotations[0]?.message).toMatch(
      /^Without an owner: the items in lines 5, 6, .* and 10 more\. Name/,
    );
  });
});

describe("exactly once", () => {
  it("deliveries that come again write nothing, and list nothing", async () => {
    const pull = await propose({ [PATH]: GATEWAY });
    const from = stage.gh.requests.length;
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    await stage.settle();
    expect(writes(from)).toEqual([]);
    expect(stage.gh.requests.slice(from).filter(({ path }) => path.includes("check-runs"))).toEqual([]);
    expect(check(pull).conclusion).toBe("neutral");
  });

  it("a new head is checked, and only the newest", async () => {
    const ada = stage.repo.as("ada");
    const pull = await propose({ [PATH]: GATEWAY });
    const first = headOf(pull);
    stage.gh.webhooks.hold();
    const second = ada.commitFiles({ branch: "topic", files: { [PATH]: GATEWAY.replace("@dev", "@lisa") } });
    const third = ada.commitFiles({ branch: "topic", files: { [PATH]: TABLE } });
    stage.gh.webhooks.release((held) => [...held].reverse());
    await stage.settle();
    expect([first, second, third].map((sha) => stage.repo.checks(sha).length)).toEqual([1, 0, 1]);
    expect(check(pull).title).toContain("2 action items");
  });

  it("a create that a crash left in doubt does not hold up the next head", async () => {
    stage.gh.faults.add({ method: "POST", path: /\/check-runs$/, fault: { kind: "reset-after" } });
    const pull = await propose({ [PATH]: GATEWAY });
    stage.repo.as("ada").commitFiles({ branch: "topic", files: { [PATH]: TABLE } });
    await recover();
    expect(check(pull).title).toContain("2 action items");
    expect(await stage.service.context.store.intents(stage.repo.state.id)).toEqual([]);
  });

  it("a lost database makes no second one", async () => {
    const pull = await propose({ [PATH]: GATEWAY });
    await stage.service.context.store.forgetComment(stage.repo.state.id, `check:${pull}`);
    const from = stage.gh.requests.length;
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    await stage.settle();
    expect(writes(from)).toEqual([]);
    expect(checks(pull)).toHaveLength(1);
  });

  sampled(it, 1).each(["reset-after", "reset-before", "truncate"] as const)(
    "a create whose answer never came (%s) is looked for",
    async (kind) => {
      stage.gh.faults.add({ method: "POST", path: /\/check-runs$/, fault: { kind } });
      const pull = await propose({ [PATH]: GATEWAY });
      await recover();
      expect(check(pull).conclusion).toBe("neutral");
      expect(await stage.service.context.store.intents(stage.repo.state.id)).toEqual([]);
      expect(await deadLetters()).toEqual([]);
    },
  );

  it("another report on the same commit is a new check run, and the newest is the true one", async () => {
    const ada = stage.repo.as("ada");
    const pull = await propose({ [PATH]: GATEWAY });
    ada.label(pull, "no-follow-through");
    await stage.settle();
    expect(checks(pull).map(({ title }) => title)).toEqual([TITLE, LEFT_ALONE]);
    ada.unlabel(pull, "no-follow-through");
    await stage.settle();
    expect(checks(pull).map(({ title }) => title)).toEqual([TITLE, LEFT_ALONE, TITLE]);
  });

  it("“Re-run” checks again: the same is said again, a fixed policy says something new", async () => {
    const pull = await propose({ [PATH]: GATEWAY });
    const from = stage.gh.requests.length;
    stage.repo.as("ada").rerunCheck(check(pull).id);
    await stage.settle();
    expect(writes(from)).toEqual([TOLD_MORE]);
    expect(check(pull).annotations).toHaveLength(2);
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": 'owners: { Marcus R: "@dev" }\n' });
    stage.repo.as("ada").rerunCheck(check(pull).id);
    await stage.settle();
    expect(checks(pull).at(-1)?.title).toBe("4 action items: 3 ready, 1 without an owner");
  });
});

describe("a postmortem that opted out in front matter that is broken elsewhere", () => {
  const OUT = GATEWAY.replace(/^/, "---\ntitle: Gateway: an outage\nfollow-through: no\n---\n");
  const LEFT = "Left alone, as the front matter asks";

  it("is left alone by the check, by “Re-run” and by the merge, until it asks no more", async () => {
    const pull = await propose({ [PATH]: OUT });
    expect(check(pull)).toMatchObject({ conclusion: "neutral", title: LEFT, annotations: [] });
    expect(check(pull).summary).toContain("its front matter says `follow-through: no`");
    stage.repo.as("ada").rerunCheck(check(pull).id);
    await stage.settle();
    expect(check(pull).title).toBe(LEFT);
    stage.repo.as("ada").mergePull(pull);
    await stage.settle();
    await stage.advanceTo("2024-09-16T11:10:00Z");
    await stage.loseDatabase();
    await stage.advanceTo("2024-09-16T12:10:00Z");
    expect(stage.repo.issues).toEqual([]);
    await stage.merge({ [PATH]: OUT.replace("follow-through: no\n", "") });
    expect(stage.trackingIssues()).toHaveLength(4);
  });

  it.each(["reset-before", "reset-after"] as const)(
    "is said once where the report is cut (%s) and tried again",
    async (kind) => {
      stage.gh.faults.add({ method: "POST", path: /\/check-runs$/, fault: { kind } });
      const pull = await propose({ [PATH]: OUT });
      await recover();
      expect(check(pull).title).toBe(LEFT);
      expect(await deadLetters()).toEqual([]);
    },
  );
});

describe("what is left alone", () => {
  /** The policy is read with the first document after a start, and then kept. */
  const readPolicy = () => propose({ "docs/first.md": "# First\n" }, "first");

  it("a pull request without Markdown costs one request, one without a postmortem two", async () => {
    await readPolicy();
    const from = stage.gh.requests.length;
    await propose({ "src/index.ts": "export {};\n" });
    expect(stage.gh.spent(from)).toEqual({ "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": 1 });
    const next = stage.gh.requests.length;
    await propose({ "docs/guide.md": "# Guide\n" }, "docs");
    // The files, and the pull request with its repository's facts. Nothing tells of another policy than the one that was read.
    expect(stage.spent(next)).toBe(2);
    expect(stage.spent(from, "POST")).toBe(0);
  });

  it("a postmortem with two owners costs six", async () => {
    await readPolicy();
    const from = stage.gh.requests.length;
    await propose({ [PATH]: GATEWAY });
    const repository = "/repos/{owner}/{repo}";
    expect(stage.gh.spent(from)).toEqual({
      [`GET ${repository}/pulls/{pull_number}/files`]: 1,
      [`GET ${repository}/contents/{path}`]: 1,
      [`GET ${repository}/pulls/{pull_number}`]: 1,
      [`GET ${repository}/assignees`]: 1,
      [`GET ${repository}/commits/{ref}/check-runs`]: 1,
      [TOLD]: 1,
    });
  });

  it.each<[string, Record<string, string>]>([
    ["templates and READMEs", { "postmortems/template.md": GATEWAY, "postmortems/README.md": GATEWAY }],
    [
      "symlinks and pointers",
      { "postmortems/b.md": "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 3\n" },
    ],
  ])("%s", async (_, files) => {
    expect(checks(await propose(files))).toEqual([]);
  });

  it("a repository whose policy is switched off", async () => {
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "enabled: false\n" });
    expect(checks(await propose({ [PATH]: GATEWAY }))).toEqual([]);
  });

  it("a pull request into another branch, until its base is the default branch", async () => {
    const ada = stage.repo.as("ada");
    ada.commitFiles({ branch: "next", files: { "x.txt": "x" } });
    ada.commitFiles({ branch: "topic", files: { [PATH]: GATEWAY } });
    const { number } = ada.openPull({ head: "topic", base: "next", title: "Add" });
    await stage.settle();
    expect(checks(number)).toEqual([]);
    ada.changeBase(number, "main");
    await stage.settle();
    expect(check(number).conclusion).toBe("neutral");
  });

  it("what asks for it by its label or front matter: said in a neutral check", async () => {
    const pull = await propose({ [PATH]: `---\nfollow-through: false\n---\n${GATEWAY}` });
    expect(check(pull)).toMatchObject({ conclusion: "neutral", title: "Left alone, as the front matter asks" });
  });

  it("a pull request that is merged or closed before its turn comes", async () => {
    stage.gh.webhooks.hold();
    const ada = stage.repo.as("ada");
    const { number } = ada.proposeFiles({ [PATH]: GATEWAY }, "Add", "topic");
    ada.closeIssue(number);
    stage.gh.webhooks.release();
    await stage.settle();
    expect(checks(number)).toEqual([]);
  });
});

describe("where it cannot be done", () => {
  it("without the permission it ends quietly, and the merge is followed through all the same", async () => {
    const body = { message: "Resource not accessible by integration" };
    const fault = { kind: "answer", status: 403, body } as const;
    stage.gh.faults.add({ path: /\/check-runs/, times: Number.POSITIVE_INFINITY, fault });
    const pull = await propose({ [PATH]: GATEWAY });
    await recover();
    expect(checks(pull)).toEqual([]);
    expect(await deadLetters()).toEqual([]);
    stage.repo.as("ada").mergePull(pull);
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(4);
    expect((await stage.service.context.store.repository(stage.repo.state.id))?.obstacle).toBeNull();
  });

  it("with issues switched off it says so before the merge", async () => {
    stage.repo.as("ada").disableIssues();
    const pull = await propose({ [PATH]: GATEWAY });
    expect(check(pull)).toMatchObject({
      conclusion: "neutral",
      title: "Action items cannot be followed through here",
      summary: expect.stringContaining("Switch them on in its settings"),
    });
  });

  it("before the projection is built it waits for it, so that what is tracked does not seem new", async () => {
    await stage.merge({ [PATH]: GATEWAY });
    const { store } = stage.service.context;
    await store.forgetProjection(stage.repo.state.id);
    await store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
    const pull = await propose({ [PATH]: GATEWAY.replace("Due Sept 20", "Due Sept 27") });
    await recover();
    expect(check(pull).title).toBe("1 issue would change; 2 warnings");
  });
});

it("does not wait for the merge that is under way in the repository", async () => {
  const { store } = stage.service.context;
  const at = { installationId: stage.installation.id, repositoryId: stage.repo.state.id };
  const held = await store.work.claimLane({ kind: "sweep", ...at }, "another", stage.gh.clock.now(), 60_000);
  const pull = await propose({ [PATH]: GATEWAY });
  expect(check(pull).conclusion).toBe("neutral");
  if (held) await store.work.complete(held, stage.gh.clock.now());
});
