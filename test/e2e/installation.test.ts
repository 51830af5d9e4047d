/** The life of an installation: what GitHub does to it, and what the App makes of that. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another, TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const ROWS = `${TABLE}| P3 | Count the misses | @lisa | 2024-10-02 |\n`;

const deadLetters = () => stage.service.context.store.work.deadLetters();
const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));

describe("an installation", () => {
  it("that is suspended is left in peace, and what was missed follows once it is back", async () => {
    stage.installation.suspend();
    await stage.settle();
    const before = stage.gh.requests.length;
    await stage.merge({ [PATH]: TABLE });
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect(stage.gh.requests.slice(before).filter(({ path }) => path.includes("/repos/"))).toEqual([]);
    stage.installation.unsuspend();
    await stage.settle();
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("that is removed leaves no work behind, and its data goes after thirty days", async () => {
    await stage.merge({ [PATH]: TABLE });
    stage.installation.uninstall();
    await stage.settle();
    const { store } = stage.service.context;
    await stage.advanceTo("2024-09-23T09:05:00Z");
    expect(await store.work.deadLetters()).toEqual([]);
    expect(await store.repository(stage.repo.state.id)).not.toBeNull();
    await stage.advanceTo("2024-10-20T09:05:00Z");
    expect(await store.repository(stage.repo.state.id)).toBeNull();
    expect(await store.openItems(stage.repo.state.id)).toEqual([]);
  });
});

describe("a repository", () => {
  it("that is renamed keeps its items, which are known by its number", async () => {
    const pull = await stage.merge({ [PATH]: TABLE });
    stage.repo.as("ada").renameRepository("store");
    await stage.settle();
    await stage.merge({ [PATH]: ROWS });
    expect(stage.trackingIssues()).toHaveLength(3);
    expect(stage.status(pull)).toContain("/acme/store/");
  });

  it("that is taken away from the App and given back goes on", async () => {
    await stage.merge({ [PATH]: TABLE });
    stage.installation.removeRepository("acme/shop");
    await stage.settle();
    await stage.advanceTo("2024-09-23T09:05:00Z");
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    stage.installation.addRepository("acme/shop");
    await stage.settle();
    await stage.merge({ [PATH]: ROWS });
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  it("whose default branch is renamed is read at the new one", async () => {
    await stage.merge({ [PATH]: TABLE });
    stage.repo.as("ada").renameDefaultBranch("trunk");
    await stage.settle();
    await stage.merge({ [PATH]: ROWS });
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  it("that is made private and public again is followed through all the while", async () => {
    const ada = stage.repo.as("ada");
    for (const [index, isPrivate] of [true, false].entries()) {
      ada.setPrivate(isPrivate);
      await stage.settle();
      const pull = await stage.merge({ [`postmortems/${index}.md`]: another(TABLE, index) });
      expect(stage.status(pull)).toContain("0 of 2 action items done");
    }
    await stage.advanceTo("2024-09-30T10:05:00Z");
    expect(nudges()).toHaveLength(2);
    expect(await deadLetters()).toEqual([]);
  });

  it("that is a fork is left alone", async () => {
    const fork = stage.gh.fork("acme/shop", "lisa");
    stage.gh.installApp({ on: [fork.fullName] });
    await stage.settle();
    const lisa = fork.as("lisa");
    lisa.mergePull(lisa.proposeFiles({ [PATH]: TABLE }, "Add").number);
    await stage.settle();
    expect(fork.issues).toEqual([]);
  });
});

/** Whether the webhooks of it came, and whether everybody may read the repository. */
const TRANSFERS = [
  { told: true, isPrivate: true },
  { told: true, isPrivate: false },
  { told: false, isPrivate: true },
  { told: false, isPrivate: false },
];

sampled(describe, 1).each(TRANSFERS)(
  "a repository that is transferred (told: $told, private: $isPrivate)",
  ({ told, isPrivate }) => {
    let first: number;
    beforeEach(async () => {
      stage.repo.as("ada").setPrivate(isPrivate);
      await stage.settle();
      first = await stage.merge({ [PATH]: TABLE });
      stage.gh.organisation("umbrella", { members: ["ada", "lisa", "dev"] });
    });

    const transfer = async () => {
      stage.gh.webhooks.drop = () => !told;
      stage.repo.as("ada").transferRepository("umbrella");
      await stage.settle();
      stage.gh.webhooks.drop = () => false;
    };

    it("to an account where the App is installed keeps its items, and goes on there", async () => {
      const { id } = stage.gh.installApp({ account: "umbrella" });
      await stage.settle();
      await transfer();
      await stage.advanceTo("2024-09-16T10:10:00Z");
      await stage.recover();
      expect(await stage.service.context.store.repository(stage.repo.state.id)).toMatchObject({
        installationId: id,
        owner: "umbrella",
        lostAt: null,
      });
      await stage.merge({ [PATH]: ROWS });
      await stage.advanceTo("2024-09-30T10:05:00Z");
      await stage.recover();
      expect(stage.trackingIssues()).toHaveLength(3);
      expect(stage.status(first)).toContain("/umbrella/shop/");
      expect(nudges()).toHaveLength(2);
      expect(await deadLetters()).toEqual([]);
    });

    it("and whose next merge comes before anything else goes on all the same", async () => {
      stage.gh.installApp({ account: "umbrella" });
      await stage.settle();
      await transfer();
      await stage.merge({ [PATH]: ROWS });
      await stage.recover();
      expect(stage.trackingIssues()).toHaveLength(3);
      expect(await deadLetters()).toEqual([]);
    });

    it("with work of before still waiting has it done once, under the new installation", async () => {
      stage.gh.installApp({ account: "umbrella" });
      await stage.settle();
      const ada = stage.repo.as("ada");
      ada.mergePull(ada.proposeFiles({ [PATH]: ROWS }, "Add an item").number);
      await stage.gh.webhooks.settled();
      await transfer();
      await stage.recover();
      expect(stage.trackingIssues()).toHaveLength(3);
      expect(await deadLetters()).toEqual([]);
    });

    it("to an account without the App is let go of, and goes on once the App is installed there", async () => {
      await transfer();
      await stage.advanceTo("2024-09-16T10:10:00Z");
      await stage.recover();
      const from = stage.gh.requests.length;
      await stage.advanceTo("2024-09-30T10:05:00Z");
      await stage.recover();
      expect(stage.gh.requests.slice(from).filter(({ path }) => path.includes("/repos/"))).toEqual([]);
      expect(await deadLetters()).toEqual([]);
      stage.gh.installApp({ account: "umbrella" });
      await stage.settle();
      await stage.merge({ [PATH]: ROWS });
      expect(stage.trackingIssues()).toHaveLength(3);
      await stage.advanceTo("2024-10-01T10:05:00Z");
      expect(nudges()).toHaveLength(2);
    });
  },
);
