/** Words that say a due date follows, as patterns: "Due:", "ETA", "by", "para el", "fällig bis", "期限". */
import { perLanguage } from "./lexicon.js";

/** `Due`, `期限`, … in front of a date of Japanese, Chinese or Korean. */
const CJK_FIELD =
  "対応期限|期限日?|締め?切り?日?|期日|納期|完了予定日?|対応予定日?|予定日|目標日|截止(?:日期|时间)?|到期日?|完成日期|完成时间|预计完成(?:时间|日期)?|计划完成(?:时间|日期)?|기한|마감(?:일|기한)?|완료 ?예정일?|목표일|예정일";

const COLON = "[*_`]{0,3} ?[:：=][*_` ]{0,4}";

/**
 * Every due word of a language in a text, with the colon behind it, where there is one. Weak words take none.
 */
export const CUES = perLanguage(
  ({ words }) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}_/.-])(?:(?:(?<field>${words.field})(?: (?:is|ist|est|es|e|ligt))?|(?<strong>${words.strong}))(?![\\p{L}\\p{N}_/-])(?:(?<colon>${COLON})|[*_\` ]{1,4})|(?<weak>${words.weak})(?: |(?<=')))`,
      "gu",
    ),
);

export const CJK_CUE = new RegExp(`(${CJK_FIELD})(?:は|が|을|를|은|는)?(?: ?[:：=] ?| )?`, "gu");

/** Due words in front of a date, to be skipped: "by", "due on", "Deadline: before". */
export const LEADS = perLanguage(
  ({ words }) =>
    new RegExp(`^(?:(?:${words.field}|${words.strong}|${words.weak})(?: ?[:：=] ?| |(?<=')))+(?=\\S)`, "u"),
);

/** Small words in front of a date: "am", "on the", "el". */
export const SMALL = perLanguage(({ words }) => new RegExp(`^(?:(?:${words.filler})(?: |(?<=')))+`, "u"));

/** 9月25日まで, 10月3日之前, 10월 3일까지: behind a date rather than in front of it. */
export const CJK_BEHIND = /^ ?(?:まで(?:に)?|迄(?:に)?|以前|之前|前(?:に|완료)?|전까지|까지|내로|締切|締め切り|期限)/u;

/** A word in front of a date that makes it the day something was done, or was once due. */
export const TOLD = perLanguage(
  ({ words }) =>
    new RegExp(
      `(?<!(?:be|get|and|to) )(?<![\\p{L}])(?:${words.done}|was|were|originally|previously)[ :–—-]{1,4}$`,
      "u",
    ),
);
