/**
 * Action items written as sentences: in a section that has no list or table, a paragraph that states work is an item.
 * Also lines that are a list to the eye though not to Markdown.
 */

import { withoutEnd } from "../../../text.js";
import {
  anyOf,
  CLOSING,
  COMMITS_IN_TEXT,
  countWords,
  DONE,
  FINISHED_SENTENCE,
  INSTEAD,
  normalize,
  PAST,
  PROMISE,
  STATEMENT,
  VERB,
} from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { ListBlock, Paragraph } from "../../markdown/block.js";
import { readMark } from "../../markdown/marks.js";
import { type Rich, richLines, sliceRich, trimRich } from "../../markdown/rich.js";
import { MENTIONED } from "../../mentions.js";
import { leadOf, OPENING } from "../../structure/labels.js";
import { beginsWithNothing } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import { type Condition, decide, type PassageRule } from "../../trace.js";
import type { ItemKind } from "../../types.js";
import type { Candidate, Context } from "../candidate.js";
import { type Field, labelsWhoOrWhen, readFieldLine, toFields } from "../fields.js";
import { promiseAt } from "../refine/lead.js";
import { looksLikeNames } from "../refine/owner.js";
import { readStatusWords } from "../refine/status.js";
import { beginsWithOrder, beginsWithVerb } from "./first-words.js";
import { promisesIn } from "./promises.js";

const LINE = {
  marked: {
    name: "marked-line",
    reason: "it begins with a list's mark, though Markdown took it for none",
    verdict: "taken",
  },
  called: { name: "called-item", reason: "it calls itself an action item", verdict: "taken" },
  overThings: {
    name: "over-things",
    reason: "above names of machines or files, it says what is done to them",
    verdict: "taken",
  },
  record: {
    name: "record-of-work",
    reason: "lines that name the work, its owner, and its date or state are an item wherever they stand",
    verdict: "taken",
  },
  addressed: {
    name: "orders-to-people",
    reason: "each line of the paragraph is an order to somebody: `@ana — …`",
    verdict: "taken",
  },
  tasks: { name: "lines-of-tasks", reason: "each line of the paragraph begins with a verb", verdict: "taken" },
} as const satisfies Record<string, PassageRule>;

