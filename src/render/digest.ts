/**
 * The weekly digest: one rolling issue a repository whose body shows how things stand, and one new comment a week.
 *
 *   ### Action items on Mon 18 Nov 2024
 *
 *   **4 open** (6 a week ago) · **2 overdue** · 1 due within a week · 1 opened · 3 closed\
 *   Last week, 2 of 3 dates were kept. This quarter, 7 of 9 were done by their first date.
 *   - **Slipped: 1.** [Rotate keys](…) to Fri 6 Dec 2024
 *   - **Who needs help:** `@lisa` (2 overdue)
 *   - Nothing due within a week is at risk.
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
import { addDays, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import {
  ages,
  closedThisWeek,
  type Digest,
  digestOf,
  isTeam,
  type Standing,
  weekBefore,
  weeks,
} from "../tracking/digest.js";
import { isByPolicy } from "../tracking/due.js";
import { AGES, isOnTime } from "../tracking/figures/figures.js";
import type { Share } from "../tracking/figures/share.js";
import { slipsSince } from "../tracking/figures/slips.js";
import { sparedFor } from "../tracking/moving.js";
import { namedOwners } from "../tracking/owners.js";
import type { LateReview } from "../tracking/reviews.js";
import { isOverdue, overdueDays, snoozedUntil, stateOf } from "../tracking/summary.js";
import type { Trouble } from "../tracking/trouble.js";
import type { Kept, Spared, TrackedItem, WhyReplaced } from "../tracking/types.js";
import { briefingLines } from "./briefing.js";
import type { Links } from "./links.js";
import { markdownLine, markdownSections } from "./markdown.js";
import { fingerprint, marker } from "./marker.js";
import { type Entry, joined, type Line, type Message, type Section, type Span } from "./message.js";
import { dueDay, ownerlessWords } from "./parts.js";
import { duplicateLine, STATES } from "./states.js";
import { troubleWords } from "./trouble.js";
import { count, day } from "./words.js";

export interface DigestInput extends Standing {
  readonly links: Links;
  readonly label: string;
  /** Pull requests with a postmortem that stay open for too long, oldest first. */
  readonly reviews?: readonly LateReview[];
}

export const DIGEST_TITLE = "Weekly digest: action items from postmortems";

/** Nobody is thanked for them: their work is open in another issue, or is counted there. */
export const DUPLICATES_TITLE = "👯 Closed as a duplicate, counted with the other issue";

/** Of a section, so many entries at most are written; the rest is counted. */
const MAX_LINES = 60;
/** Of one owner. */
const SHOWN_OF_OWNER = 3;
const MAX_BODY = 65_000;

/** Whether there is anything worth a comment: open items, some closed since last week, or postmortems that stay in review. */
export function hasNews(input: DigestInput): boolean {
  const { open, reviews = [] } = input;
  const { closed, duplicates } = closedThisWeek(input);
  return open.length + reviews.length + closed.length + duplicates.length > 0;
}

/** Whether a week is told at all: where there is nothing to say, a policy may have that said in a line, of what was ever followed. */
export const isTold = (input: DigestInput, { digest }: Pick<Policy, "digest">): boolean =>
  hasNews(input) || (digest.when_empty === "line" && input.documents.size > 0);

