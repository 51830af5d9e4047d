/**
 * Texts a form leaves to be filled in: `<Action 1>`, `{{ summary }}`, `[Name]`, `YYYY-MM-DD`, "Lorem ipsum". Asked four ways: is
 * an item nothing else, is an owner or a date nothing else, does one stand in a title, does one stand in a line of a form.
 * Titles and values are people's words, so there only what is named like a field counts; a form's line may hold any.
 */

/** What a form's fields are called. */
const FIELDS =
  "owner|name|user(?:name)?|login|assignee|responsible|person|team|date|due|deadline|action(?: item)?|task|description|title|link|ticket|issue|priority|insert|your|todo|tbd|placeholder|nombre|responsable|fecha|acci[oó]n|nome|data|nom|datum|aufgabe|担当者?|日付|负责人|日期|담당자";

/** What its instructions begin with. */
const INSTRUCTIONS =
  "enter|describe|add|list|fill|specify|briefly|due date|item|status|service|incident|time|x{2,}|n\\/a";

const END = "(?![\\p{L}\\p{N}])";
const BRACES = "\\{\\{[^{}]{0,80}\\}\\}";
const FILLER = "lorem ipsum|(?<![\\p{L}\\p{N}])X{3,}(?![\\p{L}\\p{N}])";

/** `[Owner]`, `[your name here]`; not the text of a link. */
const bracketed = (words: string): string => `\\[(?:${words})${END}[^\\][]{0,80}\\](?![([])`;

const WHOLE =
  /^(?:<[^<>]*>|\{\{[^{}]*\}\}|\[[^\][]*\]|\.{2,}|…+|_{2,}|-{2,}|x{2,}|\?+|(?:action|task|item|step|todo|follow[- ]?up|acci[oó]n|tarea|a[cç][aã]o|tarefa|t[aâ]che|ma(?:ß|ss)nahme|actie|azione)(?: item| point)?\s*#?\s*(?:\d{1,2}|[a-c]|n|one|two|three)?|description(?: of .*)?|(?:describe|insert|enter|fill in|list|add) (?:the |your |any |all |an? )?(?:action|task|item|follow[- ]?up|next step)s?\b.*(?:here)?|e\.?g\.?[,:]? .*|example.{0,40}|lorem ipsum.*|(?:todo|tbd)[:\s-]+(?:describe|fill|add|write|complete|insert).*|(?:what|who|when) (?:needs|will|should|is going) .*\?)$/iu;
const MENTION = /^@(?:owner|name|username|user|person|someone|team|handle|assignee)\b/i;

const DATE_PARTS = "YYYY|AAAA|JJJJ|MM|DD|JJ|TT";
const VALUE = new RegExp(
  `^(?:[<[{@]*(?:the |your |an? )?(?:${FIELDS}|completar)(?:[ -]?(?:name|here|login))?[\\]}>]*|(?:${DATE_PARTS})(?:[-/. ](?:${DATE_PARTS})){1,2}|X{2,}|<[^<>]*>|\\{\\{.*\\}\\})$`,
  "iu",
);

/** Angle brackets need a name, as `<1s` and `List<String>` are no placeholders. */
const IN_TITLE = new RegExp(
  [
    `<(?:${FIELDS})(?: [^<>]{0,40})?>`,
    bracketed(FIELDS),
    BRACES,
    "(?<![\\p{L}\\d])(?:YYYY|AAAA|JJJJ)[-/.]MM[-/.](?:DD|JJ|TT)(?![\\p{L}\\d])",
    FILLER,
    "^(?:action item|action|task|item|description|todo|tbd|fixme|example|sample)(?: ?#?\\d{1,2})?[.:…]*$",
  ].join("|"),
  "iu",
);

const IN_FORM = new RegExp(
  [
    "<(?!\\/|!--|https?:|mailto:)\\p{L}[^<>@/=]{1,80}>",
    bracketed(`${FIELDS}|${INSTRUCTIONS}`),
    BRACES,
    "\\$\\{[A-Z_]{3,40}\\}|__[A-Z_]{3,40}__",
    "\\bYYYY\\b|\\bMM[/-]DD\\b|\\bHH:MM\\b|\\b[A-Z]+-X{2,}\\b|\\bAAAA-MM-DD\\b|\\bJJ/MM\\b|\\bTT\\.MM\\b",
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
  return !/^(?:tbd|todo)$/i.test(value) && VALUE.test(value.slice(0, 200));
}

/** The placeholder in a title, or undefined. */
export function placeholderIn(title: string): string | undefined {
  return IN_TITLE.exec(title.slice(0, 1000))?.[0];
}

/** A placeholder stands somewhere in a line, as in a form. */
export function hasPlaceholder(line: string): boolean {
  return IN_FORM.test(line);
}
