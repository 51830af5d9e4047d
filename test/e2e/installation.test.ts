/** The life of an installation: what GitHub does to it, and what the App makes of that. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const ROWS = `${TABLE}| P3 | Count the misses | @lisa | 2024-10-02 |\n`;

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