/** The week's comment; `key` makes it findable again. */
export function renderDigestComment(input: DigestInput, key: string): string {
  const message = digestMessage(input);
  return withinLimit((lines) => [
    `### Action items on ${day(input.today)}`,
    "",
    ...summary(message, lines),
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
export function renderDigestIssue(input: DigestInput, of: OfIssue = {}): string {
  const message = digestMessage(input);
  return withinLimit((lines) => [
    "How the action items of this repository's postmortems stand: renewed within an hour of a change, with one comment a week as history. Subscribe to follow along.",
    "",
    ...ofIssue(of, input.links),
    `### On ${day(input.today)}`,
    "",
    ...summary(message, lines),
    ...charts([input]),
    "",
    marker("digest", { key: "digest" }),
  ]);
}

/** What a rolling issue tells of itself, as lines. */
export function ofIssue({ trouble = null, instead }: OfIssue, links: Links): string[] {
  return [
    ...(instead ? [insteadWords(instead, links), ""] : []),
    ...(trouble ? ["> [!WARNING]", `> ${troubleWords(trouble, links)}`, ""] : []),
  ];
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

export function withinLimit(render: (lines: number) => string[]): string {
  for (let lines = MAX_LINES; ; lines = Math.floor(lines / 2)) {
    const body = render(lines).join("\n");
    if (body.length <= MAX_BODY || lines === 0) return body;
  }
}

export function summary({ lead, briefing = [], sections, more }: Message, most: number): string[] {
  return [
    ...lead.map((line, index) => markdownLine(line) + (index < lead.length - 1 ? "\\" : "")),
    ...briefing.map((line) => `- ${markdownLine(line)}`),
    ...markdownSections(sections, most),
    "",
    `[${more.words}](${more.url})`,
  ];
}

/** The digest as a message, for any place. */
export function digestMessage(input: DigestInput): Message {
  const { today, links, label, reviews = [] } = input;
  const digest = digestOf(input);
  const words = new Words(input);
  const { overdue, moved, soon, unready, duplicates, closed } = digest;
  const left = LEFT_ALONE.flatMap(({ of, why }) => of(digest).map((item) => words.entry(item, why(item, today))));
  const sections: readonly Section[] = [
    { title: `🔴 Overdue: ${digest.figures.overdue}`, entries: words.overdue(overdue) },
    {
      title: `↪️ Moved this week: ${moved.length}`,
      entries: moved.map((item) => words.entry(item, words.moves(item), whoOf(item, input))),
    },
    {
      title: `📅 Due within a week: ${soon.length}`,
      entries: soon.map((item) => words.entry(item, words.due(item), whoOf(item, input))),
    },
    {
      title: `❓ Without an owner or a date: ${unready.length}`,
      entries: unready.map((item) =>
        words.entry(item, lacks(item, input), item.due ? words.due(item) : [], ownersOf(item)),
      ),
    },
    { title: `📝 Postmortems in review for too long: ${reviews.length}`, entries: reviews.map(words.review) },
    { title: `💤 Left alone: ${left.length}`, entries: left },
    {
      title: `${DUPLICATES_TITLE}: ${duplicates.length}`,
      entries: duplicates.map((item) => words.entry(item, words.closed(item))),
    },
    {
      title: `✅ Closed since last week, thank you: ${closed.length}`,
      entries: closed.map((item) => words.entry(item, words.closed(item))),
    },
  ];
  return {
    title: `Action items on ${day(today)}`,
    lead: hasNews(input) ? headline(digest) : [[nothingWords()]],
    ...(hasNews(input) && { briefing: briefingLines(digest.briefing, (item) => words.title(item)) }),
    sections: sections.filter(({ entries }) => entries.length > 0),
    more: { words: "All action items", url: links.labelled(label) },
  };
}

/** All there is to say of a week without anything. */
export const nothingWords = (where = ""): string => `Nothing is open${where}, and nothing was closed since last week.`;

/** What a lead asks first: how many, against last week; whether dates held. */
export function headline({ figures }: Pick<Digest, "figures">): Line[] {
  const { open, openBefore, opened, overdue, soon, closed, promises, onTime, led } = figures;
  const held = [
    keptWords(promises),
    ...(onTime.of > 0 ? [quarterWords(onTime)] : []),
    ...(led.of > 0 ? [`Of ${count(led.of, "overdue comment")} of the last weeks, ${led.count} led to something`] : []),
  ];
  return [
    joined([
      [{ strong: `${open} open` }, open === openBefore ? "" : ` (${openBefore} a week ago)`],
      [{ strong: `${overdue} overdue` }],
      [`${soon} due within a week`],
      [`${opened} opened`],
      [`${closed} closed`],
    ]),
    ...(held.length > 0 ? [[`${held.join(". ")}.`]] : []),
  ];
}

/** How many of the dates that fell into last week were kept. */
function keptWords({ count: kept, of }: Share): string {
  if (of === 0) return "No date fell into last week";
  return of === 1
    ? `Last week's one date was ${kept === 1 ? "" : "not "}kept`
    : `Last week, ${kept} of ${of} dates were kept`;
}

/** How many of what was done this quarter were in time; of one at least. */
const quarterWords = ({ count: done, of }: Share): string =>
  of === 1
    ? `This quarter's one was ${done === 1 ? "" : "not "}done by its first date`
    : `This quarter, ${done} of ${of} were done by their first date`;

/** The lines of items. Nobody is notified: the digest informs, the nudges ask. */
export class Words {
  constructor(private readonly input: DigestInput) {}

  entry(item: TrackedItem, ...facts: readonly Line[]): Entry {
    return { line: this.line(item, ...facts) };
  }

  /** `[Add timeouts](…): 9 days overdue · P1 · [Payment gateway outage](…) (SEV-1)`; facts that are empty are left out. */
  line(item: TrackedItem, ...facts: readonly Line[]): Line {
    const { priority } = item.base;
    const title = this.title(item);
    const told = joined([...facts, priority ? [{ said: priority, most: 20 }] : [], this.#incident(item)]);
    return told.length > 0 ? [title, ": ", ...told] : [title];
  }

  /** An item's title, which leads to its issue. */
  title({ issue, base }: TrackedItem): Span {
    return { said: issue?.title ?? base.title, most: 90, url: this.input.links.issue(issue?.number ?? 0) };
  }

  #incident({ documentId }: TrackedItem): Line {
    const document = this.input.documents.get(documentId);
    if (document === undefined) return [];
    const { severity } = document.incident;
    const title: Span = {
      said: document.title ?? document.path,
      most: 60,
      url: this.input.links.document(document),
    };
    return severity ? [title, " (", { said: severity, most: 20 }, ")"] : [title];
  }

  /** An entry an owner, with their worst items under it. */
  overdue(groups: Digest["overdue"]): Entry[] {
    const { today, policy } = this.input;
    return groups.map(({ owner, items }) => {
      const shown = items.slice(0, SHOWN_OF_OWNER).map((item) => {
        const others = loginsOf(item).slice(1);
        const named = owner === null || isTeam(owner) ? namedIn(item, policy) : [];
        const beside: Line = others.length > 0 ? ["with ", ...listed(others.map((login) => ({ login })))] : [];
        const since: Line = [ownerlessWords(item, today) ?? ""].filter((words) => words !== "");
        return this.line(item, lateOf(item, today), this.slipped(item), sparedWords(item, today), since, named, beside);
      });
      const more = items.length - shown.length;
      return {
        line: [
          ...(owner === null ? ["Nobody yet"] : [{ login: owner }, isTeam(owner) ? ", nobody assigned" : ""]),
          items.length > 1 ? `: ${items.length} items` : "",
        ],
        under: [...shown, ...(more > 0 ? [[`… and ${more} more`]] : [])],
      };
    });
  }

  /** That it was moved: how, where that was this week, since no other line tells of it. */
  slipped(item: TrackedItem): Line {
    const moves = this.moves(item);
    return moves.length > 0 ? ["moved ", ...moves] : slippedOf(item);
  }

  /** What it was closed as, and by whom it was done. */
  closed(item: TrackedItem): Line {
    return joined([closedWords(item, this.input), closerOf(item, this.input.today)]);
  }

  due(item: TrackedItem): Line {
    return item.due === null ? [] : [`due ${dueDay(item)}`];
  }

  /** `[Postmortem of the outage](…): open since Mon 2 Sep 2024 · …`, with its author. */
  readonly review = ({ number, title, author, since }: LateReview): Entry => ({
    line: [
      { said: title, most: 90, url: this.input.links.issue(number) },
      `: open since ${day(since)}`,
      ...(author === null ? [] : [" · ", { login: author }]),
    ],
  });

  /** This week's moves as one: from which day to which, who last and why. */
  moves(item: TrackedItem): Line {
    const slips = slipsSince(item, weekBefore(this.input.today));
    const [first, last] = [slips[0], slips.at(-1)];
    if (!first?.from || !last) return [];
    return [
      `from ${day(first.from)} to ${last.to ? day(last.to) : "no date"} by `,
      last.by ? { login: last.by } : "the postmortem",
      ...(last.why ? [": ", { said: last.why, most: 120 }] : []),
      item.slips.length > slips.length ? `, ${timesMoved(item)} in all` : "",
    ];
  }
}

const loginsOf = ({ issue }: TrackedItem): readonly string[] => issue?.assignees ?? [];

export const ownersOf = (item: TrackedItem): Line =>
  joined(
    loginsOf(item).map((login) => [{ login }]),
    ", ",
  );

/** `a`, `a and b`, `a, b and c`. */
const listed = (spans: readonly Span[]): Line =>
  spans.flatMap((span, index) => (index === 0 ? [span] : [index === spans.length - 1 ? " and " : ", ", span]));

/** Who has it; that nobody has is said, and since when where that is too long, since that is what a lead can do something about. */
export function whoOf(item: TrackedItem, { policy, today }: Pick<DigestInput, "policy" | "today">): Line {
  const owners = ownersOf(item);
  const named = namedIn(item, policy);
  return owners.length > 0
    ? owners
    : [ownerlessWords(item, today) ?? "no owner", ...(named.length > 0 ? [" (", ...named, ")"] : [])];
}

/** What of an owner and a date it has not. */
export const lacks = (item: TrackedItem, input: Pick<DigestInput, "policy" | "today">): Line =>
  joined([ownersOf(item).length === 0 ? whoOf(item, input) : [], item.due === null ? ["no date"] : []], " and ");

function namedIn(item: TrackedItem, policy: Pick<Policy, "owners">): Line {
  const owners = namedOwners(item, policy);
  return owners.length > 0
    ? ["the postmortem names ", ...listed(owners.map((owner) => ({ said: owner, most: 40 })))]
    : [];
}

/** How late it is; a date that the policy gave is told apart from one that somebody promised. */
export const lateOf = (item: TrackedItem, today: PlainDate): Line =>
  isOverdue(item, today)
    ? [`${count(overdueDays(item, today), "day")} overdue${isByPolicy(item.dueOrigin) ? " (date by policy)" : ""}`]
    : [];

const timesMoved = ({ slips, slipsLeftOut }: TrackedItem): string => count(slips.length + slipsLeftOut, "move");

const slippedOf = (item: TrackedItem): Line =>
  item.slips.length > 0 && item.originalDue ? [`${timesMoved(item)}, first due ${day(item.originalDue)}`] : [];

/** Why nobody was nudged, in a few words. */
const SPARED_WORDS: Readonly<Record<Spared["why"], string>> = {
  blocked: "an open issue blocks it",
  pull: "an open pull request names it",
  commit: "its owner committed to it",
  comment: "its owner commented on it",
  muted: "who would be asked is muted",
  untold: "GitHub did not tell whether it moves",
};

function sparedWords(item: TrackedItem, today: PlainDate): Line {
  const why = sparedFor(item, today);
  return why ? [`left alone: ${SPARED_WORDS[why]}`] : [];
}

function snoozeOf(item: TrackedItem, today: PlainDate): Line {
  const until = snoozedUntil(item, today);
  return until ? [`snoozed until ${day(until)}`] : [];
}

const waiverOf = ({ waiver }: TrackedItem): Line =>
  waiver ? [`waived${waiver.until ? ` until ${day(waiver.until)}` : ""}: `, { said: waiver.why, most: 120 }] : [];

const goneWords = ({ leftOn }: TrackedItem): Line => [
  leftOn === null ? "its postmortem is gone from the default branch" : "it no longer stands in its postmortem",
];

/** What is left alone, and why. */
export const LEFT_ALONE: readonly {
  readonly of: (digest: Digest) => readonly TrackedItem[];
  readonly why: (item: TrackedItem, today: PlainDate) => Line;
}[] = [
  {
    of: ({ snoozed }) => snoozed,
    why: (item, today) => joined([lateOf(item, today), snoozeOf(item, today), ownersOf(item)]),
  },
  { of: ({ waived }) => waived, why: waiverOf },
  { of: ({ waiting }) => waiting, why: goneWords },
];

/** As what it was closed; whether it was on time is said of what was completed alone. */
function closedWords(item: TrackedItem, { links, today, open, closed, waiting = [] }: DigestInput): Line {
  const state = stateOf(item, today);
  if (state === "waived") return waiverOf(item);
  const goesOn = duplicateLine(item, { links, today, items: [...open, ...waiting, ...closed] });
  if (state !== "done") return [STATES[state].shown, ...goesOn];
  return joined([onTimeWords(item), goesOn.length > 0 ? ["done", ...goesOn] : []], ", ");
}

const closerOf = (item: TrackedItem, today: PlainDate): Line => (stateOf(item, today) === "done" ? ownersOf(item) : []);

function onTimeWords(item: TrackedItem): Line {
  const closedOn = item.issue?.closedOn;
  if (!closedOn || !item.originalDue) return [];
  return [isOnTime(item) ? "on time" : `${count(overdueDays({ due: item.originalDue }, closedOn), "day")} late`];
}

/**
 * Open items by age, and what came and went week by week, of all together and folded. GitHub draws them for light and dark by itself; no pie, whose
 * first slice is as dark as the page.
 */
export function charts(inputs: readonly DigestInput[]): string[] {
  const counted = inputs.map((input) => ages(input.open, input.today));
  const amounts = [...AGES, null].map((_, age) => counted.reduce((sum, one) => sum + (one[age] ?? 0), 0));
  if (amounts.every((amount) => amount === 0)) return [];
  const bounds = AGES.map((bound, index) => `${index === 0 ? 0 : (AGES[index - 1] ?? 0) + 1} to ${bound} days`);
  const words = [...bounds, `over ${AGES.at(-1)} days`];
  const [first = [], ...others] = inputs.map(weeks);
  const shown = first.map(({ ends, opened, closed }, at) => ({
    ends,
    opened: others.reduce((sum, other) => sum + (other[at]?.opened ?? 0), opened),
    closed: others.reduce((sum, other) => sum + (other[at]?.closed ?? 0), closed),
  }));
  const highest = Math.max(1, ...shown.flatMap(({ opened, closed }) => [opened, closed]));
  return [
    "",
    "<details><summary>Charts</summary>",
    "",
    "```mermaid",
    "xychart-beta",
    '  title "Open action items by age"',
    `  x-axis [${words.map((one, age) => `"${one}: ${amounts[age]}"`).join(", ")}]`,
    `  y-axis "items" 0 --> ${Math.max(...amounts)}`,
    `  bar [${amounts.join(", ")}]`,
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

/**
 * A person's own: what is theirs, the most urgent first; null where nothing is, and their policy does not have that said. `place`: of which
 * repository.
 */
export function summaryMessage(
  input: DigestInput,
  login: string,
  place: string,
  { digest }: Pick<Policy, "digest">,
): Message | null {
  const { today, links, label } = input;
  const words = new Words(input);
  const isTheirs = ({ issue }: TrackedItem) => (issue?.assignees ?? []).includes(login);
  const { overdue, moved, soon, later, snoozed } = digestOf({ ...input, open: input.open.filter(isTheirs) });
  const late = overdue.flatMap(({ items }) => items);
  const dated = [...soon, ...moved, ...later];
  const isNothing = late.length + dated.length === 0;
  if (isNothing && digest.when_empty === "silence") return null;
  const section = (title: string, items: readonly TrackedItem[], fact: (item: TrackedItem) => Line): Section => ({
    title: `${title}: ${items.length}`,
    entries: items.map((item) => words.entry(item, fact(item))),
  });
  const soonest = dated.filter(({ due }) => due !== null && due < addDays(today, 7));
  const rest = dated.filter((item) => !soonest.includes(item));
  const sections = [
    section("🔴 Overdue", late, (item) => lateOf(item, today)),
    section("📅 Due within a week", soonest, (item) => words.due(item)),
    section("Later", rest, (item) => words.due(item)),
    section("💤 Snoozed", snoozed, (item) => snoozeOf(item, today)),
  ];
  return {
    title: `${place}: your action items on ${day(today)}`,
    lead: [
      isNothing
        ? [{ login }, ": nothing is due."]
        : [
            { login },
            ": ",
            { strong: `${late.length} overdue` },
            ` · ${soonest.length} due within a week · ${rest.length} later`,
          ],
    ],
    sections: sections.filter(({ entries }) => entries.length > 0),
    more: { words: "All action items", url: links.labelled(label) },
  };
}
