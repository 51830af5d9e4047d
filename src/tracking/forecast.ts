/**
 * What merging a document would do, before it merges: the next state of every item ({@link decide}), held against what is
 * tracked of it now. Pure, and nothing of it is saved. The check run and `follow-through check` tell it.
 */
import { addDays, daysBetween, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import type { Postmortem, Problem } from "../postmortem/types.js";
import { type DecideInput, decide, wantedFields } from "./decide.js";
import { dueFor } from "./due.js";
import { doubtOf } from "./joins.js";
import { resolveOwners } from "./owners.js";
import { isSomebody, ownerProblems, problemsUnder, withOwnerProblems } from "./problems.js";
import type { Conflict, TrackedDocument, TrackedItem, Unassignable } from "./types.js";

export interface Forecast {
  /** Items for which an issue would be opened, in document order. */
  readonly fresh: readonly FreshItem[];
  /** How many items are done already and so need no issue. */
  readonly done: number;
  /** What would change on issues that are there, in document order. */
  readonly changes: readonly Change[];
  /** How many of the document's items have an issue that would stay as it is. */
  readonly unchanged: number;
  /** What the document's author should fix, as policy and GitHub judge it, by line. */
  readonly problems: readonly Problem[];
}

/** Who would have an item, as far as GitHub knows them. */
export interface Owners {
  /** Logins that would be assigned. */
  readonly logins: readonly string[];
  /** Teams that would be mentioned. */
  readonly teams: readonly string[];
  /** Names that the policy does not know. */
  readonly names: readonly string[];
  /** Whom GitHub would not assign here. */
  readonly unassignable: readonly Unassignable[];
  /** Logins about which GitHub was not asked. */
  readonly unasked: readonly string[];
}

export interface FreshItem {
  readonly item: TrackedItem;
  readonly owners: Owners;
  /** Where the due date counts from the merge: how many days after it. Null where it is a day by itself, or there is none. */
  readonly daysAfterMerge: number | null;
  /** The open issue of an item that leaves the document, which this one may be in other words; left out where there is no such doubt. */
  readonly perhaps?: number;
}

/** What would happen to one issue. */
export interface Change {
  readonly item: TrackedItem;
  readonly what: readonly IssueChange[];
}

export type IssueChange =
  | { readonly kind: "title"; readonly to: string }
  | { readonly kind: "owner"; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly kind: "due"; readonly from: PlainDate | null; readonly to: PlainDate | null }
  | { readonly kind: "closes" }
  | { readonly kind: "reopens" }
  /** Its item leaves the document; the issue stays as it is. */
  | { readonly kind: "gone" }
  /** Its words go into another item's: it is closed as a duplicate of that one's issue. */
  | { readonly kind: "joins"; readonly issue: number }
  /** A person changed the issue as well, so the issue stands. */
  | { readonly kind: "stands"; readonly conflict: Conflict };

/** `unasked`: logins about which GitHub was not asked, which are taken for assignable. */
type ForeseeInput = DecideInput & { readonly unasked?: ReadonlySet<string> };

/** Foresees a document: as read at the head of its pull request, over what is tracked of it now. */
export function foresee(input: ForeseeInput): Forecast {
  const before = new Map(input.tracked.map((item) => [item.id, item]));
  const after = decide(input);
  const standing = after.filter((item) => item.leftOn === null);
  const without = standing.filter((item) => item.issue === null);
  const changes = after.flatMap((item) => {
    const what = issueChanges(before.get(item.id), item, input);
    return what.length > 0 ? [{ item, what }] : [];
  });
  const changed = changes.filter(({ item }) => item.leftOn === null).length;
  return {
    fresh: without.filter((item) => !item.base.done && !item.base.dropped).map((item) => freshItem(item, after, input)),
    done: without.filter((item) => item.base.done).length,
    changes,
    unchanged: standing.length - without.length - changed,
    problems: foreseenProblems(standing, input),
  };
}

/** What reading found, and what is wrong with the owners of open items that nobody is assigned to. */
function foreseenProblems(
  standing: readonly TrackedItem[],
  { postmortem, policy, assignable, unassignable }: ForeseeInput,
): readonly Problem[] {
  const assigned = new Set(
    standing.filter(({ issue }) => (issue?.assignees.length ?? 0) > 0).map(({ ordinal }) => ordinal),
  );
  const open = postmortem.items.filter(({ done, dropped }, ordinal) => !done && !dropped && !assigned.has(ordinal));
  const ofOwners = open.flatMap((item) => ownerProblems(item, policy, assignable, unassignable));
  return withOwnerProblems(problemsUnder(policy, postmortem), ofOwners);
}

/** Foresees a document on its own, where nobody knows what is tracked and whom GitHub would assign. */
export function foreseeAlone(postmortem: Postmortem, policy: Policy, today: PlainDate): Forecast {
  const { path, title, incident, problems, items } = postmortem;
  const document: TrackedDocument = {
    id: "",
    repositoryId: 0,
    firstPath: path,
    path,
    title,
    incident,
    home: null,
    commit: "",
    blob: null,
    author: null,
    removedOn: null,
    held: null,
    problems,
  };
  const assignable = new Set(items.flatMap((item) => resolveOwners(item, policy).logins));
  return foresee({ document, postmortem, tracked: [], policy, assignable, today });
}

/** Whether the document holds no action items, and none has left it. */
export const isEmpty = ({ fresh, done, changes, unchanged }: Forecast): boolean =>
  fresh.length + done + changes.length + unchanged === 0;

/**
 * What a new item lacks to be followed through: it names nobody (`owner`), or nobody whom GitHub would assign or notify (`known-owner`) or
 * was asked about (`asked-owner`); it has no date (`date`), or one that cannot be read, whatever the policy puts in its place
 * (`readable-date`).
 */
export type Lack = "owner" | "known-owner" | "asked-owner" | "date" | "readable-date";

/** What the item lacks; nothing where it is ready. */
export function lacksOf(fresh: FreshItem): readonly Lack[] {
  const { base } = fresh.item;
  const lacks: Lack[] = [];
  if (!hasOwner(fresh)) {
    if (fresh.owners.unasked.length > 0) lacks.push("asked-owner");
    else lacks.push(base.owners.some(isSomebody) ? "known-owner" : "owner");
  }
  if (!isDated(fresh)) lacks.push(hasUnreadableDate(fresh) ? "readable-date" : "date");
  return lacks;
}

/** Whether the item's issue would have somebody and a day that was meant, so that it can be followed through. */
export const isReady = (fresh: FreshItem): boolean => lacksOf(fresh).length === 0;

/** Whether it would have a day that was meant: stated, or by policy where nothing is stated. */
export const isDated = (fresh: FreshItem): boolean => fresh.item.due !== null && !hasUnreadableDate(fresh);

/** Whether the document states a due date that could not be read. */
export const hasUnreadableDate = ({ item: { base } }: FreshItem): boolean => base.due === null && base.dueText !== null;

/** Whether anybody would be assigned or mentioned. */
export const hasOwner = ({ owners }: FreshItem): boolean => owners.logins.length + owners.teams.length > 0;

function freshItem(item: TrackedItem, all: readonly TrackedItem[], input: ForeseeInput): FreshItem {
  const { policy, assignable, unasked, postmortem, today } = input;
  const { logins, teams, names } = resolveOwners(item.base, policy);
  const owners = {
    logins: logins.filter((login) => assignable.has(login) && !unasked?.has(login)),
    teams,
    names,
    unassignable: logins.flatMap((login) =>
      assignable.has(login) ? [] : [{ login, why: input.unassignable?.get(login) ?? "no-access" }],
    ),
    unasked: logins.filter((login) => unasked?.has(login)),
  };
  // Nobody knows the day of the merge: a date that would be another were it tomorrow is told as days from then.
  const tomorrow = dueFor(item.base, postmortem.incident, policy, addDays(today, 1));
  const counts = item.due !== null && tomorrow.due !== item.due;
  const daysAfterMerge = counts && item.due ? daysBetween(today, item.due) : null;
  const perhaps = doubtOf(item, all) ?? input.doubts?.get(item.ordinal);
  return { item, owners, daysAfterMerge, ...(perhaps && { perhaps: perhaps.issue }) };
}

function issueChanges(
  before: TrackedItem | undefined,
  after: TrackedItem,
  { policy, assignable }: DecideInput,
): IssueChange[] {
  const { issue, sameAs } = after;
  if (!before || !issue) return [];
  if (sameAs && issue.open) return [{ kind: "joins", issue: sameAs.issue }];
  if (after.leftOn) return before.leftOn === null && issue.open ? [{ kind: "gone" }] : [];
  const changes: IssueChange[] = [];
  // An adopted issue's title, owner and state are a person's.
  const wanted = issue.adoptedBy === null ? wantedFields(after, policy, assignable) : issue;
  if (wanted.open !== issue.open) changes.push({ kind: wanted.open ? "reopens" : "closes" });
  if (wanted.title !== issue.title) changes.push({ kind: "title", to: wanted.title });
  if (wanted.assignees.join() !== issue.assignees.join())
    changes.push({ kind: "owner", from: issue.assignees, to: wanted.assignees });
  if (after.due !== before.due) changes.push({ kind: "due", from: before.due, to: after.due });
  const known = new Set(before.conflicts.map((conflict) => JSON.stringify(conflict)));
  for (const conflict of after.conflicts) {
    if (!known.has(JSON.stringify(conflict))) changes.push({ kind: "stands", conflict });
  }
  return changes;
}
