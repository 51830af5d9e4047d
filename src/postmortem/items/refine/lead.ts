/**
 * What stands before an item's text: `1)`, `[x]`, `**TECH-1:**`, `[#12]:`, `[P1]`, `TODO`, `@ana:`. Taken part by part until
 * the work begins.
 */
import { HANDLE } from "../../../logins.js";
import { columnRole, normalize, VERB } from "../../languages/index.js";
import { readMark } from "../../markdown/marks.js";
import { typeOf } from "../../structure/section-name.js";
import type { Draft } from "./draft.js";
import { addOwners, type Facts } from "./facts.js";
import { looksLikeName, ONLY_MENTION, readOwners } from "./owner.js";
import { isPriority, signIn } from "./priority.js";
import { isKey, referenceOf } from "./reference.js";
import { readStatus, readStatusWords } from "./status.js";

const MAX_PARTS = 6;

/** Takes the parts at the start of `draft` into `facts`. */
export function readLead(draft: Draft, facts: Facts): void {
  const sign = signIn(draft.text);
  if (sign !== null) {
    facts.priority ??= sign[1];
    const at = draft.text.indexOf(sign[0]);
    draft.take(at, at + sign[0].length);
  }
  if (!draft.spans.some((span) => span.kind === "link") && isKey(draft.slice(0, draft.text.length))) {
    facts.ref ??= draft.slice(0, draft.text.length);
    return;
  }
  for (let part = 0; part < MAX_PARTS; part++) {
    const start = draft.start;
    const text = draft.text.slice(start, start + 200);
    const length =
      takeMark(text, facts) ||
      takeLink(draft, start, facts) ||
      takeTag(text, facts) ||
      takeNumber(text, facts) ||
      takeWord(text, facts);
    if (length === 0) return;
    draft.take(start, start + length);
  }
}

/** A number, bullet or box that Markdown left in the text. */
function takeMark(text: string, facts: Facts): number {
  const mark = readMark(text);
  if (mark !== null) {
    if (mark.checked !== null) facts.done ??= mark.checked;
    return mark.length;
  }
  return (
    /^(?:#?\d{1,3}[.):]+|(?:step|action|item|task|ai|action item)\s*#?\d{1,3}\s*[.:)–—-]+)\s+/i.exec(text)?.[0]
      .length ?? 0
  );
}

/** `[#12](…):` names the ticket that the rest describes. */
function takeLink(draft: Draft, start: number, facts: Facts): number {
  const span = draft.spans.find((one) => one.kind === "link" && one.start <= start && start < one.end);
  const found = span === undefined ? null : referenceOf(draft.text, span);
  if (span === undefined || found === null || draft.slice(span.end, draft.end) === "") return 0;
  const label = draft.slice(span.start, span.end).replace(/^\[|\]$/g, "");
  if (!isKey(label) && !label.startsWith("http")) return 0;
  const after = /^\]?\s*[:：–—-]*\s*/u.exec(draft.text.slice(span.end))?.[0].length ?? 0;
  facts.ref ??= found.ref;
  facts.refUrl ??= found.url;
  return span.end - start + after;
}

/** `[DONE]`, `(P1)`, `[repair]`, `[TECH-4]` in brackets. */
function takeTag(text: string, facts: Facts): number {
  const match = /^[[(]([^[\]()]{1,30})[\])]\s*[:–—-]?\s*/u.exec(text);
  const inner = match?.[1]?.trim();
  if (match === null || inner === undefined) return 0;
  if (isPriority(inner)) facts.priority ??= inner;
  else if (isKey(inner)) facts.ref ??= inner;
  else if (ONLY_MENTION.test(inner)) addOwners(facts, readOwners({ text: inner, spans: [], line: 1 }));
  else if (readStatusWords(inner) !== null) facts.done ??= readStatusWords(inner);
  else if (typeOf(normalize(inner)) !== null) facts.type ??= typeOf(normalize(inner));
  else return 0;
  return match[0].length;
}

/** `#41 — …`: a ticket's number and title. One digit is more often the item's own number. */
function takeNumber(text: string, facts: Facts): number {
  const match = /^((?:[\w.-]+\/[\w.-]+#\d+|#\d{2,}))\s*[–—-]\s+(?=\S)/u.exec(text);
  if (match === null) return 0;
  facts.ref ??= match[1] ?? null;
  return match[0].length;
}

const ADDRESSED = new RegExp(`^@(${HANDLE})(?:\\s*[:：,–—-]+\\s*|\\s+(?:to|will|should)\\s+|\\s+)(?=\\S)`, "u");

/** `TECH-4:`, `P1:`, `TODO`, `Done:`, `Action:`, `@ana:`. */
function takeWord(text: string, facts: Facts): number {
  const shouted = /^(TO ?DO|DONE|WIP|DOING|FIXED|COMPLETED?|IN PROGRESS)\b\s*[:：–—-]?\s*(?=\S)/u.exec(text);
  if (shouted?.[1] !== undefined) {
    facts.done ??= readStatus(shouted[1]);
    return shouted[0].length;
  }
  const mention = ADDRESSED.exec(text);
  if (mention !== null) {
    addOwners(facts, readOwners({ text: `@${(mention[1] ?? "").replace(/[.-]+$/, "")}`, spans: [], line: 1 }));
    return mention[0].length;
  }
  const named = /^(\p{L}[\p{L}'’. -]{1,40}?)\s+(?:to|will|should)\s+(?=\p{Ll})/u.exec(text);
  if (named?.[1] !== undefined && namesSomebody(named[1])) {
    addOwners(facts, readOwners({ text: named[1], spans: [], line: 1 }));
    return named[0].length;
  }
  const label = /^([\p{L}][\p{L}\p{N} #-]{0,24}?)\s*(?:[:：]|\s[–—-]\s)\s*(?=\S)/u.exec(text);
  const word = label?.[1];
  if (label === null || word === undefined) return 0;
  if (isKey(word)) facts.ref ??= word;
  else if (isPriority(word)) facts.priority ??= word;
  else if (/[:：]/u.test(label[0]) && isActionLabel(word)) return label[0].length;
  else if (/^(?:done|completed?|todo|to do|in progress|ongoing|wip|pending|planned|proposed|scheduled)$/i.test(word))
    facts.done ??= readStatus(word);
  else return 0;
  return label[0].length;
}

/** "Jane Doe to …", "SRE team to …": a full name, or a team of more than one word. One word may be anything. */
function namesSomebody(text: string): boolean {
  return (
    /\s/.test(text.trim()) &&
    looksLikeName(text) &&
    !VERB.any.test(normalize(text)) &&
    !/^(?:the|a|an|we|it|this|that)\b/i.test(text)
  );
}

/** "Action: …", but not "Improvement: …" or "Fix: …", which are part of what is to be done. */
function isActionLabel(word: string): boolean {
  const name = normalize(word);
  return (
    columnRole(name) === "title" &&
    !/^(?:fix|mitigations?|improvements?|remediations?|recommendations?|measures?|activity|corrective|preventive|preventative)/.test(
      name,
    )
  );
}
