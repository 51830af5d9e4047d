/**
 * The store as the rest of the App sees it: a projection of what stands on GitHub, and the list of work to do. Nothing
 * in it is the only copy of a fact a person relies on. SQLite or PostgreSQL behind one set of queries.
 */
import type { PlainDate } from "../calendar.js";
import type { Work } from "../jobs/work.js";
import type { KeptProfile } from "../similarity/kept.js";
import type { Trouble } from "../tracking/trouble.js";
import type { Installation, KeptComment, Repository, TrackedDocument, TrackedItem } from "../tracking/types.js";

export type ScheduleKind = "nudges" | "digest" | "sweep";

/** What progress is kept of: the schedules, up to when failed deliveries were asked for again, when a policy was last pushed, and up to which push files were glanced at. */
export const SLOT_KINDS = ["nudges", "digest", "sweep", "deliveries", "redelivered", "policy", "glance"] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

/** A slot of one kind; `at`: its ISO instant. */
export interface Slot {
  readonly repositoryId: number;
  readonly kind: SlotKind;
  readonly at: string;
}

/** A write to GitHub that was begun and whose result is not recorded yet. */
export interface Intent {
  /** Names what would be created, unique in the repository: `issue:ITEM`, `nudge:ITEM:2`, `comment:status:12`. */
  readonly key: string;
  readonly repositoryId: number;
  /** ISO instant of GitHub's clock before the first attempt: whatever came of it is not older than this. */
  readonly startedAt: string;
  /** ISO instant of GitHub's clock at which it was first searched for the result and showed none; null before that. */
  readonly lookedAt: string | null;
}

/** What GitHub answered to a question about somebody or something in a repository: `assign lisa`, `follow 12`. */
export interface Answer {
  readonly repositoryId: number;
  readonly question: string;
  readonly yes: boolean;
  /** ISO instant. */
  readonly at: string;
}

/** That there is a profile of a document; its version changes with it. */
export interface ProfileVersion {
  readonly repositoryId: number;
  readonly documentId: string;
  readonly version: string;
}

/** A nudge that is to notify people: at most one a person and day, over all repositories of an installation. */
export interface Reach {
  readonly installationId: number;
  readonly repositoryId: number;
  /** Logins and teams in lower case. */
  readonly people: readonly string[];
  /** Who hears of it besides, subscribed to the issue: their day is taken where it is free, and where it is not, nothing waits for them. */
  readonly alongside?: readonly string[];
  /** ISO instants: now, and when the day began by the clock of the repository's policy. Zones differ, so the instant is kept. */
  readonly at: string;
  readonly since: string;
  /** Names the comment as its intent does. */
  readonly key: string;
}

/** Who was notified by a nudge, and from which repository. */
export interface Reached {
  readonly person: string;
  readonly repositoryId: number;
}

/** On which days of a year offices are closed in a region. */
export interface HolidayList {
  /** As policies name it: `CH-ZH`. */
  readonly region: string;
  readonly year: number;
  readonly days: readonly PlainDate[];
  /** ISO instant at which it was read from the library. */
  readonly at: string;
}

/** Until when a person wants no nudges, in all repositories of an installation. */
export interface Mute {
  readonly installationId: number;
  /** In lower case. */
  readonly person: string;
  /** The first day on which they may be nudged again. */
  readonly until: PlainDate;
  /** ISO instant at which they said so; what was said last counts. */
  readonly at: string;
}

/**
 * Queries, each a single statement or an upsert; usable on the store itself or inside a transaction. One that reads documents, items
 * or kept comments throws {@link UnreadableRow} where a row does not hold, after it saw to it that they are read again from GitHub;
 * of installations and repositories, such a row is passed over.
 */
export interface Tables {
  saveInstallation(installation: Installation): Promise<void>;
  installation(id: number): Promise<Installation | null>;
  installations(): Promise<Installation[]>;
  /** The ids of installations that are not removed, those with the most open items first. */
  installationsByOpenItems(): Promise<number[]>;
  /** Deletes rows of installations and repositories that were found unreadable; returns whose they were, so that GitHub is asked again. */
  dropUnreadable(): Promise<number[]>;
  /** Deletes installations removed and repositories lost before `before` (ISO instant), with everything under them; returns how many. */
  purgeRemoved(before: string): Promise<number>;

