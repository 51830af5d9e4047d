/**
 * What of a document was not read as action items, and why, as far as its author may wonder: entries among work, sections that promise work
 * and gave none or ask somebody all the same, and, where there are no items at all, whatever lists there are.
 */
import type { ExplainedLines, ExplainedSection, Explanation } from "../postmortem/explain.js";
import { UNREAD } from "../postmortem/explain.js";

export interface NotRead {
  readonly line: number;
  readonly endLine: number;
  /** `section`: nothing of it was read; `text` is its name, empty for what stands before any heading. `entry`: `text` begins it. */
  readonly what: "section" | "entry";
  readonly text: string;
  /** The rule of reading that decided, and its reason: half a sentence. */
  readonly rule: string;
  readonly reason: string;
}

/** In the order of lines. */
export function notRead({ sections, items }: Explanation): NotRead[] {
  return sections.flatMap((section) => {
    const turnedDown = section.lines.filter(isEntryTurnedDown);
    const [first] = turnedDown;
    if (first === undefined) return [];
    const isWork = section.holds === "action items";
    if (isWork && section.lines.some(({ verdict }) => verdict === "taken")) return turnedDown.map(entry);
    if (!isWork && items.length > 0 && !turnedDown.some(asksSomebody)) return [];
    // Among work each entry has its reason; elsewhere it is the section's.
    return [whole(section, isWork ? first : section.judged)];
  });
}

/** Lists, tables and headings look like items; what is said around them does not. */
const LOOKS_LIKE_ENTRY = /^(?:[-*+•|]|\d+[.)]\s|#+\s)/;

const isEntryTurnedDown = ({ verdict, rule, text }: ExplainedLines): boolean =>
  verdict === "turned down" && rule !== UNREAD.name && LOOKS_LIKE_ENTRY.test(text);

/** An empty task box, or a mention before the work, asks somebody to do something, whatever its section is called. */
const ASKS = /^[-*+•]\s+(?:\[ \]|@[\w-]+\s*(?:[:：–—-]|(?:to|will)\s))/;

const asksSomebody = ({ text }: ExplainedLines): boolean => ASKS.test(text);

const entry = ({ line, endLine, text, rule, reason }: ExplainedLines): NotRead => ({
  ...{ line, endLine, what: "entry", text },
  ...{ rule, reason },
});

const whole = (
  { line, endLine, title }: ExplainedSection,
  { rule, reason }: Pick<ExplainedLines, "rule" | "reason">,
): NotRead => ({ ...{ line, endLine, what: "section", text: title }, ...{ rule, reason } });
