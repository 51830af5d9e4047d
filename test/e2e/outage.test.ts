/** Hours without GitHub: nothing is given up, and all of it is done once when GitHub is back. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import { MOST_UNREACHED } from "../../src/jobs/backoff.js";
import { another, TABLE } from "../fixtures/documents.js";
import { inLongTests, itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

/** For what goes on for hours of GitHub's time. */
const PATIENT = { timeout: 120_000 };
const HOUR_MS = 3_600_000;
const ALWAYS = { times: Number.POSITIVE_INFINITY };
const work = () => stage.service.context.store.work;
const containing = (number: number, marker: string) =>
  stage.repo.comments(number).filter((comment) => comment.body.includes(`follow-through:${marker} `));

/** Lets so much time pass with the service at work, which tries again whenever it wants to. */
async function pass(hours: number): Promise<void> {
  const end = stage.gh.clock.now().getTime() + hours * HOUR_MS;
  while (stage.gh.clock.now().getTime() < end) {
    await stage.service.tick();
    await stage.settle();
    const next = await work().nextAt(stage.gh.clock.now());
    const quarter = stage.gh.clock.now().getTime() + HOUR_MS / 4;
    stage.gh.clock.set(new Date(Math.min(end, quarter, next ? Date.parse(next) : end)));
  }
}

const OUTAGES: readonly [string, Fault][] = [
  ["nothing answers", { kind: "reset-before" }],
  ["it answers 500", { kind: "answer", status: 500 }],
  ["a proxy answers 502 with a page", { kind: "answer", status: 502, body: "<html>Bad gateway</html>" }],
  ["it answers 503", { kind: "answer", status: 503 }],
  ["it does what it is asked for, and no answer arrives", { kind: "reset-after" }],
  ["its answers break off", { kind: "truncate" }],
];

sampled(describe, 2).each(OUTAGES)("while %s", PATIENT, (_, fault) => {
  it.each(inLongTests([1, 4], [1]))("for %i hours, with work of every kind wanted meanwhile", async (hours) => {
    const first = await stage.merge({ "postmortems/first.md": TABLE });
    const [tracked] = stage.trackingIssues();
    const issue = tracked?.number ?? 0;
    const ada = stage.repo.as("ada");
    // Both items are overdue, and the week's digest is due.
    stage.gh.clock.set("2024-09-30T09:02:00Z");
    stage.gh.faults.add({ ...ALWAYS, fault });
    const open = ada.proposeFiles({ "postmortems/open.md": TABLE }, "Open", "open").number;
    const second = ada.proposeFiles({ "postmortems/second.md": another(TABLE, "again") }, "Second", "second").number;
    ada.mergePull(second);
    ada.comment(issue, "/due 2024-10-15 the part is late");
    ada.closeIssue(stage.trackingIssues()[1]?.number ?? 0);
    await pass(hours);
    expect(await work().deadLetters()).toEqual([]);

    stage.gh.faults.clear();
    // Schedules waited until GitHub tells the time again.
    await stage.service.tick();
    await stage.recover();
    expect(await work().deadLetters()).toEqual([]);
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(stage.status(second)).toContain("0 of 2 action items done");
    expect(stage.status(first)).toContain("1 of 2 action items done");
    const body = tracked?.body ?? "";
    expect(body.match(/the part is late/g)?.length).toBeGreaterThan(0);
    const checks = [...stage.repo.state.checkRuns.values()];
    expect(checks.filter(({ headSha }) => headSha === stage.repo.issue(open).pull?.head.sha)).toHaveLength(1);
    for (const { number } of stage.trackingIssues()) {
      const nudges = containing(number, "nudge").map(({ body }) => body);
      expect(new Set(nudges).size).toBe(nudges.length);
    }
    const digests = stage.repo.issues.filter(({ title }) => title.startsWith("Weekly digest"));
    expect(digests).toHaveLength(1);
    expect(containing(digests[0]?.number ?? 0, "digest-week")).toHaveLength(1);
  });
});

itAtLength(
  "what GitHub alone cannot do for a night is given up, told, and wanted again by the sweep",
  PATIENT,
  async () => {
    // Hours pass within a minute here.
    stage.gh.limits.enabled = false;
    stage.gh.faults.add({ ...ALWAYS, method: "POST", path: /\/check-runs$/, fault: { kind: "answer", status: 500 } });
    const ada = stage.repo.as("ada");
    const open = ada.proposeFiles({ "postmortems/open.md": TABLE }, "Open", "open").number;
    await stage.settle();
    await pass(5);
    expect(await work().deadLetters()).toEqual([]);
    for (let quarters = 0; quarters < 30 && (await work().deadLetters()).length === 0; quarters++) await pass(0.25);
    expect(await work().deadLetters()).toMatchObject([
      { key: expect.stringMatching(/^check:/), attempts: MOST_UNREACHED, error: "GitHub answered 500" },
    ]);
    stage.gh.faults.clear();
    // The hourly sweep is noticed at the next look at the clock, which is a quarter of an hour away at most.
    await pass(1.5);
    expect(await work().deadLetters()).toEqual([]);
    const checks = [...stage.repo.state.checkRuns.values()];
    expect(checks.map(({ headSha }) => headSha)).toEqual([stage.repo.issue(open).pull?.head.sha]);
  },
);
