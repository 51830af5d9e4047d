/**
 * Section windows: "Immediate (complete within 1 week)", "Short-term", "This quarter", "Sofortmaßnahmen". A window that
 * states a time is a day ({@link resolveWindow}); one that only has a name is for the policy ({@link windowName}).
 */
import type { PlainDate } from "../../calendar.js";
import type { LanguageCode } from "../languages/index.js";
import { fold } from "./fold.js";
import { phraseAt } from "./phrase.js";

export type WindowName = "immediate" | "short" | "medium" | "long";

const NAMES: readonly (readonly [WindowName, RegExp])[] = [
  [
    "immediate",
    /(?<!\p{L})(?:immediate(?:ly)?|urgent|right away|asap|inmediat[oa]s?|urgentes?|imediat[oa]s?|immediate?s?|sofort\p{L}*|unmittelbar\p{L}*|dringend\p{L}*|immediat[oaie]|onmiddellijke?|direct[e]?|per direct)(?!\p{L})|即時|緊急|至急|直ちに|立即|马上|紧急|즉시|긴급/u,
  ],
  [
    "short",
    /(?<!\p{L})(?:short[ -]?(?:er)?[ -]?term|near[ -]?term|quick wins?|corto plazo|curto prazo|court terme|kurzfristig\p{L}*|breve termine|korte termijn|kortetermijn\p{L}*)(?!\p{L})|短期|단기/u,
  ],
  [
    "medium",
    /(?<!\p{L})(?:medium[ -]?term|mid[ -]?term|intermediate[ -]term|medi(?:an)?o plazo|medio prazo|moyen terme|mittelfristig\p{L}*|medio termine|middellange termijn)(?!\p{L})|中期|중기/u,
  ],
  [
    "long",
    /(?<!\p{L})(?:long(?:er)?[ -]?(?:er)?[ -]?term|largo plazo|longo prazo|long terme|langfristig\p{L}*|lungo termine|lange termijn|langetermijn\p{L}*)(?!\p{L})|長期|长期|中長期|장기/u,
  ],
];

/** The named window a heading states, for a policy to say how long that is; null where it names none. */
export function windowName(text: string): WindowName | null {
  const folded = fold(text);
  return NAMES.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

const ALL: readonly LanguageCode[] = ["en", "es", "pt", "fr", "de", "it", "nl"];

/** Where a time may begin in a heading: at a word. */
const STARTS = /(?<![\p{L}\p{N}])[\p{L}\p{N}]|[第今本来次下上이다]/gu;

/**
 * The last day of a window that states a time: "Complete within 1 week", "30 days", "This quarter", "Q4 2024".
 * Null for windows that only have a name, for sprints, and where there is no reference to count from.
 * Every language is understood, as headings are short and often not in the document's own.
 */
export function resolveWindow(text: string, reference: PlainDate | null): PlainDate | null {
  const folded = fold(text).slice(0, 200);
  for (const { index } of folded.matchAll(STARTS)) {
    const phrase = phraseAt(folded.slice(index), { reference, dateOrder: null, sprints: {}, languages: ALL }, "field");
    if (phrase && "date" in phrase && !phrase.doubtful && phrase.length > 1) return phrase.date;
  }
  return null;
}
