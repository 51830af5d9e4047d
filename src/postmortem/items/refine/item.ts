/**
 * A candidate to an action item: its text is taken apart into owner, due date, status, priority, reference and type, and
 * what is left is the title. Null where nothing is left that is work: an empty box, a placeholder, a note.
 */

import { type DueContext, type DueReading, findDue, readDueCell } from "../../due/index.js";
import { anyOf, COMMITS, countWords, FINISHED_SENTENCE, normalize, ORDER, PAST, VERB } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import { type Rich, type Span, sliceRich, wholly } from "../../markdown/rich.js";
import { isPlaceholder } from "../../structure/placeholder.js";
import { readSectionName, saysNothing, typeOf } from "../../structure/section-name.js";
import { type Condition, type PassageRule, type Rule, UNHEARD } from "../../trace.js";
import type { ActionItem } from "../../types.js";
import type { Candidate, Context } from "../candidate.js";
import { findInlineFields, labelsWhoOrWhen } from "../fields.js";
import { MAX_LENGTH } from "../readers/cut.js";
import { STATES_FOR_ALL } from "../readers/list.js";
import { Draft, toTitle } from "./draft.js";
import { Facts } from "./facts.js";
import { readLead } from "./lead.js";
import { isBystander, leansOnMention, MENTION, type Owners, readOwners } from "./owner.js";
import { readPriority } from "./priority.js";
import {
  findReference,
  isPointer,
  isTicketAt,
  type Reference,
  readPointer,
  readReference,
  referenceOf,
} from "./reference.js";
import { readRun } from "./run.js";
import { findShoutedStatus, isDropped, readStatus, readStatusWords, saysDone } from "./status.js";
import { readTail } from "./tail.js";

/** What became of a candidate: an item, or why it is none. */
export type Refined =
  | {
      readonly item: ActionItem;
      /** What its text states and no field holds, in the author's words. */
      readonly spare: readonly string[];
    }
  | { readonly skipped: PassageRule };

/** Where a field was read, apart from the edges of the item's text (`lead.ts`, `tail.ts`). */
const READ_FROM = {
  line: { name: "field-line", reason: "a line or bullet of the item is named for it: `Owner: Ana`" },
  box: { name: "box-state", reason: "its task box says so" },
  priorityBrackets: { name: "brackets-behind-priority", reason: "in brackets behind the priority" },
  shouted: { name: "capitals-in-cell", reason: "a word in capitals in a cell of another purpose" },
  afterTicket: { name: "words-behind-ticket", reason: "behind the ticket, in the ticket's cell" },
  struck: { name: "struck-out", reason: "all of it is struck out" },
  struckOpen: { name: "struck-beside-box", reason: "its work is struck out, and its box is empty: it was given up" },
  inline: { name: "label-in-text", reason: "a label within the text is named for it: `(Owner: Ana)`" },
  date: { name: "date-in-text", reason: "a date in the text, in a place where due dates stand" },
  mention: { name: "mention-in-text", reason: "who is mentioned in the text, where nothing else names an owner" },
  link: { name: "link-in-text", reason: "the last link to a ticket in the text" },
  numberBelow: { name: "ticket-below", reason: "a further paragraph says no more than where it is tracked" },
  linkBelow: { name: "link-below", reason: "the first link to a ticket in its further paragraphs" },
  otherCell: { name: "ticket-in-cell", reason: "a ticket in a cell of another purpose" },
  finished: { name: "finished-sentence", reason: "a whole sentence that tells the work as finished" },
  past: { name: "told-as-past", reason: "it and all beside it begin with a verb in the past: what was done" },
  above: { name: "said-above", reason: "the section or group it stands in says so" },
  parent: { name: "said-by-parent", reason: "the bullet it is nested under says so, and it says nothing else itself" },
  left: { name: "what-is-left", reason: "the text without what was read out of it" },
  reference: { name: "called-by-ticket", reason: "nothing is left but the ticket, so the item is called by it" },
} as const satisfies Record<string, Rule>;

/** A title is judged as a sentence by so many of its characters. */
const MAX_SENTENCE = 300;

/** A candidate's words, its parts taken out. */
interface Reduced {
  readonly title: string;
  readonly text: string;
  readonly ref: string | null;
}

