/**
 * What stands behind an item's text: `… - *Lisa - DONE*`, `… (Platform team, P1)`, `… @ana`, `… [repair] ✅`. Parts are taken
 * from the end as long as each is understood in full; the first that is not belongs to the title.
 */

import { HANDLE } from "../../../logins.js";
import { ARROW } from "../../arrow.js";
import { anyOf, normalize } from "../../languages/index.js";
import { typeOf } from "../../structure/section-name.js";
import type { Rule } from "../../trace.js";
import type { Draft } from "./draft.js";
import type { Facts } from "./facts.js";
import {
  assigningFrom,
  isBystander,
  leansOnMention,
  looksLikeNames,
  MENTION,
  ONLY_MENTION,
  readOwners,
  SURE_TEAM,
} from "./owner.js";
import { isPriority } from "./priority.js";
import { isPointer, isTicketBehind, leadStart, readPointer, referenceOf } from "./reference.js";
import { isDropped, readStatusWords, saysDone } from "./status.js";

/** More parts than this behind an item is a text of its own. */
const MAX_PARTS = 8;

/** A part longer than this is a sentence. */
const MAX_LENGTH = 120;

/** How far a name may be taken for one where nothing says that it is a name. */
type Trust = "certain" | "likely" | "none";

/** What may stand behind the work. */
interface TailRule extends Rule {
  /** Takes the part that ends at `end`; false where it is none. `endsWithName`: the items beside it end with a name. */
  take(draft: Draft, facts: Facts, end: number, endsWithName: boolean): boolean;
}

/** In the order they are asked for each part. */
export const TAIL_RULES: readonly TailRule[] = [
  { name: "tail-sign", reason: "a sign at the end says how it stands: `✅`", take: takeSign },
  { name: "tail-link", reason: "a link at the end points to the ticket", take: takeLink },
  {
    name: "tail-markup",
    reason: "what is set apart at the end, in italics or bold: `*Lisa - DONE*`",
    take: takeMarkup,
  },
  { name: "tail-brackets", reason: "in brackets at the end: `(Platform team, P1)`", take: takeBracket },
  { name: "tail-word", reason: "a last word that speaks for itself: `@ana`, `#12`", take: takeWord },
  { name: "tail-dash", reason: "behind the last dash: `— Lisa Koch`", take: takeDash },
  { name: "tail-comma", reason: "behind the last comma, where it can mean nothing else: `, P1`", take: takeComma },
  {
    name: "tail-sentence",
    reason: "a last sentence that says no more than that it is done, or will not be",
    take: takeSentence,
  },
];

/** Takes the parts at the end of `draft` into `facts`. `endsWithName`: the items beside it end with a name. */
export function readTail(draft: Draft, facts: Facts, endsWithName: boolean): void {
  for (let part = 0; part < MAX_PARTS; part++) {
    const end = draft.end;
    if (end === 0 || !TAIL_RULES.some((rule) => rule.take(draft, facts.by(rule), end, endsWithName))) return;
  }
}

const MAY_SIGN = /[\u2300-\u27ff\ud83d\ud83e]|:\s*$/;
const SIGN = /(?:[✅☑✔🗹❌⏳⌛🔄🚧]️?|:(?:white_check_mark|heavy_check_mark|hourglass|construction):)[\s\uE000.]*$/u;

function takeSign(draft: Draft, facts: Facts): boolean {
  const last = draft.text.slice(-40);
  const match = MAY_SIGN.test(last) ? SIGN.exec(last) : null;
  if (match === null) return false;
  const start = draft.text.length - match[0].length;
  facts.setDone(readStatusWords(match[0].replaceAll("\uE000", "")), match[0]);
  draft.take(start, draft.text.length);
  return true;
}

/** A link that only points to the ticket goes; one whose text is the work itself stays. */
function takeLink(draft: Draft, facts: Facts, end: number): boolean {
  const inner = /[)\]]/.test(draft.text[end - 1] ?? "") ? draft.trimEnd(end - 1) : end;
  const span = draft.spans.find(
    (link) => link.kind === "link" && (link.end === end || link.end === inner) && link.start < link.end,
  );
  if (span === undefined) return false;
  const label = draft.slice(span.start, span.end);
  const found = referenceOf(draft.text, span);
  if (label === "" || span.start <= draft.start || (!isPointer(label) && found === null)) return false;
  if (!isPointer(label) && found?.ref === span.url) return false;
  if (!isTicketBehind(draft.text.slice(0, span.start))) {
    facts.mentionReference(found, label);
    return false;
  }
  facts.setReference(found, label);
  draft.take(leadStart(draft.text, span.start), end);
  return true;
}

