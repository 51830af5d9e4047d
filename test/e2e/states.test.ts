/** What became of an item is told as it is: only what is completed is done, on the pull request, on the issue, and after a lost database. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
  home = await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { watch, numberOf, bodyOf, writes } = commenting(() => stage);

/** The state that the status comment shows for an issue. */
const shown = (number: number) =>
  stage
    .status(home)
    .split("\n")
    .find((line) => line.includes(`/issues/${number})`))
    ?.split("|")[1]
    ?.trim();

describe("an issue that a person closes", () => {
  it.each([
    ["completed", "✅ Done", "1 of 2 action items done", "Reopen it if there is more to do."],
    ["not_planned", "⛔ Not planned", "0 of 2 action items done, 1 not planned", "comment `/done`"],
    ["duplicate", "👯 Duplicate", "0 of 2 action items done, 1 closed as duplicate", "comment `/done`"],
  ] as const)("as %s: %s", async (reason, state, headline, words) => {
    const number = watch();
    stage.repo.as("lisa").closeIssue(number, reason);
    await stage.settle();
    expect(shown(number)).toBe(state);
    expect(stage.status(home)).toContain(headline);
    expect(bodyOf(number)).toContain(words);
    expect(bodyOf(number)).not.toContain("Done? Close this issue");

    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true });
    await stage.startService();
    const from = stage.gh.requests.length;
    await stage.settle();
    expect(shown(number)).toBe(state);
    expect(writes(from)).toEqual([]);

    stage.repo.as("lisa").reopenIssue(number);
    await stage.settle();
    expect(shown(number)).toBe("⚪ Open");
    expect(bodyOf(number)).toContain("Done? Close this issue");
  });

  it("as completed, and then as not planned: the last word holds", async () => {
    const number = watch();
    stage.repo.as("lisa").closeIssue(number);
    await stage.settle();
    stage.repo.as("lisa").reopenIssue(number);
    stage.repo.as("lisa").closeIssue(number, "not_planned");
    await stage.settle();
    expect(shown(number)).toBe("⛔ Not planned");
  });
});

describe("an issue that is closed otherwise than before while no webhook comes through", () => {
  sampled(it, 1).each(["not_planned", "duplicate"] as const)(
    "as %s, is told with the next sweep, once",
    async (reason) => {
      const number = watch();
      stage.repo.as("lisa").closeIssue(number);
      await stage.settle();
      stage.gh.webhooks.drop = () => true;
      stage.repo.as("lisa").reopenIssue(number);
      stage.repo.as("lisa").closeIssue(number, reason);
      stage.gh.webhooks.drop = () => false;
      await stage.advanceTo("2024-09-16T11:05:00Z");
      expect(stage.status(home)).not.toContain("1 of 2 action items done");
      expect(bodyOf(number)).toContain("does not count as done");
      const quiet = stage.gh.requests.length;
      await stage.advanceTo("2024-09-16T12:05:00Z");
      expect(writes(quiet)).toEqual([]);
    },
  );
});

describe("an issue that a person closes, and whose text GitHub does not let the App renew", () => {
  const REFUSALS = [403, 404, 410, 422, 451];
  const cells = REFUSALS.flatMap((status) =>
    (["webhook", "sweep"] as const).map((how): [number, "webhook" | "sweep"] => [status, how]),
  );

  sampled(it, 3).each(cells)(
    "(%s, seen by %s) has its true state all the same, and so have the others",
    async (status, how) => {
      const refused = new RegExp(`/issues/${watch()}$`);
      // 410 is said of one issue with these words alone; with others, all issues are switched off.
      const answer = { kind: "answer", status, body: { message: "This issue was deleted" } } as const;
      stage.gh.faults.add({ method: "PATCH", path: refused, times: 1, fault: answer });
      stage.gh.webhooks.drop = () => how === "sweep";
      for (const number of [watch(), numberOf("runbook")]) stage.repo.as("lisa").closeIssue(number, "not_planned");
      stage.gh.webhooks.drop = () => false;
      if (how === "sweep") await stage.advanceTo("2024-09-16T11:05:00Z");
      await stage.settle();
      expect(stage.status(home)).toContain("0 of 2 action items done, 2 not planned");
      expect(bodyOf(numberOf("runbook"))).toContain("does not count as done");
      expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
      // Later its text is renewed as well, and nobody is reminded of it meanwhile.
      await stage.advanceTo("2024-10-28T10:05:00Z");
      expect(bodyOf(watch())).toContain("does not count as done");
      expect(stage.repo.comments(watch())).toEqual([]);
      expect(await stage.service.context.store.troubles(stage.repo.state.id)).toEqual([]);
    },
  );
});

describe("an issue that a person closes while the service loses GitHub, or is killed", () => {
  it.each(["reset-before", "reset-after"] as const)(
    "(%s) is told once it is back, and its text is renewed once",
    async (kind) => {
      const number = watch();
      stage.gh.faults.add({ method: "PATCH", path: new RegExp(`/issues/${number}$`), times: 1, fault: { kind } });
      stage.repo.as("lisa").closeIssue(number, "not_planned");
      await stage.settle();
      await stage.stopService();
      await stage.startService();
      await stage.recover();
      await stage.settle();
      expect(shown(number)).toBe("⛔ Not planned");
      expect(bodyOf(number)).toContain("does not count as done");
      const quiet = stage.gh.requests.length;
      await stage.advanceTo("2024-09-16T11:05:00Z");
      expect(writes(quiet)).toEqual([]);
    },
  );
});

describe("an item that is ticked while its issue is reopened", () => {
  const done = `${TABLE.replace(
    "| Action | Owner | Due |\n|---|---|---|",
    "| Action | Owner | Due | Status |\n|---|---|---|---|",
  )
    .replace("2024-09-20 |", "2024-09-20 | Done |")
    .replace("2024-10-25 |", "2024-10-25 | Open |")}`;

  it("is a conflict, shown on both, until they agree", async () => {
    const number = watch();
    await stage.merge({ [PATH]: done });
    await stage.settle();
    expect(shown(number)).toBe("✅ Done");
    stage.repo.as("lisa").reopenIssue(number);
    await stage.settle();
    const said = "differ on the state: “done” in the postmortem, “open” on the issue";
    expect(shown(number)).toBe("⚪ Open");
    expect(stage.status(home)).toContain(said);
    expect(bodyOf(number)).toContain(said);
    stage.repo.as("lisa").closeIssue(number);
    await stage.settle();
    expect(shown(number)).toBe("✅ Done");
    expect(stage.status(home)).not.toContain(said);
    expect(bodyOf(number)).not.toContain(said);
  });
});
