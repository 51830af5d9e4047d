/** The installation changes in the middle of a merge, and no webhook tells: nothing is given up, nothing done twice, nothing lost. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { backToNow, pass } from "../support/later.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  stage.repo.as("ada").setPrivate(true);
  await stage.settle();
});
afterEach(async () => {
  backToNow();
  await stage.close();
});

const PATH = "postmortems/cache.md";
const work = () => stage.service.context.store.work;

/** Lets `happen` come right before the nth request of that kind; GitHub tells nobody of it. */
function before(method: string, path: RegExp, nth: number, happen: () => void): void {
  // Octokit is patient with a token that is refused while it is new.
  pass(10 * 60_000);
  let seen = 0;
  stage.gh.onRequest = (phase, request) => {
    if (phase !== "before" || request.method !== method || !path.test(request.path) || ++seen !== nth) return;
    stage.gh.onRequest = () => {};
    stage.gh.webhooks.drop = () => true;
    happen();
    stage.gh.webhooks.drop = () => false;
  };
}

const hours = async (count: number) => {
  stage.gh.clock.advance(count * 3_600_000);
  await stage.service.tick();
  await stage.recover();
};

/** What happens, and how it is undone. */
const CHANGES: readonly [string, () => void, () => void][] = [
  ["the App is suspended", () => stage.installation.suspend(), () => stage.installation.unsuspend()],
  ["the App is removed", () => stage.installation.uninstall(), () => void stage.gh.installApp({ on: ["acme/shop"] })],
  [
    "the repository is taken from the App",
    () => stage.installation.removeRepository("acme/shop"),
    () => stage.installation.addRepository("acme/shop"),
  ],
  [
    "the permission for issues is taken away",
    () => {
      stage.installation.setPermission("issues", "read");
      stage.gh.tokens.expireAll();
    },
    () => stage.installation.acceptPermissions(stage.gh.world.app.permissions),
  ],
];

const MOMENTS: readonly [string, string, RegExp, number][] = [
  ["before the postmortem is read", "GET", /\/contents\/postmortems/, 1],
  ["before the pull request is read", "GET", /\/pulls\/\d+$/, 1],
  ["before the first issue is opened", "POST", /\/issues$/, 1],
  ["before the second issue is opened", "POST", /\/issues$/, 2],
  ["before the status comment is written", "POST", /\/issues\/\d+\/comments$/, 1],
];

describe.each(CHANGES)("%s", (_, happen, undo) => {
  sampled(it, 2).each(MOMENTS)("%s", async (_, method, path, nth) => {
    before(method, path, nth, happen);
    const pull = await stage.merge({ [PATH]: TABLE });
    await stage.recover();
    expect(await work().deadLetters()).toEqual([]);

    // Nothing is asked for that cannot be had, but for a look at how the repository is.
    const from = stage.gh.requests.length;
    await hours(3);
    expect(stage.gh.requests.slice(from).filter(({ method }) => method !== "GET" && method !== "POST")).toEqual([]);
    expect(await work().deadLetters()).toEqual([]);

    undo();
    await stage.recover();
    await hours(2);
    expect(stage.trackingIssues().map(({ title, state }) => [title, state])).toEqual([
      ["Watch the hit rate", "open"],
      ["Update the runbook", "open"],
    ]);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
    expect(await work().deadLetters()).toEqual([]);
  });
});

describe("a merged postmortem that cannot be read at first", () => {
  it.each([403, 404, 410, 451, 500, 502, 503])("GitHub answers %i: it is followed later, once", async (status) => {
    const path = /\/contents\/postmortems/;
    stage.gh.faults.add({ path, times: Number.POSITIVE_INFINITY, fault: { kind: "answer", status } });
    pass(10 * 60_000);
    await stage.merge({ [PATH]: TABLE });
    expect(stage.trackingIssues()).toEqual([]);
    stage.gh.faults.clear();
    await stage.recover();
    await hours(2);
    await hours(24);
    expect(stage.trackingIssues().map(({ title }) => title)).toEqual(["Watch the hit rate", "Update the runbook"]);
    expect(await work().deadLetters()).toEqual([]);
  });
});

describe("overdue comments under way when the repository is taken from the App", () => {
  it("close no item whose issue cannot be seen, and go on once it is given back", async () => {
    await stage.merge({ [PATH]: TABLE });
    before("GET", /\/issues\/\d+$/, 1, () => stage.installation.removeRepository("acme/shop"));
    await stage.advanceTo("2024-09-30T10:05:00Z");
    await stage.recover();
    const { store } = stage.service.context;
    expect((await store.openItems(stage.repo.state.id)).map(({ base }) => base.title)).toHaveLength(2);
    stage.installation.addRepository("acme/shop");
    await stage.recover();
    await stage.advanceTo("2024-10-01T10:05:00Z");
    await stage.recover();
    const nudges = [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
    expect(nudges).toHaveLength(2);
    expect(await work().deadLetters()).toEqual([]);
  });
});

describe("a sweep under way when the repository is taken from the App", () => {
  sampled(it, 1).each([
    ["the head is read", /\/git\/ref\//],
    ["the document is looked for", /\/contents\/postmortems/],
  ])("takes no postmortem for deleted: before %s", async (_, path) => {
    const pull = await stage.merge({ [PATH]: TABLE });
    stage.repo.as("ada").pushDirect({ [PATH]: `${TABLE}\nMore is known now.\n` });
    before("GET", path, 1, () => stage.installation.removeRepository("acme/shop"));
    await stage.gh.webhooks.settled();
    await stage.recover();
    const documents = await stage.service.context.store.documentsOf(stage.repo.state.id);
    expect(documents.map(({ removedOn }) => removedOn)).toEqual([null]);
    stage.installation.addRepository("acme/shop");
    await hours(2);
    expect(stage.status(pull)).not.toContain("no longer");
    expect(await work().deadLetters()).toEqual([]);
  });
});