/** Texts that are no item. One that is only a reference is: it is called by the reference. */
const NO_ITEM_RULES: readonly (PassageRule & Condition<Reduced>)[] = [
  {
    name: "no-words",
    reason: "no words are left that name any work",
    verdict: "turned down",
    holds: ({ title, text, ref }) => title === "" && (ref === null || text.trim() === ""),
  },
  {
    name: "speaks-of-others",
    reason: "it speaks of the other items: `same as above`",
    verdict: "turned down",
    holds: ({ title }) => NOTE.test(normalize(title)),
  },
  {
    name: "no-letters",
    reason: "signs alone name no work",
    verdict: "turned down",
    holds: ({ title }) => title !== "" && !/[\p{L}\p{N}]/u.test(title),
  },
  {
    name: "says-nothing",
    reason: "it says that there is nothing to do",
    verdict: "turned down",
    holds: ({ title }) => title !== "" && saysNothing(title),
  },
];

const PLACEHOLDER: PassageRule & Condition<Reduced> = {
  name: "placeholder-item",
  reason: "a placeholder that was not filled in",
  verdict: "turned down",
  holds: ({ title, text }) => title !== "" && (isPlaceholder(title) || isPlaceholder(text.trim())),
};

/** All rules that turn down what says nothing, and those that give a field. */
export const ITEM_RULES: readonly Rule[] = [...NO_ITEM_RULES, PLACEHOLDER, ...Object.values(READ_FROM)];

/** A placeholder stands where an item should. */
export const isUnfilled = ({ skipped }: { readonly skipped: PassageRule }): boolean => skipped === PLACEHOLDER;

/** Whether the text of a candidate is read in part only; a title is never longer. */
export const isTooLong = ({ text }: Candidate): boolean => text.text.length > MAX_LENGTH;

/** Refines one candidate. `due` carries what dates are read against. */
export function refine(candidate: Candidate, due: DueContext): Refined {
  const text = isTooLong(candidate) ? sliceRich(candidate.text, 0, MAX_LENGTH) : candidate.text;
  const draft = new Draft(text);
  const facts = new Facts(candidate);
  candidate.context.trace.passage(candidate, candidate.rule);
  const dueReading = readParts({ ...candidate, text }, draft, facts, due);
  findAnyReference(candidate, draft, facts);
  if (candidate.checked === false && isStruck(draft)) facts.by(READ_FROM.struckOpen).setDropped(text.text);
  const title = toTitle(draft);
  if (candidate.kind !== "table" && FINISHED_SENTENCE.test(normalize(title.slice(0, MAX_SENTENCE))))
    facts.by(READ_FROM.finished).setDone(true, title);
  if (candidate.toldAsPast) facts.by(READ_FROM.past).setDone(true, title);
  const reduced: Reduced = { title, text: text.text, ref: facts.ref };
  const skipped =
    NO_ITEM_RULES.find((rule) => rule.holds(reduced)) ?? (PLACEHOLDER.holds(reduced) ? PLACEHOLDER : null);
  if (skipped !== null) {
    candidate.context.trace.passage(candidate, skipped);
    return { skipped };
  }
  facts.by(title === "" ? READ_FROM.reference : READ_FROM.left).tell("title", text.text);
  const item = assemble(candidate, facts, dueReading, title || (facts.ref ?? ""), due);
  candidate.context.trace.item(candidate, item);
  return { item, spare: facts.spare.filter((words) => words !== item.refUrl && words !== item.ref) };
}

/** Takes apart a candidate's text and what is stated beside it; what is left in the draft is its title. Gives its due date. */
function readParts(candidate: Candidate, draft: Draft, facts: Facts, due: DueContext): DueReading | null {
  const { text } = candidate;
  fromFields(candidate, facts);
  if (wholly(text, "delete") && candidate.checked !== false) facts.by(READ_FROM.struck).setDone(true, text.text);
  takeBehindStruck(text, draft, facts);
  readLead(draft, facts);
  takeStruck(draft);
  const first = takeDayBeforeBar(draft, facts, due);
  const run = ofTwo(first, readRun(draft, facts, due), facts);
  const fields = takeInlineFields(draft, text, facts);
  const dueReading = ofTwo(readDue(candidate, fields, draft, facts, due), run, facts);
  readTail(draft, facts, candidate.endsWithName);
  takeMentions(draft, facts);
  return dueReading ?? dayAmongOwners(facts, due);
}