  saveRepository(repository: Repository): Promise<void>;
  /**
   * Changes some fields of a repository as it is stored now, so that two who change different fields lose nothing. Null
   * where there is none.
   */
  changeRepository(id: number, change: Partial<Repository>): Promise<Repository | null>;
  repository(id: number): Promise<Repository | null>;
  repositoryNamed(owner: string, name: string): Promise<Repository | null>;
  /** All repositories, or those of one installation, by id. */
  repositories(installationId?: number): Promise<Repository[]>;
  /** Whether an installation has more than so many repositories that are not lost. */
  hasMoreRepositories(installationId: number, than: number): Promise<boolean>;
  /**
   * The ids of repositories whose schedules are to be looked at by an ISO instant, longest waiting first; an indexed query. Each
   * comes here once it, or its installation, was saved, so that a change of its policy is seen.
   */
  repositoriesToTick(now: string, limit: number): Promise<number[]>;
  /** Those of these repositories that are there and can be read, which nobody else changes until the transaction ends. */
  holdRepositories(ids: readonly number[]): Promise<Repository[]>;
  /** When their schedules are looked at next (ISO instant); null: not until they, or their installation, are saved. */
  saveNextTick(ids: readonly number[], at: string | null): Promise<void>;
  /** Deletes the documents, items, profiles and kept comments of a repository, before they are read again from GitHub. */
  forgetProjection(repositoryId: number): Promise<void>;
  /** Deletes a repository and everything under it. */
  forgetRepository(id: number): Promise<void>;

  saveDocument(document: TrackedDocument): Promise<void>;
  /** Ids are unique within their repository only: a marker can be made to carry another's, so none is believed alone. */
  document(repositoryId: number, id: string): Promise<TrackedDocument | null>;
  /** The document that stands at a path (not a removed one). */
  documentAt(repositoryId: number, path: string): Promise<TrackedDocument | null>;
  documentsOf(repositoryId: number): Promise<TrackedDocument[]>;
  hasDocuments(repositoryId: number): Promise<boolean>;
  documentsAtHome(repositoryId: number, pull: number): Promise<TrackedDocument[]>;

  saveItem(item: TrackedItem): Promise<void>;
  item(repositoryId: number, id: string): Promise<TrackedItem | null>;
  /** In document order (ordinal). */
  itemsOf(repositoryId: number, documentId: string): Promise<TrackedItem[]>;
  /** All of a repository, by document and in its order. */
  itemsIn(repositoryId: number): Promise<TrackedItem[]>;
  itemOfIssue(repositoryId: number, issue: number): Promise<TrackedItem | null>;
  /** Items whose closed issue is a duplicate of this one, the oldest issue first. */
  duplicatesOf(repositoryId: number, issue: number): Promise<TrackedItem[]>;
  /** Items whose closed issue is a duplicate of some other. */
  duplicates(repositoryId: number): Promise<TrackedItem[]>;
  /** Items whose closed issue is a duplicate of one that no webhook tells of, the newest first. */
  duplicatesToAsk(repositoryId: number, limit: number): Promise<TrackedItem[]>;
  /** Whether an issue is that of a tracked item, or one that a duplicate goes on in: asked of every delivery about an issue. */
  isTracked(repositoryId: number, issue: number): Promise<boolean>;
  /** Items with an open issue, by due date (none last). */
  openItems(repositoryId: number): Promise<TrackedItem[]>;
  /** Items with an open issue whose next nudge is due on or before the day and whose document is not gone, longest waiting first; an indexed query. */
  itemsToNudge(repositoryId: number, onOrBefore: PlainDate, limit: number): Promise<TrackedItem[]>;
  hasItemsToNudge(repositoryId: number, onOrBefore: PlainDate): Promise<boolean>;
  /** Items whose issue, or the one that it is a duplicate of, was closed on or after the day. */
  itemsClosedSince(repositoryId: number, since: PlainDate): Promise<TrackedItem[]>;

  /** Keeps what a document is compared by, in the place of what was kept of it before; `version`: another for every other profile. */
  saveProfile(profile: KeptProfile, version: string): Promise<void>;
  forgetProfile(repositoryId: number, documentId: string): Promise<void>;
  /** The profiles of these documents; one that cannot be read is passed over. */
  profilesOf(repositoryId: number, documentIds: readonly string[]): Promise<KeptProfile[]>;
  /** The ids of documents that are like earlier ones, the newest incidents first, of those that tell when they happened. */
  newestLikeOthers(repositoryId: number, limit: number): Promise<string[]>;
  /** Which profiles there are in the repositories of an installation, by repository and document. */
  profileVersions(installationId: number): Promise<ProfileVersion[]>;

  saveComment(comment: KeptComment): Promise<void>;
  comment(repositoryId: number, key: string): Promise<KeptComment | null>;
  /** The pull requests that a check run or a reminder is kept of, so that have, or had, a postmortem. */
  checkedPulls(repositoryId: number): Promise<number[]>;
  forgetComment(repositoryId: number, key: string): Promise<void>;

  /** Keeps what could not be done to one thing, in the place of what was kept of it before. */
  saveTrouble(trouble: Trouble): Promise<void>;
  /** All that could not be done in a repository, by key. */
  troubles(repositoryId: number): Promise<Trouble[]>;
  /** `key`: of `pieceKey`. */
  forgetTrouble(repositoryId: number, key: string): Promise<void>;

