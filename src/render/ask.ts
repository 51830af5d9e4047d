/**
 * The weekly question to a postmortem's author, on its pull request: who takes what nobody has, and by when what has no date.
 *
 *   @ada, 2 action items of Payment gateway outage (SEV-1, Thu 12 Sep 2024) lack an owner or a date.
 *
 *   | Action item | Lacks | Due |
 *   |---|---|---|
 *   | Write the runbook | owner (`@max`: no account on GitHub) | Wed 16 Oct 2024 |
 *   | Rehearse the failover | date | |
 *
 *   For each: assign somebody on its issue, or comment `/due DATE` there. …
 */
import type { PlainDate } from "../calendar.js";
import { nextNumber, timesTold } from "../tracking/nudging.js";
import { unassignableOwners } from "../tracking/owners.js";
import { overdueDays } from "../tracking/summary.js";
import type { TrackedItem } from "../tracking/types.js";
import { inertCode, inertShort } from "./inert.js";
import { nudgeMarker } from "./marker.js";
import { type NudgeInput, OTHER_WORDS_AFTER, restEnded } from "./nudge.js";
import { whyUnassignable } from "./parts.js";
import { count, day } from "./words.js";

/** Owners named in one row, with why they do not have the item. */
const MOST_NAMED = 3;

export interface AskInput extends Omit<NudgeInput, "rung" | "teams"> {
  /** Those that nobody has, by id. */
  readonly unowned: ReadonlySet<string>;
}

/** The comment's body. `item`: the first that it lists, before `others`. */
export function renderAsk(input: AskInput): string {
  const { item, nudge, others = [], to = [], more = 0 } = input;
  const also = others.map((other) => ({ item: other.id, n: nextNumber(other) }));
  const all = [item, ...others];
  return [
    opening(input, all),
    "",
    "| Action item | Lacks | Due |",
    "|---|---|---|",
    ...all.map((one) => row(one, input)),
    "",
    ...(more > 0 ? [`${count(more, "more item")} will follow, the worst first.`, ""] : []),
    ask(input),
    "",
    nudgeMarker({ item: item.id, ...nudge, also, to }),
  ].join("\n");
}

function opening({ document, links, silent = [] }: AskInput, all: readonly TrackedItem[]): string {
  const { author, incident, title, path } = document;
  const facts = [
    ...(incident.severity ? [inertShort(incident.severity, 20)] : []),
    ...(incident.date ? [day(incident.date)] : []),
  ];
  const named = `[${inertShort(title ?? path, 50)}](${links.document(document)})`;
  const isOne = all.every(({ documentId }) => documentId === document.id);
  const of = isOne ? `${named}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}` : "these postmortems";
  const who =
    author === null ? "" : `${silent.includes(author.toLowerCase()) ? inertCode(`@${author}`) : `@${author}`}, `;
  return `${who}${count(all.length, "action item")} of ${of} ${all.length === 1 ? "lacks" : "lack"} an owner or a date.`;
}

function row(item: TrackedItem, { links, unowned, today }: AskInput): string {
  const { issue, base, due } = item;
  const title = inertShort(issue?.title ?? base.title, 80);
  const linked = issue ? `[${title}](${links.issue(issue.number)})` : title;
  const lacks = [...(unowned.has(item.id) ? [`owner${whyNobody(item)}`] : []), ...(due === null ? ["date"] : [])].join(
    " and ",
  );
  return `| ${linked} | ${[lacks, ...restEnded(item, today)].join("; ")} | ${dueWords(item, today)} |`;
}

/** Why those whom the document names do not have it, in a parenthesis. */
function whyNobody(item: TrackedItem): string {
  const why = unassignableOwners(item).map((one) => `${inertCode(`@${one.login}`)}: ${whyUnassignable(one)}`);
  const more = why.length > MOST_NAMED ? [`${why.length - MOST_NAMED} more`] : [];
  return why.length > 0 ? ` (${[...why.slice(0, MOST_NAMED), ...more].join("; ")})` : "";
}

function dueWords(item: TrackedItem, today: PlainDate): string {
  const late = overdueDays(item, today);
  return item.due === null ? "" : `${day(item.due)}${late > 0 ? `, ${count(late, "day")} ago` : ""}`;
}

/** What to do, what counts as an answer, and how to stop it. */
function ask({ item, document }: AskInput): string {
  const stop =
    "This is asked once a week. To stop it, comment on an issue: `/snooze 2 weeks` or `/waive reason`; all yours: `/mute 2 weeks`.";
  return timesTold(item, document.author === null ? [] : [document.author]) < OTHER_WORDS_AFTER
    ? `For each, assign somebody on its issue, or comment \`/due DATE\` there. Not needed any more? Close it. ${stop}`
    : `This was asked before. Who could decide who takes them? Assign them, or close what nobody will do: that is an answer too. ${stop}`;
}
