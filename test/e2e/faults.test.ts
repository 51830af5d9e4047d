/** What becomes of it when GitHub answers with an error, or not at all: the table in docs/operating.md, row by row. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import { another, TABLE } from "../fixtures/documents.js";
import { backToNow, pass } from "../support/later.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

/** Short, since tests do not wait; longer than any answer takes here. */
const TIMEOUT_MS = 1_000;

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ timeoutMs: TIMEOUT_MS });
});
afterEach(() => stage.close());

/** For what goes on for hours of GitHub's time. */
const PATIENT = { timeout: 300_000 };

const PATH = "postmortems/cache.md";
const work = () => stage.service.context.store.work;
const deadLetters = () => work().deadLetters();
/** Overdue comments, and questions on the pull request. */
const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));

/** Lets time pass until nothing is left to be tried again; gives how many seconds that took. */
async function recover(): Promise<number> {
  const started = stage.gh.clock.now().getTime();
  for (let round = 0; round < 200; round++) {
    await answered();
    await stage.settle();
    const next = await work().nextAt(stage.gh.clock.now());
    if (next === null) return (stage.gh.clock.now().getTime() - started) / 1000;
    stage.gh.clock.set(next);
  }
  throw new Error("it is tried again for ever");
}

/** Waits until what hung has been done after all: on GitHub that takes less than the time until the next look. */
async function answered(): Promise<void> {
  await vi.waitUntil(() => stage.gh.requests.every(({ status, fault }) => status !== 0 || fault?.startsWith("reset")), {
    timeout: 5 * TIMEOUT_MS,
  });
}

const answer = (status: number, message = "Fault", headers: Record<string, string> = {}): Fault => ({
  kind: "answer",
  status,
  headers,
  body: { message },
});

/** Each of them, met at each of the requests of a merge. */
const PASSING: readonly [string, Fault][] = [
  ["500", answer(500)],
  ["502 with a page of HTML", { kind: "answer", status: 502, body: "<html>Unicorn!</html>" }],
  ["503", answer(503)],
  ["a connection reset before anything was done", { kind: "reset-before" }],
  ["a connection reset after all was done", { kind: "reset-after" }],
  ["an answer that breaks off", { kind: "truncate" }],
];

