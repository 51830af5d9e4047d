/**
 * Whether a document is a form to fill in rather than a postmortem. Forms have sample rows with plausible owners and dates,
 * so it is told by the document as a whole: its name, its title, its placeholders, and that it dates no incident.
 */
import { anyOf, MANUAL, normalize, TEMPLATE } from "../languages/index.js";
import type { Condition } from "../trace.js";
import { isPlaceholder, placeholderOf } from "./placeholder.js";
import { readSectionKind } from "./section-name.js";

/** Words of a form's file name that say nothing of an incident. */
const FORM_WORDS = new RegExp(`\\b(?:${anyOf(({ forms }) => forms?.fileWords)})\\b`, "g");
const OPENING = new RegExp(`^\\W*(?:${anyOf(({ forms }) => forms?.openings)})\\b`, "i");

/** Titles that stand for a title. "Title: mail queue stuck after the move" is one that only says that it is one. */
const BLANK_TITLE = new RegExp(
  `^(?:${anyOf(({ forms }) => forms?.blankTitles)}|.*<[^<>]+>.*|.*\\{\\{.*|.*\\b[A-Z]+-X{2,}\\b.*|.*\\bX{3,}\\b.*)$`,
  "iu",
);

/** Different placeholders from which on a document without a date is a form. */
const MANY = 3;

export interface Form {
  readonly path: string;
  readonly title: string | null;
  /** The first line of text before any heading. */
  readonly opening: string;
  readonly body: string;
  /** The document says when its incident was. */
  readonly dated: boolean;
}

/** A file name that says so much beside {@link FORM_WORDS}, in characters, names an incident. */
const ENOUGH_OF_INCIDENT = 16;

/** What tells a form. One that dates its incident is told by its file name alone. */
export const FORM_RULES: readonly Condition<Form>[] = [
  {
    name: "form-by-file-name",
    reason: "its file name is a form's, and names no incident",
    holds: ({ path, dated }) => {
      const file = normalize(path.slice(path.lastIndexOf("/") + 1));
      if (!TEMPLATE.test(file) || /\d{4}/.test(file)) return false;
      return !dated || file.replace(FORM_WORDS, "").replace(/\s+/g, "").length < ENOUGH_OF_INCIDENT;
    },
  },
  {
    name: "form-by-title",
    reason: "its title or first line calls it a form",
    holds: ({ title, opening, dated }) => !dated && (TEMPLATE.test(normalize(title ?? "")) || OPENING.test(opening)),
  },
  {
    name: "guide-by-title",
    reason: "its title calls it a guide for every incident, and it dates none",
    holds: ({ title, dated }) => !dated && MANUAL.test(normalize(title ?? "")),
  },
  {
    name: "blank-title",
    reason: "in the place of a title stands one to be filled in",
    holds: ({ title, dated }) =>
      !dated &&
      (BLANK_TITLE.test(title ?? "") || (isPlaceholder(title ?? "") && readSectionKind(title ?? "").kind === null)),
  },
  {
    name: "many-placeholders",
    reason: `it dates no incident, and has ${MANY} different placeholders or more`,
    holds: ({ body, dated }) => !dated && countPlaceholders(body) >= MANY,
  },
];

/** Why the document is a form, or null where it is a postmortem. */
export const formRule = (form: Form): Condition<Form> | null => FORM_RULES.find((rule) => rule.holds(form)) ?? null;

/** How much of a document is searched for placeholders, and how long a line may be, in characters. */
const MAX_COUNTED = 100_000;
const MAX_FORM_LINE = 500;

/** Placeholders, each counted once: times left as HH:MM all down a timeline are one thing left out. */
function countPlaceholders(body: string): number {
  const seen = new Set<string>();
  let fenced = false;
  for (const line of body.slice(0, MAX_COUNTED).split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && line.length < MAX_FORM_LINE) {
      const found = placeholderOf(line.replace(/`[^`]*`/g, ""));
      if (found !== undefined) seen.add(found);
    }
    if (seen.size >= MANY) break;
  }
  return seen.size;
}
