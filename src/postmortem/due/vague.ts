/** Statements that name no day: "ASAP", "TBD", "ongoing", "lo antes posible", "sofort", "未定". */
import { anyDense, perLanguage } from "./lexicon.js";
import type { Parser } from "./types.js";

/** Why a statement without a day cannot be read. */
export const NO_DAY = "it names no day";

const PATTERNS = perLanguage(({ words }) => new RegExp(`^(?:${words.vague})(?![\\p{L}\\d-])`, "u"));

const DENSE = new RegExp(`^(?:${anyDense(({ vague }) => vague)})`, "u");

/** A statement that names no day, with the reason. */
export const vague: Parser = {
  gate: { begins: ({ words }) => [`(?:${words.vague})(?!\\p{L})`], alike: DENSE },
  read: (text, { languages }) => {
    const matches = [DENSE.exec(text), ...PATTERNS(languages).map((pattern) => pattern.exec(text))];
    const length = Math.max(...matches.map((match) => match?.[0].length ?? 0));
    return length > 0 ? { length, why: NO_DAY, vague: true } : null;
  },
};