const REQUESTS: readonly [string, RegExp][] = [
  // First, since who can be assigned is remembered.
  ["GET", /\/assignees\//],
  ["GET", /\/shop$/],
  ["GET", /\/pulls\/\d+$/],
  ["GET", /\/pulls\/\d+\/files$/],
  ["GET", /\/contents\/postmortems/],
  ["POST", /\/issues$/],
  ["GET", /\/issues\/\d+\/comments$/],
  ["POST", /\/issues\/\d+\/comments$/],
];

describe("what passes by itself is tried again, and done once", () => {
  sampled(it, 2).each(PASSING)("%s", async (_, fault) => {
    const pulls: number[] = [];
    for (const [method, path] of REQUESTS) {
      stage.gh.faults.add({ method, path, fault });
      pulls.push(await stage.merge({ [`postmortems/${pulls.length}.md`]: another(TABLE, pulls.length) }));
      await recover();
    }
    expect(stage.gh.requests.filter((request) => request.fault !== null)).toHaveLength(REQUESTS.length);
    expect(stage.trackingIssues()).toHaveLength(2 * REQUESTS.length);
    for (const pull of pulls) expect(stage.status(pull)).toContain("0 of 2 action items done");
    expect(await deadLetters()).toEqual([]);
  });

  it("no answer at all, for a write that GitHub did later than we waited", async () => {
    for (const path of [/\/issues$/, /\/issues\/\d+\/comments$/]) {
      stage.gh.faults.add({ method: "POST", path, fault: { kind: "hang", milliseconds: TIMEOUT_MS + 200 } });
    }
    const pull = await stage.merge({ [PATH]: TABLE });
    await recover();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
  });

  sampled(it, 2).each(PASSING)("in a pass of overdue comments and a digest: %s", async (_, fault) => {
    await stage.merge({ [PATH]: TABLE });
    stage.gh.faults.add({ method: "POST", path: /\/issues\/\d+\/comments$/, fault });
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, fault });
    stage.gh.faults.add({ method: "POST", path: /\/issues\/\d+\/comments$/, nth: 3, fault });
    await stage.advanceTo("2024-09-30T10:05:00Z");
    await recover();
    expect(nudges()).toHaveLength(2);
    const digests = stage.repo.issues.filter((issue) => issue.title.startsWith("Weekly digest"));
    expect(digests).toHaveLength(1);
    expect(stage.repo.comments(digests[0]?.number ?? 0)).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  itAtLength(
    "what never passes is given up after a night, kept for doctor, and done when it is replayed",
    PATIENT,
    async () => {
      // The hours pass within a minute here.
      stage.gh.limits.enabled = false;
      stage.gh.faults.add({ method: "POST", path: /\/issues$/, times: Number.POSITIVE_INFINITY, fault: answer(500) });
      await stage.merge({ [PATH]: TABLE });
      const seconds = await recover();
      expect(await deadLetters()).toContainEqual(
        expect.objectContaining({ key: expect.stringContaining("pull:"), attempts: 48, error: "GitHub answered 500" }),
      );
      expect(seconds).toBeGreaterThan(5 * 3600);
      expect(seconds).toBeLessThan(14 * 3600);
      stage.gh.faults.clear();
      await work().replay("all", stage.gh.clock.now());
      await recover();
      expect(stage.trackingIssues()).toHaveLength(2);
    },
  );
});

describe("a token that GitHub takes no more", () => {
  afterEach(backToNow);

  it("is renewed for the next try", async () => {
    // So much later that the token is not one of the very new ones, which may be refused for a moment.
    pass(10 * 60_000);
    stage.gh.tokens.expireAll();
    const pull = await stage.merge({ [PATH]: TABLE });
    await recover();
    // The merge and the check of its pull request run side by side: each may meet it, once.
    const refused = stage.gh.requests.filter((request) => request.status === 401);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(2);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
  });
});

describe("a request for a token", () => {
  afterEach(backToNow);

  sampled(it, 1).each(PASSING.slice(0, -1))("that fails is tried again: %s", async (_, fault) => {
    pass(10 * 60_000);
    stage.gh.tokens.expireAll();
    stage.gh.faults.add({ method: "POST", path: /\/access_tokens$/, fault });
    const pull = await stage.merge({ [PATH]: TABLE });
    await recover();
    expect(stage.gh.requests.filter((request) => request.fault !== null)).toHaveLength(1);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
    expect(await deadLetters()).toEqual([]);
  });
});

describe("limits that GitHub tells of are kept by every worker, to the second, and blame no work", () => {
  const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const error = { resource: "Issue", code: "custom", message: "was submitted too quickly" };
  const tooQuickly: Fault = { kind: "answer", status: 422, body: { message: "Validation Failed", errors: [error] } };
  const reset = String(Date.parse("2024-09-16T09:20:00Z") / 1000);
  const LIMITS: readonly [string, Fault, number][] = [
    ["403 with retry-after", answer(403, secondary, { "retry-after": "90" }), 90],
    ["429 with retry-after", answer(429, secondary, { "retry-after": "30" }), 30],
    [
      "403 with x-ratelimit-reset",
      answer(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }),
      1200,
    ],
    [
      "429 with x-ratelimit-reset",
      answer(429, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }),
      1200,
    ],
    ["a secondary limit without a header: a minute", answer(403, secondary), 60],
    ["429 without a header: a minute", answer(429), 60],
    ["422, submitted too quickly: a minute", tooQuickly, 60],
  ];
  sampled(it, 3).each(LIMITS)("%s", async (_, fault, seconds) => {
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, fault });
    await stage.merge({ [PATH]: TABLE });
    expect(stage.trackingIssues()).toHaveLength(0);
    const sent = stage.gh.requests.length;
    stage.gh.clock.advance((seconds - 1) * 1000);
    stage.repo.as("ada").pushDirect({ "postmortems/other.md": "# Nothing here\n" });
    await stage.settle();
    expect(stage.gh.requests.length).toBe(sent);
    stage.gh.clock.advance(2_000);
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    // It is certain that nothing was made, so nothing was looked for.
    expect(stage.gh.requests.slice(sent).filter(({ path }) => path.includes("creator="))).toEqual([]);
    // Nor was anybody taken for the reason.
    expect(stage.trackingIssues().flatMap(({ assignees }) => assignees.map(({ login }) => login))).toEqual(["dev"]);
  });

  it("submitted too quickly, again and again: longer each time", async () => {
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, times: 5, fault: tooQuickly });
    await stage.merge({ [PATH]: TABLE });
    expect(await recover()).toBeGreaterThanOrEqual((1 + 2 + 4 + 8 + 16) * 60);
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(await deadLetters()).toEqual([]);
  });
});

