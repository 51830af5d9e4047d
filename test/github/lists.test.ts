/** Lists of every kind, of a GitHub that ends them early, gives short pages, and leads on by links: nothing is missed. */
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCheck } from "../../emulator/changes/checks.js";
import { createComment } from "../../emulator/changes/comments.js";
import { createIssue } from "../../emulator/changes/issues.js";
import { Emulator } from "../../emulator/emulator.js";
import type { RepositoryHandle } from "../../emulator/handles.js";
import type { Comment, Issue } from "../../emulator/world.js";
import { createProbot, probotGitHubApp } from "../../src/github/app.js";
import type { GitHub, GitHubApp } from "../../src/github/port.js";
import { type Listed, Pause, type Sender } from "../../src/github/send.js";
import { GitHubTime } from "../../src/github/time.js";
import { type Order, whole } from "../../src/github/whole.js";

const MANY = 350;

let gh: Emulator;
let repo: RepositoryHandle;
let app: GitHubApp;
let github: GitHub;

beforeEach(async () => {
  gh = await Emulator.start({ now: () => new Date("2024-09-16T09:00:00Z") });
  gh.limits.enabled = false;
  gh.organisation("acme", { members: ["ada"] });
  repo = gh.repository("acme/shop", { members: { ada: "write" } });
  const { id } = gh.installApp({ account: "acme" });
  const { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET } = gh.environment;
  const settings = {
    appId: Number(APP_ID),
    privateKey: PRIVATE_KEY,
    webhookSecret: WEBHOOK_SECRET,
    apiUrl: gh.apiUrl,
  };
  const limits = { book: async () => {}, blocked: async () => {} };
  const time = new GitHubTime(() => gh.clock.now());
  app = probotGitHubApp(createProbot(settings, pino({ level: "silent" }), time), limits, time);
  github = await app.in(id, { id: 1, owner: "acme", name: "shop" });
});
afterEach(async () => {
  expect(gh.violations).toEqual([]);
  await gh.close();
});