function takeMarkup(draft: Draft, facts: Facts, end: number): boolean {
  const span = draft.spans.find(
    (one) =>
      one.kind !== "link" &&
      one.kind !== "delete" &&
      one.end >= end &&
      one.start > draft.start &&
      one.start < end &&
      draft.trimEnd(one.end) === end,
  );
  if (span === undefined) return false;
  return claim(draft, facts, span.start, end, span.kind === "emphasis" ? "likely" : "none");
}

function takeBracket(draft: Draft, facts: Facts, end: number, endsWithName: boolean): boolean {
  const closer = draft.text[end - 1];
  if (closer === undefined || !")]）】".includes(closer)) return false;
  const open = draft.text.lastIndexOf(
    closer === ")" ? "(" : closer === "]" ? "[" : closer === "）" ? "（" : "【",
    end - 1,
  );
  if (open <= draft.start || end - open > MAX_LENGTH) return false;
  if (draft.slice(open + 1, end - 1) === "") {
    draft.take(open, end);
    return true;
  }
  if (!claim(draft, facts, open + 1, end - 1, endsWithName ? "likely" : "none")) return false;
  draft.take(open, end);
  return true;
}

/** A last word that speaks for itself: a mention, `#12`, `P1` in bold, "✅". */
function takeWord(draft: Draft, facts: Facts, end: number): boolean {
  let start = end;
  while (start > 0 && !/[\s\uE000]/.test(draft.text.charAt(start - 1))) start--;
  if (start <= draft.start) return false;
  const word = draft.text.slice(start, end);
  if (ONLY_MENTION.test(word)) {
    const isOfSentence = isBystander(draft.text, start) || leansOnMention(draft.text, start);
    if (isOfSentence || !claim(draft, facts, start, end, "certain")) return false;
    draft.take(assigningFrom(draft.text, start), start);
    return true;
  }
  if (!/^(?:[\w.-]+\/[\w.-]+)?#\d+$/.test(word)) return false;
  if (isTicketBehind(draft.text.slice(0, start)))
    return claim(draft, facts, leadStart(draft.text, start), end, "certain");
  facts.mentionReference({ ref: word, url: null }, word);
  return false;
}

const DASH = new RegExp(`\\s${ARROW}\\s*|\\s[-–—|]+\\s*|\\s?—\\s?|\\s\\/\\/\\s|[;；]\\s?|\\s[-–]\\uE000`, "gu");

function takeDash(draft: Draft, facts: Facts, end: number, endsWithName: boolean): boolean {
  const last = lastDash(draft, end);
  if (last === null || last.end >= end || last.start <= draft.start) return false;
  return claim(draft, facts, last.end, end, endsWithName || last.sign.includes("|") ? "likely" : "none");
}

function lastDash(draft: Draft, end: number): { start: number; end: number; sign: string } | null {
  const from = Math.max(draft.start, end - MAX_LENGTH);
  const last = [...draft.text.slice(from, end).matchAll(DASH)].at(-1);
  if (last === undefined) return null;
  const start = from + last.index;
  return { start, end: start + last[0].length, sign: last[0] };
}

/** What follows a comma is longer in a list of things. */
const MAX_BEHIND_COMMA = 40;

const LAST_STATUS = new RegExp(`^(?:${anyOf(({ status }) => status?.last)})$`, "i");

/** After a comma only what is certain, ", @ana", ", P1", ", done", and where no dash parts more. */
function takeComma(draft: Draft, facts: Facts, end: number): boolean {
  const comma = draft.text.lastIndexOf(",", end - 1);
  if (comma <= draft.start || end - comma > MAX_BEHIND_COMMA || lastDash(draft, end) !== null) return false;
  const text = draft.slice(comma + 1, end);
  const isDoneOn = /\d/.test(text) && readStatusWords(text) === true;
  const certain = isPriority(text) || ONLY_MENTION.test(text) || LAST_STATUS.test(text) || isDoneOn;
  return certain && claim(draft, facts, comma + 1, end, "none");
}

/**
 * A last sentence that says no more than that the work is done, or will not be: "Alert on lag. Implemented in `lag.yml`.", "Quota:
 * done", "New queue: cancelled."
 */
function takeSentence(draft: Draft, facts: Facts, end: number): boolean {
  const from = Math.max(draft.start, end - MAX_LENGTH);
  const starts = [...draft.text.slice(from, end).matchAll(/[.!;:。]\s+/g)].map(({ index, 0: { length } }) => ({
    start: from + index + length,
    // "3. Mai" is one thing; then the sentence may begin before.
    mayGoOn: /\d/.test(draft.text.charAt(from + index - 1)),
  }));
  for (const { start, mayGoOn } of starts.reverse()) {
    const words = draft.slice(start, end);
    const isDone = saysDone(words);
    if (isDone || isDropped(words)) {
      facts.setDone(isDone, words);
      facts.keepStatus(words);
      draft.take(start, end);
      return true;
    }
    if (!mayGoOn) return false;
  }
  return false;
}

const BETWEEN_PARTS = new RegExp(`\\s+(?:[-–—|·/]+|${ARROW})\\s+|\\s*[,;|·–—]\\s*|\\s+[-–—]\\s*$|^\\s*[-–—]\\s+`, "u");

/** Understands every part of `[start, end)`, or takes none of it. */
function claim(draft: Draft, facts: Facts, start: number, end: number, trust: Trust): boolean {
  const text = draft.slice(start, end);
  if (text === "" || text.length > MAX_LENGTH || isScope(draft, text, start)) return false;
  const parts = text
    .split(BETWEEN_PARTS)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  // Something understood stands beside or behind it: "… - Lisa Koch - due Nov 29". Then a name in this place is the owner's.
  const understood = facts.owners.length === 0 && draft.text.slice(start).includes("\uE000");
  const company = understood || parts.length > 1 || draft.text.slice(start, end).includes("\uE000");
  const readings = parts.map((part) => readPart(part, company && trust === "none" ? "likely" : trust));
  const names = readings.filter((reading) => reading === "owner").length;
  const onlyNames = trust === "none" && !understood && names === parts.length && !certainNames(parts);
  if (onlyNames || readings.includes(null)) return false;
  for (const [index, part] of parts.entries()) apply(readings[index] ?? null, part, facts);
  draft.take(start, end);
  return true;
}

/** A package's scope in code, `@types/node`, is nobody. */
const isScope = ({ spans }: Draft, text: string, at: number): boolean =>
  /^@[^\s/]+\/\S+$/.test(text) && spans.some(({ kind, start, end }) => kind === "code" && start <= at && at < end);

const ASSIGNING = anyOf(({ owners }) => owners?.assigned);
const NAMED = new RegExp(`^(?:${ASSIGNING})\\s+\\S`, "i");

type Reading = "status" | "priority" | "owner" | "ref" | "type" | "pointer" | null;

const ONLY_MENTIONS = new RegExp(
  `^@${HANDLE}(?:(?:\\s|\\s*[/&+]\\s*|\\s+(?:${anyOf(({ owners }) => owners?.betweenMentions)})\\s+)@${HANDLE})*$`,
  "u",
);

function readPart(part: string, trust: Trust): Reading {
  if (readStatusWords(part) !== null) return "status";
  if (isPriority(part)) return "priority";
  if (readPointer(part) !== null) return "ref";
  if (ONLY_MENTIONS.test(part)) return "owner";
  if (NAMED.test(part) && looksLikeNames(part.replace(ASSIGNED, ""))) return "owner";
  if (typeOf(normalize(part)) !== null) return "type";
  return trust !== "none" && looksLikeNames(part) ? "owner" : null;
}

const ASSIGNED = new RegExp(`^(?:${ASSIGNING})\\s+`, "i");
/** Names that need no company: mentions, "Platform team", "owner Ana". */
function certainNames(parts: readonly string[]): boolean {
  return parts.every(
    (part) => part.startsWith("@") || ASSIGNED.test(part) || (SURE_TEAM.test(part) && looksLikeNames(part)),
  );
}

function apply(reading: Reading, part: string, facts: Facts): void {
  switch (reading) {
    case "status":
      facts.setDone(readStatusWords(part), part);
      facts.keepStatus(part);
      return;
    case "priority":
      facts.setPriority(part, part);
      return;
    case "owner":
      facts.addOwners(
        readOwners({ text: part.replace(ASSIGNED, "").replace(MENTION, "@$1,"), spans: [], line: 1 }),
        part,
      );
      return;
    case "ref":
      facts.setReference(readPointer(part), part);
      return;
    case "type":
      facts.setType(typeOf(normalize(part)), part);
      return;
    case "pointer":
    case null:
      return;
    default:
      reading satisfies never;
  }
}
