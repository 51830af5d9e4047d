/**
 * Which slot of a schedule is due: computed from the last one that was worked off, without a clock or a timer.
 * Calculated in wall time, as people read a schedule, and only then turned into an instant: where clocks change,
 * cron-parser's own time zones skip days or give up (5.10).
 */
import { CronExpressionParser } from "cron-parser";

/** How far back the very first look reaches: one tick of the service, so that a slot at this moment is not missed. */
const FIRST_LOOK_MS = 15 * 60_000;

const DAY_MS = 86_400_000;

/**
 * The newest slot of a cron expression, at or before now and later than the last one worked off; null where there is
 * none. After downtime that is one slot, however many were missed.
 *
 * With no last slot (`last` null) it is the newest slot of the last 15 minutes, or null: then the caller saves `now` as
 * the last slot, so that a schedule begins with its next slot and not with one from before the App was installed.
 *
 * A slot in the hour that is skipped when clocks go forward comes an hour later; one in the hour that comes twice when
 * they go back, comes once, the first time.
 *
 * @param due `cron`: five fields. `timeZone`: IANA name. `last`: ISO instant. `now`: the present.
 * @returns an ISO instant.
 * @throws Error for an expression or time zone that does not exist (policies are validated before they come here).
 */
export function dueSlot({
  last,
  now,
  ...schedule
}: Schedule & { readonly last: string | null; readonly now: Date }): string | null {
  return dueOf(newestSlot(schedule, now), last, now);
}

/** When something is to be done: `cron` in five fields, in an IANA time zone. */
export interface Schedule {
  readonly cron: string;
  readonly timeZone: string;
}

function dueOf(newest: number, last: string | null, now: Date): string | null {
  const after = last === null ? now.getTime() - FIRST_LOOK_MS - 1 : Date.parse(last);
  return newest > after && newest <= now.getTime() ? new Date(newest).toISOString() : null;
}

function newestSlot({ cron, timeZone }: Schedule, now: Date): number {
  const wall = wallClock(timeZone);
  const present = now.getTime();
  // A slot that is skipped may come later than one behind it, and later than now: all that could be the newest are looked at.
  const until = wall(present) - (isNearChange(present, wall) ? CLOCK_CHANGE_MS : 0);
  // The parser looks strictly before its date, in whole seconds.
  const slots = CronExpressionParser.parse(cron, { currentDate: new Date(wall(present) + 1000), tz: "UTC" });
  for (let newest = Number.NEGATIVE_INFINITY; ; ) {
    const slot = slots.prev().toDate().getTime();
    const instant = instantOf(slot, wall);
    if (instant <= present) newest = Math.max(newest, instant);
    if (slot <= until && Number.isFinite(newest)) return newest;
  }
}

/** {@link dueSlot} and {@link nextSlot} at one present, for many that have the same schedules. */
export class SlotsAround {
  readonly #slots = new Map<string, { readonly newest: number; readonly next: string }>();

  constructor(private readonly now: Date) {}

  /** See {@link dueSlot}. */
  due(schedule: Schedule, last: string | null): string | null {
    return dueOf(this.#around(schedule).newest, last, this.now);
  }

  /** See {@link nextSlot}. */
  next(schedule: Schedule): string {
    return this.#around(schedule).next;
  }

  #around({ cron, timeZone }: Schedule) {
    const key = `${cron} ${timeZone}`;
    const known = this.#slots.get(key);
    if (known) return known;
    const newest = newestSlot({ cron, timeZone }, this.now);
    const made = { newest, next: nextSlot({ cron, timeZone, after: this.now.toISOString() }) };
    this.#slots.set(key, made);
    return made;
  }
}

/** How far the clocks of any place were ever changed at once, with room to spare. */
const CLOCK_CHANGE_MS = 3 * 3_600_000;

/**
 * The first slot of a cron expression later than an instant: the earliest present for which {@link dueSlot} gives a slot that is
 * not worked off by then.
 * @param schedule `cron`: five fields. `timeZone`: IANA name. `after`: ISO instant.
 * @returns an ISO instant.
 * @throws Error for an expression or time zone that does not exist.
 */
export function nextSlot(schedule: Schedule & { readonly after: string }): string {
  const wall = wallClock(schedule.timeZone);
  const after = Date.parse(schedule.after);
  // A slot that is skipped comes later than it says: those a little earlier are tried too, and one behind it may come before it.
  const change = isNearChange(after, wall) ? CLOCK_CHANGE_MS : 0;
  const slots = CronExpressionParser.parse(schedule.cron, { currentDate: new Date(wall(after) - change), tz: "UTC" });
  let [soonest, until] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (;;) {
    const slot = slots.next().toDate().getTime();
    if (slot > until) return new Date(soonest).toISOString();
    const instant = instantOf(slot, wall);
    if (instant <= after) continue;
    soonest = Math.min(soonest, instant);
    until = Math.min(until, slot + change);
  }
}

/** Whether clocks change within a day of an instant. */
const isNearChange = (instant: number, wall: WallClock): boolean =>
  wall(instant - DAY_MS) - (instant - DAY_MS) !== wall(instant + DAY_MS) - (instant + DAY_MS);

/** Wall time is written as the instant at which a clock in UTC shows the same. */
type WallClock = (instant: number) => number;

/** By time zone, of which there are a few hundred: to make one costs as much as to use it a hundred times. */
const wallClocks = new Map<string, WallClock>();

function wallClock(timeZone: string): WallClock {
  const clock = wallClocks.get(timeZone) ?? makeWallClock(timeZone);
  wallClocks.set(timeZone, clock);
  return clock;
}

function makeWallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

/** The instant a wall time comes: the first where it comes twice, one gap later where it is skipped. */
function instantOf(slot: number, wall: WallClock): number {
  // Clocks change at most once within a day of the slot, so these are the only two offsets it can have.
  const offsets = [slot - DAY_MS, slot + DAY_MS].map((near) => wall(near) - near);
  const instants = offsets.map((offset) => slot - offset).sort((a, b) => a - b);
  return instants.find((instant) => wall(instant) === slot) ?? Math.max(...instants);
}
