/** The real Octokit adapter, its answers said by nock: what GitHub's refusals come to, and lists of any length. */
import nock from "nock";
import { ProbotOctokit } from "probot";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AuthorProblem, OutOfReach, OutOfSight, Retryable } from "../../src/errors.js";
import { Refused } from "../../src/github/errors.js";
import { octokitGitHub } from "../../src/github/octokit.js";
import { Pause } from "../../src/github/send.js";
import { GitHubTime } from "../../src/github/time.js";

const NOW = new Date("2024-09-16T09:00:00Z");
const API = "https://api.github.com";
const SHOP = "/repos/acme/shop";

const booked: { points: number; content: boolean }[] = [];
const waits: number[] = [];
let renewed = 0;

const pause = new Pause();

const Octokit = ProbotOctokit.defaults({ throttle: { enabled: false }, retry: { enabled: false } });
const github = octokitGitHub(
  {
    octokit: new Octokit({ auth: { token: "a-token" } }),
    gate: async (request) => void booked.push(request),
    pause,
    onAnswer: () => {},
    onLimit: async (ms) => void waits.push(ms),
    renew: async () => void renewed++,
    time: new GitHubTime(() => NOW),
  },
  { id: 1, owner: "acme", name: "shop" },
  "follow-through[bot]",
);

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  booked.length = 0;
  waits.length = 0;
  renewed = 0;
  pause.end();
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

const failure = async (promise: Promise<unknown>): Promise<Error> => {
  const outcome = await promise.then(
    () => new Error("no error"),
    (error: unknown) => error,
  );
  return outcome instanceof Error ? outcome : new Error(String(outcome));
};
const creating = () => github.createComment(7, "Hello");
const answering = (status: number, body: object | string = {}, headers: Record<string, string> = {}) =>
  nock(API).post(`${SHOP}/issues/7/comments`).reply(status, body, headers);

describe("a refusal that passes", () => {
  it.each([500, 502, 503, 504, 408])("%i is nobody's fault, and leaves in doubt what was done", async (status) => {
    answering(status);
    const error = await failure(creating());
    expect(error).toBeInstanceOf(OutOfReach);
    expect(error).toMatchObject({ blameless: true, undone: false, waitMs: undefined });
  });

  it("401 is tried again with another token", async () => {
    answering(401, { message: "Bad credentials" });
    expect(await failure(creating())).toBeInstanceOf(Retryable);
    expect(renewed).toBe(1);
  });

  it("a broken connection is tried again", async () => {
    nock(API).post(`${SHOP}/issues/7/comments`).replyWithError("socket hang up");
    expect(await failure(creating())).toBeInstanceOf(Retryable);
  });

  it("an answer that breaks off is an unknown outcome, not a success", async () => {
    answering(201, '{"id": 5, "body": "Hel', { "content-type": "application/json; charset=utf-8" });
    expect(await failure(creating())).toMatchObject({ name: "Retryable", undone: false });
  });
});

describe("a limit", () => {
  it.each([
    ["403 with retry-after", 403, { "retry-after": "30" }, 30],
    ["429 with retry-after", 429, { "retry-after": "120" }, 120],
    ["retry-after of nothing: a second", 429, { "retry-after": "0" }, 1],
    [
      "403 with the primary limit used up",
      403,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW.getTime() / 1000 + 600) },
      601,
    ],
    [
      "a reset that is over already",
      403,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW.getTime() / 1000 - 600) },
      1,
    ],
    ["used up, without a time", 403, { "x-ratelimit-remaining": "0" }, 60],
    ["429 without headers: a minute", 429, {}, 60],
    ["retry-after as a date, which GitHub never sends", 429, { "retry-after": "Mon, 16 Sep 2024" }, 60],
  ])("%s: everybody waits for so many seconds, and the work is not to blame", async (_, status, headers, seconds) => {
    answering(status, { message: "Too much" }, headers);
    expect(await failure(creating())).toMatchObject({ blameless: true, undone: true, waitMs: seconds * 1000 });
    expect(waits).toEqual([seconds * 1000]);
  });

  it.each([
    ["of an issue", { resource: "Issue", code: "custom", message: "was submitted too quickly" }],
    [
      "of a comment",
      { resource: "IssueComment", code: "unprocessable", field: "data", message: "was submitted too quickly" },
    ],
    ["as a text alone", "was submitted too quickly"],
  ])("422 for what was submitted too quickly, %s: longer each time, until a create succeeds", async (_, error) => {
    for (const minutes of [1, 2, 4]) {
      answering(422, { message: "Validation Failed", errors: [error] });
      const waitMs = minutes * 60_000;
      expect(await failure(creating())).toMatchObject({ name: "Retryable", blameless: true, waitMs });
    }
    answering(201, { id: 1, issue_url: "x/7", user: null });
    await creating();
    answering(422, { message: "Validation Failed", errors: [error] });
    expect(await failure(creating())).toMatchObject({ waitMs: 60_000 });
  });

  it("that only its words tell of: a minute", async () => {
    answering(
      403,
      { message: "You have exceeded a secondary rate limit. Please wait." },
      { "x-ratelimit-remaining": "4000" },
    );
    expect(await failure(creating())).toMatchObject({ blameless: true, waitMs: 60_000 });
  });
});

