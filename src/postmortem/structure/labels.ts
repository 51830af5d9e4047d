/**
 * Section names that are no Markdown headings: `**Action items:**`, `Next steps:`, `Timeline` on a line of its own, a bullet
 * over nested bullets, the sentence that leads to a list. Here they are recognised; `sections.ts` says what they open.
 */

import { withoutEnd } from "../../text.js";
import { anyOf, CLASSES, COMMITS, LANGUAGES, normalize, SECTION_PART } from "../languages/index.js";
import type { Entry } from "../markdown/block.js";
import { type Rich, sliceRich, trimRich, wholly } from "../markdown/rich.js";
import { MENTIONED } from "../mentions.js";
import type { Condition, Rule } from "../trace.js";
import { readSectionKind, readSectionName, type SectionName, strengthOf } from "./section-name.js";

/** How deep each form of label stands, below the six ranks of headings. */
export const RANK = { plain: 9, bold: 10, colon: 11, weak: 12, bullet: 20 } as const;

/** What makes a heading, a line or a bullet the name of a section. */
export const OPENING = {
  document: { name: "document", reason: "the document itself: what stands before any heading" },
  heading: { name: "heading", reason: "Markdown takes it for a heading" },
  written: {
    name: "written-heading",
    reason: "a heading to the eye, though Markdown did not take it for one: `\\# Name`, `h2. Name`",
  },
  bold: { name: "bold-line", reason: "a line all in bold is a heading to the eye" },
  italic: { name: "italic-name", reason: "a line all in italics that is a known name" },
  lead: { name: "name-before-text", reason: "a known name with a colon, and its text behind it" },
  shouted: { name: "shouted-state", reason: "TODO or DONE in bold before a text: the text is an item" },
  bullet: { name: "name-in-bullet", reason: "a bullet that is a known name, over nested bullets or before the work" },
  bulletLead: { name: "bullet-begins-with-name", reason: "a bullet that begins with a known name in bold" },
} as const satisfies Record<string, Rule>;

/** A name found at the start of a line. */
export interface Label {
  readonly name: SectionName;
  readonly title: Rich;
  readonly rank: number;
  readonly origin: "heading" | "label";
  /** Why it is one. */
  readonly rule: Rule;
  /** What follows the name on the same line. */
  readonly rest: Rich | null;
}

