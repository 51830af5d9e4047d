/** The ticket or issue an item points to: a visible id (`#12`, `org/repo#12`, `TECH-4`), else the address of one. */
import { anyOf } from "../../languages/index.js";
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
const POINTER = new RegExp(`^(?:\\W*(?:${anyOf(({ references }) => references?.pointers)}|#?\\d+)\\b)+\\W*$`, "i");
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

/** A reference in cells of another purpose. */
export function findReference(value: Rich): Reference | null {
  for (const span of value.spans) {
    const found = span.kind === "link" ? referenceOf(value.text, span) : null;
    if (found !== null) return found;
  }
  const id = ID_INSIDE.exec(value.text)?.[1];
  return id !== undefined && isKey(id) ? { ref: id, url: null } : null;
}
