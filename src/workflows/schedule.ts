/**
 * One tick: which repositories have a slot of their schedules behind them that was not worked off yet? Computed from the
 * last slot stored, in each policy's time zone, so a missed tick is caught up once and several replicas agree. A slot of the nudges
 * on a day off or in quiet hours is worked off once these end.
 */

import { dateIn } from "../calendar.js";
import { DatabaseDown } from "../errors.js";
import { dueSlot, type Schedule, SlotsAround } from "../jobs/schedule.js";
import { quietForMs } from "../policy/business-days.js";
import { loadPolicy } from "../policy/load.js";
import type { Policy } from "../policy/schema.js";
import type { Scheduled, ScheduleKind, Slot, Store, Tables } from "../store/types.js";
import type { Repository } from "../tracking/types.js";
import { PURGE_AFTER_DAYS } from "./installation.js";
import { organisationsPlace } from "./organisation.js";
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
  readonly #places = new Map<string, string | null>();

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

  /** Whether the organisation's digest stands in a repository. To find out, all of the owner's are looked at. */
  async isDigestPlace(tables: Tables, { installationId, owner, name }: Repository): Promise<boolean> {
    const key = `${installationId} ${owner.toLowerCase()}`;
    const known = this.#places.get(key);
    const place = known === undefined ? await organisationsPlace(tables, { installationId, owner }) : known;
    this.#places.set(key, place);
    return place === name.toLowerCase();
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
    return await store.transaction((tables) => tickTogether(tables, ids, known));
  } catch (error) {
    const [only, ...others] = ids;
    if (only === undefined || error instanceof DatabaseDown) throw error;
    if (others.length === 0) {
      known.failures.push(error);
      await store.saveNextTick([only], new Date(known.now.getTime() + 1).toISOString());
      return 0;
    }
    let added = 0;
    for (const id of ids) added += await tickRepositories(store, [id], known);
    return added;
  }
}

/** A slot of a schedule that is to be worked off. */
interface DueSlot extends Slot {
  readonly kind: ScheduleKind;
  readonly repository: Repository;
  readonly policy: Policy;
}

/**
 * Adds what is due in these repositories and records when each is to be looked at next; returns how many pieces were added. The
 * database is asked for all of them at once: each question waits for its way there and back.
 */
async function tickTogether(tables: Tables, ids: readonly number[], known: Known): Promise<number> {
  const repositories = await tables.holdRepositories(ids);
  const lasts = new Map((await tables.lastSlots(ids)).map((slot) => [slotName(slot), slot.at]));
  const nexts = new Map<string | null, number[]>();
  const begun: Slot[] = [];
  const due: DueSlot[] = [];
  const scheduled = new Set<number>();
  for (const repository of repositories) {
    const { id, installationId, lostAt } = repository;
    if (lostAt || !(await known.owners.isActive(tables, installationId))) continue;
    const policy = known.policies.of(repository.policyText);
    const nextOfEach: string[] = [];
    for (const schedule of schedulesOf(policy, await known.owners.hasMany(tables, installationId))) {
      const { kind } = schedule;
      const last = lasts.get(slotName({ repositoryId: id, kind })) ?? null;
      const { slot, begins, next } = await lookAtSchedule(tables, schedule, { last, policy }, known);
      nextOfEach.push(next);
      if (begins) begun.push({ repositoryId: id, kind, at: known.now.toISOString() });
      if (slot !== null) due.push({ repositoryId: id, kind, at: slot, repository, policy });
    }
    const next = nextOfEach.sort()[0] ?? null;
    nexts.set(next, [...(nexts.get(next) ?? []), id]);
    scheduled.add(id);
  }
  // Another replica may have had the same thought.
  const ours = new Set((await tables.saveSlots([...begun, ...due])).map(slotName));
  const worked: Scheduled[] = [];
  for (const one of due) {
    if (ours.has(slotName(one)) && (await isWorthwhile(tables, one, known)))
      worked.push({ work: workOf(one), cause: `schedule ${one.at}` });
  }
  await tables.enqueueScheduled(worked, known.wall);
  for (const [next, those] of nexts) await tables.saveNextTick(those, next);
  await tables.saveNextTick(
    ids.filter((id) => !scheduled.has(id)),
    null,
  );
  return worked.length;
}

const slotName = ({ repositoryId, kind }: Pick<Slot, "repositoryId" | "kind">): string => `${kind}:${repositoryId}`;

const workOf = ({ kind, repositoryId, repository: { installationId } }: DueSlot): Scheduled["work"] => ({
  kind,
  installationId,
  repositoryId,
});

/** The slot of a schedule that is to be worked off now, where one is; whether it only begins with this look; and when to look next. */
async function lookAtSchedule(
  tables: Tables,
  schedule: RepositorySchedule,
  { last, policy }: { readonly last: string | null; readonly policy: Policy },
  { slots, now }: Known,
): Promise<{ readonly slot: string | null; readonly begins: boolean; readonly next: string }> {
  const next = slots.next(schedule);
  const slot = slots.due(schedule, last);
  if (slot === null) return { slot, begins: last === null, next };
  const waitMs = schedule.kind === "nudges" ? await waits(tables, policy, new Date(slot), now) : 0;
  if (waitMs > 0) return { slot: null, begins: false, next: new Date(now.getTime() + waitMs).toISOString() };
  return { slot, begins: false, next };
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

/** Whether the store already shows that there is nothing to do, which spares GitHub the requests. */
async function isWorthwhile(
  tables: Tables,
  { kind, repositoryId, repository, policy }: DueSlot,
  { owners, now }: Known,
): Promise<boolean> {
  const today = dateIn(policy.time_zone, now);
  switch (kind) {
    case "nudges":
      return (
        (await tables.hasItemsToNudge(repositoryId, today)) || (await mayHaveReviews(tables, repositoryId, policy))
      );
    case "digest":
      return (
        (await tables.hasDocuments(repositoryId)) ||
        (await mayHaveReviews(tables, repositoryId, policy)) ||
        (await owners.isDigestPlace(tables, repository))
      );
    case "sweep":
      return true;
  }
}