/** A day in a list of names, `owner: Ana, by next Friday`, is nobody, and the due date where no other is stated. A word alone may be a name: "April". */
function dayAmongOwners(facts: Facts, due: DueContext): DueReading | null {
  const [day] = facts.dropOwners((owner) => /[\s\d]/.test(owner) && readDueCell(owner, due)?.kind === "date");
  return day === undefined ? null : readDueCell(day, due);
}

const BEFORE_BAR = /^[\s\uE000]*([^|]{4,40}?)\s*\|\s+(?=\S)/u;

/** `2026-11-10 | Rotate the token`: a day in a line that bars part as a row is parted. */
function takeDayBeforeBar(draft: Draft, facts: Facts, due: DueContext): DueReading | null {
  const [all = "", words = ""] = BEFORE_BAR.exec(draft.text) ?? [];
  const reading = /\d/.test(words) ? readDueCell(words, due) : null;
  if (reading?.kind !== "date") return null;
  draft.take(0, all.length);
  facts.by(READ_FROM.date).tell("due", reading.text);
  // Who or what priority may stand behind it.
  readLead(draft, facts);
  return reading;
}

/** Of two due statements the first that can be read; the other's words are kept. */
function ofTwo(first: DueReading | null, second: DueReading | null, facts: Facts): DueReading | null {
  if (first === null || second === null) return first ?? second;
  const [due, other] = first.kind !== "date" && second.kind === "date" ? [second, first] : [first, second];
  if (other.text !== due.text) facts.keep(other.text);
  return due;
}

/** What is struck out behind other words was replaced by what stands beside it: `due ~~Sept 20~~ Oct 25`. */
function takeStruck(draft: Draft): void {
  if (!draft.spans.some(({ kind }) => kind === "delete")) return;
  const { start } = draft;
  for (const span of draft.spans) if (span.kind === "delete" && span.start > start) draft.take(span.start, span.end);
}

/** `~~Yank it~~ done`: behind struck work a word on what became of it, without a sign between. */
function takeBehindStruck({ text, spans }: Rich, draft: Draft, facts: Facts): void {
  const struck = spans.find(({ kind, start }) => kind === "delete" && start === 0);
  if (struck === undefined) return;
  const words = text.slice(struck.end).replace(/^[\s:：,–—-]+/u, "");
  const done = readStatusWords(words);
  if (done === null && !isDropped(words)) return;
  facts.by(READ_FROM.struck).setDone(done ?? false, words);
  facts.keepStatus(words);
  draft.take(struck.end, text.length);
}

/** Whether all that is left of a text is struck out. */
function isStruck(draft: Draft): boolean {
  const struck = draft.spans.filter(({ kind }) => kind === "delete");
  const standing = [...draft.text].filter((_, at) => !struck.some(({ start, end }) => start <= at && at < end));
  return struck.length > 0 && !/[\p{L}\p{N}]/u.test(standing.join(""));
}

/** What a column for the day of completion says where the work is completed. */
const SAYS_FINISHED = new RegExp(`\\d|^(?:${anyOf(({ status }) => status?.affirms)}|x|✓|[✅✔☑])`, "iu");

/** What gives a field that is stated beside the text. */
const stating = ({ columns }: Candidate, role: ColumnRole): Rule => columns?.[role] ?? READ_FROM.line;

function fromFields(candidate: Candidate, facts: Facts): void {
  const { fields, others, checked } = candidate;
  const { owner, due, status, finished, priority, ref, type } = fields;
  const by = (role: ColumnRole): Facts => facts.by(stating(candidate, role));
  if (finished !== undefined && SAYS_FINISHED.test(finished.text)) by("finished").setDone(true, finished.text);
  if (status !== undefined) {
    by("status").setDone(readStatus(status.text), status.text);
    facts.keepStatus(status.text);
  }
  const state = owner === undefined || status !== undefined ? null : readStatusWords(owner.text);
  if (owner !== undefined && state !== null) {
    // Where only the owner has a column, some write there how the work stands.
    by("owner").setDone(state, owner.text);
    facts.keepStatus(owner.text);
  } else if (owner !== undefined) by("owner").addOwners(readOwners(owner), owner.text);
  // Some write that the work is done over its priority.
  if (priority !== undefined && saysDone(priority.text)) by("priority").setDone(true, priority.text);
  else if (priority !== undefined) by("priority").setPriority(readPriority(priority.text), priority.text);
  // Or where its date stood.
  if (due !== undefined && readStatusWords(due.text) === true) by("due").setDone(true, due.text);
  if (ref !== undefined) by("ref").setReference(readReference(ref), ref.text);
  if (type !== undefined) by("type").setType(typeOf(normalize(type.text)), type.text);
  facts.by(READ_FROM.box).setDone(checked, checked ? "[x]" : "[ ]");
  if (priority !== undefined) facts.by(READ_FROM.priorityBrackets).setDone(inBrackets(priority.text), priority.text);
  for (const cell of [ref, owner, due, status, ...others]) {
    if (facts.done !== null) return;
    if (cell === undefined) continue;
    facts.by(READ_FROM.shouted).setDone(findShoutedStatus(cell.text), cell.text);
    if (cell === ref) facts.by(READ_FROM.afterTicket).setDone(afterDash(cell.text), cell.text);
  }
}

