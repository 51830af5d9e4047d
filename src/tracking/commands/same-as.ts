/**
 * `/same-as #12`: it is the same work as the item of that issue, and goes on there. This issue is closed as a duplicate; where the other
 * item left the document, it takes over the words, owner and date of this one.
 */
import { closed } from "./closing.js";
import type { Command } from "./types.js";

export interface SameAs {
  readonly kind: "same-as";
  /** The other issue as it was written: `#12`, `acme/shop#12`, or a link. */
  readonly ref: string;
}

/** The command as it is written for an issue. */
export const sameAsUsage = (issue: number): string => `/same-as #${issue}`;

export const SAME_AS_USAGE = sameAsUsage(12);

/** An issue at the start of a text; a bare number is one too. */
const REF =
  /^(?:(?:[\w.-]{1,100}\/[\w.-]{1,100})?#[1-9]\d{0,9}|[1-9]\d{0,9}|https?:\/\/\S{0,400}[^\s.,;:!)])(?=[\s.,;:!)]|$)/i;

export const sameAs: Command<SameAs> = {
  usage: [SAME_AS_USAGE],
  alsoCalled: ["sameas", "same", "duplicate", "duplicate-of", "dup", "dupe"],
  help: "closes it as a duplicate of that issue: it is the same work, and goes on there",
  parse(rest) {
    const ref = REF.exec(rest)?.[0];
    if (ref === undefined) return { kind: "no-number", usage: SAME_AS_USAGE };
    return { kind: "same-as", ref: /^\d+$/.test(ref) ? `#${ref}` : ref };
  },
  perform({ item, issue }, { ref }, { on, author }, { others, command }) {
    const found = others.get(ref) ?? "unasked";
    if (typeof found === "string") return { why: { kind: "no-other", ref, because: found } };
    const { assignees, ...other } = found;
    // The other one takes over words, owner and date, so that it is changed as much as this one.
    const person = author.toLowerCase();
    if (!command.has(person) && !assignees.includes(person))
      return { why: { kind: "no-other", ref, because: "not-allowed" } };
    const { perhaps, ...known } = item;
    const before = issue.open ? undefined : item.sameAs;
    if (before && before.id !== other.id) return { why: { kind: "joined", issue: before.issue } };
    return {
      item: { ...known, waiver: null, sameAs: other },
      // It is open, or `found` would say that it is not.
      issue: {
        ...closed(issue, on, "duplicate"),
        duplicateOf: { kind: "issue", number: other.issue, open: true, closedOn: null },
      },
      closedAs: "duplicate",
    };
  },
  restore: ({ sameAs: other }) => (other ? { sameAs: other } : {}),
};