describe("the kind of a refusal", () => {
  const failed = (error: object) => ({ message: "Validation Failed", errors: [error] });

  it.each([
    ["missing", 404, { message: "Not Found" }],
    ["gone", 410, { message: "This issue was deleted" }],
    ["locked", 403, { message: "Unable to create comment because issue is locked." }],
    ["blocked", 403, { message: "User is blocked" }],
    [
      "blocked",
      422,
      failed({ resource: "IssueComment", code: "unprocessable", field: "data", message: "User is blocked" }),
    ],
    ["restricted", 403, { message: "Interactions on this repository have been restricted to contributors only." }],
    ["full", 422, failed({ message: "Commenting is disabled on issues with more than 2500 comments" })],
    ["unassignable", 422, failed({ value: "eve", resource: "Issue", field: "assignees", code: "invalid" })],
    ["exists", 422, failed({ resource: "Label", code: "already_exists", field: "name" })],
    ["too-long", 422, failed({ code: "unprocessable", message: "Body is too long (maximum is 65536 characters)" })],
    [
      "too-far",
      422,
      { message: "In order to keep the API fast for everyone, pagination is limited for this resource." },
    ],
    ["spam", 422, { message: "Validation failed, or the endpoint has been spammed." }],
    ["invalid", 422, failed({ resource: "Issue", code: "invalid", field: "title" })],
    ["invalid", 422, { message: "Validation Failed", errors: null }],
    ["forbidden", 403, { message: "Forbidden" }],
  ])("%s: %i %j", async (kind, status, body) => {
    answering(status, body);
    expect(await failure(creating())).toMatchObject({ name: "Refused", kind, status });
  });

  it("names who cannot be assigned", async () => {
    answering(422, failed({ value: ["eve", "mallory"], resource: "Issue", field: "assignees", code: "invalid" }));
    expect(await failure(creating())).toMatchObject({ values: ["eve", "mallory"] });
  });
});

describe("a refusal that a person must fix", () => {
  it.each([
    [403, "Repository was archived so is read-only.", "archived"],
    [403, "Resource not accessible by integration", "permission"],
    [410, "Issues are disabled for this repo", "switched off"],
  ])("%i %s", async (status, message, said) => {
    answering(status, { message });
    const error = await failure(creating());
    expect(error).toBeInstanceOf(AuthorProblem);
    expect(error.message).toContain(said);
  });

  it("for legal reasons concerns one thing, unless the repository as a whole is blocked", async () => {
    const blocked = { message: "Repository access blocked" };
    answering(451, blocked);
    expect(await failure(creating())).toMatchObject({ name: "Refused", kind: "legal" });
    nock(API).get(SHOP).reply(451, blocked);
    expect(await failure(github.repository())).toBeInstanceOf(AuthorProblem);
  });

  it("for a suspended installation means that it is out of sight", async () => {
    answering(403, { message: "This installation has been suspended" });
    expect(await failure(creating())).toBeInstanceOf(OutOfSight);
  });

  it.each([
    [404, "Not Found"],
    [403, "Forbidden"],
    [410, "This issue was deleted"],
    [422, "Validation Failed"],
  ])("%i %s is left to the caller", async (status, message) => {
    answering(status, { message });
    const error = await failure(creating());
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ status });
  });
});

