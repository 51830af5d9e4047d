/** Words of a template that were left in: `<owner>`, `[your name]`, `YYYY-MM-DD`, `{{action}}`, "lorem ipsum". */

const NAMES =
  "owner|name|user(?:name)?|login|assignee|responsible|person|team|date|due|deadline|action(?: item)?|task|description|title|link|ticket|issue|priority|insert|your|todo|tbd|placeholder|nombre|responsable|fecha|accion|acción|nome|data|nom|datum|aufgabe|担当者?|日付|负责人|日期|담당자";

/** Within a title. Angle brackets need a name, as `<1s` and `List<String>` are no placeholders. */
const WITHIN = new RegExp(
  [
    `<(?:${NAMES})(?: [^<>]{0,40})?>`,
    `\\[(?:${NAMES})(?: [^[\\]]{0,40})?\\](?!\\()`,
    "\\{\\{[^{}]{1,60}\\}\\}",
    "(?<![\\p{L}\\d])(?:YYYY|AAAA|JJJJ)[-/.]MM[-/.](?:DD|JJ|TT)(?![\\p{L}\\d])",
    "lorem ipsum",
    "(?<![\\p{L}\\d])X{3,}(?![\\p{L}\\d])",
    "^(?:action item|action|task|item|description|todo|tbd|fixme|example|sample)(?: ?#?\\d{1,2})?[.:…]*$",
  ].join("|"),
  "iu",
);

/** An owner or a due date that is wholly one. */
const WHOLLY = new RegExp(
  `^(?:[<[{@]*(?:(?:the |your |an? )?(?:${NAMES}))(?:[ -]?(?:name|here|login))?[\\]}>]*|(?:YYYY|AAAA|JJJJ|MM|DD|JJ|TT)(?:[-/. ](?:YYYY|AAAA|JJJJ|MM|DD|JJ|TT)){1,2}|X{2,}|<[^<>]*>|\\{\\{.*\\}\\})$`,
  "iu",
);

/** The placeholder in a title, or undefined. */
export const placeholderIn = (title: string): string | undefined => WITHIN.exec(title.slice(0, 1000))?.[0];

/** Whether an owner or a due date is nothing but a placeholder. */
export const isPlaceholder = (text: string): boolean =>
  !/^(?:tbd|todo)$/i.test(text.trim()) && WHOLLY.test(text.trim().slice(0, 200));
