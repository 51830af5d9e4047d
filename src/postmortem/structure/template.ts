/**
 * Whether a document is a form to fill in rather than a postmortem. Forms have sample rows with plausible owners and dates,
 * so it is told by the document as a whole: its name, its title, its placeholders, and that it dates no incident.
 */
import { normalize, TEMPLATE } from "../languages/index.js";
import { hasPlaceholder, isPlaceholder } from "./placeholder.js";

/** Words of a form's file name that say nothing of an incident. */
const FORM_WORDS =
  /\b(?:postmortems?|post|mortem|incidents?|report|rca|retro|retrospective|review|blameless|simple|full|basic|default|new|example|sample|root|cause|analysis|sre|team|md|markdown|mdx|template|templates|tmpl|the|and|for|of|a)\b/g;

/** Titles that stand for a title. "Title: mail queue stuck after the move" is one that only says that it is one. */
const BLANK_TITLE =
  /^(?:\W*(?:the |an? )?(?:postmortem |incident |issue |outage |report )?(?:title|name)\b(?! of the|\s*:(?:\s+[\p{L}\d]\S*){3}).*|.*\be\.?g\b.*|.*<[^<>]+>.*|.*\{\{.*|.*\[(?:title|name|incident|date|service|insert|your|short|brief)[^\]]*\].*|.*\b[A-Z]+-X{2,}\b.*|.*\bYYYY\b.*|.*\bX{3,}\b.*|(?:name|title) of the .*)$/iu;

/** Lines with placeholders from which on a document without a date is a form. */
const MANY = 4;

export interface Form {
  readonly path: string;
  readonly title: string | null;
  /** The first line of text before any heading. */
  readonly opening: string;
  readonly body: string;
  /** The document says when its incident was. */
  readonly dated: boolean;
}

/** Whether the document is a template. */
export function isTemplate({ path, title, opening, body, dated }: Form): boolean {
  const file = normalize(path.slice(path.lastIndexOf("/") + 1));
  const heading = title ?? "";
  if (
    TEMPLATE.test(file) &&
    (!dated || file.replace(FORM_WORDS, "").trim().split(/\s+/).join("").length < 16) &&
    !/\d{4}/.test(file)
  )
    return true;
  if (dated) return false;
  if (TEMPLATE.test(normalize(heading)) || /^\W*templates?\b/i.test(opening)) return true;
  if (BLANK_TITLE.test(heading) || isPlaceholder(heading)) return true;
  return countPlaceholders(body) >= MANY;
}

function countPlaceholders(body: string): number {
  let count = 0;
  let fenced = false;
  for (const line of body.slice(0, 100_000).split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && line.length < 500 && hasPlaceholder(line.replace(/`[^`]*`/g, ""))) count++;
    if (count >= MANY) return count;
  }
  return count;
}
