/** Which action items of one postmortem an earlier one promised already, by what the matcher of items holds to speak for it (docs/adr/0017). */
import { compare, likenessOf, pointsOf } from "./evidence.js";
import { alikeWords, type Word, wordReader } from "./words.js";

/**
 * With so many points two promises are the same. In one document, where the same item is expected, far fewer do; between two incidents of the
 * same part much of the wording is shared by other work.
 */
const SAME_PROMISE = 7;
/** Of what the shorter promise tells, so much stands in the other. */
const LEAST_SHARE = 0.75;

/**
 * Each of the new titles is held against each of the earlier ones, so of very many the first are: far more than a postmortem promises, and what is
 * shown of them is three.
 */
const [MOST_FRESH, MOST_EARLIER] = [50, 100];

/** For each of the new titles the index of the earlier one that promised the same; null where none did, and for those beyond the first fifty. */
export function promisedBefore(fresh: readonly string[], earlier: readonly string[]): (number | null)[] {
  const read = wordReader();
  const ready = (title: string) => {
    const words = read(title);
    return compare(
      words,
      words.map(({ tells }) => tells),
      { head: null, key: null, names: [], owners: [], due: null },
    );
  };
  const [now, before] = [fresh.slice(0, MOST_FRESH).map(ready), earlier.slice(0, MOST_EARLIER).map(ready)];
  const words = (items: typeof now): Word[] => items.flatMap((item) => item.words);
  const alike = alikeWords(words(before), words(now));
  return fresh.map((_, index) => {
    const is = now[index];
    if (!is) return null;
    const [best] = before
      .map((was, at) => ({ at, likeness: likenessOf(was, is, alike) }))
      .map((one) => ({ ...one, points: pointsOf(one.likeness) }))
      .filter(({ points, likeness }) => points >= SAME_PROMISE && likeness.share >= LEAST_SHARE)
      .sort((a, b) => b.points - a.points);
    return best?.at ?? null;
  });
}
