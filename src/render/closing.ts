/**
 * The closing line: one comment on the postmortem's pull request, once all of its items are closed, edited in place where one is opened again.
 *
 *   **All closed: 5 of 6 action items done, 1 not planned.**
 *
 *   It took 41 days, from Mon 16 Sep 2024 to Sun 27 Oct 2024. Done by their first date: 4 of 5.
 */
import type { PlainDate } from "../calendar.js";
import { type Closed, notClosed } from "../tracking/closing.js";
import type { TrackedItem, TrackingIssue } from "../tracking/types.js";
import type { Links } from "./links.js";
import { marker } from "./marker.js";
import { progressWords } from "./states.js";
import { count, day, list } from "./words.js";

export interface ClosingInput {
  /** The pull request it stands on. */
  readonly pull: number;
  readonly items: readonly TrackedItem[];
  /** How it went; null where not all is closed any more. */
  readonly closed: Closed | null;
  readonly links: Links;
  readonly today: PlainDate;
}

const MOST_NAMED = 10;

/** The whole comment with its marker. */
export function renderClosing(input: ClosingInput): string {
  const words = input.closed ? closedWords(input, input.closed) : openWords(input);
  return [...words, "", marker("closing", { key: `closing:${input.pull}` })].join("\n");
}

function closedWords({ items, today }: ClosingInput, { from, to, days, onTime }: Closed): string[] {
  const took = days === 0 ? `All on ${day(to)}.` : `It took ${count(days, "day")}, from ${day(from)} to ${day(to)}.`;
  const dates = onTime.of > 0 ? ` Done by their first date: ${onTime.count} of ${onTime.of}.` : "";
  return [`**All closed: ${progressWords(items, today)}.**`, "", `${took}${dates}`];
}

function openWords({ items, links, today }: ClosingInput): string[] {
  const numbers = new Set(notClosed(items).flatMap(({ issue }) => (issue ? openOf(issue) : [])));
  const all = [...numbers];
  const shown = all.slice(0, MOST_NAMED).map((number) => `[#${number}](${links.issue(number)})`);
  if (all.length > shown.length) shown.push(`${all.length - shown.length} more`);
  const open = shown.length > 0 ? `Open again: ${list(shown)}. ` : "";
  return [
    `**Not all is closed any more: ${progressWords(items, today)}.**`,
    "",
    `${open}All were closed before. Once they are again, this comment will say so.`,
  ];
}

/** The issue that is open: its own, or that which it is a duplicate of, where that is in this repository. */
function openOf({ number, open, duplicateOf }: TrackingIssue): number[] {
  if (open) return [number];
  return duplicateOf?.kind === "issue" && duplicateOf.home === undefined ? [duplicateOf.number] : [];
}
