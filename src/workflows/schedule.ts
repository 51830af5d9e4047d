/**
 * One tick: which repositories have a slot of their schedules behind them that was not worked off yet? Computed from the
 * last slot stored, in each policy's time zone, so a missed tick is caught up once and several replicas agree. A slot of the nudges
 * on a day off or in quiet hours is worked off once these end.
 */

import { dateIn } from "../calendar.js";
import { dueSlot } from "../jobs/schedule.js";
import type { Work } from "../jobs/work.js";
import { quietForMs } from "../policy/business-days.js";
import { loadPolicy } from "../policy/load.js";
import type { Policy } from "../policy/schema.js";
import type { ScheduleKind, Store, Tables } from "../store/types.js";
import type { Repository } from "../tracking/types.js";
import { PURGE_AFTER_DAYS } from "./installation.js";
import { withKeptHolidays } from "./parts/holidays.js";
import { ANSWERS_KEPT_MS } from "./parts/look-up.js";

const HOURLY = "7 * * * *";
const NIGHTLY = "7 3 * * *";

/** Up to so many repositories of an installation are swept hourly; beyond, those without postmortems nightly. */
const FEW = 100;

/** The present: `now` decides what is due, `wall` is the work list's clock. */
export interface Present {
  readonly now: Date;
  readonly wall: Date;
}

/** Adds the work that is due to the work list; returns how many pieces. */
export async function tick(store: Store, present: Present): Promise<number> {
  const { now } = present;
  await store.purgeRemoved(new Date(now.getTime() - PURGE_AFTER_DAYS * 86_400_000).toISOString());
  await store.forgetAnswers(new Date(now.getTime() - ANSWERS_KEPT_MS).toISOString());
  let added = (await tickUnreadable(store, present)) + (await tickDeliveries(store, present));
  for (const { id, suspended, removedAt } of await store.installations()) {
    if (suspended || removedAt) continue;
    const repositories = (await store.repositories(id)).filter((repository) => !repository.lostAt);
    for (const repository of repositories) {
      const hourly = repositories.length <= FEW || (await hasPostmortems(store, repository));
      added += await tickRepository(store, repository, hourly ? HOURLY : NIGHTLY, present);
    }
  }
  return added;
}

/** What the database can say no more of an installation or its repositories, GitHub is asked. */
async function tickUnreadable(store: Store, { wall }: Present): Promise<number> {
  return store.transaction(async (tables) => {
    const lost = await tables.dropUnreadable();
    for (const installationId of lost) await tables.enqueue({ kind: "installation", installationId }, wall);
    return lost.length;
  });
}

async function tickDeliveries(store: Store, { now, wall }: Present): Promise<number> {
  return store.transaction(async (tables) => {
    const last = await tables.lastSlot(0, "deliveries");
    // The start of the service looks already; from then on, every hour.
    const slot = dueSlot({ cron: HOURLY, timeZone: "UTC", last: last ?? now.toISOString(), now });
    if (last !== null && slot === null) return 0;
    const won = await tables.saveSlot(0, "deliveries", slot ?? now.toISOString());
    if (!slot || !won) return 0;
    await tables.enqueue({ kind: "deliveries", installationId: 0 }, wall, { gently: true });
    return 1;
  });
}

async function tickRepository(
  store: Store,
  repository: Repository,
  sweeps: string,
  { now, wall }: Present,
): Promise<number> {
  const { policy } = loadPolicy(repository.policyText);
  // Switched off or not, the sweep looks: no webhook of this repository tells of a policy that changed in the organisation's.
  const on = policy.enabled;
  const schedules: { kind: ScheduleKind; cron: string; timeZone: string; on: boolean }[] = [
    { kind: "nudges", cron: policy.nudges.schedule, timeZone: policy.time_zone, on: on && policy.nudges.enabled },
    { kind: "digest", cron: policy.digest.schedule, timeZone: policy.time_zone, on: on && policy.digest.enabled },
    { kind: "sweep", cron: sweeps, timeZone: "UTC", on: true },
  ];
  let added = 0;
  for (const { kind, cron, timeZone, on } of schedules) {
    if (!on) continue;
    added += await store.transaction(async (tables) => {
      const last = await tables.lastSlot(repository.id, kind);
      const slot = dueSlot({ cron, timeZone, last, now });
      if (slot === null) {
        if (last === null) await tables.saveSlot(repository.id, kind, now.toISOString());
        return 0;
      }
      if (kind === "nudges" && (await waits(tables, policy, new Date(slot), now))) return 0;
      // Another replica may have had the same thought.
      if (!(await tables.saveSlot(repository.id, kind, slot))) return 0;
      if (!(await isWorthwhile(tables, kind, repository.id, dateIn(policy.time_zone, now), policy))) return 0;
      const work: Work = { kind, installationId: repository.installationId, repositoryId: repository.id };
      await tables.enqueue(work, wall, { cause: `schedule ${slot}`, gently: true });
      return 1;
    });
  }
  return added;
}

/** Whether what notifies people is to wait: its slot moves out of days off and quiet hours, and is not worked off in others. */
async function waits(tables: Tables, policy: Policy, slot: Date, now: Date): Promise<boolean> {
  const calendar = await withKeptHolidays(tables, policy);
  return slot.getTime() + quietForMs(slot, calendar) > now.getTime() || quietForMs(now, calendar) > 0;
}

async function hasPostmortems(store: Store, { id, seen }: Repository): Promise<boolean> {
  return (seen !== null && Object.keys(seen).length > 0) || (await store.hasDocuments(id));
}

/** A pull request with a postmortem may be late itself, also where none was merged so far. */
async function mayHaveReviews(tables: Tables, repositoryId: number, { review }: Policy): Promise<boolean> {
  return review.within !== null && (await tables.checkedPulls(repositoryId)).length > 0;
}

/** Whether the store already shows that there is nothing to do, which spares GitHub the requests. */
async function isWorthwhile(
  tables: Tables,
  kind: ScheduleKind,
  repositoryId: number,
  today: string,
  policy: Policy,
): Promise<boolean> {
  switch (kind) {
    case "nudges":
      return (
        (await tables.hasItemsToNudge(repositoryId, today)) || (await mayHaveReviews(tables, repositoryId, policy))
      );
    case "digest":
      return (await tables.hasDocuments(repositoryId)) || (await mayHaveReviews(tables, repositoryId, policy));
    case "sweep":
      return true;
  }
}
