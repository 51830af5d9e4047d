/**
 * DECIDE: a document as read × what is tracked of it × policy × today → what each item should become. Pure. The caller
 * opens an issue for every item of `items` that {@link wantsIssue}, and brings the others to their fields.
 */
import type { PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import type { ActionItem, Postmortem, Problem } from "../postmortem/types.js";
import { boundedFormer, type SlipLedger, withSlip } from "./bounds.js";
import { dueFor, isByPolicy } from "./due.js";
import { type Matching, matchItems, mintDocumentId, mintItemId } from "./identity.js";
import { isApartFrom, otherItem } from "./joins.js";
import { dueConflict, type MergedFields, mergeFields } from "./merge.js";
import { isLacking, nextAskOn, nextNudgeOn } from "./nudging.js";
import { withOwnerMissed } from "./owner-deadline.js";
import { MOST_PEOPLE, resolveOwners } from "./owners.js";
import { issueTitle } from "./title.js";
import type {
  Base,
  Conflict,
  Former,
  IssueFields,
  Missing,
  OtherItem,
  TrackedDocument,
  TrackedItem,
  WhyUnassignable,
} from "./types.js";
import { normalizeText } from "./words.js";

export interface DecideInput {
  readonly document: TrackedDocument;
  readonly postmortem: Postmortem;
  readonly tracked: readonly TrackedItem[];
  readonly policy: Policy;
  /** Logins (lower-case) that GitHub would assign. */
  readonly assignable: ReadonlySet<string>;
  /** Why it would not assign others, where that is known: else they have no access. */
  readonly unassignable?: ReadonlyMap<string, WhyUnassignable>;
  /** Today in the policy's time zone. */
  readonly today: PlainDate;
  /** Ids of items that began here and stand in other documents now. */
  readonly taken?: ReadonlySet<string>;
  /** Of found items, by their index, the one that each may be in other words and that left another document; left out where there is none. */
  readonly doubts?: ReadonlyMap<number, OtherItem>;
}

/** The next state of every item of a document, in document order; those that left it come last. */
export function decide(input: DecideInput): TrackedItem[] {
  const { postmortem, today } = input;
  const tracked = withoutApart(input.tracked);
  const byId = new Map(tracked.map((item) => [item.id, item]));
  const found = postmortem.items;
  const { pairs, gone, doubts, merged } = matchingOf(tracked, found, input.document.id);
  const minting: Minting = {
    firstPath: firstPathOf(input.document),
    taken: new Set([...byId.keys(), ...(input.taken ?? [])]),
    next: new Map(),
  };
  const items = found.map((item, ordinal) => {
    const before = byId.get(pairs.get(ordinal) ?? "");
    if (before) return follow(before, item, ordinal, input);
    const fresh = begin(item, ordinal, minting, input);
    const perhaps = otherItem(byId.get(doubts.get(ordinal) ?? "")) ?? input.doubts?.get(ordinal);
    return perhaps ? { ...fresh, perhaps } : fresh;
  });
  const standing = new Map(items.map((item) => [item.id, item]));
  const left = gone.flatMap((id) => {
    const item = byId.get(id);
    if (!item) return [];
    // What stands in a part that was not read has not left.
    const leftOn = item.leftOn ?? (isReadWhole(postmortem) ? today : null);
    const sameAs = joinedTo(item, standing.get(merged.get(id) ?? ""));
    const next = { ...item, ordinal: found.length + item.ordinal, leftOn, ...(sameAs && { sameAs }) };
    return [withDerived(next, input.policy, input.assignable)];
  });
  return [...items, ...left];
}

/** The items, of which one is no longer the same work as another that was told apart from it. */
function withoutApart(tracked: readonly TrackedItem[]): readonly TrackedItem[] {
  const byId = new Map(tracked.map((item) => [item.id, item]));
  return tracked.map((item) => {
    const { sameAs, ...own } = item;
    const other = sameAs && byId.get(sameAs.id);
    return other && isApartFrom(other, item) ? own : item;
  });
}

/** The item into whose words this one's went, where both have an open issue; one that was adopted is a person's to close. */
function joinedTo({ issue }: TrackedItem, into: TrackedItem | undefined): OtherItem | null {
  return issue?.open && issue.adoptedBy === null && into?.issue?.open ? otherItem(into) : null;
}

/** Which of these tracked items are which of those that were found in a document. Those of other documents stand nowhere in it. */
export function matchingOf(
  tracked: readonly TrackedItem[],
  found: readonly ActionItem[],
  document: TrackedDocument["id"],
): Matching {
  const byId = new Map(tracked.map((item) => [item.id, item]));
  return matchItems(
    tracked.map(({ id, documentId, base, place, leftOn, sameAs, isNot, ...item }) => {
      // Whether the work of one that goes on elsewhere is over, the other one tells.
      const { issue } = (sameAs && byId.get(sameAs.id)) ?? item;
      const closed = issue ? !issue.open : base.done || base.dropped === true;
      const { title, ref, refWithin, group, owners, due } = base;
      return {
        id,
        title,
        ref,
        ...(refWithin && { refWithin }),
        group,
        owners,
        due,
        line: place.line,
        closed,
        left: leftOn !== null || documentId !== document,
        ...(sameAs && { sameAs: sameAs.id }),
        ...(isNot && { isNot }),
      };
    }),
    found,
  );
}

const UNREAD: ReadonlySet<Problem["rule"]> = new Set(["too-large", "not-utf8", "unreadable"]);

/** Whether all of a document was read: else an item that is missing may stand in the rest. */
export function isReadWhole({ problems }: Pick<Postmortem, "problems">): boolean {
  return !problems.some(({ rule }) => UNREAD.has(rule));
}

/** Whether an issue is to be opened for the item: it is promised, not done, has none yet, and no guard holds it back. */
export function wantsIssue(item: TrackedItem, document: Pick<TrackedDocument, "held">): boolean {
  return document.held === null && item.issue === null && !item.base.done && !item.base.dropped && item.leftOn === null;
}

/** What the document asks of an item's issue; where the work goes on in another's, it is not to be open. */
export function askedOf(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): IssueFields {
  const asked = askedFields(item.base, policy, assignable);
  return item.sameAs ? { ...asked, open: false } : asked;
}

/** What the document asks of the issue of an item with these words. */
export function askedFields(
  item: Pick<ActionItem, "title" | "owners" | "mentions" | "done" | "dropped">,
  policy: Policy,
  assignable: ReadonlySet<string>,
): IssueFields {
  const logins = resolveOwners(item, policy).logins.filter((login) => assignable.has(login));
  return { title: issueTitle(item.title), assignees: logins.slice(0, MOST_PEOPLE), open: !item.done && !item.dropped };
}

/** What the item's issue should say now: the merge of what the document asks and what people made of the issue. */
export function wantedFields(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): IssueFields {
  return merged(item, policy, assignable)?.fields ?? askedOf(item, policy, assignable);
}

/** The merge of document and issue; null where there is no issue. */
function merged(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): MergedFields | null {
  const { issue, written, base, leftOn, missing = [] } = item;
  if (!issue || !written) return null;
  const asked = askedOf(item, policy, assignable);
  // A document that says nothing of the item any more says nothing of its owners.
  if (leftOn) return mergeFields(written, { ...asked, assignees: written.assignees }, issue);
  const ask = asked.assignees.filter((login) => !missing.some((one) => one.login === login));
  return mergeFields(written, { ...asked, assignees: ask }, issue, resolveOwners(base, policy).logins);
}

/**
 * Whom document and App agree on once the issue is as it should be: those it names who are assigned, or were before and were taken off by
 * a person. Where they conflict, it stays as it was.
 */
export function agreedOwners(item: TrackedItem, policy: Policy, assigned: readonly string[]): readonly string[] {
  const before = item.written?.assignees ?? [];
  if (item.leftOn || item.conflicts.some(({ field }) => field === "owner")) return before;
  return resolveOwners(item.base, policy).logins.filter((login) => assigned.includes(login) || before.includes(login));
}

/** Whom of those the item names GitHub will not assign, as far as it said so. */
function missingOf(
  base: Base,
  { policy, assignable, unassignable }: Pick<DecideInput, "policy" | "assignable" | "unassignable">,
  before: readonly Missing[] = [],
): Pick<TrackedItem, "missing"> {
  const missing = resolveOwners(base, policy).logins.flatMap((login): Missing[] => {
    if (!assignable.has(login)) return [{ login, why: unassignable?.get(login) ?? "no-access" }];
    return before.filter((one) => one.login === login && one.why === "left-out");
  });
  return missing.length > 0 ? { missing } : {};
}

/**
 * The item with what follows from its other fields brought up to date: conflicts, the next nudge, and a waiver for good,
 * which ends where its issue is open (again).
 */
export function withDerived(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): TrackedItem {
  const waiver = item.waiver?.until === null && item.issue?.open ? null : item.waiver;
  const next = { ...item, waiver, conflicts: conflictsOf(item, policy, assignable) };
  // Whether it is asked about on its issue or on the pull request is known where that is at hand: the sooner of both.
  const asks = isLacking(next, resolveOwners(next.base, policy).teams) ? [nextAskOn(next, policy)] : [];
  const [first = null] = [nextNudgeOn(next, policy), ...asks].flatMap((day) => day ?? []).sort();
  return { ...next, nextNudgeOn: first };
}

function conflictsOf(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): Conflict[] {
  const { issue, written } = item;
  if (!issue || !written || item.leftOn) return [];
  // Title, owner and state of an adopted issue are a person's; only the due date is the App's to keep.
  const fields = issue.adoptedBy === null ? (merged(item, policy, assignable)?.conflicts ?? []) : [];
  const state = fields.some(({ field }) => field === "state") ? [] : reopened(item, policy, assignable);
  return [...fields, ...state, ...dueConflict(item)];
}

/** What is ticked or dropped in the document while somebody has its issue open: reopened, or adopted, where the App closes nothing. */
function reopened(item: TrackedItem, policy: Policy, assignable: ReadonlySet<string>): Conflict[] {
  const { base, issue } = item;
  if (!(base.done || base.dropped) || !issue?.open) return [];
  const stays = issue.adoptedBy !== null || merged(item, policy, assignable)?.fields.open === true;
  return stays ? [{ field: "state", document: base.done ? "done" : "will not be done", issue: "open" }] : [];
}

function begin(item: ActionItem, ordinal: number, minting: Minting, input: DecideInput): TrackedItem {
  const { document } = input;
  const base = baseOf(item);
  const dates = firstDue(item, input);
  return {
    id: mintFresh(item, input, minting),
    documentId: document.id,
    repositoryId: document.repositoryId,
    ordinal,
    base,
    ...missingOf(base, input),
    place: placeOf(item, document),
    ...dates,
    atMerge: { owner: item.owners.length > 0, date: dates.due !== null && !isByPolicy(dates.dueOrigin) },
    slips: [],
    slipsLeftOut: 0,
    snoozes: [],
    waiver: null,
    heard: null,
    nudges: [],
    conflicts: [],
    openedOn: null,
    issue: null,
    written: null,
    leftOn: null,
    nextNudgeOn: null,
  };
}

/** From what the document's ids are minted, the ids that are taken, and for each text the ordinal to try next, so that equal items cost one hash each. */
interface Minting {
  readonly firstPath: string;
  readonly taken: Set<string>;
  readonly next: Map<string, number>;
}

/** From what the ids of a document's items are minted: its first path, or its id where another document began there before it. */
function firstPathOf({ id, repositoryId, firstPath }: TrackedDocument): string {
  return id === mintDocumentId(repositoryId, firstPath) ? firstPath : id;
}

/** The same words may stand twice, now or once in the past: count up until the id is free. */
function mintFresh(item: ActionItem, { document }: DecideInput, { firstPath, taken, next }: Minting): string {
  const { repositoryId } = document;
  for (let ordinal = next.get(item.title) ?? 0; ; ordinal++) {
    const id = mintItemId({ repositoryId, firstPath, text: item.title, ordinal });
    if (taken.has(id)) continue;
    taken.add(id);
    next.set(item.title, ordinal + 1);
    return id;
  }
}

/** What following an item takes. */
type Following = Pick<DecideInput, "document" | "policy" | "assignable" | "unassignable" | "today">;

function follow(before: TrackedItem, item: Omit<ActionItem, "kind">, ordinal: number, input: Following): TrackedItem {
  const { document, policy, assignable, today } = input;
  const base = baseOf(item);
  const changed = JSON.stringify(base) !== JSON.stringify(before.base);
  const { missing, former, ...known } = before;
  const kept = isReworded(before, base) ? boundedFormer(formerOf(before), base) : former;
  const next = {
    ...known,
    documentId: document.id,
    ...missingOf(base, input, missing),
    ...(kept && { former: kept }),
    ordinal,
    base,
    place: changed ? placeOf(item, document) : before.place,
    leftOn: null,
    ...moveDue(before, item, input),
  };
  return withDerived(withOwnerMissed(next, before, policy, today), policy, assignable);
}

/** Whether an item that people know by its issue has other words now. */
const isReworded = ({ issue, base }: TrackedItem, now: Base): boolean =>
  issue !== null && normalizeText(base.title) !== normalizeText(now.title);

const formerOf = ({ base, place, due, dueOrigin }: TrackedItem): Former => ({ base, place, due, dueOrigin });

/**
 * The item with the words, owners and date of a newer one that is the same work, as if these had been known for its rewording at once: it
 * stands where the newer one stood. `input.document`: the newer one's.
 */
export function takenOver(before: TrackedItem, newer: TrackedItem, input: Following): TrackedItem {
  const { base, place, ordinal, due, dueOrigin } = newer;
  const next = follow(before, { ...base, line: place.line, endLine: place.endLine }, ordinal, input);
  // A date that a person gave the newer one is not in the document.
  if (dueOrigin.kind !== "command" || due === next.due) return next;
  const slip = { on: input.today, from: next.due, to: due, by: dueOrigin.by, why: null };
  const moved = { ...next, due, dueOrigin, originalDue: next.originalDue ?? due, ...withSlip(next, slip) };
  return withDerived(moved, input.policy, input.assignable);
}

type Dates = Pick<TrackedItem, "due" | "dueOrigin" | "originalDue">;

/** The due date of an item that has no issue yet. What is done already needs no date by policy. */
function firstDue(item: Omit<ActionItem, "kind">, { policy, today, document }: Following): Dates {
  if (item.done && !item.due) return { due: null, dueOrigin: { kind: "none" }, originalDue: null };
  const { due, origin } = dueFor(item, document.incident, policy, today);
  return { due, dueOrigin: origin, originalDue: due };
}

/**
 * The due date follows the document only where the document's word on it changed; each move goes into the slip ledger.
 * Before there is an issue nothing was promised to anybody, so the date is counted again: an item that a guard held back
 * for months is not opened overdue.
 */
function moveDue(before: TrackedItem, item: Omit<ActionItem, "kind">, input: Following): Dates & Partial<SlipLedger> {
  const { policy, today, document } = input;
  const { due, dueOrigin, originalDue, base, openedOn } = before;
  if (openedOn === null) return firstDue(item, input);
  const untouched = item.due === base.due && item.priority === base.priority && item.window === base.window;
  if (untouched) {
    // The same day in other words: it is these that the issue quotes.
    const requoted = dueOrigin.kind === "stated" && item.due === due && item.dueText !== null;
    return { due, dueOrigin: requoted ? { kind: "stated", text: item.dueText } : dueOrigin, originalDue };
  }
  const next = dueFor(item, document.incident, policy, openedOn);
  if (next.due === due) return { due, dueOrigin: next.origin, originalDue };
  // A person moved it: their date stands, and withDerived() shows the conflict.
  if (dueOrigin.kind === "command") return { due, dueOrigin: { ...dueOrigin, document: next.due }, originalDue };
  const slip = { on: today, from: due, to: next.due, by: null, why: null };
  return {
    due: next.due,
    dueOrigin: next.origin,
    originalDue: originalDue ?? next.due,
    ...withSlip(before, slip),
  };
}

function baseOf(item: Base): Base {
  const {
    title,
    owners,
    mentions,
    due,
    dueText,
    done,
    dropped,
    priority,
    ref,
    refUrl,
    refWithin,
    details,
    group,
    type,
    window,
  } = item;
  // In the order of the schema: what is stored is compared by its text.
  return {
    title,
    owners,
    mentions,
    due,
    dueText,
    done,
    ...(dropped && { dropped }),
    priority,
    ref,
    refUrl,
    ...(refWithin && { refWithin }),
    ...(details !== undefined && { details }),
    group,
    type,
    window,
  };
}

function placeOf(item: Pick<ActionItem, "line" | "endLine">, document: TrackedDocument) {
  return { commit: document.commit, path: document.path, line: item.line, endLine: item.endLine };
}
