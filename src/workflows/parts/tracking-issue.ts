/**
 * Brings one item's tracking issue to where it should be: opens it, adopts one the document already links, or updates it.
 * Nothing is written where nothing changed, and a person's text around the managed section stays as it is.
 */
import type { PlainDate } from "../../calendar.js";
import { Refused } from "../../github/errors.js";
import type { IssueFacts, IssuePatch } from "../../github/port.js";
import { TAKES_NO_COMMENT } from "../../github/refusals.js";
import { renderIssue } from "../../render/issue.js";
import { fingerprint, withManaged } from "../../render/marker.js";
import { oneLine } from "../../text.js";
import type { ClosedAs } from "../../tracking/commands/types.js";
import { agreedOwners, askedFields, askedOf, wantedFields, wantsIssue, withDerived } from "../../tracking/decide.js";
import { sameFields } from "../../tracking/merge.js";
import { withOwnerFound } from "../../tracking/outcomes.js";
import { withOwnerMissed } from "../../tracking/owner-deadline.js";
import type {
  Closing,
  IssueFields,
  Missing,
  TrackedDocument,
  TrackedItem,
  TrackingIssue,
} from "../../tracking/types.js";
import { adopt, issueToAdopt, refreshAdoption } from "./adoption.js";
import { missingFrom, unlessUnassignable } from "./assignees.js";
import { itemMarkerOf } from "./markers.js";
import { leaveToNewer } from "./newer.js";
import { type Assignable, contextOf, managedHash, observed, whoHas, withCommandsOf } from "./observe.js";
import { once } from "./once.js";
import { attempt } from "./piece.js";
import { type Scene, updateRepository } from "./scene.js";

/**
 * Brings the item's issue up to date and records the item; returns it as recorded. `item`: with what is derived from its fields
 * ({@link withDerived}). `looked`: the issue as somebody just looked at it, null where there is none any more; left out, it is
 * asked for if need be.
 */
export async function followItem(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  assignable: Assignable,
  looked?: IssueFacts | null,
): Promise<TrackedItem> {
  if (wantsIssue(item, document)) {
    const linked = await issueToAdopt(scene, item);
    const adopted = linked && (await adopt(scene, document, item, linked, assignable).catch(nullIfClosed));
    return adopted ?? open(scene, document, item, assignable);
  }
  if (item.issue?.adoptedBy != null) return refreshAdoption(scene, document, item);
  if (item.issue && item.written) return update(scene, document, item, assignable, looked);
  await scene.store.saveItem(item);
  return item;
}

/** What an issue that takes no comment cannot carry, an issue of the App's own does. */
function nullIfClosed(error: unknown): null {
  if (error instanceof Refused && TAKES_NO_COMMENT.has(error.kind)) return null;
  throw error;
}

async function open(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  assignable: Assignable,
): Promise<TrackedItem> {
  const { github, policy, today } = scene;
  const fields = askedFields(item.base, policy, assignable);
  const draft: TrackedItem = { ...item, openedOn: today, written: { ...fields, hash: "" } };
  const { body } = renderIssue(contextOf(scene, document, draft));
  await ensureLabels(scene, labelsOf(scene, item));
  let result = draft;
  let turnedDown: readonly string[] = [];
  const facts = await once<IssueFacts>(scene, {
    key: `issue:${item.id}`,
    find: async (since) => {
      const own = await github.ownIssuesSince(since);
      return own.find((issue) => itemMarkerOf(scene, "item", issue)?.item.id === item.id) ?? null;
    },
    create: async () => {
      const draft = { title: fields.title, body, labels: labelsOf(scene, item), assignees: fields.assignees };
      const made = await unlessUnassignable(scene, fields.assignees, (assignees) =>
        github.createIssue({ ...draft, assignees }),
      );
      turnedDown = made.turnedDown;
      return made.facts;
    },
    record: async (tables, made) => {
      const assignees = fields.assignees.filter((login) => made.assignees.includes(login));
      const written = { ...fields, assignees, hash: managedHash(made.body) };
      result = withDerived({ ...draft, issue: observed(scene, made, null), written }, policy, assignable);
      await tables.saveItem(result);
    },
  });
  scene.log.info(
    { item: item.id, issue: result.issue?.number, repository: scene.repository.id },
    "tracking issue opened",
  );
  const missing = await missingFrom(scene, fields.assignees, { facts, turnedDown });
  if (missing.length === 0) return result;
  // Its text says that they have it.
  return writeIssue(scene, document, withMissing(result, missing), facts, assignable, null);
}