/** The status in "#12 — complete". */
function afterDash(text: string): boolean | null {
  const words = /(?:\s[-–—]+|[,;:])\s+(?=\S)([^–—,;:]+)$/u.exec(text)?.[1];
  return words === undefined ? null : readStatusWords(words);
}

/** The status in "P0 (Done)". */
function inBrackets(text: string): boolean | null {
  const inner = /[([]([^()[\]]+)[)\]]\s*$/.exec(text)?.[1];
  return inner === undefined ? null : readStatus(inner);
}

/** `(Owner: Ana, Priority: High)` within the text. Gives the due value, which is read with all other due statements. */
function takeInlineFields(draft: Draft, text: Rich, facts: Facts): Partial<Record<ColumnRole, Rich>> {
  const left: Partial<Record<ColumnRole, Rich>> = {};
  facts.by(READ_FROM.inline);
  for (const { role, value, start, end } of findInlineFields(text)) {
    if (start < draft.start || draft.isTaken(start)) continue;
    const { text: words } = value;
    if (role === "owner") facts.addOwners(readOwners(value), words);
    else if (role === "status") facts.setDone(readStatus(words), words);
    else if (role === "priority") facts.setPriority(readPriority(words), words);
    else if (role === "type") facts.setType(typeOf(normalize(words)), words);
    else if (role === "ref") {
      const found = readReference(value);
      if (found === null) continue;
      facts.setReference(found, words);
    } else left[role] = value;
    draft.take(start, end);
  }
  return left;
}

function readDue(
  candidate: Candidate,
  inline: Partial<Record<ColumnRole, Rich>>,
  draft: Draft,
  facts: Facts,
  due: DueContext,
): DueReading | null {
  const { fields } = candidate;
  const stated = fields.due ?? inline.due;
  const reading = stated === undefined ? null : readDueCell(stated.text, due);
  if (reading !== null) {
    facts.by(fields.due === undefined ? READ_FROM.inline : stating(candidate, "due")).tell("due", reading.text);
    return reading;
  }
  if (fields.due !== undefined) return null;
  const found = findDue(draft.text.replaceAll("\uE000", " "), due);
  if (found === null) return null;
  if (isFinishedOn(draft, found.start)) {
    facts.keep(found.reading.text);
    draft.take(found.start, found.end);
    return null;
  }
  draft.take(found.start, found.end);
  facts.by(READ_FROM.date).tell("due", found.reading.text);
  return found.reading;
}

/** Whether the brackets that a day stands in say that the work is done: `(DONE – Ines, 30 Sep)`. Then it is when it was finished. */
function isFinishedOn(draft: Draft, at: number): boolean {
  const inside = /[([（]([^()[\]（）]*)$/u.exec(draft.text.slice(0, at))?.[1] ?? "";
  return inside.split(/[,;–—]|\s-\s/u).some((part) => readStatusWords(part) === true);
}

/** Mentions left in the text name the owner. In code only at its end: `@reboot` and `@Version` amid a sentence are no people. */
function takeMentions(draft: Draft, facts: Facts): void {
  if (facts.owners.length > 0 || !draft.text.includes("@")) return;
  facts.by(READ_FROM.mention);
  for (const match of draft.text.matchAll(MENTION)) {
    const [whole, name = ""] = match;
    const end = match.index + whole.length;
    const last = /^[\s\uE000.)\]]*$/.test(draft.text.slice(end));
    const code = draft.spans.some((span) => span.kind === "code" && span.start <= match.index && end <= span.end);
    if ((code && (!last || name.includes("/"))) || isBystander(draft.text, match.index)) continue;
    facts.addOwners({ owners: [name], mentions: [name] }, whole);
    if (last && !leansOnMention(draft.text, match.index)) draft.take(match.index, end);
  }
}

