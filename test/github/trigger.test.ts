/** Which deliveries are looked at, and which come to nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENTS, type EventName, InvalidPayload, toTrigger } from "../../src/github/trigger.js";
import { SAMPLES, wrongPayloads } from "../support/payloads.js";

const BOT = "follow-through[bot]";
const repository = { id: 10, name: "shop", full_name: "acme/shop", default_branch: "main" };
const installation = { id: 3 };

/** As much of a payload as is looked at. */
const trigger = (event: EventName, payload: object, bot: string | null = BOT) =>
  toTrigger(event, { installation, repository, sender: { login: "ada" }, ...payload }, bot);
const works = (...given: Parameters<typeof trigger>) => trigger(...given)?.work ?? null;

const PULL = { kind: "pull", installationId: 3, repositoryId: 10, number: 42 };
const OPEN = { number: 42, merged: false, base: { ref: "main" } };
const CHECK = { kind: "check", installationId: 3, repositoryId: 10, number: 42, rerun: false };
const SWEEP = { kind: "sweep", installationId: 3, repositoryId: 10 };

describe("a pull request", () => {
  const pull = (action: string, part: object = {}) =>
    works("pull_request", { action, pull_request: { number: 42, merged: true, base: { ref: "main" }, ...part } });

  it("merged into the default branch is looked at", () => {
    expect(pull("closed")).toEqual(PULL);
  });

  it.each([
    ["closed without merging", { merged: false }],
    ["merged, GitHub not knowing yet", { merged: null }],
    ["merged into another branch", { base: { ref: "release" } }],
  ])("%s is not", (_, part) => {
    expect(pull("closed", part)).toBeNull();
  });

  it.each(["opened", "synchronize", "reopened", "ready_for_review"])("%s is checked", (action) => {
    expect(pull(action)).toEqual(CHECK);
  });

  it("is checked when its base changes, or the label that opts out", () => {
    const ref = { from: "release" };
    expect(works("pull_request", { action: "edited", pull_request: OPEN, changes: { base: { ref } } })).toEqual(CHECK);
    for (const action of ["labeled", "unlabeled"]) {
      const label = { name: "no-follow-through" };
      expect(works("pull_request", { action, pull_request: OPEN, label })).toEqual(CHECK);
      expect(works("pull_request", { action, pull_request: OPEN, label: { name: "bug" } })).toBeNull();
    }
  });

  it("into another branch is checked only for who has every pull request answered, and never followed", () => {
    expect(pull("opened", { base: { ref: "release" } })).toEqual({ ...CHECK, elsewhere: true });
    expect(pull("closed", { base: { ref: "release" }, merged: true })).toBeNull();
  });

  it.each(["edited", "labeled", "assigned", "locked", "converted_to_draft"])("%s is not", (action) => {
    expect(pull(action, { changes: { title: { from: "x" } } })).toBeNull();
  });

  it("merged by the App itself still counts: it writes no pull requests", () => {
    const payload = {
      action: "closed",
      pull_request: { number: 42, merged: true, base: { ref: "main" } },
      sender: { login: BOT },
    };
    expect(works("pull_request", payload)).toEqual(PULL);
  });
});

describe("a check run", () => {
  const run = (action: string, external_id: string | null) =>
    works("check_run", { action, check_run: { id: 5, external_id, pull_requests: [] } });

  it("that a person asks for again is, by the pull request it names itself: GitHub names none of a fork", () => {
    expect(run("rerequested", "42:0123456789abcdef")).toEqual({ ...CHECK, rerun: true });
  });

  it.each(["created", "completed", "requested_action"])("%s is not", (action) => {
    expect(run(action, "42:0123456789abcdef")).toBeNull();
  });

  it.each([null, "", "42", "build-17", "42:0123456789abcdef0", "x:0123456789abcdef"])(
    "called %s is none of ours",
    (id) => {
      expect(run("rerequested", id)).toBeNull();
    },
  );
});

