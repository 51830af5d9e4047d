/**
 * What the App knows of what it follows: documents, their action items, and the comments it keeps. These are the rows of
 * the projection and the contents of the markers; everything here can be read back from GitHub (see workflows/rebuild).
 */
import type { PlainDate } from "../calendar.js";
import type { PolicyProblem } from "../policy/load.js";
import type { ActionItem, Incident, Problem } from "../postmortem/types.js";

/** Where a tracked item's due date comes from; always shown beside it. */
export type DueOrigin =
  | { readonly kind: "stated"; readonly text: string }
  | { readonly kind: "window"; readonly text: string }
  | { readonly kind: "priority"; readonly priority: string }
  | { readonly kind: "severity"; readonly severity: string }
  | { readonly kind: "service"; readonly service: string }
  /** `business`: of business days; left out where of all. */
  | { readonly kind: "default"; readonly days: number; readonly business?: true }
  /**
   * A person moved it by `/due`. `document`: the date the document asks for now; `was`: the one it asked for when the
   * person moved it. Where these differ, the document was changed too.
   */
  | {
      readonly kind: "command";
      readonly by: string;
      readonly was: PlainDate | null;
      readonly document: PlainDate | null;
    }
  | { readonly kind: "none" };

/** One move of a due date. `by` is a login, or null where the document moved it. */
export interface Slip {
  readonly on: PlainDate;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly by: string | null;
  readonly why: string | null;
}

/** One overdue comment that stands on the tracking issue. `n` counts from 1 within the item. */
export interface Nudge {
  readonly n: number;
  readonly on: PlainDate;
  /** The rung of the escalation ladder that it told of (`14 days`, see `escalation.ts`); left out where it told of none. */
  readonly rung?: string;
  /** It asked the postmortem's author for an owner or a date, on the pull request and not on the issue; left out where it did not. */
  readonly ask?: true;
  /** Whom it notified, logins and teams in lower case; left out where that is not known. */
  readonly to?: readonly string[];
}

/** What an item's issue showed as an answer to one of its nudges: somebody who has it now, work that names it, or its owner's word. */
export interface Answer {
  /** The nudge's number. */
  readonly n: number;
  readonly how: "assigned" | "linked" | "commented";
}

/** Another item, as one speaks of it: by its id, and its issue in the same repository. */
export interface OtherItem {
  readonly id: string;
  readonly issue: number;
}

/** What an item was before its words were last changed: what holds again where the new words turn out to be other work. */
export interface Former {
  readonly base: Base;
  readonly place: Place;
  readonly due: PlainDate | null;
  readonly dueOrigin: DueOrigin;
}

/** Why an item that was due for a nudge was left alone, and when that was seen. */
export interface Spared {
  readonly on: PlainDate;
  /** An open issue blocks it; an open pull request names it; its owner committed or commented; GitHub did not tell; or all who would be asked are muted. */
  readonly why: "blocked" | "pull" | "commit" | "comment" | "untold" | "muted";
}

/** Until when somebody asked for no overdue comments. The item stays overdue. */
export interface Snooze {
  readonly on: PlainDate;
  /** The first day on which it may be commented on again. */
  readonly until: PlainDate;
  readonly by: string;
  readonly why: string | null;
}

/** Somebody decided that the work need not be done: for good (`until` null, the issue is closed), or not before a day. */
export interface Waiver {
  readonly on: PlainDate;
  readonly by: string;
  readonly why: string;
  readonly until: PlainDate | null;
}

/** The newest comment whose commands were dealt with; `at`: the ISO instant it was written. */
export interface Heard {
  readonly id: number;
  readonly at: string;
  /** The newest edits of comments before it that were dealt with, oldest first; left out where there are none. */
  readonly edits?: readonly HeardEdit[];
}

/** An edit of a comment that was dealt with; `id`: the comment's; `at`: the ISO instant of the edit; `done`: whether anything was carried out. */
export interface HeardEdit {
  readonly id: number;
  readonly at: string;
  readonly done: boolean;
}

