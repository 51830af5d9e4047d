/**
 * The weekly digest: one rolling issue a repository whose body shows how things stand, and one new comment a week.
 *
 *   ### Action items on Mon 18 Nov 2024
 *
 *   **4 open** (6 a week ago) · **2 overdue** · 1 due within a week · 1 opened · 3 closed\
 *   2 of 3 dates of last week held. 7 of 9 done by their first date this quarter.
 *
 *   **🔴 Overdue: 2**
 *
 *   - `@lisa`
 *     - [Add timeouts](…): 9 days overdue · P1 · [Payment gateway outage](…) (SEV-1) · moved once, first due Fri 1 Nov 2024
 *
 *   **↪️ Moved this week: 1**
 *
 *   - [Rotate keys](…): from Fri 15 Nov 2024 to Fri 6 Dec 2024 by `dev`: the vendor is late · `@dev`
 */
import type { PlainDate } from "../calendar.js";
import { ages, closedThisWeek, type Digest, digestOf, type Standing, weekBefore, weeks } from "../tracking/digest.js";
import { AGES, isOnTime } from "../tracking/figures/figures.js";
import type { Share } from "../tracking/figures/share.js";
import { slipsSince } from "../tracking/figures/slips.js";
import { sparedFor } from "../tracking/moving.js";
import type { LateReview } from "../tracking/reviews.js";
import { isOverdue, overdueDays, snoozedUntil, stateOf } from "../tracking/summary.js";
import type { Trouble } from "../tracking/trouble.js";
import type { Kept, Spared, TrackedItem, WhyReplaced } from "../tracking/types.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { fingerprint, marker } from "./marker.js";
import { dueDay } from "./parts.js";
import { duplicateWords, STATES } from "./states.js";
import { troubleWords } from "./trouble.js";
import { count, day, list } from "./words.js";

export interface DigestInput extends Standing {
  readonly links: Links;
  readonly label: string;
  /** Pull requests with a postmortem that stay open for too long, oldest first. */
  readonly reviews?: readonly LateReview[];
}

export const DIGEST_TITLE = "Weekly digest: action items from postmortems";

/** Of a group, so many stand open to the eye and so many more are folded; the rest is counted. */
const SHOWN = 5;
const MAX_LINES = 60;
/** Of one owner. */
const SHOWN_OF_OWNER = 3;
const MAX_BODY = 65_000;

/** Whether there is anything worth a comment: open items, some closed since last week, or postmortems that stay in review. */
export function hasNews(input: DigestInput): boolean {
  const { open, reviews = [] } = input;
  return open.length > 0 || reviews.length > 0 || closedThisWeek(input).length > 0;
}

/** The week's comment; `key` makes it findable again. */
export function renderDigestComment(input: DigestInput, key: string): string {
  const digest = digestOf(input);
  return withinLimit((lines) => [
    `### Action items on ${day(input.today)}`,
    "",
    ...summary(input, digest, lines),
    "",
    marker("digest-week", { key }),
  ]);
}

/** What the rolling issue tells of itself. */
export interface OfIssue {
  /** Why the week's comment could not be written, where it could not; then this text is all that tells. */
  readonly trouble?: Trouble | null;
  /** Whose place it took. */
  readonly instead?: Kept["instead"];
}

/** The rolling issue's body: the same figures, and what the issue is for. */
export function renderDigestIssue(input: DigestInput, { trouble = null, instead }: OfIssue = {}): string {
  const digest = digestOf(input);
  return withinLimit((lines) => [
    "How the action items of this repository's postmortems stand: renewed within an hour of a change, with one comment a week as history. Subscribe to follow along.",
    "",
    ...(instead ? [insteadWords(instead, input.links), ""] : []),
    ...(trouble ? ["> [!WARNING]", `> ${troubleWords(trouble, input.links)}`, ""] : []),
    `### On ${day(input.today)}`,
    "",
    ...summary(input, digest, lines),
    ...charts(input),
    "",
    marker("digest", { key: "digest" }),
  ]);
}

const REPLACED: Readonly<Record<WhyReplaced, string>> = {
  closed: "was closed",
  locked: "was locked",
  gone: "is gone",
};

