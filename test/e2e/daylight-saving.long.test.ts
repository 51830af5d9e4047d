/**
 * Days around the night in which clocks are put forward or back, with ticks that come to the service twice: each day's slot is taken
 * once, also where it lies in the hour that is skipped or comes twice, and where the machine itself is an hour off from then on.
 */
import { afterEach, expect, it } from "vitest";
import { parseNudgeMarker } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stage: Stage;
afterEach(() => stage.close());

/** A zone, what its clocks do, when (UTC), and a schedule in the hour that is skipped or comes twice. */
const CHANGES = [
  ["Europe/Zurich", "forward", "2024-03-31T01:00:00Z", "30 2 * * *"],
  ["Europe/Zurich", "back", "2024-10-27T01:00:00Z", "30 2 * * *"],
  ["America/New_York", "forward", "2024-03-10T07:00:00Z", "30 2 * * *"],
  ["America/New_York", "back", "2024-11-03T06:00:00Z", "30 1 * * *"],
  ["Australia/Lord_Howe", "forward", "2024-10-05T15:30:00Z", "15 2 * * *"],
  ["Australia/Lord_Howe", "back", "2024-04-06T15:00:00Z", "45 1 * * *"],
] as const;

const RIGHT = ["right", 0] as const;
const FORWARD = ["put forward by an hour then", HOUR_MS] as const;
const BACK = ["put back by an hour then", -HOUR_MS] as const;

/** Each change with a machine that is right, and one that is wrong, this way or the other. */
const CASES = CHANGES.flatMap((change, at) =>
  [RIGHT, at % 3 === 0 ? FORWARD : BACK].map((machine) => [...change, ...machine] as const),
);

it.each(CASES)(
  "%s, %s at %s, schedule %s, a machine's clock %s",
  async (timeZone, _way, change, cron, _clock, jumpMs) => {
    const changeMs = Date.parse(change);
    // The slots of three days: the night's own, and those before and after it.
    const [startMs, endMs] = [changeMs - 1.5 * DAY_MS, changeMs + 1.5 * DAY_MS];
    stage = await Stage.start({ now: new Date(startMs).toISOString() });
    const today = new Date(startMs).toISOString().slice(0, 10);
    await stage.merge({
      ".github/follow-through.yml": `time_zone: ${timeZone}\nnudges: { schedule: "${cron}", every: 1 }\n`,
      "postmortems/cache.md": `# Outage\n\n## Action items\n\n- [ ] Watch the hit rate (@dev, due ${today})\n`,
    });
    // Every quarter of an hour where it matters, else every hour.
    const step = (at: number) => (Math.abs(at - changeMs) < 3 * HOUR_MS ? QUARTER_MS : HOUR_MS);
    for (let at = startMs; at < endMs; at += step(at)) {
      stage.gh.clock.set(new Date(at + 20_000));
      if (at >= changeMs) stage.aheadMs = jumpMs;
      await Promise.all([stage.service.tick(), stage.service.tick()]);
      await stage.settle();
    }
    const nudges = [...stage.repo.state.comments.values()].flatMap(({ body }) => parseNudgeMarker(body) ?? []);
    expect(nudges.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(new Set(nudges.map(({ on }) => on)).size).toBe(3);
  },
);
