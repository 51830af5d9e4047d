/**
 * One tick: which repositories have a slot of their schedules behind them that was not worked off yet? Computed from the
 * last slot stored, in each policy's time zone, so a missed tick is caught up once and several replicas agree. A slot of the nudges
 * on a day off or in quiet hours is worked off once these end.
 */

import { dateIn } from "../calendar.js";
import { DatabaseDown } from "../errors.js";
import { dueSlot, type Schedule, SlotsAround } from "../jobs/schedule.js";
import type { Work } from "../jobs/work.js";
import { quietForMs } from "../policy/business-days.js";
import { loadPolicy } from "../policy/load.js";
import type { Policy } from "../policy/schema.js";
import type { ScheduleKind, Store, Tables } from "../store/types.js";
import { PURGE_AFTER_DAYS } from "./installation.js";
import { isOrganisationsPlace } from "./organisation.js";
import { withKeptHolidays } from "./parts/holidays.js";
import { ANSWERS_KEPT_MS } from "./parts/look-up.js";
import { FEW } from "./parts/sweeping.js";

const HOURLY = "7 * * * *";
const NIGHTLY = "7 3 * * *";

/** The present: `now` decides what is due, `wall` is the work list's clock. */
export interface Present {
  readonly now: Date;
  readonly wall: Date;
}

/** So many repositories are seen to in one transaction: each waits for the disk once, and holds up others meanwhile. */
const AT_ONCE = 50;

/**
 * Adds the work that is due to the work list; returns how many pieces. It costs what is due, not what there is.
 * @throws AggregateError, once all others are seen to, where some repositories could not be.
 */
export async function tick(store: Store, present: Present): Promise<number> {
  const { now } = present;
  await store.purgeRemoved(new Date(now.getTime() - PURGE_AFTER_DAYS * 86_400_000).toISOString());
  await store.forgetAnswers(new Date(now.getTime() - ANSWERS_KEPT_MS).toISOString());
  let added = await tickDeliveries(store, present);
  const failures: unknown[] = [];
  const known = { ...present, failures, owners: new Owners(), slots: new SlotsAround(now), policies: new Policies() };
  for (;;) {
    const due = await store.repositoriesToTick(now.toISOString(), AT_ONCE);
    added += await tickRepositories(store, due, known);
    if (due.length < AT_ONCE) break;
  }
  added += await tickUnreadable(store, present);
  if (failures.length > 0) throw new AggregateError(failures, "schedules of some repositories could not be looked at");
  return added;
}

/** What many repositories have in common, found out once a tick. */
interface Known extends Present {
  readonly owners: Owners;
  readonly slots: SlotsAround;
  readonly policies: Policies;
  /** What could not be seen to; the next tick tries it again. */
  readonly failures: unknown[];
}

/** Policies by their text, which many repositories have in common. */
class Policies {
  readonly #known = new Map<string | null, Policy>();

  of(text: string | null): Policy {
    const policy = this.#known.get(text) ?? loadPolicy(text).policy;
    this.#known.set(text, policy);
    return policy;
  }
}

/** What a tick asks of installations, once each. */
class Owners {
  readonly #active = new Map<number, boolean>();
  readonly #many = new Map<number, boolean>();

  /** Whether anything is done for an installation. */
  async isActive(tables: Tables, id: number): Promise<boolean> {
    const known = this.#active.get(id);
    if (known !== undefined) return known;
    const installation = await tables.installation(id);
    const isActive = installation !== null && !installation.suspended && !installation.removedAt;
    this.#active.set(id, isActive);
    return isActive;
  }

