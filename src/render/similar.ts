/**
 * Earlier postmortems that one may be about the same as, with what is open of them:
 *
 *   **Possibly related**
 *
 *   - Shares `pgpool`, `order_history` with [Checkout hung](…) (1 Mar 2024): 2 of its 4 items are open, the oldest overdue since Sat 1 Jun 2024.
 *
 *   - “Close every cursor” was promised there, and is still open: [#12](…).
 *
 * Days, not how many have passed, so that what is said stays true without being written again.
 */
import type { PlainDate } from "../calendar.js";
import { shorten } from "../text.js";
import { inertCode, inertShort } from "./inert.js";
import { count, day } from "./words.js";

/** An earlier postmortem, as a reader is told of it. */
export interface Related {
  readonly title: string;
  /** Where it stands on the web. */
  readonly url: string;
  /** By which `/unrelated` names it: `#12`, `acme/api#12`; null where it has neither pull request nor issue. */
  readonly ref: string | null;
  readonly date: PlainDate | null;
  /** Words that both hold, those that tell most first; never empty. */
  readonly words: readonly string[];
  /** How many action items it has, and those of them that are open. */
  readonly items: number;
  readonly open: number;
  /** The oldest due date of those that are open and overdue; null where none is. */
  readonly overdueSince: PlainDate | null;
  /** Promises of the new one that it made already, and that are open. */
  readonly promised: readonly Promised[];
}

/** An action item that an earlier postmortem promised, too. */
export interface Promised {
  readonly title: string;
  /** The earlier item's issue. */
  readonly number: number;
  readonly url: string;
}

export interface RelatedInput {
  readonly related: readonly Related[];
  /** How many such incidents there were in twelve months, this one counted in; null where that is not known or two at most. */
  readonly nthInYear: number | null;
}

const MAX_WORD = 40;
const MAX_TITLE = 80;

const NOTHING: RelatedInput = { related: [], nthInYear: null };

/** A block of lines; none where there is nothing related. `takesCommands`: whether commands are read where it stands. */
export function relatedBlock({ related, nthInYear }: RelatedInput = NOTHING, takesCommands = false): string[] {
  if (related.length === 0) return [];
  const series = nthInYear === null ? "" : `, ${ordinal(nthInYear)} time in 12 months`;
  const ref = takesCommands ? related.find((one) => one.ref !== null)?.ref : null;
  const hint = ref ? ["", `Not related? Comment ${inertCode(`/unrelated ${ref}`)} here, and it is named no more.`] : [];
  return ["", `**Possibly related${series}**`, "", ...related.flatMap(lines), ...hint, ""];
}

function lines(one: Related): string[] {
  const words = one.words.map((word) => inertCode(shorten(word, MAX_WORD))).join(", ");
  const when = one.date ? ` (${day(one.date)})` : "";
  const link = `[${inertShort(one.title, MAX_TITLE)}](${one.url})`;
  const promised = one.promised.map(
    ({ title, number, url }) =>
      `  - “${inertShort(title, MAX_TITLE)}” was promised there, and is still open: [#${number}](${url}).`,
  );
  return [`- Shares ${words} with ${link}${when}: ${openWords(one)}.`, ...promised];
}

function openWords({ items, open, overdueSince }: Related): string {
  if (items === 0) return "it has no action items";
  if (open === 0) return items === 1 ? "its item is closed" : `none of its ${items} items is open`;
  const overdue = overdueSince === null ? "" : `, ${open === 1 ? "" : "the oldest "}overdue since ${day(overdueSince)}`;
  if (items === 1) return `its item is open${overdue}`;
  return `${open} of its ${count(items, "item")} ${open === 1 ? "is" : "are"} open${overdue}`;
}

const ordinal = (n: number): string => (n === 3 ? "third" : `${n}th`);