/**
 * Failing a reference at the edges of the text: the last link to a tracker in it, then in its further paragraphs and other cells. It is
 * the item's own ticket where nothing but words that lead to it stand there.
 */
function findAnyReference(candidate: Candidate, draft: Draft, facts: Facts): void {
  if (facts.ref === null) findLink(candidate, draft, facts);
  else keepLinks(candidate, draft, facts);
  for (const paragraph of candidate.more) {
    for (const span of paragraph.spans) {
      if (span.kind !== "link") continue;
      const words = paragraph.text.slice(span.start, span.end);
      const found = referenceOf(paragraph.text, span);
      keep(facts.by(READ_FROM.linkBelow), found, words, isTicketAt(paragraph.text, span.start, span.end));
    }
    facts.by(READ_FROM.numberBelow).setReference(readPointer(paragraph.text), paragraph.text);
  }
  const { fields, others } = candidate;
  for (const cell of [fields.due, fields.status, ...others]) {
    const named = cell && findReference(cell);
    if (named) keep(facts.by(READ_FROM.otherCell), named.found, cell.text, named.isTicket);
  }
}

function keep(facts: Facts, found: Reference | null, words: string, isTicket: boolean): void {
  if (isTicket) facts.setReference(found, words);
  else facts.mentionReference(found, words);
}

/** Whether a link stands in brackets of its own: without them the sentence is whole. */
const isApart = ({ text }: Rich, { start, end }: Span): boolean =>
  /[([（【]\s*$/.test(text.slice(0, start)) && /^\s*[)\]）】]/.test(text.slice(end));

/** Beside the item's own ticket, where else a mere "ticket" leads: without its address that would be lost. */
function keepLinks({ text }: Candidate, draft: Draft, facts: Facts): void {
  for (const span of draft.spans) {
    const words = span.kind === "link" ? draft.slice(span.start, span.end) : "";
    const found = words === "" || /\d/.test(words) || !isPointer(words) ? null : referenceOf(text.text, span);
    if (found !== null && found.ref !== facts.ref) facts.keep(found.url ?? found.ref);
  }
}

/** The last link to a tracker: the item's ticket where it is all that stands there, else something its sentence speaks of. */
function findLink({ text }: Candidate, draft: Draft, facts: Facts): void {
  for (const span of [...draft.spans].reverse()) {
    if (span.kind !== "link") continue;
    const found = referenceOf(text.text, span);
    if (found === null) continue;
    // Its words may have been taken out already: `[Planned](…): …`.
    const words = draft.slice(span.start, span.end);
    const isAll = words === "" || (span.start <= draft.start && draft.end <= span.end);
    keep(facts.by(READ_FROM.link), found, text.text.slice(span.start, span.end), isAll);
    if (isApart(text, span) && isPointer(words)) draft.take(span.start, span.end);
    return;
  }
}

const NOTE = new RegExp(`^(?:${anyOf(({ items }) => items?.notes)})$`);

/** The full stop of the sentence that ends with a date, which is no part of the date; that of “Sept.” or “15.” is. */
const SENTENCE_END = /(?<=\p{L}{5}|\d{4})[.。!]+$/u;

function assemble(
  candidate: Candidate,
  facts: Facts,
  stated: DueReading | null,
  title: string,
  reading: DueContext,
): ActionItem {
  const { context } = candidate;
  const parent = context.parent === null ? null : readParent(context.parent, reading);
  fromAbove(candidate, facts);
  const due = stated ?? parent?.due ?? null;
  const under = isBareName(title, candidate) ? nameOfThing(parent?.title ?? context.group, context) : null;
  if (parent !== null) fromParent(parent, stated, facts);
  return {
    line: candidate.line,
    endLine: Math.max(candidate.line, candidate.endLine),
    title,
    owners: facts.owners,
    mentions: facts.mentions,
    due: due?.kind === "date" ? due.date : null,
    dueText: due === null ? null : due.text.replace(SENTENCE_END, ""),
    done: (facts.done ?? false) && !facts.dropped,
    ...(facts.dropped && { dropped: true as const }),
    priority: facts.priority,
    ref: facts.ref,
    refUrl: facts.refUrl,
    ...(facts.refWithin && { refWithin: true as const }),
    group: parent === null ? context.group : groupOf(context.group, parent),
    ...(under !== null && { under }),
    kind: candidate.kind,
    type: facts.type,
    window: context.window,
  };
}

