/** A postmortem that goes from the default branch: its items wait, say so once, and go on where they stopped when it is back. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { inLongTests } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-oven.md";
const ELSEWHERE = "postmortems/archive/oven.md";
const OVEN = `# Oven cold

**Date:** 2024-09-12

## Action items

- [ ] Oil the door - @lisa - due 2024-09-20
- [ ] Buy a timer - @dev - due 2024-09-23
- [ ] Call the baker - @ada - due 2024-12-20
`;

/** How it goes, and how it is back: a pull request, or a direct push, and where it stands then. */
const WAYS = ["pull request", "push"] as const;
const RETURNS = { "at its path": PATH, elsewhere: ELSEWHERE } as const;
const CELLS = WAYS.flatMap((goes) =>
  WAYS.flatMap((comes) =>
    Object.keys(RETURNS).flatMap((where) =>
      ["kept", "lost"].map((database) => [goes, comes, where as keyof typeof RETURNS, database] as const),
    ),
  ),
);
/** Each way, place and fate of the database once at least. */
const SAMPLE = CELLS.filter((_, at) => at % 7 === 0);

/** Returns the number of the pull request, or null for a push. */
async function change(way: (typeof WAYS)[number], files: Record<string, string | null>): Promise<number | null> {
  if (way === "pull request") return stage.merge(files);
  stage.repo.as("ada").pushDirect(files);
  await stage.settle();
  return null;
}

/** What was written to GitHub since a request, tokens left out. */
const writes = (from: number) =>
  stage.gh.requests
    .slice(from)
    .filter(({ method, path }) => method !== "GET" && !path.endsWith("/access_tokens"))
    .map(({ method, path }) => `${method} ${path}`);

const nudges = () =>
  stage
    .trackingIssues()
    .flatMap(({ number }) => stage.repo.comments(number).filter(({ body }) => /was due/.test(body)));
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"));

it.each(inLongTests(CELLS, SAMPLE))(
  "goes by %s, is back by %s %s, database %s",
  async (goes, comes, where, database) => {
    const home = await stage.merge({ [PATH]: OVEN });
    const [door, timer, baker] = stage.trackingIssues().map(({ number }) => number);
    stage.repo.as("lisa").comment(door ?? 0, "/due 2024-09-24 the oil is late");
    stage.repo.as("dev").comment(timer ?? 0, "/snooze 2024-10-07");
    await stage.settle();

    const removing = await change(goes, { [PATH]: null });
    for (const { state, body } of stage.trackingIssues()) {
      expect(state).toBe("open");
      expect(body).toContain("is gone from the default branch (seen on Mon 16 Sep 2024), so this item waits");
      expect(body).toContain("Bring the postmortem back to go on, or close this issue");
    }
    expect(stage.status(home)).toContain("### Follow-through: the postmortem is gone");
    expect(stage.status(home)).toContain("Its action items wait until it is back");
    const told = removing === null ? [] : stage.repo.comments(removing);
    expect(told).toHaveLength(removing === null ? 0 : 1);
    expect(told.every(({ body }) => body.includes(`in #${home}. Its action items wait until it is back`))).toBe(true);
    // A line of the removed text, where it can still be read.
    expect(told.every(({ body }) => !body.includes("/blob/main/"))).toBe(true);

    if (database === "lost") await stage.loseDatabase();
    const quiet = stage.gh.requests.length;
    for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
    await stage.recover();
    await stage.advanceTo("2024-09-16T11:05:00Z");
    expect(writes(quiet)).toEqual([]);

    // All of it overdue by now, were it there.
    await stage.advanceTo("2024-10-14T10:05:00Z");
    expect(nudges()).toEqual([]);
    const weekly = digest();
    expect(weekly?.body ?? "").not.toContain("Overdue");

    await change(comes, { [RETURNS[where]]: OVEN });
    await stage.advanceTo("2024-10-15T06:05:00Z");
    await stage.recover();
    const after = stage.trackingIssues();
    expect(after.map(({ number }) => number)).toEqual([door, timer, baker]);
    expect(after.every(({ state, body }) => state === "open" && !body?.includes("gone from"))).toBe(true);
    expect(after[0]?.body).toContain("once: from Fri 20 Sep 2024 to Tue 24 Sep 2024, by lisa");
    // It ended meanwhile, so it is kept and not shown.
    expect(after[1]?.body).toContain('"until":"2024-10-07","by":"dev"');
    expect(after[1]?.body).not.toContain("until Mon 7 Oct 2024");
    expect(stage.status(home)).toContain("0 of 3 action items done, 2 overdue");
    expect(stage.status(home)).toContain(RETURNS[where]);
    await stage.advanceTo("2024-10-15T10:05:00Z");
    expect(nudges()).toHaveLength(2);
  },
);
