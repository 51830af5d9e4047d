/**
 * The digest of an organisation, over all of its repositories, in the order of a meeting's agenda: what is overdue by severity, then what nobody
 * owns or has no date, then what slipped, what is due, what is left alone and what was closed. One screen, however many items there are; the rest folded.
 *
 *   **9 open** (11 a week ago) · **3 overdue** · 2 due within a week · 1 opened · 3 closed, in 4 repositories
 *
 *   **🔴 Overdue, SEV-1: 1**
 */
import type { PlainDate } from "../calendar.js";
import { oneLine } from "../text.js";
import { together } from "../tracking/briefing.js";
import { type Digest, digestOf } from "../tracking/digest.js";
import { urgencyOf } from "../tracking/due.js";
import type { Share } from "../tracking/figures/share.js";
import { byRank } from "../tracking/order.js";
import { overdueDays } from "../tracking/summary.js";
import type { TrackedItem } from "../tracking/types.js";
import { briefingLines } from "./briefing.js";
import {
  charts,
  type DigestInput,
  DUPLICATES_TITLE,
  hasNews,
  headline,
  LEFT_ALONE,
  lacks,
  lateOf,
  nothingWords,
  type OfIssue,
  ofIssue,
  ownersOf,
  summary,
  Words,
  whoOf,
  withinLimit,
} from "./digest.js";
import type { Links } from "./links.js";
import { marker } from "./marker.js";
import type { Entry, Line, Message, Section } from "./message.js";
import { count, day } from "./words.js";

/** Where the organisation's digest stands. */
export interface OfOrganisation {
  readonly parts: readonly Part[];
  readonly today: PlainDate;
  /** Of the repository in which it stands. */
  readonly links: Links;
  readonly label: string;
}

/** A repository's part. */
export interface Part {
  /** `acme/shop`. */
  readonly name: string;
  readonly input: DigestInput;
}

export const ORGANISATION_DIGEST_TITLE = "Weekly digest of the organisation: action items from postmortems";

/** The week's comment; `key` makes it findable again. */
export function renderOrganisationComment(input: OfOrganisation, key: string): string {
  const message = organisationMessage(input);
  return withinLimit((lines) => [
    `### ${message.title}`,
    "",
    ...summary(message, lines),
    "",
    marker("organisation-week", { key }),
  ]);
}

/** The rolling issue's body. */
export function renderOrganisationIssue(input: OfOrganisation, of: OfIssue = {}): string {
  const message = organisationMessage(input);
  return withinLimit((lines) => [
    "How the action items of this organisation's postmortems stand, as a meeting's agenda: renewed within the hour, with one comment a week as history.",
    "",
    ...ofIssue(of, input.links),
    `### On ${day(input.today)}`,
    "",
    ...summary(message, lines),
    ...charts(input.parts.map((part) => part.input)),
    "",
    marker("organisation-digest", { key: "organisation-digest" }),
  ]);
}

interface Told {
  readonly part: Part;
  readonly item: TrackedItem;
}

