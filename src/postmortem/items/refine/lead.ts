/**
 * What stands before an item's text: `1)`, `[x]`, `**TECH-1:**`, `[#12]:`, `[P1]`, `TODO`, `@ana:`. Taken part by part until
 * the work begins.
 */
import { anyOf, COMMITS, columnRole, DONE_WORD, normalize, PAST, TEAM, VERB } from "../../languages/index.js";
import { wordOfWork } from "../../languages/work.js";
import { readMark } from "../../markdown/marks.js";
import { BETWEEN_MENTIONS, MENTIONED } from "../../mentions.js";
import { typeOf } from "../../structure/section-name.js";
import type { Rule } from "../../trace.js";
import type { Draft } from "./draft.js";
import type { Facts } from "./facts.js";
import { looksLikeName, ONLY_MENTION, type Owners, readOwners, SURE_TEAM } from "./owner.js";
import { isPriority, signIn } from "./priority.js";
import { isKey, type Reference, referenceOf } from "./reference.js";
import { readStatus, readStatusWords } from "./status.js";

/** More parts than this before an item are a text of its own. */
const MAX_PARTS = 6;

/** How much of the text a part is looked for in. */
const MAX_LENGTH = 200;

/** What may stand before the work. */
interface LeadRule extends Rule {
  /** Takes the part that `draft.text` begins with at `start`; gives its length, 0 where it is none. `text`: what begins there. */
  take(text: string, facts: Facts, draft: Draft, start: number): number;
}

const SIGN: Rule = { name: "priority-sign", reason: "a task sign says how urgent it is: `🔺`" };
const ONLY_KEY: Rule = { name: "only-a-key", reason: "the text is nothing but a ticket's key" };

/** In the order they are asked for each part. */
const PART_RULES: readonly LeadRule[] = [
  { name: "lead-mark", reason: "a mark or box at the start that Markdown left in the text: `☑`", take: takeMark },
  { name: "lead-link", reason: "a link at the start names the ticket that the rest describes", take: takeLink },
  { name: "lead-number", reason: "without the item's own number: `1)`, `A1.`, `Step 2:`", take: takeOwnNumber },
  { name: "lead-brackets", reason: "in brackets at the start: `[DONE]`, `(P1)`, `[TECH-4]`", take: takeTag },
  { name: "lead-ticket", reason: "a ticket's number at the start: `#41 — …`, `OPS-7 Lower the …`", take: takeNumber },
  { name: "lead-capitals", reason: "a status in capitals at the start: `TODO`", take: takeShouted },
  { name: "lead-mention", reason: "a mention at the start: `@ana:`", take: takeAddressed },
  { name: "lead-name", reason: "a full name or a team before what it will do: `Ana Ruiz to …`", take: takeNamed },
  { name: "lead-self", reason: "the author, in bold before a dash: `**me** — …`", take: takeSelf },
  { name: "lead-label", reason: "a word with a colon or dash at the start: `TECH-4:`, `Done:`", take: takeLabel },
];

export const LEAD_RULES: readonly Rule[] = [SIGN, ONLY_KEY, ...PART_RULES];

/** Takes the parts at the start of `draft` into `facts`. */
export function readLead(draft: Draft, facts: Facts): void {
  const sign = signIn(draft.text);
  if (sign !== null) {
    facts.by(SIGN).setPriority(sign[1], sign[0]);
    const at = draft.text.indexOf(sign[0]);
    draft.take(at, at + sign[0].length);
  }
  if (!draft.spans.some((span) => span.kind === "link")) {
    const key = draft.slice(0, draft.text.length);
    if (isKey(key)) {
      facts.by(ONLY_KEY).setReference(visible(key), key);
      return;
    }
  }
  for (let part = 0; part < MAX_PARTS; part++) {
    const start = draft.start;
    const length = takePart(draft, start, facts);
    if (length === 0) return;
    draft.take(start, start + length);
  }
}

function takePart(draft: Draft, start: number, facts: Facts): number {
  const text = draft.text.slice(start, start + MAX_LENGTH);
  for (const rule of PART_RULES) {
    const length = rule.take(text, facts.by(rule), draft, start);
    if (length > 0) return length;
  }
  return 0;
}

