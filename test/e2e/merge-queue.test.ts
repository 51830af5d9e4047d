/** A merge queue waits for the same check on the commit it is about to merge. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GATEWAY } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const NAME = "Follow-Through";
const PATH = "postmortems/2024-09-12-gateway.md";
const CODE = { "src/index.ts": "export {};\n" };

async function propose(files: Record<string, string>): Promise<number> {
  const { number } = stage.repo.as("ada").proposeFiles(files, "Change files");
  await stage.settle();
  return number;
}

/** Puts a pull request into the queue; gives the commit of which checks are asked for. */
async function queue(pull: number): Promise<string> {
  const sha = stage.repo.as("ada").queuePull(pull);
  await stage.settle();
  return sha;
}

const said = (sha: string) => stage.repo.checks(sha).map(({ name, conclusion, title }) => [name, conclusion, title]);
const ANSWER = [NAME, "success", "Judged in its pull request"];
const isAlways = async () => {
  stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "check: always\n" });
  await stage.settle();
};

describe("what a merge queue is about to merge", () => {
  it("is answered under the name of the required check, merged, and followed through", async () => {
    await isAlways();
    for (const files of [CODE, { [PATH]: GATEWAY }]) {
      const pull = await propose(files);
      const sha = await queue(pull);
      expect(said(sha)).toEqual([ANSWER]);
      stage.repo.as("ada").mergeQueued(pull, NAME);
      await stage.settle();
    }
    expect(stage.trackingIssues()).toHaveLength(4);
  });

  it("is answered without `check: always` where its pull request was, and costs nothing elsewhere", async () => {
    const [withOne, without] = [await propose({ [PATH]: GATEWAY }), await propose(CODE)];
    expect(said(await queue(withOne))).toEqual([ANSWER]);
    const from = stage.gh.requests.length;
    const sha = await queue(without);
    expect(said(sha)).toEqual([]);
    expect(stage.spent(from)).toBe(0);
    expect(() => stage.repo.as("ada").mergeQueued(without, NAME)).toThrow("the queue waits");
  });

  it("is not answered where the policy switches everything off", async () => {
    await isAlways();
    const pull = await propose(CODE);
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "enabled: false\ncheck: always\n" });
    await stage.settle();
    expect(said(await queue(pull))).toEqual([]);
  });

  it("is answered once, whatever is delivered again, and again after “Re-run”", async () => {
    await isAlways();
    const sha = await queue(await propose(CODE));
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    await stage.settle();
    expect(said(sha)).toEqual([ANSWER]);
    const from = stage.gh.requests.length;
    stage.repo.as("ada").rerunCheck(stage.repo.checks(sha)[0]?.id ?? 0);
    await stage.settle();
    expect(stage.spent(from, "PATCH")).toBe(1);
    expect(said(sha)).toEqual([ANSWER]);
  });

  sampled(it, 1).each(["reset-before", "reset-after", "truncate"] as const)(
    "is answered once where the answer never came: %s",
    async (kind) => {
      await isAlways();
      const pull = await propose(CODE);
      stage.gh.faults.add({ method: "POST", path: /\/check-runs$/, fault: { kind } });
      const sha = await queue(pull);
      await stage.recover();
      expect(said(sha)).toEqual([ANSWER]);
      expect(await stage.service.context.store.intents(stage.repo.state.id)).toEqual([]);
    },
  );

  it("that cannot be answered, since it is gone or checks cannot be written, is no trouble", async () => {
    await isAlways();
    const pull = await propose(CODE);
    const body = { message: "No commit found for SHA" };
    stage.gh.faults.add({ method: "POST", path: /\/check-runs$/, fault: { kind: "answer", status: 422, body } });
    const sha = await queue(pull);
    await stage.recover();
    expect(said(sha)).toEqual([]);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    expect(await stage.service.context.store.troubles(stage.repo.state.id)).toEqual([]);
  });
});
