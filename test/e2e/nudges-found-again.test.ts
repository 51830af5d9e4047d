/**
 * What is remembered of nudges stands on GitHub: a lost database finds mutes, breaches, rungs and what came of each nudge again, on both engines, and
 * nobody is told anything twice.
 */
import { rmSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { outcomeOf } from "../../src/tracking/outcomes.js";
import { describeOnBothEngines, type Open } from "../support/databases.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
afterEach(() => stage.close());

const ITEMS = ["Watch it", "Bound it", "Take it", "Move it", "Rest it", "Close it", "Leave it"] as const;
type Title = (typeof ITEMS)[number];
const POSTMORTEM = `# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${[
  ["Watch it", "@dev"],
  ["Bound it", "@lisa"],
  ["Take it", ""],
  ["Move it", "@dev"],
  ["Rest it", "@dev"],
  ["Close it", "@dev"],
  ["Leave it", ""],
]
  .map(([title, owner]) => `| ${title} | ${owner} | 2024-09-17 |`)
  .join("\n")}\n`;
const POLICY = 'due: { owner_within: 2 days }\nescalation: [{ after: 8 days, to: "@ada" }]\n';
const issue = (title: Title) => stage.trackingIssues().find((one) => one.title === title)?.number ?? 0;
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";
const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge")).length;

async function known() {
  const { store } = stage.service.context;
  const muted = await store.mutedOn(stage.installation.state.id, "2024-10-01");
  const items = await Promise.all(
    ITEMS.map(async (title) => {
      const item = await store.itemOfIssue(stage.repo.state.id, issue(title));
      if (!item) throw new Error(`${title} is not known`);
      // When it is next asked about hangs on what GitHub shows of its moves, which is asked again then.
      const { answers, ownerMissed, slips, snoozes, due, originalDue } = item;
      const outcomes = item.nudges.map((nudge) => outcomeOf(item, nudge, "2024-10-20"));
      return [
        title,
        { nudges: item.nudges, outcomes, answers, ownerMissed, slips, snoozes, due, originalDue },
      ] as const;
    }),
  );
  return { muted, items: Object.fromEntries(items) };
}

/** An empty database of the engine's; SQLite's stands in the stage's own folder. */
async function anAddress(open: Open): Promise<{ databaseUrl?: string }> {
  const { databaseUrl } = await open.address();
  return databaseUrl === undefined ? {} : { databaseUrl };
}

describeOnBothEngines("what is known of nudges", (open) => {
  it("mutes, breaches, rungs and outcomes are found again, and the digest tells the share", async () => {
    stage = await Stage.start(await anAddress(open));
    await stage.merge({ ".github/follow-through.yml": POLICY, "postmortems/cache.md": POSTMORTEM });
    await stage.advanceTo("2024-09-18T09:05:00Z");
    const dev = stage.repo.as("dev");
    dev.comment(issue("Watch it"), "The vendor has it.");
    dev.comment(issue("Move it"), "/due 2024-11-01 the vendor is late");
    dev.comment(issue("Rest it"), "/snooze 4 weeks");
    dev.closeIssue(issue("Close it"));
    await stage.settle();
    await stage.advanceTo("2024-09-20T09:05:00Z");
    dev.assign(issue("Take it"), "dev");
    await stage.settle();
    // Lisa did not answer: she is asked again, and Ada is told.
    for (const day of ["25", "26", "27"]) await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
    stage.repo.as("lisa").comment(issue("Bound it"), "/mute 3 weeks");
    await stage.settle();
    await stage.advanceTo("2024-09-30T09:05:00Z");
    const before = await known();
    const of = (title: Title) => before.items[title];
    expect(of("Watch it")?.outcomes[0]).toBe("commented");
    expect(of("Move it")?.outcomes[0]).toBe("moved");
    expect(of("Rest it")?.outcomes[0]).toBe("snoozed");
    expect(of("Close it")?.outcomes[0]).toBe("closed");
    expect(of("Take it")?.outcomes[0]).toBe("assigned");
    expect(of("Leave it")?.outcomes[0]).toBe("nothing");
    expect(of("Leave it")?.ownerMissed).toBe("2024-09-19");
    expect(of("Bound it")?.nudges.map(({ rung }) => rung)).toEqual([undefined, "8 days"]);
    expect(of("Bound it")?.nudges[0]?.to).toEqual(["lisa"]);
    expect(before.muted.map(({ person }) => person)).toEqual(["lisa"]);
    expect(digest()).toMatch(/Of \d overdue comments? of the last weeks, \d led to something\./);
    const told = nudges();
    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true, force: true });
    Object.assign(stage.options, await anAddress(open));
    await stage.startService();
    await stage.settle();
    await stage.service.tick();
    await stage.settle();
    expect(await known()).toEqual(before);
    expect(nudges()).toBe(told);
  });
});