/** The items of lines that begin with a mark Markdown did not take for a list; empty where there are none. */
export function readMarkedLines(paragraph: Paragraph, context: Context): Candidate[] {
  const candidates: Candidate[] = [];
  let ended = false;
  const lines = richLines(paragraph.text);
  const counted = COUNTED.find(([first, second]) =>
    [first, second].every((mark) => lines.some(({ text }) => mark.test(text))),
  );
  for (const line of lines) {
    const mark = readMark(line.text) ?? (counted === undefined ? null : readCount(line.text));
    const last = candidates.at(-1);
    if (mark !== null) {
      const kind: ItemKind = mark.checked !== null ? "checkbox" : /^\(?\d/.test(line.text) ? "numbered" : "bullet";
      candidates.push(
        toCandidate(trimRich(sliceRich(line, mark.length)), line.line, kind, LINE.marked, context, mark.checked),
      );
      ended = false;
    } else if (last !== undefined && !ended && /^\p{Ll}/u.test(line.text)) {
      candidates[candidates.length - 1] = { ...last, endLine: line.line, text: joined(last.text, line) };
    } else ended = true;
  }
  return candidates;
}

/** How a paragraph counts its lines where Markdown sees no list: first and second mark. */
const COUNTED: readonly (readonly [RegExp, RegExp])[] = [
  [/^\(?a\)\s/, /^\(?b\)\s/],
  [/^1[、．]/, /^2[、．]/],
  [/^[（(]1[)）]/, /^[（(]2[)）]/],
  [/^[・•]\S/, /^[・•]\S/],
];

function readCount(text: string): ReturnType<typeof readMark> {
  const length = /^(?:\(?[a-z]\)\s+|\d{1,2}[、．]\s*|[（(]\d{1,2}[)）]\s*|[・•])(?=\S)/.exec(text)?.[0].length;
  return length === undefined ? null : { length, checked: null };
}

const CALLED = new RegExp(`^(?:${anyOf(({ items }) => items?.called)}) ?(?:#?\\d+ ?)?[:：]\\s*(?=\\S)`, "iu");

/** "**Action item:** do it. Owner: @ana": a paragraph that calls itself one is an item, whatever stands beside it. */
export function readCalled(paragraph: Paragraph, context: Context): Candidate[] {
  const called = CALLED.exec(paragraph.text.text);
  if (called === null) return [];
  const text = trimRich(sliceRich(paragraph.text, called[0].length));
  return [{ ...toCandidate(text, paragraph.line, "prose", LINE.called, context, null), endLine: paragraph.endLine }];
}

const OUTRIGHT = new RegExp(
  `^(?:${anyOf(({ items }) => items?.calledOutright)}) ?(?:#?\\d+ ?)?(?:\\(([^()]{2,40})\\) ?)?[:：–—-]\\s*(?=\\S)`,
  "iu",
);

/** The items among bullets that stand anywhere: `AI: Tom to write the runbook`, `AI (Tom): write the runbook`. */
export function readCalledEntries({ items }: ListBlock, context: Context): Candidate[] {
  return items.flatMap(({ head, line, endLine, checked }) => {
    const called = OUTRIGHT.exec(head.text);
    const text = called === null ? head : trimRich(sliceRich(head, called[0].length));
    if (called === null || (promiseAt(text.text) === null && !beginsWithOrder(text.text))) return [];
    context.trace.passage({ line, endLine }, LINE.called);
    const who = called[1] ?? "";
    const owner = looksLikeNames(who) ? { owner: { text: who, spans: [], line } } : {};
    return [{ ...toCandidate(text, line, "bullet", LINE.called, context, checked), endLine, fields: owner }];
  });
}

/** Who does it stands before the work: `@ana — write the runbook`. */
const ADDRESSED = new RegExp(`^${MENTIONED}\\s*[:：,–—-]+\\s*`, "iu");

/** Whether a text is an order to somebody. */
export function isAddressedOrder(text: string): boolean {
  const lead = ADDRESSED.exec(text)?.[0] ?? "";
  return lead !== "" && beginsWithVerb(text.slice(lead.length));
}

/** Fewer lines that address somebody may be talk. */
const MIN_ADDRESSED = 2;

/** The items of a paragraph each line of which is an order to somebody: `@ana — write the runbook`. */
export function readAddressed(paragraph: Paragraph, context: Context): Candidate[] {
  const lines = richLines(paragraph.text);
  if (lines.length < MIN_ADDRESSED || !lines.every(({ text }) => isAddressedOrder(text))) return [];
  context.trace.passage(paragraph, LINE.addressed);
  return lines.map((line) => toCandidate(line, line.line, "prose", LINE.addressed, context, null));
}

/** "Action: Sprint 3": when it is done stands where the work should. */
const SAYS_WHEN = /^\s*\p{L}{1,20} ?#?\d{1,4}(?: \p{L}{1,20})?[\s.]*$/u;

/** "Action point: …" speaks of one item: the text behind it. */
export const ONE = new RegExp(`^(?:${anyOf(({ items }) => items?.called)})(?: ?#?\\d+)?\\s*[:：]?$`, "iu");

/** Lines of fields with more characters are a text. */
const MAX_RECORD = 2_000;

/** The item of a paragraph that says what is done to the machines or files listed below it. */
export function readOverThings(paragraph: Paragraph, context: Context): Candidate[] {
  const text = trimRich(sliceRich(paragraph.text, 0, withoutEnd(paragraph.text.text, /[\s:：]/u).length));
  const words = normalize(text.text.slice(0, MAX_SEARCHED));
  if (!VERB.any.test(words) && !COMMITS_IN_TEXT.test(words)) return [];
  return [toCandidate(text, paragraph.line, "prose", LINE.overThings, context, null)];
}

/** The item that `Action: …`, `Owner: …`, `Due: …` on lines of their own make; null where one of them is missing. */
export function readRecord(paragraph: Paragraph, context: Context): Candidate | null {
  if (paragraph.text.text.length > MAX_RECORD) return null;
  const fields = richLines(paragraph.text).flatMap((line) => readFieldLine(line) ?? []);
  const work = fields.find(({ role }) => role === "title");
  const states = (...roles: readonly ColumnRole[]) => fields.some(({ role }) => roles.includes(role));
  if (work === undefined || !states("owner") || !states("due", "status")) return null;
  const candidate = toCandidate(work.value, work.value.line, "prose", LINE.record, context, null);
  return { ...candidate, fields: toFields(fields), endLine: paragraph.endLine };
}

/** Whether a candidate is one wherever it stands. */
export const isRecord = ({ rule }: Candidate): boolean => rule === LINE.record;

/** Whether a section is a label before a text that speaks of one item. */
export const namesOne = ({ opened, title }: Section): boolean => opened === OPENING.lead && ONE.test(title.text);

/**
 * The item that a label's own text is: "Action point: set up a list", "**TODO**: …". Null where the label names more than one, or
 * its text only leads to a list.
 */
export function readRemark(section: Section, context: Context): Candidate | null {
  const [text] = section.blocks;
  if (text?.kind === "paragraph" && SAYS_WHEN.test(text.text.text)) return null;
  if (text?.kind !== "paragraph" || text.line !== section.title.line || /[:：]$/u.test(text.text.text)) return null;
  if (section.opened !== OPENING.shouted && !namesOne(section)) return null;
  return { ...toCandidate(text.text, text.line, "prose", LINE.called, context, null), endLine: text.endLine };
}

/** A paragraph of a section without lists. */
interface Prose {
  readonly text: string;
  /** Its words made comparable, as far as they are looked at. */
  readonly words: string;
  /** As {@link words}, without a number or a name in bold before them: "**Jitter.** Add it to …". */
  readonly behind: string;
  /** Who does it or when it is due stands in it, behind a label of its own. */
  readonly stated: boolean;
  /** It is the section's only one. */
  readonly alone: boolean;
  /** As each other of the section, it begins with a name in bold: "**Default off.** …". */
  readonly named: boolean;
  /** The state of the work stands before it, behind which the work is told. */
  readonly state: boolean;
}

/** How many characters of a paragraph are searched for a promise of work. */
const MAX_SEARCHED = 1_000;

/** A line with more characters is no task in a list of lines. */
const MAX_TASK_LINE = 300;

/** "Next review: February 15, 2024": a name and at most five words without a verb's place among them. */
const FACT = /^\p{Lu}[\p{L} ]{1,24}[:：]\s*(?:\p{L}+\.? )?[\p{L}\d.,:/-]+(?: [\d.,:/-]+){0,3}$/u;

/** A lone paragraph with fewer words says nothing. */
const MIN_WORDS_ALONE = 3;

/** A lone paragraph is taken at its word; one of several must say that somebody will do something. */
const PROSE_ITEM_RULES: readonly (PassageRule & Condition<Prose>)[] = [
  {
    name: "leads-on",
    reason: "a sentence that ends in a colon leads to what follows",
    verdict: "turned down",
    holds: ({ text }) => /[:：]$/u.test(text.trimEnd()),
  },
  {
    name: "farewell",
    reason: "it thanks, apologizes or bids farewell",
    verdict: "turned down",
    holds: ({ words }) => CLOSING.test(words),
  },
  {
    name: "nothing-to-do",
    reason: "its first sentence says that there is nothing to do",
    verdict: "turned down",
    holds: ({ text }) => beginsWithNothing(text),
  },
  {
    name: "outcome-in-brackets",
    reason: "brackets at its end tell what was done about it: `(fixed by a second probe)`",
    verdict: "taken",
    holds: ({ text }) => tellsOutcome(text),
  },
  {
    name: "facts",
    reason: "each line is a label and a few words: facts of the document",
    verdict: "turned down",
    holds: ({ text }) => text.split("\n").every((line) => FACT.test(line.trim())),
  },
  {
    name: "several-promises",
    reason: "sentences of it begin with who does what: `Ana will …. Tom will …`",
    verdict: "taken",
    holds: ({ text }) => promisesIn(text.slice(0, MAX_SEARCHED)).length > 0,
  },
  {
    name: "state-before-it",
    reason: "it begins with the state of the work: `**Done:** …`, `**Open:** …`",
    verdict: "taken",
    holds: ({ state }) => state,
  },
  {
    name: "name-before-each",
    reason: "each paragraph of the section begins with a name in bold: `**Default off.** …`",
    verdict: "taken",
    holds: ({ named }) => named,
  },
  {
    name: "told",
    reason: "it only tells how things are",
    verdict: "turned down",
    holds: ({ words, alone }) =>
      STATEMENT.test(words) &&
      !INSTEAD.test(words) &&
      !PROMISE.test(words) &&
      !(alone && (COMMITS_IN_TEXT.test(words) || FINISHED_SENTENCE.test(words))),
  },
  {
    name: "says-who-or-when",
    reason: "a label in it says who does it, or when it is due",
    verdict: "taken",
    holds: ({ stated }) => stated,
  },
  {
    name: "commits",
    reason: "it says that somebody will do something",
    verdict: "taken",
    holds: ({ words }) => COMMITS_IN_TEXT.test(words),
  },
  {
    name: "sentence-with-verb",
    reason: "it begins with a verb",
    verdict: "taken",
    holds: ({ words, behind }) => VERB.any.test(words) || VERB.any.test(behind),
  },
  {
    name: "lone-paragraph",
    reason: "all that its section says",
    verdict: "taken",
    holds: ({ words, alone }) => alone && words.split(" ").length >= MIN_WORDS_ALONE,
  },
];

/** The text behind a number or a name in bold at its beginning. */
function behindLead({ text, spans }: Rich): string {
  const bold = spans.find(({ kind, start }) => kind === "strong" && start === 0);
  return text
    .slice(bold?.end ?? 0)
    .replace(/^\P{L}*(?:\p{L}{1,6} ?#?\d{1,2}\s*[:.)–—-]\s*)?(?:\[[^[\]]{1,30}\]\s*)?/u, "");
}

/** Fewer paragraphs that begin so are remarks. */
const MIN_NAMED = 2;

const NAME_BEFORE = /^\p{L}.{3,80}[.!]$/u;

/** What stands in bold at the beginning of a paragraph that goes on behind it. */
function nameBefore({ text, spans }: Rich): string {
  const bold = spans.find(({ kind, start }) => kind === "strong" && start === 0);
  return bold === undefined || bold.end >= text.trimEnd().length ? "" : text.slice(0, bold.end).trim();
}

/** Behind the state of the work so many words tell it; fewer are a fact: "**Resolved:** 14:05 UTC". */
const MIN_WORDS_BEHIND_STATE = 4;

function hasStateBefore(paragraph: Rich): boolean {
  const lead = leadOf(paragraph);
  if (lead === null || lead.rest === null || !lead.bold) return false;
  const { text } = lead.rest;
  const behind = text.slice(0, MAX_SEARCHED);
  return (
    readStatusWords(lead.title.text.replace(/[\s:：]+$/u, "")) !== null &&
    /^\P{N}/u.test(behind) &&
    countWords(behind) >= MIN_WORDS_BEHIND_STATE
  );
}

function tellsOutcome(text: string): boolean {
  const inner = normalize(/[(（]([^()（）]+)[)）]\s*$/u.exec(text)?.[1] ?? "");
  return PAST.test(inner) || DONE.test(inner);
}

const NO_PROMISE: PassageRule = {
  name: "no-promise",
  reason: "a paragraph that does not say that anything will be done",
  verdict: "turned down",
};

/** All rules for text that is no list or table. */
export const PROSE_RULES: readonly PassageRule[] = [...Object.values(LINE), ...PROSE_ITEM_RULES, NO_PROMISE];

/** The items among the paragraphs of a section without lists. */
export function readProse(paragraphs: readonly Paragraph[], context: Context): Candidate[] {
  const texts = paragraphs.filter(({ text }) => text.text.trim() !== "");
  const named = texts.filter(({ text }) => NAME_BEFORE.test(nameBefore(text)));
  // A sentence may lead to them.
  const allNamed = named.length >= MIN_NAMED && texts.length - named.length <= 1;
  return texts.flatMap((paragraph) => {
    const lines = richLines(paragraph.text);
    if (lines.length > 1 && lines.every((line) => beginsWithOrder(line.text) && line.text.length < MAX_TASK_LINE)) {
      context.trace.passage(paragraph, LINE.tasks);
      return lines.map((line) => toCandidate(line, line.line, "prose", LINE.tasks, context, null));
    }
    const { text } = paragraph.text;
    const words = normalize(text.slice(0, MAX_SEARCHED));
    const prose: Prose = {
      text,
      words,
      behind: normalize(behindLead(paragraph.text).slice(0, MAX_SEARCHED)),
      stated: labelsWhoOrWhen(paragraph.text),
      alone: texts.length === 1,
      named: allNamed && named.includes(paragraph),
      state: hasStateBefore(paragraph.text),
    };
    const rule = decide<Prose, PassageRule>(PROSE_ITEM_RULES, prose, NO_PROMISE);
    context.trace.passage(paragraph, rule);
    if (rule.verdict !== "taken") return [];
    const candidate = toCandidate(paragraph.text, paragraph.line, "prose", rule, context, null);
    return [{ ...candidate, endLine: paragraph.endLine }];
  });
}

/** The fields that a paragraph consists of, or null. `Action: …` behind others says more of the item they are of, and is left out. */
export function readFieldParagraph(paragraph: Paragraph): Field[] | null {
  const fields: Field[] = [];
  for (const line of richLines(paragraph.text)) {
    const found = readFieldLine(line);
    if (found === null || (found[0]?.role === "title" && fields.length === 0)) return null;
    if (found[0]?.role !== "title") fields.push(...found);
  }
  return fields.length === 0 ? null : fields;
}

function toCandidate(
  text: Rich,
  line: number,
  kind: ItemKind,
  rule: PassageRule,
  context: Context,
  checked: boolean | null,
): Candidate {
  return {
    line,
    endLine: line,
    kind,
    rule,
    text,
    fields: {},
    others: [],
    more: [],
    checked,
    endsWithName: false,
    context,
  };
}

function joined(first: Rich, second: Rich): Rich {
  const offset = first.text.length + 1;
  const moved = second.spans.map((span) => ({ ...span, start: span.start + offset, end: span.end + offset }));
  return { text: `${first.text}\n${second.text}`, spans: [...first.spans, ...moved], line: first.line };
}
