/**
 * One statement about an item at a certain place of its text: who does it, when it is due, how urgent it is, its ticket, how it
 * stands. Each says itself what it is (`@ana`, `owner: Ana`, `due Friday`, `P1`, `#12`), or is a mere name or day.
 */
import { ARROW } from "../../arrow.js";
import { dueAt } from "../../due/at.js";
import type { DueContext, DueReading } from "../../due/index.js";
import { anyOf, columnRole, LANGUAGES, type LanguageCode, normalize } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Span } from "../../markdown/rich.js";
import { MENTIONED } from "../../mentions.js";
import { typeOf } from "../../structure/section-name.js";
import type { ActionType } from "../../types.js";
import { looksLikeNames, MENTION, type Owners, readOwners, SURE_TEAM } from "./owner.js";
import { isPriority, readPriority } from "./priority.js";
import { isPointer, type Reference, readPointer, readReference, referenceOf } from "./reference.js";
import { readStatus, readStatusWords } from "./status.js";

/** Where statements are looked for: an item's text as it is and folded, its markup, and what dates are read against. */
export interface Place {
  readonly text: string;
  readonly folded: string;
  readonly spans: readonly Span[];
  readonly due: DueContext;
}

type What =
  | { readonly kind: "owner"; readonly owners: Owners }
  | { readonly kind: "due"; readonly reading: DueReading }
  | { readonly kind: "priority"; readonly priority: string | null }
  | { readonly kind: "ref"; readonly ref: Reference | null }
  | { readonly kind: "status"; readonly done: boolean | null; readonly words: string }
  | { readonly kind: "type"; readonly type: ActionType | null }
  /** Somebody who has to do with it and does not own it: a reviewer. */
  | { readonly kind: "other" };

export type Statement = What & {
  /** One past its last character. */
  readonly end: number;
  /** It says itself what it is; else only its place and company tell. */
  readonly certain: boolean;
};

/** A statement is no longer than this. */
const MAX_LENGTH = 80;

/** Where a statement ends, if nothing in it says so. */
const ENDS = new RegExp(
  `[,;|()[\\]\\n\\v（）【】、，；。]|\\s(?:[-–/·•]+|${ARROW})(?:\\s|$)|\\s?—|[.!](?:\\s|$)|\\s(?=@)|$`,
  "u",
);
const INITIAL_BEFORE = /(?:^|[\s.])\p{Lu}$/u;

/** Markup that sets a label apart: `**Owner:** Ana **Due:** Friday`. */
const MARKED: ReadonlySet<Span["kind"]> = new Set(["strong", "emphasis"]);

/** The text at `at` up to where a statement must end. */
function pieceAt({ text, spans }: Place, at: number): string {
  const marked = spans.flatMap(({ kind, start }) => (MARKED.has(kind) && start > at ? [start] : []));
  const near = text.slice(at, Math.min(at + MAX_LENGTH, ...marked));
  let end = near.search(ENDS);
  // The dot of an initial belongs to the name: "Lisa W.".
  while (near[end] === "." && INITIAL_BEFORE.test(near.slice(0, end))) {
    const more = near.slice(end + 1).search(ENDS);
    end = end + 1 + Math.max(0, more);
    if (more <= 0) break;
  }
  return near.slice(0, end).trimEnd();
}

/** The statement at `at`, or null. The more exact ones are asked first. */
export function statementAt(place: Place, at: number): Statement | null {
  const piece = pieceAt(place, at);
  return (
    linkAt(place, at) ??
    labelledAt(place, at) ??
    (piece === "" ? null : dueStatementAt(place, at)) ??
    mentionsAt(place, at) ??
    assignedAt(place, at) ??
    wordsAt(piece, at) ??
    (piece === "" ? null : dueStatementAt(place, at, EVERY_LANGUAGE))
  );
}

/** A link that only leads to the ticket: `[#12](…)`, `[issue](…)`. */
function linkAt({ text, spans }: Place, at: number): Statement | null {
  const span = spans.find((one) => one.kind === "link" && one.start === at);
  if (span === undefined || !isPointer(text.slice(span.start, span.end))) return null;
  const ref = referenceOf(text, span);
  return ref === null ? null : { kind: "ref", ref, end: span.end, certain: true };
}

/** A date may be in a language that the rest of the document is not in. */
const EVERY_LANGUAGE: readonly LanguageCode[] = LANGUAGES.map(({ code }) => code);

function dueStatementAt(place: Place, at: number, languages = place.due.languages): Statement | null {
  const due = languages === place.due.languages ? place.due : { ...place.due, languages };
  const found = dueAt(place.text, place.folded, at + (place.text[at] === "@" ? 1 : 0), due);
  return found && { kind: "due", reading: found.reading, end: found.end, certain: found.named };
}

