/** Commands are carried out once, whatever fails: lost and repeated deliveries, crashes, a lost database, an upgrade. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another } from "../fixtures/documents.js";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { itAtLength } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { numberOf, watch, bodyOf, own, thumbs, item, write, writes } = commenting(() => stage);

/** What markers of version 1 lack. */
const OF_COMMANDS = '"snoozes":[],"waiver":null,"heard":null,';

describe("a command", () => {
  /** Time enough for what failed to be tried again, and looked for twice. */
  const later = async () => {
    for (let hour = 0; hour < 3; hour++) {
      stage.gh.clock.advance(3_600_000);
      await stage.settle();
    }
  };

  it("lost: the sweep carries it out, and only once", async () => {
    stage.gh.webhooks.drop = () => true;
    await write(watch(), "dev", "/due 2024-10-04", "/help");
    await stage.advanceTo("2024-09-16T10:10:00Z");
    expect((await item(watch())).due).toBe("2024-10-04");
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(own(watch())).toHaveLength(1);
    expect(thumbs(watch())).toEqual([1, 0]);
  });

  it("duplicated and out of order: in the order they were written", async () => {
    stage.gh.webhooks.hold();
    stage.gh.webhooks.duplicate = () => true;
    stage.repo.as("dev").comment(watch(), "/due 2024-10-04");
    stage.repo.as("lisa").comment(watch(), "/due 2024-10-11");
    stage.repo.as("dev").comment(watch(), "/snooze 3 days");
    stage.gh.webhooks.release((held) => [...held].reverse());
    await stage.settle();
    const { due, slips, snoozes } = await item(watch());
    expect(due).toBe("2024-10-11");
    expect(slips.map(({ by, to }) => [by, to])).toEqual([
      ["dev", "2024-10-04"],
      ["lisa", "2024-10-11"],
    ]);
    expect(snoozes).toHaveLength(1);
    expect(thumbs(watch())).toEqual([1, 1, 1, 0, 0, 0]);
    expect(own(watch()).map(({ body }) => body.split("\n")[0])).toEqual([
      "@dev, due Fri 4 Oct 2024.",
      "@lisa, due Fri 11 Oct 2024.",
      "@dev, no overdue comments until Thu 19 Sep 2024.",
    ]);
  });

  itAtLength.each(["reset-before", "reset-after"] as const)("a crash at any of its requests (%s)", async (kind) => {
    const number = watch();
    const asked = stage.gh.requests.length;
    await write(number, "dev", "/due 2024-09-30 first", "/due nonsense");
    const count = stage.spent(asked);
    expect(count).toBeGreaterThan(5);
    for (let nth = 1; nth <= count; nth++) {
      const before = own(number).length;
      stage.gh.faults.add({ nth, fault: { kind } });
      const day = `2024-10-${String(nth).padStart(2, "0")}`;
      await write(number, "dev", `/due ${day}`, "/due nonsense");
      await later();
      stage.gh.faults.clear();
      expect((await item(number)).due, `request ${nth}`).toBe(day);
      expect((await item(number)).slips.at(-1)).toMatchObject({ to: day, by: "dev" });
      expect(own(number)).toHaveLength(before + 1);
    }
    const { slips, slipsLeftOut } = await item(number);
    expect(slips.length + slipsLeftOut).toBe(count + 1);
    expect(thumbs(number).filter((each) => each > 0)).toEqual(Array(count + 1).fill(1));
  });

  itAtLength("a crash at any of its requests, on an adopted issue", async () => {
    const number = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" }).number;
    await stage.merge({
      "postmortems/b.md": another(TABLE, "again").replace("Watch the hit rate", `Watch the hit rate (#${number})`),
    });
    const asked = stage.gh.requests.length;
    await write(number, "ada", "/waive for good");
    const count = stage.spent(asked);
    for (let nth = 1; nth <= count; nth++) {
      await write(number, "ada", "/reopen");
      stage.gh.faults.add({ nth, fault: { kind: "reset-after" } });
      await write(number, "ada", `/waive for good ${nth}`);
      await later();
      stage.gh.faults.clear();
      expect(stage.repo.issue(number), `request ${nth}`).toMatchObject({ state: "closed", stateReason: "not_planned" });
      expect((await item(number)).waiver).toMatchObject({ why: `for good ${nth}` });
    }
    expect(thumbs(number).filter((each) => each > 0)).toEqual(Array(2 * count + 1).fill(1));
    expect(own(number)).toHaveLength(1);
  });

  it.each([
    ["the answer", { method: "POST", path: /\/issues\/\d+\/comments$/ }],
    ["the issue", { method: "PATCH", path: /\/issues\/\d+$/ }],
  ])("a crash after %s was written, and the database lost with it", async (_, request) => {
    const number = watch();
    stage.gh.faults.add({ ...request, fault: { kind: "reset-after" } });
    await write(number, "dev", "/due 2024-10-04 late", "/due nonsense");
    await stage.loseDatabase();
    await later();
    expect(await item(number)).toMatchObject({ due: "2024-10-04", slips: [{ by: "dev" }] });
    expect(own(number)).toHaveLength(1);
    expect(thumbs(number)).toEqual([1, 0]);
  });

  it("what was written on GitHub but not recorded is neither undone by other work nor done again", async () => {
    const number = watch();
    stage.gh.faults.add({ method: "PATCH", path: /\/issues\/\d+$/, fault: { kind: "reset-after" } });
    await write(number, "dev", "/done");
    expect(stage.repo.issue(number).state).toBe("closed");
    stage.repo.as("lisa").reopenIssue(number);
    await stage.settle();
    await later();
    expect(stage.repo.issue(number).state).toBe("open");
    expect((await item(number)).heard).not.toBeNull();
  });

  it("a lost database: dates, slips, snoozes, waivers stand again, nothing is written, and what nobody handled is handled", async () => {
    const number = watch();
    const runbook = numberOf("runbook");
    await stage.advanceTo("2024-09-16T09:30:00Z");
    await write(number, "dev", "/due 2024-10-04 late", "/snooze 2 weeks rest", "/due nonsense");
    await write(runbook, "lisa", "/waive not needed");
    const before = [await item(number), await item(runbook)];
    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true });
    await stage.startService();
    const from = stage.gh.requests.length;
    await stage.settle();
    await stage.service.tick();
    await stage.advanceTo("2024-09-16T12:08:00Z");
    expect([await item(number), await item(runbook)]).toEqual(before);
    expect(writes(from)).toEqual([]);

    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true });
    stage.repo.as("lisa").comment(runbook, "/reopen");
    await stage.gh.webhooks.settled();
    stage.gh.webhooks.log.length = 0;
    await stage.startService();
    await stage.settle();
    expect(stage.repo.issue(runbook).state).toBe("open");
  });

  it("an upgrade: what was written before there were commands was not meant for the App", async () => {
    const number = watch();
    stage.gh.webhooks.drop = () => true;
    stage.repo.as("dev").comment(number, "/done");
    const issue = stage.repo.state.issues.get(number);
    if (issue) issue.body = bodyOf(number).replace('{"v":2,', '{"v":1,').replace(OF_COMMANDS, "");
    await stage.loseDatabase();
    stage.gh.webhooks.drop = () => false;
    await write(number, "dev", "/due 2024-10-04");
    expect(stage.repo.issue(number).state).toBe("open");
    expect(await item(number)).toMatchObject({ due: "2024-10-04", snoozes: [], waiver: null });
  });

  it("a locked issue: done, though it cannot be said", async () => {
    stage.repo.as("ada").lock(watch());
    await write(watch(), "ada", "/due 2024-10-04", "/due nonsense");
    expect((await item(watch())).due).toBe("2024-10-04");
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
  });
});
