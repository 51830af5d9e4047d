/** A day of the month without its month: "the 25th", "Thu 25th", "jueves 25", "Do 25.". The first such day to come. */
import { addDays, weekday } from "../../calendar.js";
import { anySpaced, perLanguage } from "./lexicon.js";
import { NO_REFERENCE } from "./numeric.js";
import type { Parser, Read } from "./types.js";

const ENDINGS = anySpaced(({ dayEndings }) => dayEndings);
const OTHER_ENDINGS = anySpaced(({ numberEndings }) => numberEndings);
/** A number with such an ending is a day of the month, even without a weekday. */
const SURE_ENDING = new RegExp(`^(?:${ENDINGS})$`, "u");

const PATTERNS = perLanguage((lexicon) => ({
  lexicon,
  pattern: new RegExp(
    `^(?:(?:${lexicon.filler}) )*(?:(${lexicon.weekday})\\.?,? (?:(?:${lexicon.filler}) )*)?(\\d{1,2})(${ENDINGS}|${OTHER_ENDINGS}|\\.)?(?![\\p{L}\\d%:/.])(?! ?(?:(?:${lexicon.filler}) )*(?:${lexicon.month}|${lexicon.unit})(?!\\p{L}))`,
    "u",
  ),
}));

/** A 25th that is a Thursday comes round within a year in all but the rarest months; four are allowed. */
const HORIZON_DAYS = 4 * 366;

const read: Read = (text, { languages, reference }) => {
  for (const { lexicon, pattern } of PATTERNS(languages)) {
    const match = pattern.exec(text);
    // A naked number is no date: it takes the name of a weekday, or "25th".
    if (!match || (!match[1] && !SURE_ENDING.test(match[3] ?? ""))) continue;
    const wanted = match[1] ? lexicon.weekdays.get(match[1]) : undefined;
    const length = match[0].length;
    const number = Number(match[2]);
    if (number < 1 || number > 31) return { length, why: `there is no day ${number} in a month` };
    if (reference === null) return { length, why: NO_REFERENCE };
    for (let ahead = 0; ahead < HORIZON_DAYS; ahead++) {
      const date = addDays(reference, ahead);
      if (Number(date.slice(8)) !== number) continue;
      if (wanted === undefined) return { length, date, doubtful: true };
      if (weekday(date) === wanted) return { length, date };
    }
  }
  return null;
};

export const dayOfMonth: Parser = { gate: { begins: ({ weekday }) => [`(?:${weekday})(?!\\p{L})`, "\\d"] }, read };
