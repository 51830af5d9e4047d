/** The ticket or issue an item points to: a visible id (`#12`, `org/repo#12`, `TECH-4`), else the address of one. */
import { anyOf, eachOf, normalize, VERB } from "../../languages/index.js";
import type { Rich, Span } from "../../markdown/rich.js";

export interface Reference {
  readonly ref: string;
  /** The link target behind `ref`, where there is one. */
  readonly url: string | null;
}

/** Addresses that name one issue, pull request or ticket. */
const TRACKER =
  /^https?:\/\/[^\s]*?(?:\/(?:-\/)?(?:issues?|pull|pulls|pull-requests|merge_requests|work_items|workitems|_workitems\/edit|browse|tickets?|stories|story|tasks?|cards?|bugs?)\/[\w#-]+|show_bug\.cgi\?id=\d+|trello\.com\/c\/\w+|linear\.app\/\S+\/issue\/|app\.asana\.com\/\d|clickup\.com\/t\/|\/T\d+\b|issues\.[^/]+\/\w)/i;

const ID = /^(?:[\w.-]+\/[\w.-]+)?#\d+$|^[A-Z][A-Z0-9]{1,9}-\d+$|^(?:GH|gh)-\d+$|^![0-9]+$/;
const ID_INSIDE = /(?<![\w/&#-])((?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d+|[A-Z][A-Z0-9]{1,9}-\d+)(?![\w-])/;

/** Keys of this form that name no ticket. */
const NOT_A_KEY =
  /^(?:UTF|SHA|ISO|RFC|CVE|COVID|SEV|HTTP|TLS|SSL|AES|RSA|MD|GPT|IPV?|EC2|S3|P|Q|H|T|INC|PEP|ADR|PRD|X|V|L|N|K8S|ES)-\d+$/;

/** Link texts that only say "there": they are not part of the title. */
const POINTER = new RegExp(`^(?:\\W*(?:${anyOf(({ references }) => references?.pointers)}|\\d+)\\b)+\\W*$`, "i");
const POINTER_TEXT = new RegExp(`^(?:${anyOf(({ references }) => references?.pointerTexts)})$`, "i");

/** Longer addresses are of pictures and forms. */
const MAX_URL = 2_000;

const isTracker = (url: string): boolean => url.length <= MAX_URL && TRACKER.test(url);
export const isKey = (text: string): boolean => ID.test(text) && !NOT_A_KEY.test(text);

/** Whether words beside a reference only lead to it. */
export function isPointer(text: string): boolean {
  const words = text.trim();
  return (
    words === "" ||
    /^https?:\/\//.test(words) ||
    isKey(words) ||
    (words.length <= 60 && (POINTER.test(words) || POINTER_TEXT.test(words)))
  );
}

const asWords = (words: string, dense: boolean): string => (dense ? words : `(?<![\\p{L}\\p{N}])${words}`);
const TRACKS = eachOf(({ references }) => references?.tracks, asWords);
const KINDS = eachOf(({ references }) => references?.kinds, asWords);
const LEANS_ON = eachOf(({ references }) => references?.leansOn, asWords);

/** The normalized text before a number leads to it as the item's own ticket: "tracked in", "see issue". */
const LEADS = new RegExp(`(?:${TRACKS})(?: (?:${KINDS}))?$`, "u");
const ONLY_LEADS = new RegExp(`^(?:(?:${TRACKS})(?: (?:${KINDS}))?|(?:${KINDS}))?$`, "u");
const LAST_KIND = new RegExp(`(?:${KINDS})$`, "u");
const LEANING = new RegExp(`(?:${LEANS_ON})$`, "u");
/** What sets a reference apart from the words before it, and from those behind it. */
const APART_BEFORE = /(?:^|\s[-/]+|[–—|·([（【,;:.!?、，；：。！？])\s*$/u;
const APART_BEHIND = /^\s*(?:$|[–—|·)\]）】,;:.!?、，；：。！？([（]|-+\s|[\n\v])/u;
/** What parts the clauses of a sentence. */
const CLAUSES = /\s[-–—/]+\s|[|\v([（【,;:.!?、，；：。！？]/u;

/** So much before a reference tells how it stands there. */
const MAX_BEFORE = 80;

/**
 * Whether a reference behind this text is the item's own ticket: set apart from it, or led to ("tracked in"), but no part of its
 * sentence: "a test for the bug in", "reverts". In doubt it is not.
 */
export function isTicketBehind(text: string): boolean {
  const before = text.slice(-MAX_BEFORE).replaceAll("\uE000", " ");
  const words = normalize(before);
  if (APART_BEFORE.test(before) || LEADS.test(words)) return true;
  const clause = normalize(before.split(CLAUSES).at(-1) ?? "");
  if (LEANING.test(words) || (!clause.includes(" ") && VERB.any.test(clause))) return false;
  if (/[\n\v]\s*$/.test(before)) return true;
  // "Write a test for bug #1", but "Add timeouts (issue #12)".
  const kind = LAST_KIND.exec(clause);
  return kind === null || kind.index === 0;
}

/** As {@link isTicketBehind}, of what stands at `[start, end)` of a text: the sentence may go on behind it, too. */
export const isTicketAt = (text: string, start: number, end: number): boolean =>
  isTicketBehind(text.slice(0, start)) &&
  (APART_BEHIND.test(text.slice(end)) || (start > 0 && LEADS.test(normalize(text.slice(0, start).slice(-MAX_BEFORE)))));

/** The key in a text that consists of it and words that lead to it: "Tracked in #12". */
export function readPointer(text: string): Reference | null {
  const [, before = "", key = ""] = /^(.{0,40}?)[:：\s]*([^\s:：]+?)\.?$/su.exec(text.trim()) ?? [];
  return isKey(key) && ONLY_LEADS.test(normalize(before)) ? { ref: key, url: null } : null;
}

/** Where the words that lead to a reference begin, with what parts them from the work: "(see [issue](…)", "- tracked in [#1](…)". */
export function leadStart(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - MAX_LEAD), start);
  return start - (LEAD.exec(before)?.[0] ?? "").length;
}

const MAX_LEAD = 40;
const LEAD_WORDS = anyOf(({ references }) => [...(references?.tracks ?? []), ...(references?.kinds ?? [])]);
const LEAD = new RegExp(
  `[\\s([,;:–—-]*(?:(?<![\\p{L}\\p{N}])(?:${LEAD_WORDS})(?:\\s+(?:${LEAD_WORDS}))?:?\\s*\\[?)?$`,
  "iu",
);

/** What a link stands for, if it is a reference. */
export function referenceOf(text: string, span: Span): Reference | null {
  const url = span.url ?? "";
  const label = text.slice(span.start, span.end).trim();
  const bare = label.replace(/^\[|\]$/g, "");
  if (isKey(bare)) return { ref: bare, url: url === "" ? null : url };
  if (!isTracker(url)) return null;
  const id = bare.length <= 40 ? ID_INSIDE.exec(bare)?.[1] : undefined;
  return id !== undefined && isKey(id) ? { ref: id, url } : { ref: url, url };
}

/** The reference in a cell or value that is there to hold one; without a link only an id or address counts. */
export function readReference(value: Rich | undefined): Reference | null {
  if (value === undefined) return null;
  for (const span of value.spans) {
    const found = span.kind === "link" ? referenceOf(value.text, span) : null;
    if (found !== null) return found;
  }
  const link = value.spans.find((span) => span.kind === "link" && /^https?:/.test(span.url ?? ""));
  const id = ID_INSIDE.exec(value.text)?.[1];
  if (id !== undefined && !NOT_A_KEY.test(id)) return { ref: id, url: link?.url ?? null };
  return link?.url === undefined ? null : { ref: link.url, url: link.url };
}

/** A reference in cells of another purpose, and whether it is the item's own ticket. */
export function findReference({ text, spans }: Rich): { found: Reference; isTicket: boolean } | null {
  for (const span of spans) {
    const found = span.kind === "link" ? referenceOf(text, span) : null;
    if (found !== null) return { found, isTicket: isTicketAt(text, span.start, span.end) };
  }
  const match = ID_INSIDE.exec(text);
  const id = match?.[1];
  if (match === null || id === undefined || !isKey(id)) return null;
  return { found: { ref: id, url: null }, isTicket: isTicketAt(text, match.index, match.index + id.length) };
}
