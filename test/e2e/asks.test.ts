/** What lacks an owner or a date is asked about once a week, in one comment on the postmortem's pull request, addressed to its author. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import { parseNudgeMarker } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ now: "2024-09-16T09:00:00Z" });
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const rows = (...all: readonly string[]) =>
  `# Cache bug\n\n**Date:** 2024-09-10\n**Severity:** SEV-1\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${all.map((one) => `| ${one} |`).join("\n")}\n`;
const LACKING = rows(
  "Watch the hit rate | | 2024-09-17",
  "Bound the cache | @dev | ",
  "Update the runbook | | 2024-12-01",
);
const POLICY = "due: { default: null, by_priority: {} }\n";

const merge = () => stage.merge({ ".github/follow-through.yml": POLICY, [PATH]: LACKING });
const issue = (title: string) => stage.trackingIssues().find((one) => one.title === title)?.number ?? 0;
const item = async (title: string) => stage.service.context.store.itemOfIssue(stage.repo.state.id, issue(title));
const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
const asks = (pull: number) => nudges().filter((comment) => comment.issue.number === pull);
const titles = (body: string) => [...body.matchAll(/^\| \[([^\]]+)\]/gm)].map(([, title]) => title);
/** On which days each was told, over all comments. */
const told = async () =>
  Promise.all(
    ["Watch the hit rate", "Bound the cache", "Update the runbook"].map(async (title) =>
      (await item(title))?.nudges.map(({ on, ask }) => `${on}${ask ? " ask" : ""}`),
    ),
  );

describe("what lacks an owner or a date", () => {
  it("is asked about weekly, in one comment on the pull request, and not on the issues", async () => {
    const number = await merge();
    await stage.advanceTo("2024-09-17T09:05:00Z");
    expect(nudges()).toHaveLength(0);
    await stage.advanceTo("2024-09-18T09:05:00Z");
    // The others have a week to find somebody.
    expect(asks(number).map(({ body }) => titles(body))).toEqual([["Watch the hit rate"]]);
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(nudges()).toHaveLength(1);
    await stage.advanceTo("2024-09-25T09:05:00Z");
    const [, second] = asks(number);
    expect(titles(second?.body ?? "").sort()).toEqual(["Bound the cache", "Update the runbook", "Watch the hit rate"]);
    expect(second?.body.match(/@\w+/g)).toEqual(["@ada"]);
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(asks(number)).toHaveLength(3);
    expect(nudges()).toHaveLength(3);
  });

  it("is asked about no more once it has both; from then on its owner is asked", async () => {
    const number = await merge();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    stage.repo.as("ada").assign(issue("Watch the hit rate"), "lisa");
    stage.repo.as("ada").assign(issue("Update the runbook"), "lisa");
    stage.repo.as("dev").comment(issue("Bound the cache"), "/due 2024-12-01");
    await stage.settle();
    await stage.advanceTo("2024-09-25T09:05:00Z");
    expect(asks(number)).toHaveLength(1);
    expect(nudges().filter(({ issue: on }) => on.number === issue("Watch the hit rate"))).toHaveLength(1);
  });

  it.each<[string, (number: number) => Promise<unknown> | unknown]>([
    ["by hand", (number) => stage.repo.as("ada").assign(number, "lisa")],
    ["by command", (number) => stage.repo.as("dev").comment(number, "/assign @lisa")],
    ["in the postmortem", () => stage.merge({ [PATH]: LACKING.replace("hit rate | |", "hit rate | @lisa |") })],
  ])("has led to something where it found an owner %s, also after the database was lost", async (_, find) => {
    await merge();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    await find(issue("Watch the hit rate"));
    await stage.settle();
    const found = [{ n: 1, how: "assigned" }];
    expect((await item("Watch the hit rate"))?.answers).toEqual(found);
    await stage.loseDatabase();
    await stage.service.tick();
    await stage.settle();
    expect((await item("Watch the hit rate"))?.answers).toEqual(found);
  });

  it("is known after the database was lost, and so is whose day is taken", async () => {
    const number = await merge();
    for (const day of ["18", "25"]) await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
    const before = await told();
    expect(before).toEqual([["2024-09-18 ask", "2024-09-25 ask"], ["2024-09-25 ask"], ["2024-09-25 ask"]]);
    await stage.loseDatabase();
    await stage.service.tick();
    await stage.settle();
    expect(await told()).toEqual(before);
    const reached = await stage.service.context.store.reachedSince(stage.installation.state.id, "2024-09-25");
    expect(reached.map(({ person }) => person)).toEqual(["ada"]);
    await stage.advanceTo("2024-10-01T09:05:00Z");
    expect(asks(number)).toHaveLength(2);
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(asks(number)).toHaveLength(3);
  });

  it.each<[string, Fault]>([
    ["the answer is lost on its way", { kind: "reset-after" }],
    ["GitHub fails once", { kind: "answer", status: 500, body: { message: "Server Error" } }],
  ])("is asked about once where %s", async (_, fault) => {
    const number = await merge();
    stage.gh.faults.add({ method: "POST", path: new RegExp(`/issues/${number}/comments$`), fault });
    // What may have come of a write is looked for twice, some time apart.
    for (const at of ["18T09:05", "19T09:05", "19T09:15", "20T09:05"]) await stage.advanceTo(`2024-09-${at}:00Z`);
    expect(asks(number)).toHaveLength(1);
    expect((await told())[0]).toHaveLength(1);
  });

  it("is asked about on its issue where the pull request is locked", async () => {
    const number = await merge();
    stage.repo.as("ada").lock(number);
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges().map((comment) => comment.issue.title)).toEqual(["Watch the hit rate"]);
    await stage.advanceTo("2024-09-25T09:05:00Z");
    expect(nudges()).toHaveLength(2);
    stage.repo.as("ada").unlock(number);
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(asks(number).map(({ body }) => parseNudgeMarker(body)?.ask)).toEqual([true]);
  });

  it("is told to whom the policy names for a rung, on its issue", async () => {
    const policy = `${POLICY}escalation: [{ after: 9 days, to: "@lisa" }]\n`;
    await stage.merge({ ".github/follow-through.yml": policy, [PATH]: LACKING });
    for (const day of ["18", "26"]) await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
    const rung = nudges().filter(({ body }) => parseNudgeMarker(body)?.rung);
    expect(rung.map(({ issue: { title }, body }) => [title, parseNudgeMarker(body)?.to])).toEqual([
      ["Watch the hit rate", ["ada", "lisa"]],
    ]);
  });

  it("that is blocked, snoozed or waived is not asked about", async () => {
    const number = await merge();
    stage.repo.as("ada").comment(issue("Watch the hit rate"), "/snooze 3 weeks");
    stage.repo.as("ada").comment(issue("Bound the cache"), "/waive 2024-11-01 freeze");
    await stage.settle();
    await stage.advanceTo("2024-09-25T09:05:00Z");
    expect(asks(number).map(({ body }) => titles(body))).toEqual([["Update the runbook"]]);
    await stage.advanceTo("2024-10-09T09:05:00Z");
    expect(asks(number).at(-1)?.body).toContain("snooze ended on");
  });
});
