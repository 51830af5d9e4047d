/**
 * What is said of a document and of its items before anything is opened: the same words in the pull request's check run (Markdown) and in
 * `follow-through check` (a terminal). Each ends a sentence that begins with what it is about:
 *
 *   docs/incidents/notes.md is left alone: its path matches none of `postmortems.include`.
 *   2 action items: 1 ready, 1 whose date cannot be read
 */

import { type FreshItem, isReady, type Lack, lacksOf } from "../tracking/forecast.js";
import type { TrackedDocument } from "../tracking/types.js";
import { inertCode } from "./inert.js";

/** Why nothing of a document is followed through: whatever items it has, no issue is opened and none is changed. */
export type LeftAlone =
  /** `by`: the line of its front matter that asks for it. */
  | { readonly kind: "opted-out"; readonly by: string }
  /** No glob of the policy's `postmortems.include` matches its path, or one of `postmortems.exclude` does. */
  | { readonly kind: "not-included" | "excluded" }
  /** The policy switches everything off in its repository. */
  | { readonly kind: "switched-off" }
  /** It is a form to fill in; `why`: half a sentence ({@link Postmortem.form}). */
  | { readonly kind: "template"; readonly why: string };

/** Said behind the document's name. */
export function leftAloneWords(left: LeftAlone): string {
  switch (left.kind) {
    case "opted-out":
      return `is left alone, as it opted out: its front matter says ${inertCode(left.by)}.`;
    case "not-included":
      return "is left alone: its path matches none of `postmortems.include`.";
    case "excluded":
      return "is left alone: its path matches one of `postmortems.exclude`.";
    case "switched-off":
      return "is left alone: the policy says `enabled: false`.";
    case "template":
      return `is a template, so no action items are read of it: ${left.why}.`;
  }
}

/** Said of a document in which nothing is to be followed through. */
export const NO_ITEMS = "No action items were found in it. They are looked for under headings such as “Action items”.";

/** Why a guard holds a document's new items back, in a sentence. */
export const HELD_WORDS: Readonly<Record<NonNullable<TrackedDocument["held"]>, string>> = {
  old: "This postmortem was edited, not added, and its incident is long past, so no issues are opened.",
  many: "These are more new action items than one pull request opens by itself, so no issues are opened.",
  copy: "Its action items are those of another postmortem of the same incident, so no issues are opened for them again.",
};

/** Where it is not known whether a pull request adds a postmortem or edits it. */
export const HELD_IF_EDITED =
  "A pull request that only edits this postmortem opens no issues by itself: its incident is long past.";

interface LackWords {
  /** Behind how many items lack it: `2 without an owner`. */
  readonly counted: string;
  /** Of one item, behind "not ready: ". */
  readonly told: string;
}

/** In the order in which they are counted. */
const LACK_WORDS: Readonly<Record<Lack, LackWords>> = {
  owner: { counted: "without an owner", told: "no owner" },
  "known-owner": { counted: "whose owner GitHub does not know", told: "GitHub does not know its owner" },
  "asked-owner": { counted: "whose owner was not looked up", told: "its owner was not looked up" },
  date: { counted: "without a due date", told: "no due date" },
  "readable-date": { counted: "whose date cannot be read", told: "its date cannot be read" },
};

/** How many new items can be followed through as they are, and what the others lack: `1 ready, 1 without an owner`. */
export function readinessWords(fresh: readonly FreshItem[]): string {
  const ready = fresh.filter(isReady).length;
  if (ready === fresh.length) return ready === 1 ? "ready" : "all ready";
  const lacks = fresh.flatMap(lacksOf);
  const counted = (Object.keys(LACK_WORDS) as Lack[]).flatMap((lack) => {
    const amount = lacks.filter((one) => one === lack).length;
    return amount > 0 ? [`${amount} ${LACK_WORDS[lack].counted}`] : [];
  });
  return [`${ready} ready`, ...counted].join(", ");
}

/** Whether one new item can be followed through, and what it lacks: `ready`; `not ready: no owner, its date cannot be read`. */
export function itemReadiness(fresh: FreshItem): string {
  const lacks = lacksOf(fresh).map((lack) => LACK_WORDS[lack].told);
  return lacks.length === 0 ? "ready" : `not ready: ${lacks.join(", ")}`;
}