  /** Keeps GitHub's answer to a question, in the place of an older one. */
  saveAnswer(answer: Answer): Promise<void>;
  /** The answers kept to these questions, however old. */
  answers(repositoryId: number, questions: readonly string[]): Promise<Answer[]>;
  /** Forgets the answers from before an ISO instant, in all repositories. */
  forgetAnswers(before: string): Promise<void>;

  /**
   * Records that a write is about to be tried, at an instant of GitHub's clock; returns the earlier record where there is one
   * (`fresh` false).
   */
  beginIntent(repositoryId: number, key: string, at: Date): Promise<Intent & { readonly fresh: boolean }>;
  /** Records a look at GitHub that found no trace of it, at an instant of GitHub's clock. */
  saveLook(repositoryId: number, key: string, at: Date): Promise<void>;
  finishIntent(repositoryId: number, key: string): Promise<void>;
  intents(repositoryId: number): Promise<Intent[]>;

  /** Takes the day of all these people for one comment; false, and nothing taken, where another has the day of one of them. */
  reach(reach: Reach): Promise<boolean>;
  /** Gives the days back that a comment took which was never made. */
  releaseReach(installationId: number, repositoryId: number, key: string): Promise<void>;
  /** Who was notified since an ISO instant. */
  reachedSince(installationId: number, since: string): Promise<Reached[]>;

  /** Keeps a list of holidays, in the place of an older one. */
  saveHolidays(list: HolidayList): Promise<void>;
  /** The lists that are kept of a region, in no order. */
  holidays(region: string): Promise<HolidayList[]>;

  /** Keeps what a person said of their nudges, unless something they said later is known. */
  saveMute(mute: Mute): Promise<void>;
  /** Who wants no nudges on a day. */
  mutedOn(installationId: number, day: PlainDate): Promise<Mute[]>;

  /** The last slot (ISO instant) of a schedule that was worked off; null before the first. */
  lastSlot(repositoryId: number, kind: SlotKind): Promise<string | null>;
  /** The last slots of all schedules of these repositories. */
  lastSlots(repositoryIds: readonly number[]): Promise<Slot[]>;
  /**
   * Takes a slot as worked off. False where it, or a later one, was taken before: then another replica has seen to it.
   */
  saveSlot(repositoryId: number, kind: SlotKind, slot: string): Promise<boolean>;
  /** The same for many, no two of one schedule; gives those that were taken. */
  saveSlots(slots: readonly Slot[]): Promise<Slot[]>;

  /** Puts a thing to look at on the list: one row a key, its wanted generation one higher. `cause`: a delivery id, for logs. */
  enqueue(work: Work, now: Date, options?: EnqueueOptions): Promise<void>;
  /** The same for what schedules want, each thing once; gently. */
  enqueueScheduled(wanted: readonly Scheduled[], now: Date): Promise<void>;
}

/** That a schedule of a repository wants its work. */
export interface Scheduled {
  readonly work: Extract<Work, { kind: ScheduleKind }>;
  readonly cause: string;
}

export interface EnqueueOptions {
  /** Milliseconds until it may be taken; 0 where not said. */
  readonly waitMs?: number;
  readonly cause?: string;
  /**
   * Said by what comes by itself, such as a schedule: work that was given up is then tried again only after it has rested,
   * the longer the more often it was given up. Otherwise it is tried again at once.
   */
  readonly gently?: boolean;
}

/** A row of the work list, taken. */
export interface Claim {
  readonly key: string;
  readonly lane: string;
  readonly work: Work;
  /** The wanted generation seen when taken: finishing marks this one done, so a later trigger leaves one more run. */
  readonly generation: number;
  /** How often this generation was tried before; 0 the first time. */
  readonly attempts: number;
  /** How often in a row GitHub was out of reach. */
  readonly unreached: number;
  readonly cause: string | null;
  /** Proof of the lease; every statement about the claim is guarded by it. */
  readonly lease: string;
}

export interface DeadLetter {
  readonly key: string;
  /** Null where the database says nothing that can be read. */
  readonly work: Work | null;
  readonly error: string;
  readonly attempts: number;
  /** ISO instant it was given up. */
  readonly at: string;
}

/** How a claim comes back that did not succeed. */
export interface Returned {
  readonly now: Date;
  /** Milliseconds until it is to be tried again. */
  readonly waitMs: number;
  readonly error: string;
  /**
   * `failed`: counts as an attempt. `unreached`: GitHub was out of reach; counted apart. `limited`: has to wait for a limit; not
   * counted. `doubtful`: has to look once more what came of an earlier try; not counted. `stopped`: the service stops, and it
   * was spared.
   */
  readonly because: "failed" | "unreached" | "limited" | "doubtful" | "stopped";
}