const INSTANT = "2024-09-01T00:00:00Z";
const numbers = (issues: readonly { number: number }[]) => issues.map(({ number }) => number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** So many issues of the App, one a second, each with a comment; changed again in another order. */
function fill(count = MANY): { issues: Issue[]; comments: Comment[] } {
  const { world } = gh;
  const { bot } = world.app;
  const issues = upTo(count).map((n) => {
    gh.clock.advance(1_000);
    return createIssue(world, repo.state, bot, { title: `Issue ${n}`, labels: ["action-item"] });
  });
  const comments = issues.toReversed().map((issue) => {
    // Three in the same second: an instant alone does not tell them apart.
    if (issue.number % 3 === 0) gh.clock.advance(1_000);
    return createComment(world, repo.state, issue, bot, `On ${issue.number}`);
  });
  return { issues, comments };
}

/** Every list the App uses, and how many entries it is to have. */
const LISTS: Record<string, () => Promise<number>> = {
  issues: async () => (await github.ownIssues("action-item")).length,
  "issues changed since": async () => (await github.issuesSince(INSTANT)).filter(({ isPull }) => !isPull).length,
  "issues with a label": async () => (await github.openIssuesLabelled("action-item")).length,
  "comments of the repository": async () => (await github.allComments()).length,
  "comments since": async () => (await github.allComments(INSTANT)).length,
  "comments on an issue": async () => (await github.comments(1)).length,
  "files of a pull request": async () =>
    (await github.pullFiles({ number: MANY + 1, mergeCommit: null }, () => true)).length,
  commits: async () => ((await github.firstCommitOf("log.md", "main")) === firstCommit ? MANY : 0),
  "check runs": async () => (await github.checkRuns(repo.head())).length,
  installations: async () => (await app.installations()).length,
  repositories: async () => (await app.repositories((await app.installations())[0]?.id ?? 0)).length,
  "pushes of a branch": async () => ((await github.branchAt("main", lastPush)) === beforeLastPush ? MANY : 0),
};
let firstCommit = "";
let lastPush = "";
let beforeLastPush = "";

/** Something of each kind, of which there are to be so many. */
function fillAll(): void {
  const { world } = gh;
  const { issues } = fill();
  const [first] = issues;
  if (!first) throw new Error("no issue");
  for (const n of upTo(MANY - 1)) createComment(world, repo.state, first, world.app.bot, `Again ${n}`);
  const files = Object.fromEntries(upTo(MANY).map((n) => [`postmortems/${n}.md`, `# ${n}\n`]));
  repo.as("ada").proposeFiles(files, "Many files");
  for (const n of upTo(MANY)) {
    gh.clock.advance(1_000);
    beforeLastPush = repo.head();
    lastPush = gh.clock.now().toISOString();
    const sha = repo.as("ada").pushDirect({ "log.md": `${n}\n` });
    if (n === 1) firstCommit = sha;
  }
  for (const n of upTo(MANY))
    createCheck(world, repo.state, { name: "Follow-Through", head_sha: repo.head(), external_id: `${n}:x` });
  for (const n of upTo(MANY - 1)) {
    gh.repository(`acme/more-${n}`);
    gh.user(`owner-${n}`);
    gh.repository(`owner-${n}/one`);
    gh.installApp({ account: `owner-${n}` });
  }
}

describe("a list of several pages", () => {
  it("is read whole, whatever it lists", async () => {
    fillAll();
    for (const [name, length] of Object.entries(LISTS)) {
      const expected = name.startsWith("comments of") || name === "comments since" ? 2 * MANY - 1 : MANY;
      expect(await length(), name).toBe(expected);
    }
  });

  it("goes on after a page that is short, or empty, in the middle", async () => {
    const { issues, comments } = fill();
    const hidden = new Set<unknown>([...issues.slice(90, 110), ...issues.slice(200, 300), ...comments.slice(90, 210)]);
    gh.lists.hides = (entry) => hidden.has(entry);
    expect(numbers(await github.ownIssues("action-item"))).toEqual(
      numbers(issues.filter((issue) => !hidden.has(issue))),
    );
    expect(await github.allComments()).toHaveLength(MANY - 120);
  });
});

describe("a list that GitHub ends early", () => {
  beforeEach(() => {
    gh.lists.end = 200;
    gh.lists.endWithoutCursor = 200;
  });

  it("of issues goes on by cursors", async () => {
    fill();
    expect(numbers(await github.ownIssues("action-item"))).toEqual(upTo(MANY));
    expect(gh.requests.filter(({ template }) => template.endsWith("/issues"))).toHaveLength(4);
  });

  it("of issues goes on by what changed where there are no cursors", async () => {
    gh.lists.cursors = false;
    fill();
    expect(numbers(await github.ownIssues("action-item"))).toEqual(upTo(MANY));
    expect(numbers(await github.issuesSince(INSTANT))).toEqual(upTo(MANY));
    // Two pages until the refusal, then four more of what changed.
    expect(gh.requests.filter(({ template }) => template.endsWith("/issues")).length).toBeLessThanOrEqual(2 * 9);
  });

  it("of comments goes on by what changed, oldest first", async () => {
    const { comments } = fill();
    const found = await github.allComments();
    expect(found.map(({ id }) => id)).toEqual(comments.map(({ id }) => id));
  });

  it("of comments written in the same second goes on by page", async () => {
    const issue = createIssue(gh.world, repo.state, gh.world.app.bot, { title: "Busy" });
    for (const n of upTo(180)) createComment(gh.world, repo.state, issue, gh.world.app.bot, `First ${n}`);
    gh.clock.advance(60_000);
    for (const n of upTo(170)) createComment(gh.world, repo.state, issue, gh.world.app.bot, `Then ${n}`);
    expect(await github.allComments()).toHaveLength(MANY);
  });

  it("misses nothing that changes while it is read", async () => {
    gh.lists.cursors = false;
    const { issues } = fill();
    gh.onRequest = (phase, { path }) => {
      if (phase !== "after-response" || !path.includes("sort=updated")) return;
      gh.clock.advance(5_000);
      const [issue] = issues.splice(Math.floor(issues.length / 2), 1);
      if (issue) repo.as("ada").editIssueTitle(issue.number, "Changed meanwhile");
    };
    expect(numbers(await github.ownIssues("action-item"))).toEqual(upTo(MANY));
  });
});

describe("a list that ends without a word", () => {
  /** A GitHub that gives no more than 10,000 of its entries by page. */
  const listing = (total: number, asked: (Order & { page?: number })[]) => {
    const entries = upTo(total).map((id) => ({
      id,
      updated_at: new Date(1_700_000_000_000 + id * 1_000).toISOString(),
    }));
    return async (_: unknown, query: Order & { page?: number }): Promise<Listed<(typeof entries)[number]>> => {
      asked.push(query);
      const since = query.since ?? "";
      const found = entries.filter(({ updated_at }) => updated_at >= since).slice(0, 10_000);
      const from = ((query.page ?? 1) - 1) * 100;
      const data = found.slice(from, from + 100);
      const next = from + 100 < found.length ? `<https://x/?page=${(query.page ?? 1) + 1}>; rel="next"` : undefined;
      return { data, headers: { link: next } };
    };
  };
  const sender = {
    gate: async () => {},
    onLimit: async () => {},
    pause: new Pause(),
    onAnswer: () => {},
    renew: async () => {},
    now: () => new Date(),
  } as unknown as Sender;

  it.each([
    [9_900, 99],
    [10_000, 100 + 103],
    [25_000, 100 + 256],
  ])("at so round a number (%i) that there may be more is asked for once more", async (total, atMost) => {
    const asked: (Order & { page?: number })[] = [];
    expect((await whole(sender, undefined, listing(total, asked))).map(({ id }) => id)).toEqual(upTo(total));
    expect(asked.length).toBeLessThanOrEqual(atMost);
  });
});

describe("a label with a comma in its name, which GitHub's filter takes for two", () => {
  beforeEach(() => {
    const make = (labels: string[]) => createIssue(gh.world, repo.state, gh.world.app.bot, { title: "Issue", labels });
    make(["SRE, later"]);
    make(["sre", "later"]);
    make(["sre"]);
  });

  it("finds those that have it, and no other", async () => {
    expect(numbers(await github.openIssuesLabelled("sre, later"))).toEqual([1]);
    expect(numbers(await github.openIssuesLabelled("sre"))).toEqual([2, 3]);
  });

  it("marks the App's own where GitHub's filter by creator knows no bots", async () => {
    gh.world.creatorFilterKnowsBots = false;
    expect(numbers(await github.ownIssues("sre, later"))).toEqual([1, 2, 3]);
    expect(numbers(await github.ownIssues("none, such"))).toEqual([]);
  });
});
