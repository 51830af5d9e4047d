/** How a text begins: with a verb, as what is to be done does. */
import { normalize, ORDER, VERB } from "../../languages/index.js";

/** First words are found within so many characters. */
const WITHIN = 60;

/** The first words of a text, made comparable. */
export const firstWords = (text: string): string => normalize(text.slice(0, WITHIN));

/** It begins with a verb, as orders do. */
export const beginsWithVerb = (text: string): boolean => VERB.any.test(firstWords(text));

/** It begins with a verb, or is an order by its grammar. */
export function beginsWithOrder(text: string): boolean {
  const words = firstWords(text);
  return VERB.any.test(words) || ORDER.test(words);
}

/** As {@link beginsWithOrder}, with a verb that is no noun as well: "Review process:" is often a label. */
export function beginsWithSureVerb(text: string): boolean {
  const words = firstWords(text);
  return VERB.sure.test(words) || ORDER.test(words);
}