/** Of more words one at least says what is to be done. */
const MAX_BARE_WORDS = 3;
/** A longer name of a group is a sentence. */
const MAX_GROUP_WORDS = 8;

/** "Unit tests" in a list: no verb, and hardly a word. A ticket is called by its number, and needs no other words. */
function isBareName(title: string, { kind }: Candidate): boolean {
  const name = normalize(title);
  if (kind === "table" || kind === "prose" || kind === "heading" || !/\p{L}{2}/u.test(title)) return false;
  if (countWords(title) > MAX_BARE_WORDS || isPointer(title)) return false;
  return !VERB.any.test(name) && !ORDER.test(name) && !PAST.test(name) && !COMMITS.test(name);
}

/** The name of what stands above, where it is a thing ("Push gateway"), and not a kind of work, an owner or a time. */
function nameOfThing(above: string | null, { owners }: Context): string | null {
  if (above === null || above === "" || above === owners?.text || countWords(above) > MAX_GROUP_WORDS) return null;
  const { kind, topic, done, window, type } = readSectionName(above);
  return kind === null && !topic && !done && window === null && type === null ? above : null;
}

/** What a bullet says of what is nested under it. */
interface Parent {
  readonly title: string;
  readonly words: string;
  readonly owners: Owners;
  readonly due: DueReading | null;
  readonly priority: string | null;
}

const PARENTS = new WeakMap<Candidate, Parent>();

/**
 * What the bullet above an item says of owner, date and priority. It is read once, as an item is; a group's name gives only what it
 * says in so many words (`@ana`, `Owner: Ana`), since any other may look like a person.
 */
function readParent(candidate: Candidate, due: DueContext): Parent {
  const known = PARENTS.get(candidate);
  if (known !== undefined) return known;
  const unheard = { ...candidate, context: { ...candidate.context, trace: UNHEARD } };
  const draft = new Draft(candidate.text);
  const facts = new Facts(unheard);
  const reading = readParts(unheard, draft, facts, due);
  const said =
    candidate.checked !== null ||
    candidate.rule === STATES_FOR_ALL ||
    facts.mentions.length > 0 ||
    labelsWhoOrWhen(candidate.text);
  const parent = {
    title: toTitle(draft),
    words: candidate.text.text,
    owners: said ? { owners: facts.owners, mentions: facts.mentions } : NOBODY,
    due: reading,
    priority: facts.priority,
  };
  PARENTS.set(candidate, parent);
  return parent;
}

const NOBODY: Owners = { owners: [], mentions: [] };

/** The group's name; where it is all that the bullet above says, without its owner and date. */
const groupOf = (group: string | null, { title, words }: Parent): string | null =>
  title !== "" && group === readSectionName(words).label ? title : group;

/** What the bullet above an item says, where neither the item nor a label says otherwise. */
function fromParent({ owners, due, priority, words }: Parent, stated: DueReading | null, facts: Facts): void {
  facts.by(READ_FROM.parent);
  if (facts.owners.length === 0) facts.addOwners(owners, words);
  if (stated === null && due !== null) facts.tell("due", due.text);
  facts.setPriority(priority, words);
}

/** What the section and the groups around an item say, where it says nothing else itself. */
function fromAbove(candidate: Candidate, facts: Facts): void {
  const { context, fields } = candidate;
  const { group, owners, done, window, type, said } = context;
  facts.by(READ_FROM.above);
  if (facts.owners.length === 0 && owners !== null) facts.addOwners(readOwners(owners), owners.text);
  if (done) facts.setDone(true, said.done?.text ?? "");
  facts.setType(type, said.type?.text ?? "");
  if (window !== null) facts.tell("window", said.window?.text ?? window);
  if (fields.group !== undefined) facts.by(stating(candidate, "group"));
  if (group !== null) facts.tell("group", said.group?.text ?? group);
}