/** A reference that is only an id. */
const visible = (ref: string): Reference => ({ ref, url: null });

/** A number, bullet or box that Markdown left in the text. */
function takeMark(text: string, facts: Facts): number {
  const mark = readMark(text);
  if (mark === null) return 0;
  facts.setDone(mark.checked, text.slice(0, mark.length));
  return mark.length;
}

const NUMBER = new RegExp(
  `^(?:#?\\d{1,3}[.):]+|(?!p)[a-z]\\d{1,2}[.)]|(?:${anyOf(({ items }) => items?.numbered)})\\s*#?\\d{1,3}\\s*[.:)–—-]+)\\s+`,
  "i",
);

function takeOwnNumber(text: string, facts: Facts): number {
  const number = NUMBER.exec(text)?.[0] ?? "";
  if (number !== "") facts.tell("title", number);
  return number.length;
}

/** An address that ends in a ticket's key is one of a tracker, though not of one that is known. */
function byAddress(url: string): Reference | null {
  const key = /^https?:\/\/[^?#\s]{1,200}\/(\p{Lu}[\p{Lu}\d]+-\d+)$/u.exec(url)?.[1];
  return key === undefined ? null : { ref: key, url };
}

/** `[OPS-7 (done)](…)`. */
const KEY_AND_STATE = /^(\S+) ?[([]([^()[\]]{1,30})[)\]]$/;

/** `[#12](…):` names the ticket that the rest describes, `[Done](…):` how it stands. */
function takeLink(_text: string, facts: Facts, draft: Draft, start: number): number {
  const span = draft.spans.find((one) => one.kind === "link" && one.start <= start && start < one.end);
  const found = span === undefined ? null : (byAddress(span.url ?? "") ?? referenceOf(draft.text, span));
  if (span === undefined || found === null || draft.slice(span.end, draft.end) === "") return 0;
  const label = draft.slice(span.start, span.end).replace(/^\[|\]$/g, "");
  const [, key = label, inBrackets = label] = KEY_AND_STATE.exec(label) ?? [];
  const state = readStatusWords(inBrackets);
  const named = isKey(key) || key.startsWith("http");
  if (!named && (state === null || inBrackets !== label)) return 0;
  const after = /^\]?\s*[:：–—-]*\s*/u.exec(draft.text.slice(span.end))?.[0] ?? "";
  if (after.trim() === "" && !beginsWork(draft.slice(span.end, draft.end))) return 0;
  if (named) facts.setReference(isKey(key) ? { ...found, ref: key } : found, label);
  if (state !== null) facts.setDone(state, label);
  facts.refUrl ??= found.url;
  return span.end - start + after.length;
}

/** Whether a text is work by itself, rather than the end of a sentence that begins with a ticket: `[#7](…) must be reverted`. */
function beginsWork(text: string): boolean {
  const words = normalize(text);
  return /^\P{L}*\p{Lu}/u.test(text) || (words.includes(" ") && VERB.any.test(words));
}

/** `[DONE]`, `(P1)`, `[repair]`, `【TECH-4】` in brackets. */
function takeTag(text: string, facts: Facts): number {
  const match = /^[[(（【]([^[\]()（）【】]{1,30})[\])）】]\s*[:：–—-]?\s*/u.exec(text);
  const inner = match?.[1]?.trim();
  if (match === null || inner === undefined) return 0;
  if (isPriority(inner)) facts.setPriority(inner, inner);
  else if (isKey(inner)) facts.setReference(visible(inner), inner);
  else if (ONLY_MENTION.test(inner)) facts.addOwners(ownersIn(inner), inner);
  else if (readStatusWords(inner) !== null) facts.setDone(readStatusWords(inner), inner);
  else if (typeOf(normalize(inner)) !== null) facts.setType(typeOf(normalize(inner)), inner);
  else return 0;
  return match[0].length;
}