describe("what only a person can fix is told, and not tried again", () => {
  const FINAL: readonly [string, Fault, RegExp][] = [
    [
      "410, issues are switched off",
      answer(410, "Issues has been disabled in this repository."),
      /Issues are switched off/,
    ],
    ["451, blocked for legal reasons", answer(451, "Repository access blocked"), /legal reasons/],
    ["403, archived meanwhile", answer(403, "Repository was archived so is read-only."), /archived/],
    ["403, a permission is missing", answer(403, "Resource not accessible by integration"), /lacks a permission/],
  ];
  sampled(it, 2).each(FINAL)("%s: on the pull request", async (_, fault, said) => {
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, times: Number.POSITIVE_INFINITY, fault });
    const pull = await stage.merge({ [PATH]: TABLE });
    expect(stage.status(pull)).toMatch(said);
    expect(await recover()).toBe(0);
    expect(await deadLetters()).toEqual([]);
    // Fixed: the next look goes on where it stopped.
    stage.gh.faults.clear();
    await stage.merge({ [PATH]: `${TABLE}\nMore is known now.\n` });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).not.toMatch(said);
  });

  describe("422 for an assignee whom GitHub said yes to a moment ago", () => {
    const TOGETHER = `# Cache outage

## Action items

| Action | Owner | Due |
|---|---|---|
| Watch the hit rate | @dev, @eve, @lisa, @mallory | 2024-10-20 |
`;
    beforeEach(() => {
      for (const login of ["eve", "mallory"]) {
        stage.gh.user(login);
        stage.repo.setRole(login, "read");
      }
      stage.gh.onRequest = (phase, { method, path }) => {
        if (phase !== "before" || method !== "POST" || !path.endsWith("/issues")) return;
        for (const login of ["eve", "mallory"]) stage.repo.state.collaborators.delete(login);
      };
    });
    const assignees = () => stage.trackingIssues().map((issue) => issue.assignees.map(({ login }) => login));

    it("opened without them, and with all others", async () => {
      const pull = await stage.merge({ [PATH]: TOGETHER });
      expect(assignees()).toEqual([["dev", "lisa"]]);
      expect(stage.status(pull)).toContain("0 of 1 action item done");
      expect(await recover()).toBe(0);
    });

    it("and GitHub does not say which: they are asked for once more", async () => {
      const errors = [{ resource: "Issue", field: "assignees", code: "invalid" }];
      const fault: Fault = { kind: "answer", status: 422, body: { message: "Validation Failed", errors } };
      stage.gh.faults.add({ method: "POST", path: /\/issues$/, fault });
      await stage.merge({ [PATH]: TOGETHER });
      expect(assignees()).toEqual([["dev", "lisa"]]);
    });
  });

  it("any other refusal: told on the pull request, the rest goes on, and it is tried again by itself", async () => {
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, fault: answer(422, "Validation Failed") });
    const pull = await stage.merge({ [PATH]: TABLE });
    expect(await deadLetters()).toEqual([]);
    expect(stage.trackingIssues()).toHaveLength(1);
    expect(stage.status(pull)).toContain(
      "The issue for “Watch the hit rate” could not be opened: GitHub refuses it (422",
    );
    await stage.advanceTo("2024-09-16T11:10:00Z");
    await recover();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).not.toContain("could not be opened");
  });
});

describe("an issue that is gone", () => {
  beforeEach(async () => {
    stage.gh.repository("acme/elsewhere");
    await stage.merge({ [PATH]: TABLE });
    stage.gh.webhooks.drop = () => true;
  });
  const first = () => stage.trackingIssues()[0]?.number ?? 0;

  it.each<[string, () => void]>([
    ["deleted", () => stage.repo.as("ada").deleteIssue(first())],
    ["transferred", () => void stage.repo.as("ada").transferIssue(first(), "acme/elsewhere")],
  ])("%s: counts as closed, no other takes its place, the others go on", async (_, vanish) => {
    vanish();
    await stage.advanceTo("2024-09-26T10:05:00Z");
    await recover();
    expect(stage.trackingIssues()).toHaveLength(1);
    expect(nudges()).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  sampled(it, 1).each([404, 410])("between the look and the comment (%s): the others get theirs", async (status) => {
    const fault = answer(status, "This issue was deleted");
    stage.gh.faults.add({ method: "POST", path: new RegExp(`/issues/${first()}/comments$`), fault });
    await stage.advanceTo("2024-09-26T10:05:00Z");
    await recover();
    expect(nudges()).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
    expect((await stage.service.context.store.repository(stage.repo.state.id))?.obstacle).toBeNull();
  });
});

describe("a repository that is out of sight, without a webhook that told", () => {
  afterEach(backToNow);

  const LOSSES: readonly [string, () => void][] = [
    ["the App was uninstalled", () => stage.installation.uninstall()],
    ["the App was suspended", () => stage.installation.suspend()],
    ["the repository was taken from it", () => stage.installation.removeRepository("acme/shop")],
    ["the repository was deleted", () => stage.repo.as("ada").deleteRepository()],
  ];
  sampled(it, 2).each(LOSSES)("%s: the installation is looked at, and nothing is given up", async (_, vanish) => {
    stage.repo.as("ada").setPrivate(true);
    await stage.merge({ [PATH]: TABLE });
    stage.gh.webhooks.drop = () => true;
    vanish();
    // The token of before is not one of the very new ones, which may be refused for a moment.
    pass(10 * 60_000);
    stage.gh.clock.advance(3_600_000);
    await stage.service.tick();
    await recover();
    expect(await deadLetters()).toEqual([]);
    // From then on nothing is asked for that cannot be had.
    const from = stage.gh.requests.length;
    stage.gh.clock.advance(3_600_000);
    await stage.service.tick();
    await recover();
    expect(stage.gh.requests.slice(from).filter(({ path }) => path.startsWith("/repos/"))).toEqual([]);
  });
});