  /** Whether it has so many repositories that they are swept less often. */
  async hasMany(tables: Tables, id: number): Promise<boolean> {
    const hasMany = this.#many.get(id) ?? (await tables.hasMoreRepositories(id, FEW));
    this.#many.set(id, hasMany);
    return hasMany;
  }
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

/** A schedule of a repository. */
interface RepositorySchedule extends Schedule {
  readonly kind: ScheduleKind;
}

/** The schedules that a repository has. */
function schedulesOf(policy: Policy, isRare: boolean): RepositorySchedule[] {
  // Switched off or not, the sweep looks: no webhook of this repository tells of a policy that changed in the organisation's.
  const schedules: RepositorySchedule[] = [
    { kind: "sweep", cron: isRare ? NIGHTLY : HOURLY, timeZone: isRare ? policy.time_zone : "UTC" },
  ];
  for (const kind of ["nudges", "digest"] as const) {
    const { enabled, schedule: cron } = policy[kind];
    if (policy.enabled && enabled) schedules.push({ kind, cron, timeZone: policy.time_zone });
  }
  return schedules;
}

/** Adds what is due in these repositories; returns how many pieces were added. One that cannot be seen to holds up no other. */
async function tickRepositories(store: Store, ids: readonly number[], known: Known): Promise<number> {
  try {
    return await store.transaction(async (tables) => {
      let added = 0;
      for (const id of ids) added += await tickRepository(tables, id, known);
      return added;
    });
  } catch (error) {
    const [only, ...others] = ids;
    if (only === undefined || error instanceof DatabaseDown) throw error;
    if (others.length === 0) {
      known.failures.push(error);
      await store.saveNextTick(only, new Date(known.now.getTime() + 1).toISOString());
      return 0;
    }
    let added = 0;
    for (const id of ids) added += await tickRepositories(store, [id], known);
    return added;
  }
}

/** Adds what is due in a repository and records when it is to be looked at next; returns how many pieces were added. */
async function tickRepository(tables: Tables, id: number, known: Known): Promise<number> {
  const repository = await tables.holdRepository(id);
  if (!repository || repository.lostAt || !(await known.owners.isActive(tables, repository.installationId))) {
    await tables.saveNextTick(id, null);
    return 0;
  }
  const { installationId } = repository;
  const isRare = await known.owners.hasMany(tables, installationId);
  const policy = known.policies.of(repository.policyText);
  const lasts = await tables.lastSlots(id);
  let added = 0;
  const nexts: string[] = [];
  for (const schedule of schedulesOf(policy, isRare)) {
    const last = lasts.get(schedule.kind) ?? null;
    const { isDue, next } = await tickSchedule(tables, { repositoryId: id, schedule, last, policy }, known);
    nexts.push(next);
    if (isDue === null) continue;
    const work: Work = { kind: schedule.kind, installationId, repositoryId: id };
    await tables.enqueue(work, known.wall, { cause: `schedule ${isDue}`, gently: true });
    added++;
  }
  await tables.saveNextTick(id, nexts.sort()[0] ?? null);
  return added;
}

interface Slotted {
  readonly repositoryId: number;
  readonly schedule: RepositorySchedule;
  /** Its last slot that was worked off. */
  readonly last: string | null;
  readonly policy: Policy;
}

/** Works a slot of a schedule off, where one is due: its ISO instant, or null where there is nothing to do; and when to look next. */
async function tickSchedule(
  tables: Tables,
  { repositoryId, schedule, last, policy }: Slotted,
  { slots, now }: Known,
): Promise<{ readonly isDue: string | null; readonly next: string }> {
  const { kind } = schedule;
  const next = slots.next(schedule);
  const slot = slots.due(schedule, last);
  if (slot === null) {
    if (last === null) await tables.saveSlot(repositoryId, kind, now.toISOString());
    return { isDue: null, next };
  }
  const waitMs = kind === "nudges" ? await waits(tables, policy, new Date(slot), now) : 0;
  if (waitMs > 0) return { isDue: null, next: new Date(now.getTime() + waitMs).toISOString() };
  // Another replica may have had the same thought.
  const isOurs = await tables.saveSlot(repositoryId, kind, slot);
  const isWorth = isOurs && (await isWorthwhile(tables, kind, repositoryId, dateIn(policy.time_zone, now), policy));
  return { isDue: isWorth ? slot : null, next };
}

/**
 * How many milliseconds what notifies people is to wait: its slot moves out of days off and quiet hours, and is not worked off in
 * others.
 */
async function waits(tables: Tables, policy: Policy, slot: Date, now: Date): Promise<number> {
  const calendar = await withKeptHolidays(tables, policy);
  return Math.max(0, slot.getTime() + quietForMs(slot, calendar) - now.getTime(), quietForMs(now, calendar));
}

/** A pull request with a postmortem may be late itself, also where none was merged so far. */
async function mayHaveReviews(tables: Tables, repositoryId: number, { review }: Policy): Promise<boolean> {
  return review.within !== null && (await tables.checkedPulls(repositoryId)).length > 0;
}

/** Whether the organisation's digest stands there. */
async function hasOrganisations(tables: Tables, repositoryId: number): Promise<boolean> {
  const repository = await tables.repository(repositoryId);
  return repository !== null && isOrganisationsPlace(tables, repository);
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
      return (
        (await tables.hasDocuments(repositoryId)) ||
        (await mayHaveReviews(tables, repositoryId, policy)) ||
        (await hasOrganisations(tables, repositoryId))
      );
    case "sweep":
      return true;
  }
}
