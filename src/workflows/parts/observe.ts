/** A tracking issue as it stands on GitHub, in the projection's words, and what its text is made from. */
import { dateIn } from "../../calendar.js";
import type { CommentFacts, IssueFacts } from "../../github/port.js";
import type { IssueContext } from "../../render/issue.js";
import { fingerprint, splitBody } from "../../render/marker.js";
import { restoreState } from "../../tracking/commands/index.js";
import { holdsCommands } from "../../tracking/commands/parse.js";
import { holdsPullCommands } from "../../tracking/commands/pull.js";
import { isLater } from "../../tracking/edits.js";
import { asFormerly } from "../../tracking/joins.js";
import { MOST_PEOPLE, missingOwners, resolveOwners, unassignableOwners } from "../../tracking/owners.js";
import type { Canonical, Heard, TrackedDocument, TrackedItem, TrackingIssue } from "../../tracking/types.js";
import { itemMarkerOf } from "./markers.js";
import type { Scene } from "./scene.js";

/** Logins (lower-case) known to be assignable in the repository. */
export type Assignable = ReadonlySet<string>;

type Assigned = Pick<TrackingIssue, "assignees">;

/** Who has an item's issue, or was given it: known to be assignable where the document is not read, and nobody new is named. */
export const whoHas = ({ issue, written }: Record<"issue" | "written", Assigned | null>): Assignable =>
  new Set([...(issue?.assignees ?? []), ...(written?.assignees ?? [])]);

/** The issue as the projection keeps it. `before`: as it was known, for what became of the one that it is a duplicate of. */
export function observed(
  scene: Scene,
  facts: IssueFacts,
  adoptedBy: number | null,
  before: TrackingIssue | null = null,
): TrackingIssue {
  const { number, title, assignees, open, closedAt, closedAs, blockedBy } = facts;
  const closedOn = closedAt ? dateIn(scene.policy.time_zone, new Date(closedAt)) : null;
  return {
    number,
    title,
    assignees,
    open,
    closedOn,
    ...(closedAs && { closedAs }),
    ...(closedAs === "duplicate" && before?.duplicateOf && goesOn(before, before.duplicateOf)),
    ...(blockedBy > 0 && { blockedBy }),
    adoptedBy,
  };
}

/** What is known of the issue that a duplicate goes on in, and what follows from it. */
function goesOn(
  { closedAs, closedOn }: TrackingIssue,
  duplicateOf: Canonical,
): Pick<TrackingIssue, "duplicateOf"> & Partial<TrackingIssue> {
  return closedAs === "completed" ? { duplicateOf, closedAs, closedOn } : { duplicateOf };
}

/** The fingerprint of an issue's managed section as it stands; differs from what was written where a person edited it. */
export const managedHash = (body: string): string => fingerprint(splitBody(body).managed ?? "");

/**
 * The item with what its marker on GitHub knows of later commands: they were written there by a run that died before it
 * recorded them. `written`: the issue, or the App's comment on an adopted one.
 */
export function withCommandsOf(
  scene: Scene,
  item: TrackedItem,
  kind: "item" | "adopted",
  written: Pick<IssueFacts, "number" | "body">,
): TrackedItem {
  const found = itemMarkerOf(scene, kind, written);
  const told = found?.edited ? null : found?.item;
  if (!told?.heard || told.id !== item.id || !isLater(told.heard, item.heard)) return item;
  return asFormerly({ ...item, ...restoreState(told), heard: told.heard });
}

/** People's comments with commands, oldest first: those nobody has dealt with yet, and those that were dealt with or passed. */
export interface CommandComments {
  readonly fresh: readonly CommentFacts[];
  readonly passed: readonly CommentFacts[];
}

/** The comments with commands on the item's issue. */
export function commandComments(item: TrackedItem, comments: readonly CommentFacts[]): CommandComments {
  // What stood on an adopted issue before was not meant for the App.
  const last = item.heard?.id ?? item.issue?.adoptedBy ?? 0;
  return sorted(comments, item.issue?.number, holdsCommands, last);
}

/** The comments with commands on a postmortem's pull request; `documents`: all that have their home there. */
export function pullCommandComments(
  documents: readonly TrackedDocument[],
  pull: number,
  comments: readonly CommentFacts[],
): CommandComments {
  return sorted(comments, pull, holdsPullCommands, lastHeard(documents)?.id ?? 0);
}

function sorted(
  comments: readonly CommentFacts[],
  on: number | undefined,
  asks: (body: string) => boolean,
  last: number,
): CommandComments {
  const asking = comments.filter(
    ({ number, byBot, author, body }) => number === on && !byBot && author !== null && asks(body),
  );
  return { fresh: asking.filter(({ id }) => id > last), passed: asking.filter(({ id }) => id <= last) };
}

/** The newest comment dealt with on the pull request where these documents have their home. */
export const lastHeard = (documents: readonly TrackedDocument[]): Heard | null =>
  documents.reduce<Heard | null>((last, { heard }) => (heard && isLater(heard, last) ? heard : last), null);

/** What the issue's text is made from. */
export function contextOf(scene: Scene, document: TrackedDocument, item: TrackedItem): IssueContext {
  const { teams, names, logins } = resolveOwners(item.base, scene.policy);
  const assigned = (item.issue ?? item.written)?.assignees ?? [];
  const isFull = assigned.length >= MOST_PEOPLE;
  const missing = isFull ? [] : missingOwners(item);
  const beyond = isFull ? logins.filter((login) => !assigned.includes(login)) : [];
  return {
    item,
    document,
    links: scene.links,
    today: scene.today,
    teams,
    names,
    unassignable: isFull ? [] : unassignableOwners(item),
    leftOut: missing.filter(({ why }) => why === "left-out").map(({ login }) => login),
    beyond,
  };
}