/** The organisation's digest as a message, for any place. */
export function organisationMessage({ parts, today, links, label }: OfOrganisation): Message {
  const digests = parts.map((part) => ({ part, digest: digestOf(part.input) }));
  const rankOf = ({ part, item }: Told) => {
    const { documents, policy } = part.input;
    return [...urgencyOf(item, documents.get(item.documentId), policy), -overdueDays(item, today)];
  };
  const all = (of: (digest: Digest) => readonly TrackedItem[]): Told[] =>
    byRank(
      digests.flatMap(({ part, digest }) => of(digest).map((item) => ({ part, item }))),
      rankOf,
    );
  const briefing = together(
    digests.map(({ part, digest: { briefing } }) => ({
      ...briefing,
      slipped: briefing.slipped.map((one) => ({ ...one, of: { part, item: one.of } })),
      atRisk: briefing.atRisk.map((one) => ({ ...one, of: { part, item: one.of } })),
    })),
    (ones) => byRank(ones, ({ of }) => rankOf(of)),
  );
  const section = (title: string, told: readonly Told[], ...facts: readonly ((of: Told) => Line)[]): Section => ({
    title: `${title}: ${told.length}`,
    entries: told.map((of) => ({
      line: new Words(of.part.input).line(of.item, ...facts.map((fact) => fact(of)), [of.part.name]),
    })),
  });
  const who = ({ part, item }: Told) => whoOf(item, { policy: part.input.policy, today });
  const due = ({ part, item }: Told) => new Words(part.input).due(item);
  const slipped = ({ part, item }: Told) => new Words(part.input).slipped(item);
  const late = ({ item }: Told) => lateOf(item, today);
  const overdue = all((digest) => digest.overdue.flatMap(({ items }) => items));
  const severities = groupedBySeverity(overdue);
  const left = LEFT_ALONE.flatMap(
    ({ of, why }) =>
      section(
        "",
        all((digest) => of(digest)),
        ({ item }) => why(item, today),
      ).entries,
  );
  const sections: readonly Section[] = [
    ...[...severities].map(([severity, told]) =>
      section(`🔴 Overdue${severity && `, ${severity}`}`, told, late, slipped, who),
    ),
    section(
      "❓ Without an owner or a date",
      all((digest) => digest.unready),
      ({ part, item }) => lacks(item, { policy: part.input.policy, today }),
      due,
      ({ item }) => ownersOf(item),
    ),
    section(
      "↪️ Moved this week",
      all((digest) => digest.moved),
      ({ part, item }) => new Words(part.input).moves(item),
      who,
    ),
    section(
      "📅 Due within a week",
      all((digest) => digest.soon),
      due,
      who,
    ),
    { title: `💤 Left alone: ${left.length}`, entries: left, folded: true },
    {
      ...section(
        DUPLICATES_TITLE,
        all((digest) => digest.duplicates),
        ({ part, item }) => new Words(part.input).closed(item),
      ),
      folded: true,
    },
    {
      ...section(
        "✅ Closed since last week, thank you",
        all((digest) => digest.closed),
        ({ part, item }) => new Words(part.input).closed(item),
      ),
      folded: true,
    },
    {
      title: `📦 Repositories: ${digests.length}`,
      entries: byRank(digests, ({ digest }) => [-digest.figures.overdue, -digest.figures.open]).map(repositoryEntry),
    },
  ];
  const isNothing = !parts.some(({ input }) => hasNews(input));
  const where = `in ${count(digests.length, "repository", "repositories")}`;
  const [first = [], ...rest] = headline({ figures: sum(digests.map(({ digest }) => digest.figures)) });
  return {
    title: `Action items of the organisation on ${day(today)}`,
    lead: isNothing ? [[nothingWords(` ${where}`)]] : [[...first, ` · ${where}`], ...rest],
    ...(!isNothing && { briefing: briefingLines(briefing, ({ part, item }) => new Words(part.input).title(item)) }),
    sections: isNothing ? [] : sections.filter(({ entries }) => entries.length > 0),
    more: { words: "All action items", url: links.everywhere(label) },
  };
}

/** So many severities have sections of their own; the rest stands in one, the last. */
const MOST_SEVERITIES = 4;

/** In the order in which they come, the worst first; where no severity has a name, all are in one group without. */
function groupedBySeverity(overdue: readonly Told[]): Map<string, readonly Told[]> {
  const named = new Map<string, Told[]>();
  const others: Told[] = [];
  for (const told of overdue) {
    const severity = oneLine(told.part.input.documents.get(told.item.documentId)?.incident.severity ?? "");
    // People's words, in a title of ours: what is no usual name of a severity stands with those without.
    const usual = /^[\w .-]{1,20}$/.test(severity) ? severity.toUpperCase() : "";
    if (usual === "" || (!named.has(usual) && named.size === MOST_SEVERITIES)) others.push(told);
    else named.set(usual, [...(named.get(usual) ?? []), told]);
  }
  return others.length === 0 ? named : new Map([...named, [named.size === 0 ? "" : "others", others]]);
}

const repositoryEntry = ({ part, digest }: { part: Part; digest: Digest }): Entry => ({
  line: [
    { said: part.name, most: 140, url: part.input.links.labelled(part.input.label) },
    `: ${digest.figures.open} open · ${digest.figures.overdue} overdue · ${digest.figures.closed} closed`,
  ],
});

function sum(figures: readonly Digest["figures"][]): Digest["figures"] {
  const total = (of: (one: Digest["figures"]) => number) => figures.reduce((sum, one) => sum + of(one), 0);
  const share = (of: (one: Digest["figures"]) => Share): Share => ({
    count: total((one) => of(one).count),
    of: total((one) => of(one).of),
  });
  return {
    open: total(({ open }) => open),
    openBefore: total(({ openBefore }) => openBefore),
    opened: total(({ opened }) => opened),
    overdue: total(({ overdue }) => overdue),
    soon: total(({ soon }) => soon),
    closed: total(({ closed }) => closed),
    promises: share(({ promises }) => promises),
    onTime: share(({ onTime }) => onTime),
    led: share(({ led }) => led),
  };
}