describe("what is not there", () => {
  const get = (path: string, status: number, body: object = { message: "x" }) =>
    nock(API).get(path).reply(status, body);

  it("is null, missing or false, never an error", async () => {
    get(`${SHOP}/issues/7`, 404);
    get(`${SHOP}/issues/8`, 410, { message: "This issue was deleted" });
    get(`${SHOP}/contents/a.md?ref=main`, 404);
    get(`${SHOP}/git/ref/heads%2Fmain`, 404);
    get(`${SHOP}/pulls/9`, 404);
    get(`${SHOP}/assignees/eve`, 404);
    nock(API).patch(`${SHOP}/issues/comments/5`).reply(404, {});
    nock(API)
      .get(SHOP)
      .twice()
      .reply(200, { owner: { login: "acme" } });
    expect(await github.issue(7)).toBeNull();
    expect(await github.issue(8)).toBeNull();
    expect(await github.file("a.md", "main")).toEqual({ kind: "missing" });
    expect(await github.head("main")).toBeNull();
    expect(await github.pull(9)).toBeNull();
    get("/users/maxx", 404);
    expect(await github.canAssign("eve")).toBe(false);
    expect(await github.account("maxx")).toBeNull();
    expect(await github.updateComment(5, "x")).toBe(false);
  });

  it.each([404, 403])(
    "is not believed of an issue or a branch where the repository is out of sight (%i)",
    async (status) => {
      get(`${SHOP}/issues/7`, 404);
      get(`${SHOP}/git/ref/heads%2Fmain`, 404);
      nock(API).get(SHOP).times(3).reply(status, {});
      for (const look of [() => github.issue(7), () => github.head("main"), () => github.repository()])
        expect(await failure(look())).toBeInstanceOf(OutOfSight);
    },
  );

  it("an empty repository has no head", async () => {
    get(`${SHOP}/git/ref/heads%2Fmain`, 409, { message: "Git Repository is empty." });
    expect(await github.head("main")).toBeNull();
  });

  it("an organisation's file is missing, refused, or cannot be read now", async () => {
    const path = "/repos/acme/.github/contents/.github%2Ffollow-through.yml";
    const read = () => github.organisationFile(".github/follow-through.yml");
    get(path, 404);
    expect(await read()).toEqual({ kind: "missing" });
    get(path, 403, { message: "Resource not accessible by integration" });
    expect(await read()).toEqual({ kind: "refused" });
    nock(API).get(path).reply(429, {});
    expect(await failure(read())).toBeInstanceOf(Retryable);
  });

  it.each([
    [200, { url: `${API}/repos/Acme/.github` }, true],
    [200, { url: `${API}/repos/acme/renamed` }, false],
    [404, {}, false],
    [403, {}, true],
    [451, {}, true],
  ])("an organisation's repository is seen: %i %j → %s", async (status, body, seen) => {
    get("/repos/acme/.github", status, body);
    expect(await github.seesOrganisation()).toBe(seen);
  });

  it("an issue is known by its repository, whatever its letter case", async () => {
    get(`${SHOP}/issues/7`, 200, issue(7));
    expect((await github.issue(7))?.number).toBe(7);
  });

  it("a transferred issue is not followed into another repository", async () => {
    nock(API)
      .get(`${SHOP}/issues/7`)
      .reply(301, {}, { location: `${API}/repositories/2/issues/3` });
    nock(API)
      .get("/repositories/2/issues/3")
      .reply(200, issue(7, { repository_url: `${API}/repos/acme/other` }));
    expect(await github.issue(7)).toBeNull();
  });
});

const issue = (number: number, part: object = {}) => ({
  number,
  title: `Issue ${number}`,
  state: "open",
  labels: [{ name: "action-item" }, "plain"],
  created_at: "2024-09-16T09:00:00Z",
  closed_at: null,
  user: { login: "follow-through[bot]" },
  assignees: [{ login: "Lisa" }, { login: "ada" }],
  body: "Line one\r\nLine two",
  repository_url: `${API}/repos/Acme/Shop`,
  ...part,
});