describe("a merge group", () => {
  const HEAD = "9ed1".repeat(10);
  const group = (action: string, branch: string, head_sha = HEAD) =>
    works("merge_group", { action, merge_group: { head_sha, head_ref: `refs/heads/gh-readonly-queue/${branch}` } });
  const ANSWER = { kind: "merge-group", installationId: 3, repositoryId: 10, head: HEAD, rerun: false };

  it("is answered, by the last pull request in it where its branch names one", () => {
    expect(group("checks_requested", `main/pr-42-${HEAD}`)).toEqual({ ...ANSWER, pull: 42 });
    expect(group("checks_requested", `release/1.x/pr-7-${HEAD}`)).toEqual({ ...ANSWER, pull: 7 });
    for (const branch of ["main/another-form", `main/pr-0-${HEAD}`, `main/pr-99999999999999999999-${HEAD}`])
      expect(group("checks_requested", branch)).toEqual({ ...ANSWER, pull: null });
  });

  it("that is gone is not", () => {
    expect(group("destroyed", `main/pr-42-${HEAD}`)).toBeNull();
  });

  it("is answered again where a person asks for it", () => {
    const run = { id: 5, external_id: "group:0123456789abcdef", head_sha: HEAD };
    expect(works("check_run", { action: "rerequested", check_run: run })).toEqual({
      ...ANSWER,
      pull: null,
      rerun: true,
    });
  });
});

describe("a push", () => {
  const commit = (part: object = {}) => ({ added: [], modified: [], removed: [], ...part });
  const push = (commits: object[], ref = "refs/heads/main", part: object = {}) =>
    works("push", { ref, commits, ...part });

  it.each([
    ["adds a document", [commit({ added: ["postmortems/a.md"] })]],
    ["edits one", [commit({ modified: ["docs/A.MD"] })]],
    ["removes one", [commit({ removed: ["incidents/a.mdx"] })]],
    [
      "in the last of many commits",
      [commit({ added: ["a.ts"] }), commit({ modified: ["b.ts"] }), commit({ added: ["c.markdown"] })],
    ],
    ["edits the policy", [commit({ modified: [".github/follow-through.yml"] })]],
    ["adds it under its other ending", [commit({ added: [".github/follow-through.yaml"] })]],
    ["is so large that its files are left out", [{}, {}]],
    ["names no commits (a forced push back)", []],
  ])("to the default branch that %s is looked at", (_, commits) => {
    expect(push(commits)).toEqual(SWEEP);
  });

  it.each([
    ["of code alone", [commit({ added: ["src/a.ts"], modified: ["package.json"] })], "refs/heads/main"],
    ["to another branch", [commit({ added: ["a.md"] })], "refs/heads/release"],
    ["to a branch that only ends alike", [commit({ added: ["a.md"] })], "refs/heads/feature/main"],
    ["of a tag", [commit({ added: ["a.md"] })], "refs/tags/main"],
  ])("%s is not", (_, commits, ref) => {
    expect(push(commits, ref)).toBeNull();
  });
});

describe("an issue", () => {
  const issues = (action: string, part: object = {}, bot: string | null = BOT) =>
    trigger("issues", { action, issue: { number: 7 }, ...part }, bot);

  it.each(["assigned", "unassigned", "closed", "reopened", "edited", "deleted", "transferred"])(
    "%s is looked at, if it is tracked",
    (action) => {
      expect(issues(action)).toEqual({
        work: { kind: "issue", installationId: 3, repositoryId: 10, number: 7 },
        onlyIfTracked: true,
      });
    },
  );

  it.each(["opened", "labeled", "unlabeled", "locked", "unlocked", "pinned", "unpinned", "milestoned", "demilestoned"])(
    "%s is not",
    (action) => {
      expect(issues(action)).toBeNull();
    },
  );

  it("the App's own doings are no news, once its login is known", () => {
    const sender = { login: BOT };
    expect(issues("edited", { sender })).toBeNull();
    expect(issues("edited", { sender }, null)).not.toBeNull();
    expect(issues("edited", { sender: { login: "another[bot]" } })).not.toBeNull();
  });
});