/** The item with those whom GitHub did not assign just now. */
export function withMissing(item: TrackedItem, missing: readonly Missing[]): TrackedItem {
  if (missing.length === 0) return item;
  const others = (item.missing ?? []).filter(({ login }) => !missing.some((one) => one.login === login));
  return { ...item, missing: [...others, ...missing] };
}

/** Changes what differs, after looking at the issue as it is now, so that nothing a person just did is overwritten. */
async function update(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  assignable: Assignable,
  looked: IssueFacts | null | undefined,
): Promise<TrackedItem> {
  const { github, store } = scene;
  if (!item.issue || !item.written || isUpToDate(scene, document, item, assignable)) {
    await store.saveItem(item);
    return item;
  }
  const facts = looked === undefined ? await github.issue(item.issue.number) : looked;
  if (!facts) return issueGone(scene, item);
  await leaveToNewer(scene, facts);
  const seen = { ...withCommandsOf(scene, item, "item", facts), issue: observed(scene, facts, null, item.issue) };
  return writeIssue(scene, document, seen, facts, assignable, null);
}

/**
 * Brings an issue to where commands left its item, and records that. `item.issue`: as people want it; `facts`: as it stands;
 * `closedAs`: as what a command closes it; `assignable`: left out, nobody new is named, or who is was found assignable.
 */
export async function followCommands(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  facts: IssueFacts,
  closedAs: ClosedAs | null,
  assignable: Assignable = whoHas(item),
): Promise<TrackedItem> {
  if (item.issue?.adoptedBy == null) return writeIssue(scene, document, item, facts, assignable, closedAs);
  // The issue first: a waiver for good would end at once if it were seen on an issue that is still open.
  const patch = await withReason(scene, item, difference(facts, item.issue, facts.body), closedAs);
  if (Object.keys(patch).length > 0) await scene.github.updateIssue(facts.number, patch);
  return refreshAdoption(scene, document, withDerived(item, scene.policy, assignable));
}

/** Writes what differs between the issue as it stands and as the item and its document want it, in one request; records the item. */
async function writeIssue(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  facts: IssueFacts,
  assignable: Assignable,
  closedAs: ClosedAs | null,
): Promise<TrackedItem> {
  const { github, policy, store } = scene;
  const seen = withDerived(item, policy, assignable);
  const wanted = wantedFields(seen, policy, assignable);
  const asked = askedOf(seen, policy, assignable);
  const reason = closedAs ?? reasonOf(seen);
  const after: TrackedItem = {
    ...seen,
    issue: seen.issue && brought(seen.issue, wanted, scene.today, reason),
    written: seen.written && { ...agreed(scene, seen, asked, wanted), hash: seen.written.hash },
  };
  const timed = document.removedOn === null ? withOwnerMissed(after, seen, policy, scene.today) : after;
  const next = withOwnerFound(timed, seen, scene.today);
  const { body, hash } = renderIssue(contextOf(scene, document, next));
  const changed = difference(facts, wanted, withManaged(facts.body, body));
  const patch = await withReason(scene, seen, changed, closedAs ?? (changed.open === false ? reason : null));
  if (Object.keys(patch).length > 0) {
    const made = await unlessUnassignable(scene, patch.assignees, (assignees) =>
      // Those who have it come first: they are kept where GitHub keeps but one.
      github.updateIssue(facts.number, {
        ...patch,
        ...(assignees && { assignees: inFront(assignees, facts.assignees) }),
      }),
    );
    const missing = await missingFrom(scene, patch.assignees ?? [], made);
    if (missing.length > 0) {
      const issue = { ...observed(scene, made.facts, null, next.issue), closedOn: next.issue?.closedOn ?? null };
      return writeIssue(scene, document, withMissing({ ...seen, issue }, missing), made.facts, assignable, null);
    }
    scene.log.info({ item: item.id, issue: facts.number, fields: Object.keys(patch) }, "tracking issue updated");
  }
  const result = withDerived({ ...next, written: { ...(next.written ?? wanted), hash } }, policy, assignable);
  await store.saveItem(result);
  return result;
}

const inFront = (logins: readonly string[], first: readonly string[]): readonly string[] => [
  ...logins.filter((login) => first.includes(login)),
  ...logins.filter((login) => !first.includes(login)),
];

/** Whether the issue, as last seen, already says all it should. */
function isUpToDate(scene: Scene, document: TrackedDocument, item: TrackedItem, assignable: Assignable): boolean {
  if (!item.issue || !item.written) return true;
  if (!sameFields(wantedFields(item, scene.policy, assignable), item.issue)) return false;
  const next = {
    ...item,
    written: { ...agreed(scene, item, askedOf(item, scene.policy, assignable), item.issue), hash: "" },
  };
  return renderIssue(contextOf(scene, document, next)).hash === item.written.hash;
}

