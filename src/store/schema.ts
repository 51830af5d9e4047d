/**
 * The tables, as Kysely types; `migrations.ts` makes them. One shape for both engines: 64-bit identifiers as bigint,
 * flags as 0 or 1, instants of the work list as milliseconds since 1970, and each entity whole as JSON in `data`
 * beside the columns its queries need.
 */
import type { Generated, Kysely, Transaction } from "kysely";

export interface Schema {
  installation: { id: number; removed_at: string | null; data: string };
  /**
   * `full_name`: `owner/name` in lower case; null once another repository took the name. `next_tick`: the ISO instant of the next slot
   * of its schedules; empty where that is to be found out, null where nothing is scheduled.
   */
  repository: {
    id: number;
    installation_id: number;
    full_name: string | null;
    lost_at: string | null;
    next_tick: Generated<string | null>;
    data: string;
  };
  document: { id: string; repository_id: number; path: string; home: number | null; removed: number; data: string };
  /**
   * `next_nudge_on` is set only while the issue is open, so that its index holds what a nudge sweep looks for. `duplicate_of`: the issue of the
   * repository that a closed duplicate goes on in; 0 where that is to be asked at each sweep; null where it is none, or none is told.
   */
  item: {
    id: string;
    repository_id: number;
    document_id: string;
    ordinal: number;
    issue: number | null;
    open: number;
    due: string | null;
    next_nudge_on: string | null;
    closed_on: string | null;
    duplicate_of: number | null;
    data: string;
  };
  kept_comment: { repository_id: number; key: string; data: string };
  /** `looks`: 0; an older version counts there. */
  intent: { repository_id: number; key: string; started_at: string; looks: number; looked_at: string | null };
  /** What could not be done to one thing, see `tracking/trouble.ts`. */
  trouble: { repository_id: number; key: string; data: string };
  /** GitHub's answers to questions about people and issues, see `workflows/parts/look-up.ts`. `yes`: 0 or 1; `at`: an ISO instant. */
  answer: { repository_id: number; question: string; yes: number; at: string };
  /** What postmortems are compared by, see `similarity/kept.ts`. `likes`: how many earlier ones it is like; `happened`: the incident's day. */
  profile: {
    repository_id: number;
    document_id: string;
    version: string;
    likes: number;
    happened: string | null;
    data: string;
  };
  /** When a person was last notified by a nudge (`at`: an ISO instant), from which repository, and by which comment (its intent's key). */
  reached: { installation_id: number; person: string; at: string; repository_id: number; key: string };
  /** `days`: JSON, the days on which offices are closed; `at`: an ISO instant. */
  holiday: { region: string; year: number; days: string; at: string };
  /** Until which day a person wants no nudges; `at`: the ISO instant at which they said so. */
  mute: { installation_id: number; person: string; until: string; at: string };
  slot: { repository_id: number; kind: string; at: string };
  /** What is wanted: a row stands here from the first trigger until a run that saw the newest one is complete. */
  work: {
    key: string;
    lane: string;
    installation_id: number;
    priority: number;
    data: string;
    /** Counts triggers; a run completes the generation it saw when it was taken. */
    wanted: number;
    /** When it was first wanted. */
    since: number;
    not_before: number;
    /** The present when `not_before` was set: the wait holds between the two. */
    waits_from: number;
    attempts: number;
    /** Tries in a row in which GitHub was out of reach. */
    unreached: number;
    /** Claims that did not come back: each is counted when it is made, and not any more once it comes back. */
    unfinished: number;
    /** How often it was given up since it last succeeded. */
    burials: number;
    cause: string | null;
    error: string | null;
    dead_at: number | null;
  };
  /** Leases: one row a lane at most, so its primary key is what keeps two workers apart. `key` null: no row of work. */
  lane: { lane: string; installation_id: number; key: string | null; token: string; owner: string; until: number };
  /** GitHub requests booked lately, see `limits.ts`. */
  booking: {
    installation_id: number;
    blocked_until: number;
    data: string;
    /** The latest present at which something was recorded in this row. */
    at: number;
  };
  migration: { name: string; at: string };
}

export type Db = Kysely<Schema>;

/** Runs `body` in the transaction that `db` is, or else in one of its own. */
export function atomically<T>(db: Db, body: (transaction: Db) => Promise<T>): Promise<T> {
  return db.isTransaction
    ? body(db)
    : db.transaction().execute((transaction: Transaction<Schema>) => body(transaction));
}
