/**
 * What could not be done to one thing on GitHub while everything around it goes on: kept until it succeeds, told where people
 * see it, and tried again with growing waits.
 */
import type { TrackedItem } from "./types.js";

/** One thing that is done on GitHub, which can fail by itself. */
export type Piece =
  /** An item's tracking issue, to be opened (`number` null), adopted or updated. */
  | (OfItem & { readonly kind: "issue"; readonly number: number | null })
  /** An overdue comment. */
  | (OfItem & { readonly kind: "overdue"; readonly number: number })
  /** Commands on a tracking issue. */
  | (OfItem & { readonly kind: "commands"; readonly number: number })
  /** Commands on a postmortem's pull request. */
  | { readonly kind: "pull-commands"; readonly number: number }
  /** The App's section of a tracking issue, which somebody keeps changing back. */
  | (OfItem & { readonly kind: "section"; readonly number: number })
  | { readonly kind: "document"; readonly path: string }
  | { readonly kind: "status"; readonly number: number }
  | { readonly kind: "link"; readonly number: number }
  /** The reminder of a pull request with a postmortem that stays open. */
  | { readonly kind: "review"; readonly number: number }
  /** The question to a postmortem's author about what lacks an owner or a date. */
  | { readonly kind: "ask"; readonly number: number }
  /** An answer to a command, or a 👍 for it. */
  | { readonly kind: "reply"; readonly number: number }
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "digest" }
  | { readonly kind: "organisation-digest" }
  | { readonly kind: "check"; readonly number: number };

interface OfItem {
  readonly item: string;
  readonly document: string;
  readonly title: string;
}

/** Why it could not be done: the kind of GitHub's refusal; or reading was broken off, or somebody undoes it each time. */
export type Why =
  | "missing"
  | "gone"
  | "locked"
  | "blocked"
  | "restricted"
  | "full"
  | "unassignable"
  | "exists"
  | "too-long"
  | "too-far"
  | "spam"
  | "legal"
  | "invalid"
  | "forbidden"
  | "unread"
  | "undone";

export interface Trouble {
  readonly repositoryId: number;
  readonly piece: Piece;
  readonly why: Why;
  /** GitHub's own words, with the status; how reading ended; else empty. */
  readonly said: string;
  /** How often it failed in a row. */
  readonly times: number;
  /** ISO instants: of the first and the last failure, and before which it is not tried again by itself. */
  readonly since: string;
  readonly lastAt: string;
  readonly notBefore: string;
}

/** Names a piece, unique in its repository. */
export function pieceKey(piece: Piece): string {
  switch (piece.kind) {
    case "issue":
    case "overdue":
    case "commands":
    case "section":
      return `${piece.kind}:${piece.item}`;
    case "document":
      return `document:${piece.path}`;
    case "label":
      return `label:${piece.name}`;
    case "digest":
    case "organisation-digest":
      return piece.kind;
    default:
      return `${piece.kind}:${piece.number}`;
  }
}

/** A piece of an item's. */
export const ofItem = ({ id, documentId, base }: TrackedItem): OfItem => ({
  item: id,
  document: documentId,
  title: base.title,
});

/** So often within a day may what the App wrote be changed back before that is taken for a fight. */
const TOLERATED = 3;
const REMEMBERED_MS = 24 * 3_600_000;
/** After the wait for it, whether it was written again for good shows in the next sweeps. */
const SEEN_WITHIN_MS = 2 * 3_600_000;

/**
 * The trouble after what the App wrote was changed back and is written once more: a few times at once, then after an hour, two, four … up to
 * a day. Null where that has to wait.
 */
export function undoneAgain(
  before: Trouble | undefined,
  failure: Pick<Trouble, "repositoryId" | "piece">,
  now: Date,
): Trouble | null {
  const current = before && isFight(before, now) ? before : undefined;
  if (current && current.notBefore > now.toISOString()) return null;
  const at = now.toISOString();
  const times = (current?.times ?? 0) + 1;
  const notBefore = times < TOLERATED ? at : new Date(now.getTime() + waitMs(times - TOLERATED)).toISOString();
  return { ...failure, why: "undone", said: "", times, since: current?.since ?? at, lastAt: at, notBefore };
}

/** Whether it still goes on, or may: it was written again within the last day, or is to be once more. */
export const isFight = ({ lastAt, notBefore }: Trouble, now: Date): boolean =>
  now.getTime() < Math.max(Date.parse(lastAt) + REMEMBERED_MS, Date.parse(notBefore) + SEEN_WITHIN_MS);

/** Whether it is worth a word: what a person changes back once or twice is just written again. */
export const isTold = ({ why, times }: Trouble): boolean => why !== "undone" || times >= TOLERATED;

const FIRST_WAIT_MS = 3_600_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** The trouble after one more failure at an instant: an hour's wait, then two, four … up to a day. */
export function failedAgain(
  before: Trouble | undefined,
  failure: Pick<Trouble, "repositoryId" | "piece" | "why" | "said">,
  now: Date,
): Trouble {
  const at = now.toISOString();
  const times = (before?.times ?? 0) + 1;
  const notBefore = new Date(now.getTime() + waitMs(times - 1)).toISOString();
  return { ...failure, times, since: before?.since ?? at, lastAt: at, notBefore };
}

const waitMs = (doublings: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** doublings);