/** The new base of the merge: where document and issue now say the same, that; elsewhere what it was. */
function agreed(scene: Scene, item: TrackedItem, asked: IssueFields, wanted: IssueFields): IssueFields {
  const before = item.written ?? wanted;
  return {
    title: asked.title === wanted.title ? asked.title : before.title,
    assignees: agreedOwners(item, scene.policy, wanted.assignees),
    open: asked.open === wanted.open ? asked.open : before.open,
  };
}

function difference(facts: IssueFacts, wanted: IssueFields, body: string): IssuePatch {
  return {
    ...(wanted.title === facts.title ? {} : { title: wanted.title }),
    ...(wanted.assignees.join() === facts.assignees.join() ? {} : { assignees: wanted.assignees }),
    ...(wanted.open === facts.open ? {} : { open: wanted.open }),
    ...(fingerprint(body) === fingerprint(facts.body) ? {} : { body }),
  };
}

/** As what the issue of an item is closed where nobody says so by command. */
const reasonOf = ({ sameAs, base }: TrackedItem): ClosedAs =>
  sameAs ? "duplicate" : base.dropped ? "not_planned" : "completed";

/**
 * The reason is said even where the issue is closed already: somebody may have called done what is waived now. GitHub names the issue that
 * a duplicate goes on in by what the reason comes with.
 */
async function withReason(
  { github }: Scene,
  { sameAs }: TrackedItem,
  patch: IssuePatch,
  closedAs: ClosedAs | null,
): Promise<IssuePatch> {
  if (closedAs === null) return patch;
  const other = closedAs === "duplicate" && sameAs ? await github.issue(sameAs.issue) : null;
  return { ...patch, open: false, closedAs, ...(other && { duplicateOf: other.id }) };
}

/** The issue with its fields as wanted. `reason`: as what it is closed where it was open. */
function brought(issue: TrackingIssue, wanted: IssueFields, today: PlainDate, reason: Closing): TrackingIssue {
  const { closedAs, duplicateOf, ...known } = { ...issue, ...wanted };
  if (wanted.open) return { ...known, closedOn: null };
  return {
    ...known,
    ...(duplicateOf && { duplicateOf }),
    closedOn: issue.closedOn ?? today,
    closedAs: issue.open ? reason : (closedAs ?? reason),
  };
}

/** The issue as one that GitHub does not show any more. */
export const gone = (issue: TrackingIssue, today: PlainDate): TrackingIssue => ({
  ...issue,
  open: false,
  closedOn: issue.closedOn ?? today,
  closedAs: issue.open ? "gone" : (issue.closedAs ?? "gone"),
});

/** A deleted or transferred issue: the item no longer has one here, and none is opened in its place. */
async function issueGone(scene: Scene, item: TrackedItem): Promise<TrackedItem> {
  const { issue } = item;
  const next = { ...item, nextNudgeOn: null, issue: issue && gone(issue, scene.today) };
  await scene.store.saveItem(next);
  scene.log.warn({ item: item.id, issue: issue?.number }, "tracking issue is gone");
  return next;
}

const PRIORITY_COLOUR = "d4c5f9";
const LABEL_COLOUR = "1d76db";

function labelsOf({ policy }: Scene, { base }: TrackedItem): string[] {
  const priority = oneLine(base.priority ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, "-")
    .replace(/^-|-$/g, "");
  return [...policy.labels, ...(priority ? [`priority/${priority}`.slice(0, 50).replace(/\p{Surrogate}$/u, "")] : [])];
}

/** Makes sure of labels the repository is not known to have: GitHub would make them too, but grey and without a word. */
async function ensureLabels(scene: Scene, labels: readonly string[]): Promise<void> {
  const stored = (await scene.store.repository(scene.repository.id)) ?? scene.repository;
  const unknown = labels.filter((label) => !stored.labels.includes(label));
  if (unknown.length === 0) return;
  const known = [...stored.labels];
  for (const label of unknown) {
    const isPriority = label.startsWith("priority/");
    const description = isPriority ? "Priority stated in a postmortem" : "An action item from a postmortem";
    const colour = isPriority ? PRIORITY_COLOUR : LABEL_COLOUR;
    const made = await attempt(scene, { kind: "label", name: label }, () =>
      scene.github.ensureLabel(label, colour, description),
    );
    if (made.done) known.push(label);
  }
  await updateRepository(scene, { labels: known });
}