/** What the document said of an item when it was last read: the base of the three-way merge. */
export type Base = Pick<
  ActionItem,
  | "title"
  | "owners"
  | "mentions"
  | "due"
  | "dueText"
  | "done"
  | "priority"
  | "ref"
  | "refUrl"
  | "refWithin"
  | "details"
  | "dropped"
  | "group"
  | "type"
  | "window"
>;

/**
 * Where an item's words stand, for a permanent link: the commit and lines at which they were last read again. Lines that
 * merely shift, and renames, leave it alone, so that an edit elsewhere in the document rewrites no issue.
 */
export interface Place {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/** The parts of a tracking issue that both the document and people can change. */
export interface IssueFields {
  readonly title: string;
  /** Logins, sorted, lower-case. */
  readonly assignees: readonly string[];
  readonly open: boolean;
}

/**
 * As what an issue is closed (https://docs.github.com/en/rest/issues/issues#update-an-issue, `state_reason`). `gone`: it is in sight no
 * more: deleted, converted to a discussion, or transferred to where the App cannot follow.
 */
export type Closing = "completed" | "not_planned" | "duplicate" | "gone";

/**
 * The issue that a duplicate goes on in. `nothing`: GitHub names none; `hidden`: one that the App, or not everybody who reads this repository, may see. Of an issue:
 * as it was last seen, `home` its repository (`acme/api`) where that is another, `again` where it is to be asked for at each sweep, since no webhook tells of it.
 */
export type Canonical =
  | { readonly kind: "nothing" }
  | { readonly kind: "hidden" }
  | {
      readonly kind: "issue";
      readonly number: number;
      readonly home?: string;
      readonly again?: true;
      readonly open: boolean;
      readonly closedOn: PlainDate | null;
      readonly closedAs?: Closing;
    };

/** A tracking issue as last seen on GitHub. */
export interface TrackingIssue extends IssueFields {
  readonly number: number;
  /** The day it was closed, in the policy's time zone; null while open. */
  readonly closedOn: PlainDate | null;
  /**
   * As what it was closed; left out while it is open, and by versions that did not ask, which took all for completed. A duplicate whose work is
   * completed in an issue that counts nowhere else is completed, on that day.
   */
  readonly closedAs?: Closing;
  /** Of what it is a duplicate; left out where it is none, and while that was not asked. */
  readonly duplicateOf?: Canonical;
  /** How many open issues block it; left out where none does. */
  readonly blockedBy?: number;
  /** Set where the issue was there before and the App adopted it: the id of the App's comment that carries the marker. */
  readonly adoptedBy: number | null;
}

/** A field in which document and issue were both changed, so that the issue stands and the difference is shown. */
export interface Conflict {
  readonly field: "title" | "owner" | "due" | "state";
  readonly document: string;
  readonly issue: string;
}

/**
 * Why GitHub does not assign somebody: a person without access to the repository, no account at all (deleted, renamed, or never there), a
 * bot, or an organisation.
 */
export type WhyUnassignable = "no-access" | "no-account" | "bot" | "organisation";

/** A login that GitHub does not assign. */
export interface Unassignable {
  readonly login: string;
  readonly why: WhyUnassignable;
}

/**
 * Somebody whom the document names and who is not assigned: GitHub said that the login cannot be, or took it and left it out without a
 * word (`left-out`), as on a plan that keeps one assignee.
 */
export interface Missing {
  readonly login: string;
  readonly why: WhyUnassignable | "left-out";
}

/** An action item under follow-through. */
export interface TrackedItem {
  /** Minted once, never recomputed. */
  readonly id: string;
  readonly documentId: string;
  readonly repositoryId: number;
  /** Order within the document, from 0. */
  readonly ordinal: number;
  readonly base: Base;
  readonly place: Place;
  readonly due: PlainDate | null;
  readonly dueOrigin: DueOrigin;
  /** The first due date the item had; on-time is counted against this one. */
  readonly originalDue: PlainDate | null;
  /**
   * Whether the document named an owner, and stated a date or a time window, when the item came to the default branch; left out by versions
   * that did not keep it.
   */
  readonly atMerge?: { readonly owner: boolean; readonly date: boolean };
  /**
   * The first day too late for the item's first owner, where the policy's time for finding one passed with nobody; null where somebody had it
   * in time and is gone since; left out where neither is so.
   */
  readonly ownerMissed?: PlainDate | null;
  /** The moves of the due date, oldest first; of a great many the first and the newest (see `bounds.ts`). */
  readonly slips: readonly Slip[];
  /** How many moves between the first and the newest are counted only. */
  readonly slipsLeftOut: number;
  /** Oldest first; only the last one counts. */
  readonly snoozes: readonly Snooze[];
  readonly waiver: Waiver | null;
  /** No comment up to this one is ever obeyed (again); null where none was dealt with yet. */
  readonly heard: Heard | null;
  readonly nudges: readonly Nudge[];
  /** Which of them were answered, oldest first; left out where none was. */
  readonly answers?: readonly Answer[];
  /** The last time it was left alone; left out where it never was. GitHub shows it again, so no marker holds it. */
  readonly spared?: Spared;
  readonly conflicts: readonly Conflict[];
  /** The day the issue was opened; null where there is none yet. */
  readonly openedOn: PlainDate | null;
  readonly issue: TrackingIssue | null;
  /**
   * What document and App last agreed on, and a hash of the managed section; null where there is no issue. Its `assignees` are those the
   * document names and who are, or were, assigned: none but they are ever taken off.
   */
  readonly written: (IssueFields & { readonly hash: string }) | null;
  /** Whom GitHub did not assign; left out where there is nobody. */
  readonly missing?: readonly Missing[];
  /** Earlier postmortems that somebody said on its issue to be unrelated: `#12`, `acme/api#12`; left out where there are none. */
  readonly unrelated?: readonly string[];
  /** It is the same work as that item and goes on there: its own issue is closed as a duplicate. Left out where it is not. */
  readonly sameAs?: OtherItem;
  /** It may be that item in other words, which left the document when it appeared there. Left out where nothing speaks for that. */
  readonly perhaps?: OtherItem;
  /** Left out where its words never changed since its issue was opened. */
  readonly former?: Former;
  /** The words (`knownWords`) of other work that it was taken for; left out where there are none. */
  readonly isNot?: readonly string[];
  /** The day the item was found to have left the document; null while it stands there. */
  readonly leftOn: PlainDate | null;
  /** The day of the next nudge; null where none is coming. */
  readonly nextNudgeOn: PlainDate | null;
}

/** A postmortem under follow-through. */
export interface TrackedDocument {
  /** Minted once from the repository's id and the first path. */
  readonly id: string;
  readonly repositoryId: number;
  /** The path it was first seen at, from which ids are minted; never changes. */
  readonly firstPath: string;
  readonly path: string;
  readonly title: string | null;
  readonly incident: Incident;
  /** The pull request that introduced it, where the status comment lives; null for a direct push. */
  readonly home: number | null;
  /** The commit that permalinks point to. */
  readonly commit: string;
  /** The blob that was last read, so that an unchanged document costs no reading. */
  readonly blob: string | null;
  /** The login that opened the home pull request, told of problems. */
  readonly author: string | null;
  /** Set once the document is gone from the default branch. */
  readonly removedOn: PlainDate | null;
  /** Why its items are not opened, where a guard holds them back. */
  readonly held: "old" | "many" | "copy" | null;
  /** Of a copy that is held back, the id of the document it is a copy of. */
  readonly copyOf?: string;
  /** No comment on the home pull request up to this one is ever obeyed (again); left out where none was dealt with yet. */
  readonly heard?: Heard;
  /** Earlier postmortems that somebody said on the home pull request to be unrelated; left out where there are none. */
  readonly unrelated?: readonly string[];
  /** What the author should fix, as of the last reading. */
  readonly problems: readonly Problem[];
}

/** What the App keeps in one place and edits: a status comment, a linking line, a digest; and the check run of a pull request. */
export interface KeptComment {
  /** `status:12`, `link:15`, `check:15`, unique within the repository. */
  readonly key: string;
  readonly repositoryId: number;
  /** The issue or pull request it stands on. */
  readonly number: number;
  /** The comment's id, or the check run's. */
  readonly commentId: number;
  /** Hash of the body last written, so that nothing is written when nothing changed. */
  readonly hash: string;
}

export interface Installation {
  readonly id: number;
  readonly account: string;
  readonly suspended: boolean;
  /** ISO instant of its removal; its data is purged some time later. */
  readonly removedAt: string | null;
}

/** Where a policy was found: in the repository itself, or by asking in its owner's `.github` repository, which may have `none`. */
export type PolicyOrigin =
  | { readonly kind: "own" }
  | { readonly kind: "organisation"; readonly owner: string; readonly none: boolean };

/** Who reads a repository: everybody, everybody of the enterprise, or those who were given access. */
export type Visibility = "public" | "internal" | "private";

/** Why a digest goes on in another issue than before. */
export type WhyReplaced = "closed" | "locked" | "gone";

/** How a rolling issue was kept so far. */
export interface Kept {
  /** ISO instant at which its text was last written. */
  readonly renewedAt: string;
  /** The issue that it took the place of, why, and the day; left out where there was none. */
  readonly instead?: { readonly of: number; readonly why: WhyReplaced; readonly on: PlainDate };
}

export interface Repository {
  readonly id: number;
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** As GitHub last told; left out by versions that did not ask, which stands for private. */
  readonly visibility?: Visibility;
  /** What stands in the way of working here (archived, issues switched off, a missing permission), as it was told; null: nothing. */
  readonly obstacle: string | null;
  /** ISO instant since when the App has no access to it; its data is purged some time later. */
  readonly lostAt: string | null;
  /** Text of the last valid policy file; null where there was none yet. */
  readonly policyText: string | null;
  /** Where that was found; null where it was never looked for. */
  readonly policyOrigin: PolicyOrigin | null;
  /** What is wrong with the policy file as it stands now; empty where it is valid or absent. */
  readonly policyProblems: readonly PolicyProblem[];
  /** Labels known to stand in the repository. */
  readonly labels: readonly string[];
  /** The rolling digest issue. */
  readonly digestIssue: number | null;
  /** When its text was last written, and whose place it took; left out before. */
  readonly digestKept?: Kept;
  /** The last week, by its Monday, of which channels were told though its comment was refused; left out where none was. */
  readonly digestTold?: PlainDate;
  /** The same of the organisation's digest, where it stands here. */
  readonly organisationDigest?: number;
  readonly organisationKept?: Kept;
  readonly organisationTold?: PlainDate;
  /** ISO instant up to which GitHub's state was swept; null before the first sweep. */
  readonly sweptUntil: string | null;
  /** The blob of every postmortem at the last sweep, by path; null before the first, which only takes this in. */
  readonly seen: Readonly<Record<string, string>> | null;
  /** Fingerprint of the policy by which the last sweep followed the documents; null before the first. */
  readonly sweptPolicy: string | null;
  /** The merge that was followed through last: its commit, and the paths it changed. */
  readonly followed?: { readonly commit: string; readonly paths: readonly string[] };
  /** By what open pull requests were checked, as fingerprints: the policy and what was wrong with its file, and the postmortems of the default branch. */
  readonly checkedBy?: { readonly policy: string; readonly base: string };
  /** Set once the projection of this repository was built from GitHub. */
  readonly rebuiltAt: string | null;
}
