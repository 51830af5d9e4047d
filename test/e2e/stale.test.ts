/** Nothing that is told goes stale: what a day, a command or a hand on the issue made untrue is said no more. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const { watch, numberOf, bodyOf, write, writes } = commenting(() => stage);
const row = (number: number) =>
  stage
    .status(home)
    .split("\n")
    .find((line) => line.includes(`/issues/${number})`));

const DATELESS = TABLE.replace("2024-10-25", "").replace("2024-09-20", "");

it.each([
  ["a waiver, with a date", TABLE, "/waive freeze until 2024-09-18", "Waived", "⚪ Open"],
  ["a waiver, without a date", DATELESS, "/waive freeze until 2024-09-18", "Waived", "⚪ Open"],
  ["a snooze", TABLE, "/snooze 2024-09-18", "Snoozed", "⚪ Open"],
  ["a waiver past the due date", TABLE, "/waive freeze until 2024-09-25", "Waived", "🔴 Overdue"],
] as const)("%s that ended is told no more, on the issue or in the status", async (_, text, command, word, then) => {
  stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "nudges:\n  enabled: false\n" });
  await stage.settle();
  home = await stage.merge({ [PATH]: text });
  await write(watch(), "dev", command);
  expect(row(watch())).toContain(word);
  expect(bodyOf(watch())).toContain(`**${word}**`);
  await stage.advanceTo("2024-09-17T00:10:00Z");
  expect(row(watch())).toContain(word);
  await stage.advanceTo(then === "⚪ Open" ? "2024-09-18T00:10:00Z" : "2024-09-25T00:10:00Z");
  expect(row(watch())).toContain(then);
  expect(row(watch())).not.toMatch(/until/);
  expect(bodyOf(watch())).not.toContain(`**${word}**`);
  const quiet = stage.gh.requests.length;
  await stage.advanceTo("2024-09-26T01:10:00Z");
  await stage.advanceTo("2024-09-26T02:10:00Z");
  expect(writes(quiet).filter(({ path }) => path.includes("/issues/") && path.endsWith(`/${watch()}`))).toEqual([]);
});

it("a date that passed is overdue in the status, also where nobody is nudged", async () => {
  stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "nudges:\n  enabled: false\n" });
  await stage.settle();
  home = await stage.merge({ [PATH]: TABLE });
  await stage.advanceTo("2024-09-20T23:10:00Z");
  expect(row(watch())).toContain("⚪ Open");
  await stage.advanceTo("2024-09-21T00:10:00Z");
  expect(row(watch())).toContain("🔴 Overdue");
});

it("a label that a person took off stays off, and the status lists the issue all the same", async () => {
  home = await stage.merge({ [PATH]: TABLE });
  const number = watch();
  stage.repo.as("lisa").unlabel(number, "action-item");
  await stage.settle();
  await stage.merge({ [PATH]: TABLE.replace("2024-09-20", "2024-09-21") });
  await stage.advanceTo("2024-09-16T11:10:00Z");
  expect(stage.repo.issue(number).labels).toEqual([]);
  expect(row(number)).toContain("Sat 21 Sep 2024");
  expect(stage.status(home)).toContain("0 of 2 action items done");
});

it("what the document lacks is not asked for once it was given on the issue, or the issue is closed", async () => {
  const odd = TABLE.replace("2024-10-25", "when the moon is blue").replace("2024-09-20", "").replace("@dev", "");
  home = await stage.merge({ [PATH]: odd });
  expect(stage.status(home)).toContain("when the moon is blue");
  expect(stage.status(home)).toContain("Without an owner");
  await write(numberOf("runbook"), "lisa", "/due 2024-10-30");
  expect(stage.status(home)).not.toContain("when the moon is blue");
  stage.repo.as("lisa").closeIssue(watch());
  await stage.settle();
  expect(stage.status(home)).not.toContain("Without");
});

sampled(it, 1).each(["completed", "not_planned", "duplicate"] as const)(
  "an issue closed as %s is not asked to be closed",
  async (as) => {
    home = await stage.merge({ [PATH]: TABLE });
    stage.repo.as("lisa").closeIssue(watch(), as);
    await stage.settle();
    await stage.merge({ [PATH]: TABLE.replace("2024-09-20", "2024-09-21") });
    expect(bodyOf(watch())).not.toContain("Done? Close");
  },
);