/** The headers of a page of a list that has so many. */
const leading = (path: string, page: number, last: number) =>
  page < last ? { link: `<${API}${path}?page=${page + 1}>; rel="next", <${API}${path}?page=${last}>; rel="last"` } : {};

describe("lists", () => {
  it.each([0, 1, 99, 100, 101, 250])("of %i are read whole, each page booked", async (total) => {
    const all = Array.from({ length: total }, (_, index) => issue(index + 1));
    const pages = Math.max(1, Math.ceil(total / 100));
    for (let page = 1; page <= pages; page++) {
      nock(API)
        .get(`${SHOP}/issues`)
        .query((query) => (query.page ?? "1") === String(page) && query.per_page === "100")
        .reply(200, all.slice((page - 1) * 100, page * 100), leading(`${SHOP}/issues`, page, pages));
    }
    const found = await github.issuesSince("2024-09-16T00:00:00Z");
    expect(found.map(({ number }) => number)).toEqual(all.map(({ number }) => number));
    expect(booked).toEqual(Array.from({ length: pages }, () => ({ points: 1, content: false })));
  });

  it("leave out pull requests, which GitHub lists among issues, where only issues are asked for", async () => {
    nock(API)
      .get(`${SHOP}/issues`)
      .query(true)
      .times(2)
      .reply(200, [issue(1), issue(2, { pull_request: {} })]);
    expect((await github.openIssuesLabelled("action-item")).map(({ number }) => number)).toEqual([1]);
    expect((await github.issuesSince("2024-09-16T00:00:00Z")).map(({ isPull }) => isPull)).toEqual([false, true]);
  });

  it("of the App's own are sorted out here where GitHub's filter by creator knows no bots", async () => {
    const answering = (filter: Record<string, string>, body: object[]) =>
      nock(API)
        .get(`${SHOP}/issues`)
        .query((query) => query.creator === filter.creator && query.labels === filter.labels)
        .reply(200, body);
    answering({ creator: "follow-through[bot]" }, []);
    answering({ labels: "action-item" }, [issue(2)]);
    answering({}, [issue(1, { user: { login: "ada" } }), issue(2), issue(3)]);
    expect((await github.ownIssues("action-item")).map(({ number }) => number)).toEqual([2, 3]);
  });

  it("give facts in one shape: logins in lower case and order, bodies as they are, accounts that are gone", async () => {
    const gone = { user: null, body: null, assignees: null };
    nock(API)
      .get(`${SHOP}/issues`)
      .query(true)
      .reply(200, [issue(1), issue(2, gone)]);
    expect(await github.issuesSince("2024-09-16T00:00:00Z")).toMatchObject([
      { assignees: ["ada", "lisa"], labels: ["action-item", "plain"], body: "Line one\r\nLine two", open: true },
      { assignees: [], author: null, body: "" },
    ]);
  });
});

