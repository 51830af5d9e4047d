/**
 * Texts a form leaves to be filled in: `<Action 1>`, `{{ summary }}`, `[Name]`, `YYYY-MM-DD`, "Lorem ipsum". Asked four ways: is
 * an item nothing else, is an owner or a date nothing else, does one stand in a title, does one stand in a line of a form.
 * Titles and values are people's words, so there only what is named like a field counts; a form's line may hold any.
 */
import { anyOf } from "../languages/index.js";

/** What a form's fields are called. */
const FIELDS = anyOf(({ placeholders }) => placeholders?.fields);

/** What its instructions begin with. */
const INSTRUCTIONS = anyOf(({ placeholders }) => placeholders?.instructions);

const END = "(?![\\p{L}\\p{N}])";
const BRACES = "\\{\\{[^{}]{0,80}\\}\\}";
const FILLER = "lorem ipsum|(?<![\\p{L}\\p{N}])X{3,}(?![\\p{L}\\p{N}])";

/** `[Owner]`, `[your name here]`; not the text of a link. */
const bracketed = (words: string): string => `\\[(?:${words})${END}[^\\][]{0,80}\\](?![([])`;

const NUMBER = `\\s*#?\\s*(?:\\d{1,2}|[a-c]|${anyOf(({ placeholders }) => placeholders?.numbers)})?`;

const WHOLE = new RegExp(
  `^(?:${[
    "(?:\\.{3}|…)\\s*\\p{L}+(?: \\p{L}+){0,3}|<[^<>]*>|\\{\\{[^{}]*\\}\\}|\\[[^\\][]*\\]|\\.{2,}|…+|_{2,}|-{2,}|x{2,}|\\?+|lorem ipsum.*",
    `(?:${anyOf(({ placeholders }) => placeholders?.items)})(?: (?:${anyOf(({ placeholders }) => placeholders?.itemParts)}))?${NUMBER}`,
    anyOf(({ placeholders }) => placeholders?.whole),
  ].join("|")})$`,
  "iu",
);
const MENTION = new RegExp(`^@(?:${anyOf(({ placeholders }) => placeholders?.mentions)})\\b`, "i");
const UNDECIDED = new RegExp(`^(?:${anyOf(({ placeholders }) => placeholders?.undecided)})$`, "i");

const YEAR = anyOf(({ placeholders }) => placeholders?.date?.year);
const MONTH = anyOf(({ placeholders }) => placeholders?.date?.month);
const DAY = anyOf(({ placeholders }) => placeholders?.date?.day);
const DATE_PARTS = `${YEAR}|${MONTH}|${DAY}`;
const VALUE = new RegExp(
  `^(?:[<[{@]*(?:${anyOf(({ placeholders }) => placeholders?.before)})?(?:${FIELDS}|${anyOf(({ placeholders }) => placeholders?.values)})(?:[ -]?(?:${anyOf(({ placeholders }) => placeholders?.behind)}))?[\\]}>]*|(?:${DATE_PARTS})(?:[-/. ](?:${DATE_PARTS})){1,2}|X{2,}|<[^<>]*>|\\{\\{.*\\}\\})$`,
  "iu",
);

/** Angle brackets need a name, as `<1s` and `List<String>` are no placeholders. */
const IN_TITLE = new RegExp(
  [
    `<(?:${FIELDS})(?: [^<>]{0,40})?>`,
    bracketed(FIELDS),
    BRACES,
    `(?<![\\p{L}\\d])(?:${YEAR})[-/.](?:${MONTH})[-/.](?:${DAY})(?![\\p{L}\\d])`,
    FILLER,
    `^(?:${anyOf(({ placeholders }) => placeholders?.titles)})(?: ?#?\\d{1,2})?[.:…]*$`,
  ].join("|"),
  "iu",
);

const IN_FORM = new RegExp(
  [
    "<(?!\\/|!--|https?:|mailto:|(?:h[1-6]|[uo]l|li|p|br|hr|t[rdh]|t(?:able|head|body)|d[ltd]|div|span|em|strong|details|su[bp]|pre|img|kbd|del|ins|center|font|section)\\s*>)\\p{L}[^<>@/=]{1,80}>",
    bracketed(`${FIELDS}|${INSTRUCTIONS}`),
    BRACES,
    "\\$\\{[A-Z_]{3,40}\\}|__[A-Z_]{3,40}__",
    `\\b[A-Z]+-X{2,}\\b|\\b(?:${anyOf(({ placeholders }) => placeholders?.dates)})\\b`,
    FILLER,
  ].join("|"),
  "iu",
);

/** An item's whole text is a placeholder. */
export function isPlaceholder(text: string): boolean {
  return text.length <= 200 && (WHOLE.test(text) || MENTION.test(text));
}

/** An owner or a due date is nothing but a placeholder. "TBD" is none: it says that nobody knows yet. */
export function isPlaceholderValue(text: string): boolean {
  const value = text.trim();
  return !UNDECIDED.test(value) && VALUE.test(value.slice(0, 200));
}

/** The placeholder in a title, or undefined. */
export function placeholderIn(title: string): string | undefined {
  return IN_TITLE.exec(title.slice(0, 1000))?.[0];
}

/** The first placeholder that stands somewhere in a line, as in a form. */
export function placeholderOf(line: string): string | undefined {
  return IN_FORM.exec(line)?.[0];
}
