/**
 * Stretches of time: "in two weeks", "within 30 days", "2 weeks", "10 working days", "sous 30 jours", "3 Monate".
 * They count from the incident's day. chrono reads them in some languages only, so all of them are read here.
 */
import { anySpaced, numberOf, perLanguage, unitOf } from "./lexicon.js";
import { after } from "./spans.js";
import type { Parser } from "./types.js";

const SIGNS_OF_MOST = "<=?|≤|~";
const AT_MOST = `${anySpaced(({ atMost }) => atMost)}|${SIGNS_OF_MOST}`;
const BETWEEN = anySpaced(({ betweenNumbers }) => betweenNumbers);
const FROM_THEN = anySpaced(({ fromThen }) => fromThen);

const PATTERNS = perLanguage((lexicon) => ({
  lexicon,
  pattern: new RegExp(
    `^((?:${lexicon.words.within}) )?(?:(?:${AT_MOST}) ?)?(\\d{1,3}|${lexicon.number})(?:[ -]?(?:-|–|${BETWEEN}) ?(\\d{1,3}))?[ -]?(${lexicon.unit})(?!\\p{L})(?:${FROM_THEN})?`,
    "u",
  ),
}));

export const duration: Parser = {
  gate: { begins: ({ number }) => [`(?:${number})(?!\\p{L})`, AT_MOST, "\\d"] },
  read: (text, { languages, reference }, footing) => {
    for (const { lexicon, pattern } of PATTERNS(languages)) {
      const match = pattern.exec(text);
      const unit = match && unitOf(lexicon, match[4] ?? "");
      const count = match && numberOf(lexicon, match[3] ?? match[2] ?? "");
      if (!match || !unit || count === null) continue;
      const length = match[0].length;
      const surely = footing === "field" || footing === "strong";
      // "by 2 weeks" and "- 2 weeks" say how much, not until when.
      if (!match[1] && !surely) return null;
      if (reference === null) return { length, why: "the document gives no incident date to count from" };
      const date = after(reference, count, unit);
      return date ? { length, date } : { length, why: "how long a sprint is is not known" };
    }
    return null;
  },
};
