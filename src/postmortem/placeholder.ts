/** Texts a form leaves to be filled in: `<Action 1>`, `{{ summary }}`, `[Name]`, `YYYY-MM-DD`, "Lorem ipsum". */

const ANGLE = /<(?!\/|!--|https?:|mailto:)[\p{L}][^<>@/=]{1,80}>/u;
const BRACES = /\{\{[^{}]{0,80}\}\}|\$\{[A-Z_]{3,40}\}|__[A-Z_]{3,40}__/;
const BRACKETS =
  /\[(?:your|insert|enter|describe|add|list|fill|specify|briefly|name|owner|assignee|date|due|due date|action|action item|item|team|person|title|ticket|link|status|priority|service|incident|time|tbd|todo|placeholder|nombre|nome|nom|fecha|data|datum|responsable|acci[oó]n|x{2,}|n\/a)\b[^\][]{0,80}\](?![([])/i;
const LITERAL =
  /\bYYYY\b|\bMM[/-]DD\b|\bHH:MM\b|\b[A-Z]+-X{2,}\b|\bX{3,}\b|\blorem ipsum\b|\bAAAA-MM-DD\b|\bJJ\/MM\b|\bTT\.MM\b/i;
const MENTION = /^@(?:owner|name|username|user|person|someone|team|handle|assignee)\b/i;
const WHOLE =
  /^(?:<[^<>]*>|\{\{[^{}]*\}\}|\[[^\][]*\]|\.{2,}|…+|_{2,}|-{2,}|x{2,}|\?+|(?:action|task|item|step|todo|follow[- ]?up|acci[oó]n|tarea|a[cç][aã]o|tarefa|t[aâ]che|ma(?:ß|ss)nahme|actie|azione)(?: item| point)?\s*#?\s*(?:\d{1,2}|[a-c]|n|one|two|three)?|description(?: of .*)?|(?:describe|insert|enter|fill in|list|add) (?:the |your |any |all |an? )?(?:action|task|item|follow[- ]?up|next step)s?\b.*(?:here)?|e\.?g\.?[,:]? .*|example.{0,40}|lorem ipsum.*|(?:todo|tbd)[:\s-]+(?:describe|fill|add|write|complete|insert).*|(?:what|who|when) (?:needs|will|should|is going) .*\?)$/iu;

/** The whole text is a placeholder. */
export function isPlaceholder(text: string): boolean {
  return text.length <= 200 && (WHOLE.test(text) || MENTION.test(text));
}

/** A placeholder stands somewhere in the text. */
export function hasPlaceholder(text: string): boolean {
  return ANGLE.test(text) || BRACES.test(text) || BRACKETS.test(text) || LITERAL.test(text);
}