/** `#41 — …`, `OPS-7 Lower the …`: a ticket's number and title. One digit is more often the item's own number. */
function takeNumber(text: string, facts: Facts): number {
  const match = /^((?:[\w.-]+\/[\w.-]+#\d+|#\d{2,}|\p{Lu}[\p{Lu}\d]+-\d+))(\s*[–—-])?\s+(?=\S)/u.exec(text);
  const ref = match?.[1];
  if (match === null || ref === undefined) return 0;
  const behind = text.slice(match[0].length);
  if (match[2] === undefined && !(/^\p{Lu}/u.test(behind) && VERB.any.test(normalize(behind)))) return 0;
  facts.setReference(visible(ref), ref);
  return match[0].length;
}

const PROMISES = anyOf(({ items }) => items?.promises);
const PROMISES_OF_MENTIONED = anyOf(({ items }) => [...(items?.promises ?? []), ...(items?.mentionPromises ?? [])]);
const BETWEEN = new RegExp(BETWEEN_MENTIONS, "iu");
const ADDRESSED = new RegExp(
  `^(${MENTIONED})(?:[.-]*\\s*[:：,|–—-]+\\s*|[.-]*\\s+(?:${PROMISES_OF_MENTIONED})\\s+|[.-]*\\s+)(?=\\S)`,
  "iu",
);

const ownersIn = (text: string): Owners => readOwners({ text, spans: [], line: 1 });

const PROMISED = new RegExp(`^(\\p{L}[\\p{L}'’. -]{1,40}?)\\s+(?:${PROMISES})\\s+(?=\\p{Ll})`, "u");
const SHOUTED = new RegExp(`^(${anyOf(({ status }) => status?.shouted?.before)})\\b\\s*[:：–—-]?\\s*(?=\\S)`, "u");
const STATUS_LABEL = new RegExp(`^(?:${anyOf(({ status }) => status?.labels)})$`, "i");

/** `TODO`, `DONE` in capitals. */
function takeShouted(text: string, facts: Facts): number {
  const shouted = SHOUTED.exec(text);
  if (shouted?.[1] === undefined) return 0;
  facts.setDone(readStatus(shouted[1]), shouted[1]);
  return shouted[0].length;
}

/** `@ana:`, `@ana will`, `@ana and @ben to`. */
function takeAddressed(text: string, facts: Facts): number {
  const mention = ADDRESSED.exec(text);
  if (mention === null) return 0;
  const mentions = (mention[1] ?? "").split(BETWEEN).map((one) => one.replace("@", ""));
  const named = { owners: mentions, mentions };
  // A column for owners that names others has the last word.
  if (facts.owners.length > 0 && !named.owners.every((owner) => facts.owners.includes(owner))) return 0;
  facts.addOwners(named, mention[0]);
  return mention[0].length;
}

/** `Ana Ruiz to`, `SRE team will`. */
function takeNamed(text: string, facts: Facts): number {
  const named = namedIn(text);
  if (named === null) return 0;
  facts.addOwners(ownersIn(named.name), named.lead);
  return named.lead.length;
}

const DOER = /^(\p{Lu}[\p{L}'’.-]{1,20}(?: \p{Lu}[\p{L}'’.-]{1,20}){1,2})\s+(?=(\p{Ll}{4,}))/u;

/** Who a text begins with, and the words up to what they will do. */
function namedIn(text: string): { readonly name: string; readonly lead: string } | null {
  const named = PROMISED.exec(text);
  if (named?.[1] !== undefined) {
    const [lead, name] = named;
    return namesSomebody(name) || isFirstName(name, text.slice(lead.length)) ? { name, lead } : null;
  }
  // Where a verb's form is the promise, it stays: "Ana Ruiz automatizará …".
  const [lead, name, verb] = DOER.exec(text) ?? [];
  if (lead === undefined || name === undefined || verb === undefined) return null;
  return COMMITS.test(normalize(verb)) && namesSomebody(name) ? { name, lead } : null;
}

/** "In addition, Tom will …": at most so many words stand before who does it. */
const BESIDES = /^(?:\p{L}+ ){0,3}\p{L}+, (?=\S)/u;
const ADDRESSED_PROMISE = new RegExp(`^${MENTIONED}\\s+(?:${PROMISES_OF_MENTIONED})\\s+(?=\\S)`, "iu");

/** Where in a sentence who does it begins, if it begins with that: `@ana will …`, `In addition, Tom is going to …`; else null. */
export function promiseAt(sentence: string): number | null {
  const text = sentence.slice(0, MAX_LENGTH);
  const isPromise = (words: string): boolean => ADDRESSED_PROMISE.test(words) || namedIn(words) !== null;
  if (isPromise(text)) return 0;
  const besides = BESIDES.exec(text)?.[0].length ?? 0;
  return besides > 0 && isPromise(text.slice(besides)) ? besides : null;
}

const SELF = new RegExp(`^(${anyOf(({ items }) => items?.self)})\\s*(?:[:：]|[–—-])\\s*(?=\\S)`, "iu");

/** `**me** — …`: only in bold, since "I" and the like begin many a sentence. */
function takeSelf(text: string, facts: Facts, draft: Draft, start: number): number {
  const self = SELF.exec(text);
  const isBold = draft.spans.some((span) => span.kind === "strong" && span.start <= start && start < span.end);
  if (self?.[1] === undefined || !isBold) return 0;
  facts.addOwners({ owners: [self[1]], mentions: [] }, self[0]);
  return self[0].length;
}

/** `TECH-4:`, `P1:`, `Done:`, `Action:`, `Platform team:`. */
function takeLabel(text: string, facts: Facts): number {
  const label = /^([\p{L}][\p{L}\p{N} #-]{0,24}?)\s*(?:[:：]|\s[|–—-]\s)\s*(?=\S)/u.exec(text);
  const word = label?.[1];
  if (label === null || word === undefined) return 0;
  if (isKey(word)) facts.setReference(visible(word), word);
  else if (isPriority(word)) facts.setPriority(word, word);
  else if (/[:：]/u.test(label[0]) && isActionLabel(word)) return label[0].length;
  else if (/[:：]/u.test(label[0]) && SURE_TEAM.test(word.slice(word.lastIndexOf(" "))) && looksLikeName(word))
    facts.addOwners(ownersIn(word), word);
  else if (DONE_WORD.test(normalize(word))) facts.setDone(true, word);
  else if (STATUS_LABEL.test(word)) facts.setDone(readStatus(word), word);
  else if (/[:：]/u.test(label[0]) && readStatusWords(word) === false) facts.setDone(false, word);
  else return 0;
  return label[0].length;
}

const NO_NAME = new RegExp(`^(?:${anyOf(({ items }) => items?.notNames)})\\b`, "i");
/** "Red team exercise to …": what a team does, and nobody. */
const WHOLLY_NO_NAME = new RegExp(`^(?:${anyOf(({ items }) => items?.notNames)})$`, "i");
const PART_OF_WORK = new RegExp(`^(?:${anyOf(({ items }) => items?.partsOfWork)})`);

/** "Jane Doe to …", "SRE team to …": a full name, or a team of more than one word. One word may be anything. */
function namesSomebody(text: string): boolean {
  const last = text.trim().split(/\s+/).at(-1) ?? "";
  return (
    /\s/.test(text.trim()) &&
    looksLikeName(text) &&
    !VERB.any.test(normalize(text)) &&
    !isDeed(normalize(text).split(" ")[0] ?? "") &&
    !NO_NAME.test(text) &&
    (TEAM.test(normalize(last)) || !WHOLLY_NO_NAME.test(last))
  );
}

/** "Updated the alarm to …" tells what was done; "Jared Fox to …" who will. */
const isDeed = (word: string): boolean =>
  PAST.test(word) && (!word.endsWith("ed") || [1, 2, 3].some((end) => VERB.any.test(word.slice(0, -end))));

/** "Lisa to write …": one word that is none of work, before a verb that begins a task. "Script to detect …" is a thing. */
function isFirstName(text: string, behind: string): boolean {
  const word = normalize(text);
  return (
    /^\p{Lu}\p{Ll}{1,10}$/u.test(text) &&
    looksLikeName(text) &&
    !NO_NAME.test(text) &&
    !VERB.any.test(word) &&
    !TEAM.test(word) &&
    wordOfWork(word).rank === "telling" &&
    VERB.any.test(normalize(behind.slice(0, MAX_VERB)))
  );
}

const MAX_VERB = 40;

/** "Action: …", but not "Improvement: …" or "Fix: …", which are part of what is to be done. */
function isActionLabel(word: string): boolean {
  const name = normalize(word);
  return columnRole(name) === "title" && !PART_OF_WORK.test(name);
}
