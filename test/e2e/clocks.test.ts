/**
 * A machine whose clock is wrong, or jumps while work runs: nothing is done twice, nothing lost, and what is due goes by GitHub's
 * clock (docs/adr/0013). With real processes, kills and both engines in clocks.long.test.ts.
 */
import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import { TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const CLOCKS: readonly [string, number][] = [
  ["a day behind", -DAY_MS],
  ["an hour behind", -HOUR_MS],
  ["5 minutes behind", -5 * MINUTE_MS],
  ["right", 0],
  ["5 minutes ahead", 5 * MINUTE_MS],
  ["an hour ahead", HOUR_MS],
  ["a day ahead", DAY_MS],
];

/** The clocks that are an hour or more off. */
const FAR = CLOCKS.filter(([, aheadMs]) => Math.abs(aheadMs) >= HOUR_MS);

/** The answer is lost: after GitHub did what was asked, or before. */
const DONE: Fault = { kind: "reset-after" };
const NOT_DONE: Fault = { kind: "reset-before" };

let stage: Stage;
afterEach(() => stage.close());

const marked = (kind: string) =>
  [...stage.repo.state.comments.values()].filter((one) => one.viaApp && one.body.includes(`follow-through:${kind} `));
const digests = () => stage.repo.issues.filter((issue) => issue.title.startsWith("Weekly digest"));
const deadLetters = () => stage.service.context.store.work.deadLetters();

/** Lets the answer to the next request of a kind be lost. */
const lose = (path: RegExp, fault: Fault) => stage.gh.faults.add({ method: "POST", path, fault });

/**
 * A check, a merge, a nudge pass and a digest, in which the answer to each kind of create is lost. `jump` is called before each next
 * try.
 */
async function story(fault: Fault, jump: () => void = () => {}): Promise<number> {
  const next = async () => {
    jump();
    await stage.recover();
  };
  const ada = stage.repo.as("ada");
  lose(/\/check-runs$/, fault);
  // Each has an owner: what has none is asked of its author too.
  const owned = TABLE.replace("Web Team", "@lisa");
  const pull = ada.proposeFiles({ "postmortems/cache.md": owned }, "Add a postmortem").number;
  await stage.settle();
  await next();
  lose(/\/shop\/issues$/, fault);
  lose(/\/issues\/\d+\/comments$/, fault);
  ada.mergePull(pull);
  await stage.settle();
  await next();
  // One of the two is due on Tuesday the 17th; a pass begins at nine.
  await stage.advanceTo("2024-09-17T09:05:00Z");
  await stage.recover();
  expect(marked("nudge")).toHaveLength(0);
  lose(/\/issues\/\d+\/comments$/, fault);
  await stage.advanceTo("2024-09-18T09:05:00Z");
  await next();
  expect(marked("nudge")).toHaveLength(1);
  lose(/\/shop\/issues$/, fault);
  lose(/\/issues\/\d+\/comments$/, fault);
  await stage.advanceTo("2024-09-23T09:05:00Z");
  await next();
  return pull;
}

async function expectEachOnce(pull: number): Promise<void> {
  expect(stage.gh.requests.filter((request) => request.fault !== null)).toHaveLength(6);
  expect(stage.trackingIssues()).toHaveLength(2);
  expect(stage.status(pull)).toContain("0 of 2 action items done");
  expect([...stage.repo.state.checkRuns.values()]).toHaveLength(1);
  expect(marked("nudge")).toHaveLength(1);
  expect(digests()).toHaveLength(1);
  expect(marked("digest-week")).toHaveLength(1);
  expect(await deadLetters()).toEqual([]);
}

describe("where the answer to each kind of create is lost, each is there once", () => {
  sampled(it, 2).each(CLOCKS)("(GitHub did it) with a clock that is %s", async (_, aheadMs) => {
    stage = await Stage.start({ aheadMs });
    await expectEachOnce(await story(DONE));
  });

  sampled(it, 1).each(FAR.slice(1, 3))("(GitHub did not) with a clock that is %s", async (_, aheadMs) => {
    stage = await Stage.start({ aheadMs });
    await expectEachOnce(await story(NOT_DONE));
  });

  sampled(it, 2).each(FAR)(
    "with a clock that jumps before each next try, until it is far more than %s",
    async (_, byMs) => {
      stage = await Stage.start();
      const jump = () => {
        stage.aheadMs += byMs;
      };
      await expectEachOnce(await story(DONE, jump));
    },
  );
});

describe("what no webhook told of", () => {
  sampled(it, 2).each(FAR)(
    "is found by the sweep, with a clock that is %s, and then as far off the other way",
    async (_, aheadMs) => {
      stage = await Stage.start({ aheadMs });
      const pull = await stage.merge({ "postmortems/cache.md": TABLE });
      await stage.advanceTo("2024-09-16T11:10:00Z");
      stage.gh.webhooks.drop = () => true;
      const [first, second] = stage.trackingIssues();
      stage.gh.clock.set("2024-09-16T11:20:00Z");
      stage.repo.as("dev").closeIssue(first?.number ?? 0);
      stage.repo.as("lisa").comment(second?.number ?? 0, "/assign @lisa");
      stage.aheadMs = -aheadMs;
      await stage.advanceTo("2024-09-16T12:10:00Z");
      await stage.recover();
      expect(stage.status(pull)).toContain("1 of 2 action items done");
      expect(stage.trackingIssues()[1]?.assignees.map(({ login }) => login)).toEqual(["lisa"]);
    },
  );
});

describe("GitHub's limits", () => {
  sampled(it, 2).each(FAR)("end when GitHub's clock says so, with a clock that is %s", async (_, aheadMs) => {
    stage = await Stage.start({ aheadMs });
    const reset = String(Date.parse("2024-09-16T09:20:00Z") / 1000);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const fault: Fault = { kind: "answer", status: 403, headers, body: { message: "API rate limit exceeded" } };
    stage.gh.faults.add({ method: "POST", path: /\/shop\/issues$/, fault });
    await stage.merge({ "postmortems/cache.md": TABLE });
    const next = Date.parse((await stage.service.context.store.work.nextAt(stage.now())) ?? "") - aheadMs;
    expect(new Date(next).toISOString()).toMatch(/^2024-09-16T09:20:0[1-5]/);
    await stage.recover();
    expect(stage.trackingIssues()).toHaveLength(2);
  });
});

it("the App says who it is by GitHub's clock, and learns from one refusal where its own jumped", async () => {
  stage = await Stage.start();
  const { app } = stage.service.context;
  for (const [, aheadMs] of CLOCKS) {
    stage.aheadMs = aheadMs;
    await app.installations();
    const from = stage.gh.requests.length;
    await app.installations();
    expect(stage.gh.requests.slice(from).map(({ status }) => status)).toEqual([200]);
  }
});