describe("a comment", () => {
  const comment = (body: string, part: object = {}, action = "created") =>
    trigger("issue_comment", {
      action,
      issue: { number: 7 },
      comment: { body, user: { login: "lisa", type: "User" } },
      ...part,
    });

  it("with a command is looked at, if its issue is tracked", () => {
    expect(comment("Sorry.\n/due 2024-10-01")).toEqual({
      work: { kind: "commands", installationId: 3, repositoryId: 10, number: 7 },
      onlyIfTracked: true,
    });
  });

  const edited = (from: string, to: string, part: object = {}) =>
    comment(
      to,
      {
        comment: { id: 5, body: to, user: { login: "lisa", type: "User" }, updated_at: "2024-09-20T09:00:00Z" },
        changes: { body: { from } },
        sender: { login: "ada" },
        ...part,
      },
      "edited",
    );

  it.each([
    ["to what it did not ask for before", "Soon.", "/due 2024-10-01", true],
    ["to another of the same", "/due friday", "/due monday", true],
    ["beside what it asks for", "/due friday", "Sorry.\n\n/due friday", false],
    ["to one without, since it may have been answered", "/dew friday", "Soon.", true],
  ])("that was edited %s is looked at, with who did it and when", (_, from, to, asks) => {
    const edit = { comment: 5, at: "2024-09-20T09:00:00Z", by: "ada", asks };
    const at = { installationId: 3, repositoryId: 10, number: 7 };
    expect(edited(from, to)).toEqual({ work: { kind: "commands", ...at, edit }, onlyIfTracked: true });
    const onPull = { issue: { number: 7, pull_request: {} } };
    expect(edited(from, to, onPull)).toBeNull();
    expect(edited("Soon.", "/follow-through open", onPull)).toMatchObject({
      work: { kind: "pull-commands", ...at, edit: { comment: 5, asks: true } },
    });
  });

  it.each([
    ["without one", comment("I will look at /due dates.")],
    ["that was edited and asked for nothing before", edited("Later.", "Soon.")],
    ["that was deleted", comment("/due 2024-10-01", {}, "deleted")],
    ["of a bot", comment("/done", { comment: { body: "/done", user: { login: "renovate[bot]", type: "Bot" } } })],
    ["on a pull request", comment("/done", { issue: { number: 7, pull_request: {} } })],
  ])("%s is not", (_, found) => {
    expect(found).toBeNull();
  });
});

describe("an installation or repository", () => {
  it.each([
    ["installation", "created"],
    ["installation", "deleted"],
    ["installation", "suspend"],
    ["installation", "unsuspend"],
    ["installation", "new_permissions_accepted"],
    ["installation_repositories", "added"],
    ["installation_repositories", "removed"],
    ["repository", "renamed"],
    ["repository", "transferred"],
    ["repository", "archived"],
    ["repository", "edited"],
  ] as const)("%s.%s is looked at", (name, action) => {
    expect(works(name, { action })).toEqual({ kind: "installation", installationId: 3 });
  });
});

it("a delivery of no installation (a repository's own webhook) comes to nothing", () => {
  expect(works("repository", { action: "renamed", installation: undefined })).toBeNull();
});

describe("a payload that is not as GitHub describes the event", () => {
  it.each(SAMPLES)("(while this $event is)", ({ event, payload }) => {
    expect(toTrigger(event, payload, BOT)).not.toBeNull();
  });

  it.each(wrongPayloads())("$name: refused in a plain sentence, or nothing", ({ event, payload, right }) => {
    let found: unknown;
    try {
      found = toTrigger(event, payload, BOT);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidPayload);
      expect(String(error)).toMatch(/: GitHub sends no such payload: [\w.]+ is missing or cannot be\.$/);
      expect(right).toBe(false);
      return;
    }
    if (right) expect(found).not.toBeNull();
    else expect(found).toBeNull();
  });

  it.each([null, [], 5, "x", true])("that is no object at all, %j: refused", (payload) => {
    for (const event of EVENTS) expect(() => toTrigger(event, payload, BOT)).toThrow(InvalidPayload);
  });

  it("whatever it is, fails in no other way", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENTS), fc.jsonValue({ maxDepth: 4 }), (event, value) => {
        const payload = { installation, repository, sender: { login: "ada" }, action: "closed", ...Object(value) };
        try {
          toTrigger(event, payload, BOT);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidPayload);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