export interface ClaimOptions {
  /** Passes over installations of which the owner holds that many leases already. */
  readonly maxPerInstallation?: number;
  /** Takes this row alone, which {@link WorkList.suspect} told of. */
  readonly suspect?: string;
}

/** A row that was left unfinished so often that it may be what ends the process. */
export interface Suspect {
  readonly key: string;
  /** Its last try, alone, was not survived either. */
  readonly isToBeSetAside: boolean;
}

/**
 * The work list. Its present is that of its callers' clocks, or of the database's where that has one; waits are told in
 * milliseconds, and hold until the present is from before they began: then the clock was put back, and what is left of a wait
 * cannot be known (docs/adr/0013). Lane exclusion: of the rows of one lane, at most one has a live lease.
 */
export interface WorkList {
  /**
   * Takes the next row that is wanted, whose wait is over, not dead, no suspect, and whose lane nobody holds: by priority, then
   * the installation with the fewest live leases, then the longest waiting. Null where there is none. The claim counts as
   * unfinished until it comes back (`jobs/unfinished.ts`).
   */
  claim(owner: string, now: Date, leaseMs: number, options?: ClaimOptions): Promise<Claim | null>;
  /** A suspect that is due and that nobody works on, to be tried alone or set aside; null where there is none. */
  suspect(now: Date): Promise<Suspect | null>;
  /** Sets a suspect aside as a dead letter. False where somebody else did, or works on it. */
  setAside(key: string, now: Date): Promise<boolean>;
  /** The claim does not count as unfinished: the service stops, or the lease was lost to another. */
  spare(claim: Claim): Promise<void>;
  /** Prolongs the lease; false where it was lost (then the worker must stop writing). */
  heartbeat(claim: Claim, now: Date, leaseMs: number): Promise<boolean>;
  /** Marks the claimed generation done and frees the lane. False where the lease was lost. */
  complete(claim: Claim, now: Date): Promise<boolean>;
  /** Frees the lane; the row comes again, not before the time said. */
  retry(claim: Claim, returned: Returned): Promise<void>;
  /** Gives the row up: it stays as a dead letter until it is replayed or wanted again. */
  bury(claim: Claim, error: string, now: Date): Promise<void>;
  deadLetters(): Promise<DeadLetter[]>;
  /** Makes a dead letter (or all) wanted again. Returns how many. */
  replay(key: string | "all", now: Date): Promise<number>;
  /** Puts the dead letters of a repository that have rested on the list again (see {@link EnqueueOptions}). Returns their keys. */
  retryRested(repositoryId: number, now: Date): Promise<string[]>;
  /**
   * Takes a lane for the caller without a row (the CLI beside the service); null while somebody holds it. The same
   * lease rules; give it back with `complete`.
   */
  claimLane(work: Work, owner: string, now: Date, leaseMs: number): Promise<Claim | null>;
  /** Frees every lane whose holder is called something that begins so: for whoever knows that these are dead. */
  freeLanes(owners: string): Promise<void>;
  /** When the next row could be taken (ISO instant), for the worker's nap; null where nothing is wanted. */
  nextAt(now: Date): Promise<string | null>;
  stats(
    now: Date,
  ): Promise<{ ready: number; waiting: number; leased: number; dead: number; oldestReadySeconds: number }>;
}

/** GitHub's secondary limits, kept across replicas: one sliding window an installation. */
export interface Limits {
  /**
   * Books one request (`points`: 1 a read, 5 a write; `content` for one that creates an issue or comment) if the
   * windows of the last minute and hour have room, and says how many milliseconds to wait otherwise (0: booked).
   * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
   */
  book(
    installationId: number,
    request: { readonly points: number; readonly content: boolean },
    now: Date,
  ): Promise<number>;
  /** GitHub itself said to wait: nobody sends for this installation for so many milliseconds, an hour at most. */
  block(installationId: number, ms: number, now: Date): Promise<void>;
}

export interface Store extends Tables {
  readonly engine: "sqlite" | "postgres";
  readonly work: WorkList;
  readonly limits: Limits;
  /**
   * All or nothing. Immediate on SQLite, so two writers never deadlock; never hold it over a network call, and use only
   * the tables it passes to `body` (the store itself refuses). On PostgreSQL others may commit between two statements of
   * `body`, so what has to be decided once is decided by a write (`saveSlot`, `beginIntent`); and where two transactions
   * collide there, `body` is run again.
   */
  transaction<T>(body: (tables: Tables) => Promise<T>): Promise<T>;
  /** An in-memory copy of the projection, for dry runs: writes to it are forgotten. */
  snapshot(): Promise<Store>;
  /**
   * Why the database takes nothing right now, in words for an operator (nothing secret); null where it does, as far as the last
   * statements and a small write, at most one every two seconds, show. Never throws.
   */
  trouble(): Promise<string | null>;
  close(): Promise<void>;
}
