/** Statements that name no day: "ASAP", "TBD", "ongoing", "lo antes posible", "sofort", "未定". */
import { latin, perLanguage } from "./lexicon.js";
import type { Parser } from "./types.js";

/** Why a statement without a day cannot be read. */
export const NO_DAY = "it names no day";

const PATTERNS = perLanguage(({ words }) => new RegExp(`^(?:${words.vague})(?![\\p{L}\\d-])`, "u"));

const CJK =
  /^(?:未定|検討中|調整中|対応中|継続(?:中|的)?|随時|至急|早急(?:に)?|即時|すぐに?|できるだけ早く|なるべく早く|待定|待确认|待確認|尽快|儘快|立即|马上|进行中|持续|長期|长期|短期|中期|미정|추후 ?결정|가능한 ?빨리|최대한 ?빨리|즉시|진행 ?중|지속|상시)/u;

/** A statement that names no day, with the reason. */
export const vague: Parser = (text, { languages }) => {
  const matches = [CJK.exec(text), ...latin(languages).map((language) => PATTERNS[language].exec(text))];
  const length = Math.max(...matches.map((match) => match?.[0].length ?? 0));
  return length > 0 ? { length, why: NO_DAY, vague: true } : null;
};