/** For a terminal: `the digest goes on in #9, since #5 was locked (2024-09-30)`. */
export const replacedLine = (issue: number, { of, why, on }: NonNullable<Kept["instead"]>): string =>
  `the digest goes on in #${issue}, since #${of} ${REPLACED[why]} (${on})`;

function insteadWords({ of, why }: NonNullable<Kept["instead"]>, links: Links): string {
  // A link to what was deleted leads nowhere.
  const named = why === "gone" ? `#\u200b${of}` : `[#${of}](${links.issue(of)})`;
  return `It goes on here, since ${named} ${REPLACED[why]}. To have no digest, set \`digest.enabled: false\` in the policy.`;
}

/** What of a text tells whether it changed: not the day it is of. */
export const digestHash = (body: string): string => fingerprint(body.replace(/^### On .*$/m, ""));

function withinLimit(render: (lines: number) => string[]): string {
  for (let lines = MAX_LINES; ; lines = Math.floor(lines / 2)) {
    const body = render(lines).join("\n");
    if (body.length <= MAX_BODY || lines === 0) return body;
  }
}

function summary(input: DigestInput, digest: Digest, most: number): string[] {
  const { today, links, label, reviews = [] } = input;
  const words = new Words(input);
  const { overdue, moved, soon, unready, snoozed, waived, waiting, closed } = digest;
  return [
    ...headline(digest),
    ...block(`🔴 Overdue: ${digest.figures.overdue}`, words.overdue(overdue), most),
    ...block(
      `↪️ Moved this week: ${moved.length}`,
      moved.map((item) => words.line(item, words.moves(item), whoOf(item))),
      most,
    ),
    ...block(
      `📅 Due within a week: ${soon.length}`,
      soon.map((item) => words.line(item, words.due(item), whoOf(item))),
      most,
    ),
    ...block(
      `❓ Without an owner or a date: ${unready.length}`,
      unready.map((item) => words.line(item, lacks(item), item.due ? words.due(item) : "", ownersOf(item))),
      most,
    ),
    ...block(`📝 Postmortems in review for too long: ${reviews.length}`, reviews.map(words.review), most),
    ...block(
      `💤 Left alone: ${snoozed.length + waived.length + waiting.length}`,
      [
        ...snoozed.map((item) => words.line(item, lateOf(item, today), snoozeOf(item, today), ownersOf(item))),
        ...waived.map((item) => words.line(item, waiverOf(item))),
        ...waiting.map((item) => words.line(item, goneWords(item))),
      ],
      most,
    ),
    ...block(
      `✅ Closed since last week, thank you: ${closed.length}`,
      closed.map((item) => words.line(item, closedWords(item, input), closerOf(item, today))),
      most,
    ),
    "",
    `[All action items](${links.labelled(label)})`,
  ];
}

/** What a lead asks first: how many, against last week; whether dates held. */
function headline({ figures }: Digest): string[] {
  const { open, openBefore, opened, overdue, soon, closed, promises, onTime, led } = figures;
  const held = [
    ...share(promises, "of last week's dates held"),
    ...share(onTime, "done by their first date this quarter"),
    ...share(led, "overdue comments of the last weeks led to something"),
  ];
  return [
    [
      `**${open} open**${open === openBefore ? "" : ` (${openBefore} a week ago)`}`,
      `**${overdue} overdue**`,
      `${soon} due within a week`,
      `${opened} opened`,
      `${closed} closed`,
    ].join(" · ") + (held.length > 0 ? "\\" : ""),
    ...(held.length > 0 ? [`${held.join(". ")}.`] : []),
  ];
}

const share = ({ count, of }: Share, words: string): string[] => (of === 0 ? [] : [`${count} of ${of} ${words}`]);

/** Lines under a title: the first open to the eye, more of them folded, the rest counted. */
function block(title: string, lines: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  const folded = lines.slice(SHOWN, most);
  const left = lines.length - Math.min(lines.length, Math.max(SHOWN, most));
  const more = left > 0 ? [`- … and ${left} more`] : [];
  return [
    "",
    `**${title}**`,
    "",
    ...lines.slice(0, SHOWN),
    ...(folded.length === 0
      ? more
      : ["", `<details><summary>${lines.length - SHOWN} more</summary>`, "", ...folded, ...more, "", "</details>"]),
  ];
}

/** The lines of items. Logins stand in code: the digest informs, the nudges ask. */
class Words {
  constructor(private readonly input: DigestInput) {}

  /** `- [Add timeouts](…): 9 days overdue · P1 · [Payment gateway outage](…) (SEV-1)`; facts that are empty are left out. */
  line(item: TrackedItem, ...facts: readonly string[]): string {
    const { links } = this.input;
    const title = `[${inertShort(item.issue?.title ?? item.base.title, 90)}](${links.issue(item.issue?.number ?? 0)})`;
    const { priority } = item.base;
    const told = [...facts, priority ? inertShort(priority, 20) : "", this.#incident(item)].filter((one) => one !== "");
    return `- ${title}${told.length > 0 ? `: ${told.join(" · ")}` : ""}`;
  }

  #incident({ documentId }: TrackedItem): string {
    const document = this.input.documents.get(documentId);
    if (document === undefined) return "";
    const { severity } = document.incident;
    const title = inertShort(document.title ?? document.path, 60);
    return `[${title}](${this.input.links.document(document)})${severity ? ` (${inertShort(severity, 20)})` : ""}`;
  }

  /** An entry an owner, with their worst items under it. */
  overdue(groups: Digest["overdue"]): string[] {
    const { today } = this.input;
    return groups.map(({ owner, items }) => {
      const shown = items.slice(0, SHOWN_OF_OWNER).map((item) => {
        const others = (item.issue?.assignees ?? []).slice(1).map(code);
        const named = owner === null ? namedIn(item) : "";
        return `  ${this.line(item, lateOf(item, today), slippedOf(item), sparedWords(item, today), named, others.length > 0 ? `with ${list(others)}` : "")}`;
      });
      const more = items.length - shown.length;
      return [
        `- ${owner === null ? "Nobody yet" : code(owner)}${items.length > 1 ? `: ${items.length} items` : ""}`,
        ...shown,
        ...(more > 0 ? [`  - … and ${more} more`] : []),
      ].join("\n");
    });
  }

  due(item: TrackedItem): string {
    return item.due === null ? "" : `due ${dueDay(item)}`;
  }

  /** `- [Postmortem of the outage](…): open since Mon 2 Sep 2024 · …`, with its author. */
  readonly review = ({ number, title, author, since }: LateReview): string => {
    const who = author === null ? "" : ` · ${code(author)}`;
    return `- [${inertShort(title, 90)}](${this.input.links.issue(number)}): open since ${day(since)}${who}`;
  };

  /** This week's moves as one: from which day to which, who last and why. */
  moves(item: TrackedItem): string {
    const slips = slipsSince(item, weekBefore(this.input.today));
    const [first, last] = [slips[0], slips.at(-1)];
    if (!first?.from || !last) return "";
    const by = last.by ? code(last.by) : "the postmortem";
    const why = last.why ? `: ${inertShort(last.why, 120)}` : "";
    const times = item.slips.length > slips.length ? `, ${timesMoved(item)} in all` : "";
    return `from ${day(first.from)} to ${last.to ? day(last.to) : "no date"} by ${by}${why}${times}`;
  }
}

const code = (login: string): string => `\`@${login}\``;

const ownersOf = ({ issue }: TrackedItem): string => (issue?.assignees ?? []).map(code).join(", ");

/** Who has it; that nobody has is said, since that is what a lead can do something about. */
const whoOf = (item: TrackedItem): string => ownersOf(item) || `no owner${namedIn(item) && ` (${namedIn(item)})`}`;

const lacks = (item: TrackedItem): string =>
  [...(ownersOf(item) === "" ? [whoOf(item)] : []), ...(item.due === null ? ["no date"] : [])].join(" and ");

const namedIn = ({ base }: TrackedItem): string =>
  base.owners.length > 0 ? `the postmortem names ${list(base.owners.map((owner) => inertShort(owner, 40)))}` : "";

const lateOf = (item: TrackedItem, today: PlainDate): string =>
  isOverdue(item, today) ? `${count(overdueDays(item, today), "day")} overdue` : "";

const timesMoved = ({ slips, slipsLeftOut }: TrackedItem): string => count(slips.length + slipsLeftOut, "move");

const slippedOf = (item: TrackedItem): string =>
  item.slips.length > 0 && item.originalDue ? `${timesMoved(item)}, first due ${day(item.originalDue)}` : "";

/** Why nobody was nudged, in a few words. */
const SPARED_WORDS: Readonly<Record<Spared["why"], string>> = {
  blocked: "an open issue blocks it",
  pull: "an open pull request names it",
  commit: "its owner committed to it",
  comment: "its owner commented on it",
  muted: "who would be asked is muted",
  untold: "GitHub did not tell whether it moves",
};

function sparedWords(item: TrackedItem, today: PlainDate): string {
  const why = sparedFor(item, today);
  return why ? `left alone: ${SPARED_WORDS[why]}` : "";
}

function snoozeOf(item: TrackedItem, today: PlainDate): string {
  const until = snoozedUntil(item, today);
  return until ? `snoozed until ${day(until)}` : "";
}

function waiverOf({ waiver }: TrackedItem): string {
  if (!waiver) return "";
  return `waived${waiver.until ? ` until ${day(waiver.until)}` : ""}: ${inertShort(waiver.why, 120)}`;
}

const goneWords = ({ leftOn }: TrackedItem): string =>
  leftOn === null ? "its postmortem is gone from the default branch" : "it no longer stands in its postmortem";

/** As what it was closed; whether it was on time is said of what was completed alone. */
function closedWords(item: TrackedItem, { links, today, open, closed, waiting = [] }: DigestInput): string {
  const state = stateOf(item, today);
  if (state === "waived") return waiverOf(item);
  const goesOn = duplicateWords(item, { links, today, items: [...open, ...waiting, ...closed] });
  if (state !== "done") return `${STATES[state].shown}${goesOn}`;
  return [onTimeWords(item), goesOn && `done${goesOn}`].filter((one) => one !== "").join(", ");
}

const closerOf = (item: TrackedItem, today: PlainDate): string =>
  stateOf(item, today) === "done" ? ownersOf(item) : "";

function onTimeWords(item: TrackedItem): string {
  const closedOn = item.issue?.closedOn;
  if (!closedOn || !item.originalDue) return "";
  return isOnTime(item) ? "on time" : `${count(overdueDays({ due: item.originalDue }, closedOn), "day")} late`;
}

/** Open items by age, and what came and went week by week, folded. GitHub draws them for light and dark by itself. */
function charts(input: DigestInput): string[] {
  if (input.open.length === 0) return [];
  const bounds = AGES.map((bound, index) => `${index === 0 ? 0 : (AGES[index - 1] ?? 0) + 1} to ${bound} days`);
  const slices = ages(input.open, input.today).flatMap((amount, index) =>
    amount > 0 ? [`  "${bounds[index] ?? `over ${AGES.at(-1)} days`}" : ${amount}`] : [],
  );
  const shown = weeks(input);
  const highest = Math.max(1, ...shown.flatMap(({ opened, closed }) => [opened, closed]));
  return [
    "",
    "<details><summary>Charts</summary>",
    "",
    "```mermaid",
    "pie showData",
    "  title Open action items by age",
    ...slices,
    "```",
    "",
    "```mermaid",
    "xychart-beta",
    '  title "Opened (bars) and closed (line) by week"',
    `  x-axis [${shown.map(({ ends }) => `"${shortDay(ends)}"`).join(", ")}]`,
    `  y-axis "items" 0 --> ${highest}`,
    `  bar [${shown.map(({ opened }) => opened).join(", ")}]`,
    `  line [${shown.map(({ closed }) => closed).join(", ")}]`,
    "```",
    "",
    "</details>",
  ];
}

/** `18 Nov`. */
const shortDay = (date: PlainDate): string => day(date).split(" ").slice(1, 3).join(" ");