/** A heading in a notation that Markdown does not take for one: `\\# Name`, Jira's `h2. Name`, a wiki's `== Name ==`. */
const WRITTEN = /^(?:(#{1,6})|h([1-6])\.|(={2,6}))\s+(?=\S)/;

/** The heading that a line is to the eye, or null. */
export function writtenHeading(line: Rich): Pick<Label, "name" | "title" | "rank"> | null {
  const match = WRITTEN.exec(line.text);
  if (match === null) return null;
  const [begin, hashes, level, equals] = match;
  const end = withoutEnd(line.text, equals === undefined ? /\s/ : /[\s=]/).length;
  const title = trimRich(sliceRich(line, begin.length, end));
  const rank = level === undefined ? (hashes ?? equals ?? "").length : Number(level);
  return { name: readSectionName(title.text), title, rank };
}

/** What stands further along a line than so many characters is no name's colon; a name ends a little earlier. */
const COLON_WITHIN = 65;
const MAX_LEAD = 60;

/** In brackets between a name in bold and its colon: `**Follow-up** (by ops): …`. */
const ASIDE = /^\s*\([^()]*\)(?=\s*[:：])/u;

/** `**Name:** rest` or `Name: rest` at the start of a line. */
export function leadOf(line: Rich): { title: Rich; rest: Rich | null; bold: boolean } | null {
  const firstColon = line.text.slice(0, COLON_WITHIN).search(/[:：]/u);
  if (firstColon < 0) return null;
  const strong = line.spans.find((span) => span.kind === "strong" && span.start === 0);
  const end = strong === undefined ? firstColon : strong.end;
  if (end < 2 || end > MAX_LEAD || /^[\d\s]/.test(line.text)) return null;
  const title = trimRich(sliceRich(line, 0, end));
  const aside = strong === undefined ? 0 : (ASIDE.exec(line.text.slice(end, end + MAX_LEAD))?.[0].length ?? 0);
  const rest = trimRich(sliceRich(line, end + aside));
  const colon = /^[:：]/u.test(rest.text) || /[:：]$/u.test(title.text);
  if (!colon || /^[:：]?\/\//.test(rest.text)) return null;
  const text = trimRich(sliceRich(rest, /^[:：]/u.test(rest.text) ? 1 : 0));
  return text.text === "" ? null : { title, rest: text, bold: strong !== undefined };
}

/** "**TODO**: …", "**DOING** …": the state of work and its text, wherever they stand; and the section's name it stands for. */
export function shoutOf(line: Rich): { title: Rich; rest: Rich; standsFor: string } | null {
  const strong = line.spans.find((span) => span.kind === "strong" && span.start === 0);
  if (strong === undefined) return null;
  const title = sliceRich(line, 0, strong.end);
  const standsFor = SHOUTED.get(title.text.replace(/[\s:：]+$/u, ""));
  const rest = trimRich(
    sliceRich(line, strong.end + (/^\s*[:：–—-]+/u.exec(line.text.slice(strong.end))?.[0].length ?? 0)),
  );
  return standsFor === undefined || rest.text === "" ? null : { title, rest, standsFor };
}

/** The state of work in capitals, and the section's name it stands for. */
const SHOUTED: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap(({ sections: { shouted } }) => [
    ...(shouted?.open ?? []).map((word) => [word, "Action items"] as const),
    ...(shouted?.done ?? []).map((word) => [word, "Completed action items"] as const),
  ]),
);

/** A bullet with more characters is a text; one with more of them than a name has may still begin with a name. */
const MAX_BULLET = 400;
const MAX_BULLET_NAME = 100;

/** The section name a bullet consists of or begins with. `last`: the work may come after the list. */
export function bulletLabel(entry: Entry, last: boolean): Omit<Label, "rank" | "origin"> | null {
  const { head } = entry;
  if (head.text === "" || head.text.length > MAX_BULLET || entry.checked !== null) return null;
  if (head.spans.some((span) => span.kind === "link" && span.url?.startsWith("#"))) return null;
  if (head.text.length <= MAX_BULLET_NAME) {
    const marked = /[:：]$/u.test(head.text) || wholly(head, "strong");
    if (entry.body.length > 0 || (last && marked)) {
      const { kind, full } = readSectionKind(head.text);
      if (kind !== null && (marked || full))
        return { name: readSectionName(head.text), title: head, rule: OPENING.bullet, rest: null };
    }
  }
  const lead = leadOf(head);
  if (lead === null || !lead.bold) return null;
  const { kind, full } = readSectionKind(lead.title.text);
  return kind !== null && full
    ? { name: readSectionName(lead.title.text), title: lead.title, rule: OPENING.bulletLead, rest: lead.rest }
    : null;
}

/**
 * "**Evidence:** …", "**Action:** …", "**Expected:** …": the facts of one step, in which "Action" is what was done or tried
 * there, and no section.
 */
export function isRecord(entries: readonly Entry[]): boolean {
  const leads = entries.map(({ head }) => leadOf(head)).filter((lead) => lead?.bold === true);
  const facts = leads.filter((lead) => lead !== null && strengthOf(readSectionKind(lead.title.text).kind) === 0);
  return facts.length >= 1 && leads.length >= 2 && leads.length * 2 >= entries.length;
}

/** A message has so many lines of facts at least. */
const MIN_FACTS = 3;

/** The same as the lines of a paragraph, as in the message that told of the incident: "Impact: …", "Action: …", "Status: …". */
export function isRecordOfFacts(lines: readonly Rich[]): boolean {
  const leads = lines.flatMap((line) => leadOf(line) ?? []);
  const facts = leads.filter(({ title }) => readSectionKind(title.text).kind === "other");
  return leads.length >= MIN_FACTS && leads.length * 2 > lines.length && facts.length >= 2;
}

/** "We will do the following:" leads to a list, but groups nothing. */
const LEADS_ON = new RegExp(`,|\\b(?:${anyOf(({ sections }) => sections.leadsOn)})\\b`, "i");
const isSentence = (text: string): boolean => LEADS_ON.test(text) || COMMITS.test(normalize(text));

const AIMS = new RegExp(`\\b(?:${anyOf(({ sections }) => sections.aims)})\\b`);

/** "To prevent this we will:" before a list says as much as a heading. */
function introducesWork(text: string): boolean {
  const name = normalize(text);
  if (SECTION_PART.explicit.test(name) || SECTION_PART.followUp.test(name)) return true;
  return COMMITS.test(name) && AIMS.test(name);
}

/** A line of text that may be a name, and where it stands. */
export interface PlainLine {
  readonly text: string;
  /** It ends in a colon. */
  readonly named: boolean;
  readonly words: number;
  /** A list or table follows. */
  readonly listed: boolean;
  /** The state of the section it stands in. */
  readonly state: "action" | "excluded" | "neutral";
}

interface LineRule extends Condition<PlainLine> {
  readonly rank: number;
  /** The name it stands for, where it is not its own words. */
  readonly standsFor?: string;
}

/** A name has no more words. */
const MAX_NAME_WORDS = 6;
/** Without a colon, a group's name has no more. */
const MAX_GROUP_WORDS = 3;
/** A known name that ends in a colon has no more characters. */
const MAX_COLON_NAME = 70;
/** A line with more characters is no name; one that ends in a colon may be a sentence. */
const MAX_LINE = { named: 200, plain: 60 } as const;

/** "Actions fall under three types:" leads to their explanation; "Priorities:" may lead to work. */
const MIN_WORDS_OF_CLASSES = 3;

/** The line ends by naming kinds or priorities: what follows explains them. */
const namesClasses = ({ text, words }: PlainLine): boolean =>
  words >= MIN_WORDS_OF_CLASSES && CLASSES.test(normalize(text).split(" ").at(-1) ?? "");

/** What makes a line of text that is neither a heading nor marked the name of a section. */
export const LINE_RULES: readonly LineRule[] = [
  {
    name: "name-with-colon",
    reason: "a known name that ends in a colon",
    rank: RANK.colon,
    holds: ({ named, text, words }) => {
      if (!named || text.length > MAX_COLON_NAME) return false;
      const { kind, full } = readSectionKind(text);
      return kind !== null && (full || words <= MAX_NAME_WORDS);
    },
  },
  {
    name: "group-with-colon",
    reason: "among action items, a few words with a colon above a list name a group",
    rank: RANK.colon,
    holds: ({ named, state, listed, words, text }) =>
      named && state === "action" && listed && words <= MAX_NAME_WORDS && !isSentence(text),
  },
  {
    name: "leads-to-work",
    reason: "a sentence above a list that says what will be done",
    rank: RANK.weak,
    standsFor: "Next steps",
    holds: ({ named, state, listed, text }) => named && state === "neutral" && listed && introducesWork(text),
  },
  {
    name: "name-alone",
    reason: "a known name on a line of its own",
    rank: RANK.plain,
    holds: ({ named, words, text }) => {
      if (named || !endsLikeName(words, text) || !/^[^\p{Ll}`]/u.test(text)) return false;
      const { kind, full } = readSectionKind(text);
      return kind !== null && full;
    },
  },
  {
    name: "short-line-above-list",
    reason: "among action items, a word or two above a list name a group",
    rank: RANK.weak,
    holds: ({ named, state, listed, words, text }) =>
      !named &&
      endsLikeName(words, text) &&
      state === "action" &&
      listed &&
      words <= MAX_GROUP_WORDS &&
      !/[#@/]/.test(text),
  },
  {
    name: "mentions-above-list",
    reason: "among action items, a line of nothing but mentions above a list names who has them",
    rank: RANK.weak,
    holds: ({ named, state, listed, text }) => !named && state === "action" && listed && ONLY_MENTIONED.test(text),
  },
];

const ONLY_MENTIONED = new RegExp(`^${MENTIONED}$`, "iu");

const endsLikeName = (words: number, text: string): boolean =>
  words <= MAX_NAME_WORDS && !/[.!?;,|。、，；！？]$/u.test(text) && !/[:：]\s/u.test(text);

/** The name that a line of text is, or null. */
export function lineLabel(line: Rich, state: PlainLine["state"], listed: boolean): Label | null {
  const { text } = line;
  const named = /[:：]$/u.test(text);
  if (text.length > (named ? MAX_LINE.named : MAX_LINE.plain)) return null;
  const plain: PlainLine = { text, named, words: text.split(/\s+/).length, listed, state };
  const rule = named && namesClasses(plain) ? undefined : LINE_RULES.find((one) => one.holds(plain));
  if (rule === undefined) return null;
  const name = readSectionName(rule.standsFor ?? text);
  return { name, title: line, rank: rule.rank, origin: "label", rule, rest: null };
}

/** A line without the fence of an admonition (`:::note Title`, `!!! note "Title"`, `[!TODO] Title`); null for a bare fence. */
export function unfence(line: Rich): Rich | null {
  const fence = /^(?::{3,}|!{3}\+?|\?{3}\+?)\s*[\w-]*\s*|^\[![\w-]+\][+-]?\s*/.exec(line.text);
  if (fence === null) return line;
  const rest = trimRich(sliceRich(line, fence[0].length));
  return rest.text === "" ? null : rest;
}
