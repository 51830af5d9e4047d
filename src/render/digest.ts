/**
 * The weekly digest: one rolling issue a repository whose body shows how things stand, and one new comment a week.
 *
 *   ### Action items on Mon 18 Nov 2024
 *   **4 open · 2 overdue · 1 due within a week · 3 closed since last week**
 *
 *   **🔴 Overdue**
 *   - `@lisa`: [Add timeouts](…) (9 days), [Rotate keys](…) (2 days)
 */
import { addDays, type PlainDate } from "../calendar.js";
import { isOverdue, isWaived, overdueDays, snoozedUntil, stateOf } from "../tracking/summary.js";
import type { Trouble } from "../tracking/trouble.js";
import type { TrackedItem } from "../tracking/types.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { fingerprint, marker } from "./marker.js";
import { STATES } from "./states.js";
import { troubleWords } from "./trouble.js";
import { count, day, list } from "./words.js";

export interface DigestInput {
  /** Items with an open issue. */
  readonly open: readonly TrackedItem[];
  /** Items with an open issue whose postmortem is gone from the default branch; none of `open`. */
  readonly waiting?: readonly TrackedItem[];
  /** Items whose issue was closed since the last digest. */
  readonly closed: readonly TrackedItem[];
  readonly today: PlainDate;
  readonly links: Links;
  readonly label: string;
}

export const DIGEST_TITLE = "Weekly digest: action items from postmortems";

const MAX_LINES = 60;
/** Of one owner, on their line. */
const MAX_ITEMS = 10;
const MAX_BODY = 65_000;

/** Whether there is anything worth a comment: open items, or some closed since last week. */
export function hasNews({ open, closed }: Pick<DigestInput, "open" | "closed">): boolean {
  return open.length > 0 || closed.length > 0;
}

/** The week's comment; `key` makes it findable again. */
export function renderDigestComment(input: DigestInput, key: string): string {
  return withinLimit((lines) => [
    `### Action items on ${day(input.today)}`,
    "",
    ...summary(input, lines),
    "",
    marker("digest-week", { key }),
  ]);
}

/**
 * The rolling issue's body: the same figures, and what the issue is for. `trouble`: why the week's comment could not be written, where it
 * could not; then this text is all that tells.
 */
export function renderDigestIssue(input: DigestInput, trouble: Trouble | null = null): { body: string; hash: string } {
  const body = withinLimit((lines) => [
    "How the action items of this repository's postmortems stand. This text is renewed and one comment is added each week; subscribe to follow along.",
    "",
    ...(trouble ? ["> [!WARNING]", `> ${troubleWords(trouble, input.links)}`, ""] : []),
    `### On ${day(input.today)}`,
    "",
    ...summary(input, lines),
    "",
    marker("digest", { key: "digest" }),
  ]);
  return { body, hash: fingerprint(body) };
}

function withinLimit(render: (lines: number) => string[]): string {
  for (let lines = MAX_LINES; ; lines = Math.floor(lines / 2)) {
    const body = render(lines).join("\n");
    if (body.length <= MAX_BODY || lines === 0) return body;
  }
}

