/** Words that say a due date follows, as patterns: "Due:", "ETA", "by", "para el", "fällig bis", "期限". */
import { anyDense, anySpaced, perLanguage } from "./lexicon.js";

const COLON = "[*_`]{0,3} ?[:：=][*_` ]{0,4}";

const IS = anySpaced(({ is }) => is);

/**
 * Every due word of a language in a text, with the colon behind it, where there is one. Weak words take none.
 */
export const CUES = perLanguage(
  ({ words }) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}_/.-])(?:(?:(?<field>${words.field})(?: (?:${IS}))?|(?<strong>${words.strong}))(?![\\p{L}\\p{N}_/-])(?:(?<colon>${COLON})|[*_\` ]{1,4})|(?<weak>${words.weak})(?: |(?<=')))`,
      "gu",
    ),
);

/** The name of a due field of a language without spaces, in front of a date. */
export const DENSE_CUE = new RegExp(
  `(${anyDense(({ field }) => field)})(?:${anyDense(({ is }) => is)})?(?: ?[:：=] ?| )?`,
  "gu",
);

/** What may stand in front of a date and is skipped: due words ("by", "due on", "Deadline: before"), then small words ("am", "on the"). */
export const BEFORE_DATE = perLanguage(({ words, filler }) => ({
  leads: new RegExp(`^(?:(?:${words.field}|${words.strong}|${words.weak})(?: ?[:：=] ?| |(?<=')))+(?=\\S)`, "u"),
  small: new RegExp(`^(?:(?:${filler})(?: |(?<=')))+`, "u"),
}));

/** Due words of languages without spaces: behind a date rather than in front of it. */
export const DENSE_BEHIND = new RegExp(`^ ?(?:${anyDense(({ until }) => until)})`, "u");

/** A date that ends so needs none. */
export const DENSE_CLOSED = new RegExp(`(?:${anyDense(({ untilThen }) => untilThen)})$`, "u");

/** Where a date of a language without spaces may begin in the middle of a text. */
export const DENSE_START = new RegExp(`${anyDense(({ starts }) => starts)}|\\d{4}-\\d`, "gu");

const FORMERLY = anySpaced(({ formerly }) => formerly);
const YET_TO_BE = anySpaced(({ yetToBe }) => yetToBe);

/** A word in front of a date that makes it the day something was done, or was once due. */
export const TOLD = perLanguage(
  ({ words }) => new RegExp(`(?<!(?:${YET_TO_BE}) )(?<![\\p{L}])(?:${words.done}|${FORMERLY})[ :–—-]{1,4}$`, "u"),
);
