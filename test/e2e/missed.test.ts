/** What no webhook told of, and a database that is gone: GitHub is the record. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another, GATEWAY, TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";

/** Writes that create or change something people see. */
const writes = (from: number) =>
  stage.gh.requests.slice(from).filter(({ method, path }) => method !== "GET" && path.includes("/repos/")).length;

const wipe = async () => {
  await stage.stopService();
  rmSync(stage.dataDir, { recursive: true });
};

describe("missed deliveries", () => {
  it("that failed are asked for again on start", async () => {
    const { url } = stage.gh.webhooks;
    stage.gh.webhooks.url = "http://127.0.0.1:9/nobody-listens";
    const ada = stage.repo.as("ada");
    ada.mergePull(ada.proposeFiles({ [PATH]: TABLE }, "Add").number);
    await stage.gh.webhooks.settled();
    expect(stage.trackingIssues()).toHaveLength(0);
    stage.gh.webhooks.url = url;
    await stage.stopService();
    await stage.startService();
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("that never came: the sweep finds the merge, its home, and writes as if it had been told", async () => {
    stage.gh.webhooks.drop = () => true;
    const pull = await stage.merge({ [PATH]: TABLE });
    expect(stage.trackingIssues()).toHaveLength(0);
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
  });

  it("of a pull request with many documents: it is followed once, and reads grow with their number, not its square", async () => {
    stage.gh.webhooks.drop = () => true;
    const costs: number[] = [];
    for (const [round, documents] of [1, 2, 4, 8].entries()) {
      const paths = Array.from({ length: documents }, (_, index) => `postmortems/${round}-${index}.md`);
      await stage.merge(Object.fromEntries(paths.map((path) => [path, TABLE])));
      const before = stage.gh.requests.length;
      await stage.advanceTo(`2024-09-16T1${round}:10:00Z`);
      const reads = stage.gh.requests.slice(before).filter(({ method }) => method === "GET");
      expect(reads.filter(({ path }) => /\/pulls\/\d+\/files/.test(path))).toHaveLength(1);
      costs.push(reads.length);
    }
    const [, two = 0, four = 0, eight = 0] = costs;
    expect(eight - four).toBeLessThanOrEqual(2 * (four - two));
  });

  it("of an edit and of closed issues: the sweep catches up", async () => {
    const pull = await stage.merge({ [PATH]: TABLE });
    stage.gh.webhooks.drop = () => true;
    await stage.merge({ [PATH]: TABLE.replace("2024-09-24", "2024-10-01") });
    const [first, second] = stage.trackingIssues();
    stage.repo.as("dev").closeIssue(first?.number ?? 0);
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect(second?.body).toContain("**Tue 1 Oct 2024**");
    expect(stage.status(pull)).toContain("1 of 2 action items done");
  });

  it("of a direct push: tracking issues only, and nothing is said elsewhere", async () => {
    stage.repo.as("ada").pushDirect({ [PATH]: TABLE });
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect([...stage.repo.state.comments.values()]).toEqual([]);
  });

  it("cost a quiet sweep a handful of requests, however many items there are", async () => {
    await stage.merge({ [PATH]: TABLE, "postmortems/gateway.md": GATEWAY });
    await stage.advanceTo("2024-09-16T10:10:00Z");
    const before = stage.gh.requests.length;
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(stage.gh.requests.slice(before).filter(({ path }) => path.includes("/repos/")).length).toBeLessThanOrEqual(
      6,
    );
    expect(writes(before)).toBe(0);
  });

  it("in any order and any number come to the same", async () => {
    stage.gh.webhooks.hold();
    stage.gh.webhooks.duplicate = () => true;
    const ada = stage.repo.as("ada");
    const first = ada.proposeFiles({ [PATH]: TABLE }, "Add");
    ada.mergePull(first.number);
    const second = ada.proposeFiles({ [PATH]: TABLE.replace("2024-09-24", "2024-10-01") }, "Edit");
    ada.mergePull(second.number);
    stage.gh.webhooks.release((held) => [...held].reverse());
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(first.number)).toContain("Tue 1 Oct 2024");
    expect(
      stage.repo.comments(second.number).filter((comment) => comment.body.includes("follow-through:status")),
    ).toHaveLength(0);
  });
});

describe("a database that is gone", () => {
  it("stands again from GitHub alone, and a sweep after that writes nothing", async () => {
    const pull = await stage.merge({ [PATH]: TABLE, "postmortems/gateway.md": GATEWAY });
    await stage.merge({ [PATH]: TABLE.replace("2024-09-24", "2024-10-01") });
    await stage.advanceTo("2024-09-23T09:05:00Z");
    const projection = async () => {
      const { store } = stage.service.context;
      const documents = await store.documentsOf(stage.repo.state.id);
      const items = (
        await Promise.all(documents.map((document) => store.itemsOf(document.repositoryId, document.id)))
      ).flat();
      return items
        .filter((item) => item.issue !== null)
        .map(({ id, due, originalDue, slips, nudges, nextNudgeOn, issue }) => ({
          id,
          due,
          originalDue,
          slips,
          nudges,
          nextNudgeOn,
          issue,
        }))
        .sort((a, b) => a.id.localeCompare(b.id));
    };
    const before = await projection();
    expect(before).toHaveLength(6);
    await wipe();
    await stage.startService();
    const from = stage.gh.requests.length;
    await stage.settle();
    expect(await projection()).toEqual(before);
    await stage.service.tick();
    await stage.advanceTo("2024-09-23T11:08:00Z");
    expect(writes(from)).toBe(0);
    await stage.merge({
      [PATH]: `${TABLE.replace("2024-09-24", "2024-10-01")}| P3 | Count the misses | @lisa | 2024-10-02 |\n`,
    });
    expect(stage.trackingIssues()).toHaveLength(7);
    expect(stage.status(pull)).toContain("of 8 action items done");
  });

  it("also where the next thing to come is an old delivery", async () => {
    const pull = await stage.merge({ [PATH]: TABLE });
    await wipe();
    await stage.startService();
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    const from = stage.gh.requests.length;
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toBeTruthy();
    expect(writes(from)).toBe(0);
  });

  it("together with a merge that nobody told of: the merge is followed all the same, and nothing from before the App", async () => {
    await stage.close();
    stage = await Stage.start({ files: { "postmortems/old.md": GATEWAY } });
    await stage.merge({ [PATH]: TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    stage.gh.webhooks.drop = () => true;
    const lost = await stage.merge({ "postmortems/lost.md": another(TABLE, "lost") });
    await wipe();
    await stage.startService();
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(stage.status(lost)).toContain("0 of 2 action items done");
    const from = stage.gh.requests.length;
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(writes(from)).toBe(0);
  });

  it("also where GitHub's filter by creator knows no bots", async () => {
    stage.gh.world.creatorFilterKnowsBots = false;
    await stage.merge({ [PATH]: TABLE });
    await wipe();
    await stage.startService();
    await stage.settle();
    await stage.merge({ [PATH]: TABLE.replace("2024-09-24", "2024-10-01") });
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("ignores markers that people copied into issues, comments and documents", async () => {
    await stage.merge({ [PATH]: TABLE });
    const [first] = stage.trackingIssues();
    const eve = stage.repo.as("eve");
    eve.openIssue({ title: "Copied", body: first?.body ?? "" });
    const own = stage.repo.as("ada").openIssue({ title: "Own" });
    eve.comment(own.number, first?.body ?? "");
    await stage.settle();
    await wipe();
    await stage.startService();
    await stage.settle();
    const items = await stage.service.context.store.openItems(stage.repo.state.id);
    expect(items.map((item) => item.issue?.number).sort()).toEqual(
      stage
        .trackingIssues()
        .slice(0, 2)
        .map((issue) => issue.number),
    );
  });
});

describe("an issue that was opened but never recorded", () => {
  it("is not opened again, even where the item was reworded before the service came back", async () => {
    stage.gh.faults.add({ method: "POST", path: /\/issues$/, nth: 1, fault: { kind: "reset-after" } });
    await stage.merge({ [PATH]: TABLE });
    stage.gh.webhooks.drop = () => true;
    await stage.merge({ [PATH]: TABLE.replace("Watch the hit rate", "Watch the hit rate of each node") });
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect(stage.trackingIssues().map((issue) => issue.title)).toEqual([
      "Watch the hit rate of each node",
      "Update the runbook",
    ]);
  });
});