describe("files", () => {
  const contents = (body: object | object[]) =>
    nock(API)
      .get(`${SHOP}/contents/a.md`)
      .query({ ref: "main" })
      .reply(200, body as nock.Body);
  const file = (content: string, part: object = {}) => ({
    type: "file",
    encoding: "base64",
    content: (
      Buffer.from(content)
        .toString("base64")
        .match(/.{1,60}/g) ?? []
    ).join("\n"),
    sha: "b1",
    size: content.length,
    ...part,
  });

  it("come byte by byte, with their line ends", async () => {
    const text = `# Outage\r\n\r\n${"ü 🔥\r\n".repeat(40)}`;
    contents(file(text));
    const found = await github.file("a.md", "main");
    expect(found.kind === "file" && Buffer.from(found.bytes).toString("utf8")).toBe(text);
  });

  it.each([
    ["an empty one", file(""), { kind: "file", blob: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" }],
    [
      "one over 1 MB",
      { type: "file", encoding: "none", content: "", sha: "b1", size: 2_000_000 },
      { kind: "too-large", size: 2_000_000 },
    ],
    [
      "an LFS pointer",
      file("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n"),
      { kind: "not-a-file" },
    ],
    ["a symlink", { type: "symlink", target: "b.md", sha: "b1", size: 4 }, { kind: "not-a-file" }],
    ["a submodule", { type: "submodule", sha: "b1", size: 0 }, { kind: "not-a-file" }],
    ["a folder", [file("x")], { kind: "not-a-file" }],
  ])("%s", async (_, body, found) => {
    contents(body);
    expect(await github.file("a.md", "main")).toMatchObject(found);
  });
});

describe("the files of a pull request", () => {
  const PULL = { number: 9, merged: true, mergeCommit: "m1", base: "main", author: "ada", labels: [], locked: false };
  const tree = (sha: string, files: Record<string, string>, truncated = false, recursive = true) =>
    nock(API)
      .get(`${SHOP}/git/trees/${sha}`)
      .query(recursive ? { recursive: "1" } : {})
      .reply(200, {
        truncated,
        tree: Object.entries(files).map(([path, blob]) => ({
          path,
          sha: blob,
          type: blob.startsWith("t") ? "tree" : blob.startsWith("s") ? "commit" : "blob",
          mode: blob.startsWith("l") ? "120000" : "100644",
        })),
      });
  const listed = (total: number) => {
    const pages = Math.ceil(total / 100);
    for (let page = 1; page <= pages; page++) {
      const files = Array.from({ length: Math.min(100, total - (page - 1) * 100) }, (_, index) => ({
        filename: `f${page}-${index}.md`,
        status: "added",
      }));
      nock(API)
        .get(`${SHOP}/pulls/9/files`)
        .query({ per_page: "100", ...(page > 1 && { page: String(page) }) })
        .reply(200, files, leading(`${SHOP}/pulls/9/files`, page, pages));
    }
  };

  it("are named by what became of them", async () => {
    const statuses = ["added", "copied", "modified", "changed", "removed", "renamed", "unchanged"];
    nock(API)
      .get(`${SHOP}/pulls/9/files`)
      .query(true)
      .reply(
        200,
        statuses.map((status) => ({
          filename: `${status}.md`,
          status,
          ...(status === "renamed" && { previous_filename: "old.md" }),
        })),
      );
    const files = await github.pullFiles(PULL, () => true);
    expect(files.map(({ change }) => change)).toEqual([
      "added",
      "added",
      "edited",
      "edited",
      "removed",
      "renamed",
      "edited",
    ]);
    expect(files[5]?.previousPath).toBe("old.md");
  });

  it("below 3,000 come from the list alone", async () => {
    listed(250);
    expect(await github.pullFiles(PULL, () => true)).toHaveLength(250);
  });

  it("at 3,000, where the list stops, come from the trees", async () => {
    listed(3000);
    nock(API)
      .get(`${SHOP}/git/commits/m1`)
      .reply(200, { parents: [{ sha: "p1" }, { sha: "p2" }] });
    tree("m1", { "kept.md": "b1", "edited.md": "b3", "new.md": "b4", "moved/to.md": "b5", "link.md": "l1", sub: "s1" });
    tree("p1", { "kept.md": "b1", "edited.md": "b2", "gone.md": "b6", "moved/from.md": "b5" });
    expect(await github.pullFiles(PULL, () => true)).toEqual([
      { path: "edited.md", previousPath: null, change: "edited", blob: "b3" },
      { path: "new.md", previousPath: null, change: "added", blob: "b4" },
      { path: "moved/to.md", previousPath: "moved/from.md", change: "renamed", blob: "b5" },
      { path: "gone.md", previousPath: null, change: "removed", blob: null },
    ]);
  });

  it("of a tree that is cut short are asked for folder by folder", async () => {
    tree("m1", { "a.md": "b1" }, true);
    tree("m1", { "a.md": "b1", docs: "t1", web: "t2" }, false, false);
    tree("t1", { "b.md": "b2", "deep/c.md": "b3" });
    tree("t2", { "d.md": "b4" }, true);
    tree("t2", { "d.md": "b4", more: "t3" }, false, false);
    tree("t3", { "e.md": "b5" });
    expect(Object.fromEntries(await github.files("m1", () => true))).toEqual({
      "a.md": "b1",
      "docs/b.md": "b2",
      "docs/deep/c.md": "b3",
      "web/d.md": "b4",
      "web/more/e.md": "b5",
    });
  });
});

describe("a tree without end", () => {
  /** A few kilobytes of git: each folder holds the next one ten times, and the innermost so many files. */
  const bomb = (files: number) => {
    let asked = 0;
    nock(API)
      .persist()
      .get(/\/git\/trees\/(.*)$/)
      .reply((uri) => {
        asked += 1;
        const [, level = "0", recursive] = /trees\/l(\d+)(\?recursive=1)?/.exec(uri) ?? [];
        const at = Number(level);
        if (at === 5) {
          const tree = numbered(files, (n) => ({
            path: `postmortems-${n}.md`,
            type: "blob",
            mode: "100644",
            sha: "b",
          }));
          return [200, { tree, truncated: false }];
        }
        if (recursive) return [200, { tree: [], truncated: true }];
        return [
          200,
          { tree: numbered(10, (n) => ({ path: `f${n}`, type: "tree", sha: `l${at + 1}` })), truncated: false },
        ];
      });
    return () => asked;
  };
  const numbered = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

  it.each([
    ["is not looked through to the end", 0, 500],
    ["of files that are postmortems fills no memory", 20_000, 100],
  ])("%s", async (_, files, most) => {
    const asked = bomb(files);
    const error = await failure(github.files("l0", (path) => path.endsWith(".md")));
    expect(error).toBeInstanceOf(AuthorProblem);
    expect(asked()).toBeLessThanOrEqual(most);
    nock.cleanAll();
  });

  it("of files that nobody asks for is held nowhere", async () => {
    nock(API)
      .get(/\/git\/trees\/m1/)
      .reply(200, {
        tree: numbered(90_000, (n) => ({ path: `src/${n}.ts`, type: "blob", mode: "100644", sha: "b" })),
        truncated: false,
      });
    expect((await github.files("m1", (path) => path.endsWith(".md"))).size).toBe(0);
  });
});

describe("who introduced a file", () => {
  it("is not looked for in a history without end", async () => {
    let asked = 0;
    nock(API)
      .persist()
      .get(/\/commits\?/)
      .reply((uri) => {
        asked += 1;
        const next = `<${API}${uri.replace(/&page=\d+/, "")}&page=${asked + 1}>; rel="next"`;
        return [200, Array.from({ length: 100 }, (_, n) => ({ sha: `c${n}` })), { link: next }];
      });
    expect(await github.firstCommitOf("postmortems/a.md", "main")).toBeNull();
    expect(asked).toBe(10);
    nock.cleanAll();
  });
});

describe("labels", () => {
  it("are made once, and somebody else's making them first does no harm", async () => {
    nock(API).post(`${SHOP}/labels`).reply(201, {});
    await github.ensureLabel("action-item", "1d76db", "x");
    const errors = [{ resource: "Label", code: "already_exists", field: "name" }];
    nock(API).post(`${SHOP}/labels`).reply(422, { message: "Validation Failed", errors });
    await github.ensureLabel("priority/p1", "1d76db", "x");
  });

  it("are looked for where their making is refused in other words", async () => {
    nock(API).post(`${SHOP}/labels`).reply(403, { message: "Too many labels" });
    nock(API).get(`${SHOP}/labels/priority%2Fp1`).reply(200, {});
    await github.ensureLabel("priority/p1", "1d76db", "x");
    nock(API).post(`${SHOP}/labels`).reply(422, { message: "Validation Failed" });
    nock(API).get(`${SHOP}/labels/priority%2Fp2`).reply(404, {});
    expect(await failure(github.ensureLabel("priority/p2", "1d76db", "x"))).toBeInstanceOf(Refused);
  });
});

describe("where a branch stood", () => {
  const moves = (count: number, timestamp: string) =>
    Array.from({ length: count }, (_, n) => ({ before: `before-${n}`, after: `after-${n}`, timestamp }));
  const record = (query: object, body: object[], headers: Record<string, string> = {}) =>
    nock(API)
      .get(`${SHOP}/activity`)
      .query({ ref: "refs/heads/main", direction: "asc", per_page: 100, ...query })
      .reply(200, body, headers);

  it("is what the first move since then says was before it, on whatever page it stands", async () => {
    record({ time_period: "week" }, moves(100, "2024-09-11T09:00:00Z"), {
      link: `<${API}${SHOP}/activity?after=cursor>; rel="next"`,
    });
    record({ time_period: "week", after: "cursor" }, moves(1, "2024-09-13T09:00:00Z"));
    expect(await github.branchAt("main", "2024-09-12T09:00:00Z")).toBe("before-0");
  });

  it("is not known where it has not moved since, was not there, or GitHub's record does not reach", async () => {
    record({ time_period: "day" }, []);
    expect(await github.branchAt("main", "2024-09-16T08:00:00Z")).toBeNull();
    record({ time_period: "month" }, [{ before: "0".repeat(40), timestamp: "2024-09-08T09:00:00Z" }]);
    expect(await github.branchAt("main", "2024-09-01T08:00:00Z")).toBeNull();
    expect(await github.branchAt("main", "2023-09-01T08:00:00Z")).toBeNull();
  });
});

describe("who may give commands", () => {
  const asked = (body: object, status = 200) => {
    nock(API).get(`${SHOP}/collaborators/lisa/permission`).reply(status, body);
    return github.canTriage("lisa");
  };

  it.each([
    [true, { permission: "admin", role_name: "admin" }],
    [true, { permission: "write", role_name: "maintain" }],
    [true, { permission: "read", role_name: "triage" }],
    [true, { permission: "read", role_name: "release-crew", user: { permissions: { pull: true, triage: true } } }],
    [false, { permission: "read", role_name: "support", user: { permissions: { pull: true, triage: false } } }],
    [false, { permission: "read", role_name: "read" }],
    [false, { permission: "none", role_name: "none", user: null }],
  ])("%s for %o", async (may, body) => {
    expect(await asked(body)).toBe(may);
  });

  it("nobody whom GitHub does not know", async () => {
    expect(await asked({ message: "Not Found" }, 404)).toBe(false);
  });
});

describe("check runs", () => {
  const run = (id: number, slug: string, external_id: string) => ({
    id,
    external_id,
    app: { slug },
    output: { annotations_count: 2 },
  });
  const REPORT = { conclusion: "success", title: "All ready", summary: "…", annotations: [] } as const;

  it("are the App's own, of every page, oldest first", async () => {
    const theirs = Array.from({ length: 99 }, (_, index) => run(1000 + index, "another", "x"));
    const pages = [[run(30, "follow-through", "9:b"), ...theirs], [run(20, "follow-through", "9:a")]];
    for (const [index, check_runs] of pages.entries()) {
      nock(API)
        .get(`${SHOP}/commits/c1/check-runs`)
        .query({ check_name: "Follow-Through", filter: "all", per_page: "100", ...(index > 0 && { page: "2" }) })
        .reply(200, { total_count: 101, check_runs }, leading(`${SHOP}/commits/c1/check-runs`, index + 1, 2));
    }
    expect(await github.checkRuns("c1")).toEqual([
      { id: 20, externalId: "9:a", annotations: 2 },
      { id: 30, externalId: "9:b", annotations: 2 },
    ]);
  });

  it("are complete at once, and booked as a create and a write", async () => {
    const annotation = {
      path: "a.md",
      startLine: 3,
      endLine: 4,
      level: "warning",
      title: "no-owner",
      message: "No.",
    } as const;
    const output = {
      title: "All ready",
      summary: "…",
      annotations: [
        { path: "a.md", start_line: 3, end_line: 4, annotation_level: "warning", title: "no-owner", message: "No." },
      ],
    };
    const said = { status: "completed", conclusion: "success", output };
    nock(API)
      .post(`${SHOP}/check-runs`, { name: "Follow-Through", head_sha: "c1", external_id: "9:a", ...said })
      .reply(201, run(20, "follow-through", "9:a"));
    nock(API)
      .patch(`${SHOP}/check-runs/20`, said)
      .reply(200, run(20, "follow-through", "9:a"));
    const report = { ...REPORT, annotations: [annotation] };
    expect((await github.createCheckRun("c1", "9:a", report)).id).toBe(20);
    expect((await github.updateCheckRun(20, report)).id).toBe(20);
    expect(booked).toEqual([
      { points: 5, content: true },
      { points: 5, content: false },
    ]);
  });
});