const LABEL = /^[*_]*(\p{L}[\p{L} '’-]{0,27}?)\s?(?:[*_]*\s?[:：=]{1,2}|\s[-–—](?=\s))[*_]*\s*/u;

/** Behind "Owner -" also what could be a word of the work elsewhere: "Platform". */
const DASHED_OWNER = /^(?:@|\p{Lu}[\p{L}\p{N}-]{1,20}(?: \p{L}[\p{L}\p{N}-]{0,20})?$)/u;

/** `Owner: Ana`, `Priority: high`, `Owner - Ana`, `担当：@noor`. */
function labelledAt(place: Place, at: number): Statement | null {
  const label = LABEL.exec(place.text.slice(at, at + MAX_LENGTH));
  const role = label === null ? null : columnRole(normalize(label[1] ?? ""));
  if (label === null || role === null) return null;
  const from = at + label[0].length;
  if (role === "due") {
    const found = dueAt(place.text, place.folded, from, place.due);
    return found && { kind: "due", reading: found.reading, end: found.end, certain: true };
  }
  const value = role === "owner" ? ownersPiece(place, from) : pieceAt(place, from);
  const what = value === "" ? null : saidBy(role, place, from, value);
  if (what === null) return null;
  const dash = !/[:：=]/u.test(label[0]);
  if (dash && !(what.kind === "owner" && (looksLikeNames(value) || DASHED_OWNER.test(value)))) return null;
  return { ...what, end: from + value.length, certain: true };
}

/** The names behind `Owner:`, of several people mentioned too. */
function ownersPiece(place: Place, from: number): string {
  const mentions = MENTIONS.exec(place.text.slice(from, from + MAX_LENGTH));
  return mentions === null ? pieceAt(place, from) : mentions[0];
}

function saidBy(role: ColumnRole, place: Place, from: number, value: string): What | null {
  switch (role) {
    case "owner":
      return { kind: "owner", owners: ownersIn(value) };
    case "priority":
      return { kind: "priority", priority: readPriority(value) };
    case "status": {
      const done = readStatus(value);
      return done === null ? null : { kind: "status", done, words: value };
    }
    case "ref": {
      const ref = readReference(sliceOf(place, from, value));
      return ref && { kind: "ref", ref };
    }
    case "type": {
      const type = typeOf(normalize(value));
      return type && { kind: "type", type };
    }
    default:
      return null;
  }
}

const sliceOf = ({ spans }: Place, from: number, text: string) => ({
  text,
  spans: spans
    .filter(({ start, end }) => start < from + text.length && end > from)
    .map((span) => ({ ...span, start: Math.max(0, span.start - from), end: Math.min(text.length, span.end - from) })),
  line: 1,
});

/** The people mentioned; without a mention, whoever is named. */
function ownersIn(text: string): Owners {
  const mentions = [...text.matchAll(MENTION)].map(([, name = ""]) => name);
  return mentions.length > 0 ? { owners: mentions, mentions } : readOwners({ text, spans: [], line: 1 });
}

const MENTIONS = new RegExp(`^${MENTIONED}`, "iu");
/** A name as other programs export it, with its surname. */
const EXPORTED = /^@(\p{Lu}[\p{L}'’]+(?: \p{Lu}[\p{L}'’]+){1,2})(?![\p{L}\p{N}_-])/u;

/** `@ana`, `@ana and @ben`, `@Lisa Koch`. A package's scope in code is nobody. */
function mentionsAt({ text, spans }: Place, at: number): Statement | null {
  if (text[at] !== "@") return null;
  const near = text.slice(at, at + MAX_LENGTH);
  const exported = EXPORTED.exec(near);
  if (exported?.[1] !== undefined && looksLikeNames(exported[1])) {
    const owners = { owners: [exported[1]], mentions: [] };
    return { kind: "owner", owners, end: at + exported[0].length, certain: true };
  }
  const found = MENTIONS.exec(near)?.[0];
  if (found === undefined) return null;
  const code = spans.some(({ kind, start, end }) => kind === "code" && start <= at && at < end);
  if (code && found.includes("/")) return null;
  return { kind: "owner", owners: ownersIn(found), end: at + found.length, certain: true };
}

const ASSIGNED = new RegExp(`^(?:${anyOf(({ owners }) => owners?.assigned)})\\s+(?=\\S)`, "i");
const OTHER = new RegExp(`^(?:${anyOf(({ owners }) => owners?.others)})[\\s:]+(?=\\S)`, "i");

/** `assigned to Ana`, `DRI @ana`; `reviewer @ben`, who owns nothing. */
function assignedAt(place: Place, at: number): Statement | null {
  const near = place.text.slice(at, at + MAX_LENGTH);
  for (const [kind, pattern] of [
    ["owner", ASSIGNED],
    ["other", OTHER],
  ] as const) {
    const words = pattern.exec(near)?.[0];
    if (words === undefined) continue;
    const names = ownersPiece(place, at + words.length);
    if (!namesIn(names)) continue;
    const end = at + words.length + names.length;
    return kind === "other" ? { kind, end, certain: true } : { kind, owners: ownersIn(names), end, certain: true };
  }
  return null;
}

/** What a piece says as a whole. */
function wordsAt(piece: string, at: number): Statement | null {
  if (piece === "" || piece.startsWith("@")) return null;
  const end = at + piece.length;
  const done = readStatusWords(piece);
  if (done !== null) return { kind: "status", done, words: piece, end, certain: true };
  if (isPriority(piece)) return { kind: "priority", priority: piece, end, certain: true };
  const ref = readPointer(piece);
  if (ref !== null) return { kind: "ref", ref, end, certain: true };
  if (looksLikeNames(piece) && (!NO_NAME.test(piece) || (piece.includes(" ") && SURE_TEAM.test(piece))))
    return { kind: "owner", owners: ownersIn(piece), end, certain: SURE_TEAM.test(piece) };
  const type = typeOf(normalize(piece));
  return type === null ? null : { kind: "type", type, end, certain: false };
}

/** Words without a capital are nobody's name, nor are several in capitals alone: "cross-team", "for it", "THIS FIXED IT". */
const NO_NAME = /^(?:\p{Ll}[\p{L}-]*(?: \p{Ll}[\p{L}-]*){0,5}|\p{Lu}{2,}(?: \p{Lu}{2,})+)$/u;

const namesIn = (text: string): boolean => looksLikeNames(text) || MENTIONS.exec(text)?.[0] === text;