function summary({ open: all, waiting = [], closed, today, links, label }: DigestInput, lines: number): string[] {
  const open = all.filter((item) => !isWaived(item, today));
  const waived = all.filter((item) => isWaived(item, today));
  const snoozed = open.filter((item) => snoozedUntil(item, today) !== null);
  const awake = open.filter((item) => snoozedUntil(item, today) === null);
  const overdue = awake.filter((item) => isOverdue(item, today));
  const weekEnd = addDays(today, 6);
  const soon = awake.filter((item) => item.due !== null && item.due >= today && item.due <= weekEnd);
  const unowned = open.filter((item) => item.issue?.assignees.length === 0);
  const undated = open.filter((item) => item.due === null);
  const figures = [
    `${open.length} open`,
    `${overdue.length} overdue`,
    `${soon.length} due within a week`,
    `${closed.length} closed since last week`,
  ];
  const link = (item: TrackedItem) =>
    `[${inertShort(item.issue?.title ?? item.base.title, 90)}](${links.issue(item.issue?.number ?? 0)})`;
  return [
    `**${figures.join(" · ")}**`,
    ...block("🔴 Overdue", byOwner(overdue, today, link), lines),
    ...block(
      "📅 Due within a week",
      soon.map((item) => `- ${link(item)}, ${item.due ? day(item.due) : ""}${ownersOf(item)}`),
      lines,
    ),
    ...block(
      "❓ Nobody assigned",
      unowned.map((item) => `- ${link(item)}${namedIn(item)}`),
      lines,
    ),
    ...block(
      "❓ Without a date",
      undated.map((item) => `- ${link(item)}${ownersOf(item)}`),
      lines,
    ),
    ...block(
      "💤 Snoozed",
      snoozed.map((item) => `- ${link(item)}${lateOf(item, today)}${snoozeOf(item, today)}${ownersOf(item)}`),
      lines,
    ),
    ...block(
      "🚫 Waived for now",
      waived.map((item) => `- ${link(item)}${waiverOf(item)}`),
      lines,
    ),
    ...block(
      "⏸️ Waiting: their postmortem is gone from the default branch",
      waiting.map((item) => `- ${link(item)}`),
      lines,
    ),
    ...block(
      "✅ Closed since last week",
      closed.map((item) => `- ${link(item)}${closedWords(item, today)}`),
      lines,
    ),
    "",
    `[All action items](${links.labelled(label)})`,
  ];
}

function block(title: string, lines: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return ["", `**${title}**`, "", ...lines.slice(0, most), ...(more > 0 ? [`- … and ${more} more`] : [])];
}

/** One line an owner, the longest overdue first. Logins stand in code: the digest informs, the nudges ask. */
function byOwner(items: readonly TrackedItem[], today: PlainDate, link: (item: TrackedItem) => string): string[] {
  const groups = new Map<string, TrackedItem[]>();
  for (const item of items) {
    const owners = item.issue?.assignees.length ? item.issue.assignees.map((login) => `\`@${login}\``) : namesOf(item);
    for (const owner of owners) groups.set(owner, [...(groups.get(owner) ?? []), item]);
  }
  const oldest = (group: readonly TrackedItem[]) => Math.max(...group.map((item) => overdueDays(item, today)));
  return [...groups]
    .sort(([, a], [, b]) => oldest(b) - oldest(a))
    .map(([owner, group]) => {
      const sorted = [...group].sort((a, b) => overdueDays(b, today) - overdueDays(a, today));
      const shown = sorted
        .slice(0, MAX_ITEMS)
        .map((item) => `${link(item)} (${count(overdueDays(item, today), "day")})`);
      const more = sorted.length - shown.length;
      return `- ${owner}: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    });
}

function namesOf(item: TrackedItem): string[] {
  return item.base.owners.length > 0 ? item.base.owners.map((owner) => inertShort(owner, 40)) : ["nobody yet"];
}

function namedIn({ base }: TrackedItem): string {
  return base.owners.length > 0
    ? ` (the postmortem names ${list(base.owners.map((owner) => inertShort(owner, 40)))})`
    : "";
}

function ownersOf(item: TrackedItem): string {
  const assignees = item.issue?.assignees ?? [];
  return assignees.length > 0 ? `, ${assignees.map((login) => `\`@${login}\``).join(", ")}` : "";
}

function lateOf(item: TrackedItem, today: PlainDate): string {
  return isOverdue(item, today) ? `, ${count(overdueDays(item, today), "day")} overdue` : "";
}

function snoozeOf(item: TrackedItem, today: PlainDate): string {
  const until = snoozedUntil(item, today);
  return until ? `, snoozed until ${day(until)}` : "";
}

function waiverOf({ waiver }: TrackedItem): string {
  if (!waiver) return "";
  return `, waived${waiver.until ? ` until ${day(waiver.until)}` : ""}: ${inertShort(waiver.why, 120)}`;
}

/** As what it was closed; whether it was on time is said of what was completed alone. */
function closedWords(item: TrackedItem, today: PlainDate): string {
  const state = stateOf(item, today);
  if (state === "waived") return waiverOf(item);
  return state === "done" ? onTime(item) : `, ${STATES[state].shown}`;
}

function onTime(item: TrackedItem): string {
  const closedOn = item.issue?.closedOn;
  if (!closedOn || !item.originalDue) return "";
  return closedOn <= item.originalDue
    ? ", on time"
    : `, ${count(overdueDays({ due: item.originalDue }, closedOn), "day")} late`;
}
