/**
 * Japanese, Chinese and Korean dates: 2025年9月25日, 9月末, 来週金曜日, 两周内, 10월 3일, 다음 달 말. Their shapes are so alike,
 * and so unlike anything else, that one set of patterns reads all three whatever the document's language.
 */
import { addDays, type PlainDate, plainDate, weekday } from "../../calendar.js";
import { NO_REFERENCE, nextSuchDay } from "./numeric.js";
import {
  after,
  type Edge,
  halfSpan,
  monthSpan,
  quarterSpan,
  type Span,
  spanAround,
  weekSpan,
  yearOf,
  yearSpan,
} from "./spans.js";
import type { Parser, Phrase } from "./types.js";
import type { Unit } from "./words.js";

const EDGE = " ?(?:(末|底|말|下旬|하순|内)|(中旬|中|半ば|중순)|(上旬|初|頭|초|상순))?";
const DAY = /^(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일号號]?(?:\s?[(（][^)）]{1,3}[)）])?/u;
const MONTH = new RegExp(`^(?:(\\d{4}) ?[年년] ?)?(\\d{1,2}) ?[月월]${EDGE}`, "u");
const QUARTER =
  /^(?:(\d{4}) ?[年년] ?)?(?:第? ?([1-4一二三四]) ?(?:季度|분기)|(上半年|상반기)|(下半年|하반기))(?:末|底| ?말)?/u;
const FISCAL = /^(?:\d{4} ?年度? ?)?(?:第? ?[1-4一二三四] ?四半期|[上下]半?期)(?:末)?/u;
const YEAR = new RegExp(`^(\\d{4}) ?[年년]${EDGE}`, "u");
const THIS = "今|本|这个?|這個?|当|이번 ?|금|올";
const NEXT = "来|翌|下个?|下個?|明|次の?|다음 ?|내";
const UNITS = "(週|周|星期|礼拜|주)|(月|달|개월)|(四半期|季度|分기|분기)|(年|해|년)";
const RELATIVE = new RegExp(`^(?:(${THIS})|(${NEXT}))(?:${UNITS})間?${EDGE}`, "u");
const BARE_END = /^(?:(週末|周末|주말)|(月末|月底|월말)|(四半期末|季度末|季末|분기 ?말)|(年末|年底|年内|연말|연내))/u;
const WEEKDAY =
  /^(?:(今|本|这|這|이번 ?)?(来|翌|下|다음 ?)?(?:週|周|星期|礼拜|주)?の? ?)(?:([日月火水木金土])曜日?|(?<=[周期拜])([日天一二三四五六])|([일월화수목금토])요일)/u;
const NEAR = /^(?:(今日|本日|今天|오늘)|(明日|明天|내일)|(明後日|后天|後天|모레))/u;
const DURATION =
  /^(\d{1,3}|[一二两兩三四五六七八九十]) ?(?:(営業日|工作日|个工作日|영업일)|(日間?|天|일)|(週間?|周|个?星期|주일?간?)|(か月間?|ヶ月間?|ヵ月間?|个月|個月|개월)|(年|년)) ?(以内|之内|内|后|後|以後|이내|내|후|안)?(?:に|에)?/u;
const SPRINT =
  /^(?:次の?スプリント|下个?(?:迭代|冲刺)|다음 ?스프린트|今の?スプリント|本次?迭代|이번 ?스프린트)(?:末|内)?/u;

const DIGITS = "〇一二三四五六七八九十";
const UNIT_ORDER: readonly Unit[] = ["week", "month", "quarter", "year"];

/** A number in digits or in one Chinese numeral. */
const number = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : /[两兩]/.test(text) ? 2 : DIGITS.indexOf(text);

const edgeOf = (middle: string | undefined, early: string | undefined): Edge =>
  early ? "early" : middle ? "middle" : "last";

/** The first of `spans` whose day is not yet past. */
function phrase(length: number, spans: readonly Span[], edge: Edge, reference: PlainDate | null): Phrase {
  const days = spans.map((span) => span[edge]);
  const date = days.find((day) => reference === null || day >= reference) ?? days[0];
  return date ? { length, date } : { length, why: NO_REFERENCE };
}

/** This year's and next year's, or that of the year named. */
function yearly(year: string | undefined, reference: PlainDate | null, span: (year: number) => Span): Span[] {
  if (year) return [span(Number(year))];
  return reference === null ? [] : [span(yearOf(reference)), span(yearOf(reference) + 1)];
}

const day: Parser = (text, { reference }) => {
  const match = DAY.exec(text);
  if (!match) return null;
  const length = match[0].length;
  const [month, dayOfMonth] = [Number(match[2]), Number(match[3])];
  if (!match[1] && reference === null) return { length, why: NO_REFERENCE };
  const date = match[1]
    ? plainDate(Number(match[1]), month, dayOfMonth)
    : nextSuchDay(reference ?? "", month, dayOfMonth);
  return date ? { length, date } : { length, why: "there is no such day" };
};

const month: Parser = (text, { reference }) => {
  const match = MONTH.exec(text);
  const which = Number(match?.[2]);
  if (!match || which < 1 || which > 12) return null;
  const spans = yearly(match[1], reference, (year) => monthSpan(year, which));
  return phrase(match[0].trimEnd().length, spans, edgeOf(match[4], match[5]), reference);
};

const quarter: Parser = (text, { reference }) => {
  const fiscal = FISCAL.exec(text);
  if (fiscal) return { length: fiscal[0].length, why: "when the fiscal year begins is not known" };
  const match = QUARTER.exec(text);
  if (!match) return null;
  const span = (year: number): Span =>
    match[2] ? quarterSpan(year, number(match[2])) : halfSpan(year, match[3] ? 1 : 2);
  return phrase(match[0].length, yearly(match[1], reference, span), "last", reference);
};

const year: Parser = (text, { reference }, footing) => {
  const match = YEAR.exec(text);
  if (!match || (match[0].length < 6 && footing !== "field")) return null;
  return phrase(match[0].trimEnd().length, [yearSpan(Number(match[1]))], edgeOf(match[3], match[4]), reference);
};

const relative: Parser = (text, { reference }) => {
  const match = RELATIVE.exec(text) ?? null;
  const bare = match ? null : BARE_END.exec(text);
  const unit = UNIT_ORDER.find((_, index) => (match ? match[index + 3] : bare?.[index + 1]));
  if (!unit) return null;
  const length = (match ?? bare)?.[0].trimEnd().length ?? 0;
  if (reference === null) return { length, why: NO_REFERENCE };
  const spans = [match?.[2] ? 1 : 0, 1]
    .map((ahead) => spanAround(unit, reference, ahead))
    .filter((span) => span !== null);
  return phrase(length, spans, match ? edgeOf(match[8], match[9]) : "last", reference);
};

const WEEKDAYS = [/[日天일]/u, /[月一월]/u, /[火二화]/u, /[水三수]/u, /[木四목]/u, /[金五금]/u, /[土六토]/u];

/** 来週金曜日 is Friday of next week; 金曜日 alone the first Friday from the reference on. */
const namedWeekday: Parser = (text, { reference }) => {
  const match = WEEKDAY.exec(text);
  const name = match && (match[3] ?? match[4] ?? match[5]);
  if (!match || !name) return null;
  if (reference === null) return { length: match[0].length, why: NO_REFERENCE };
  const which = WEEKDAYS.findIndex((pattern) => pattern.test(name));
  if (match[2]) {
    const friday = weekSpan(reference, 1).last;
    return { length: match[0].length, date: addDays(friday, ((which + 6) % 7) - 4) };
  }
  return { length: match[0].length, date: addDays(reference, (which - weekday(reference) + 7) % 7) };
};

const near: Parser = (text, { reference }) => {
  const match = NEAR.exec(text);
  if (!match) return null;
  if (reference === null) return { length: match[0].length, why: NO_REFERENCE };
  return { length: match[0].length, date: addDays(reference, match[1] ? 0 : match[2] ? 1 : 2) };
};

const DURATION_UNITS: readonly Unit[] = ["workday", "day", "week", "month", "year"];

const duration: Parser = (text, { reference }, footing) => {
  const match = DURATION.exec(text);
  const unit = DURATION_UNITS.find((_, index) => match?.[index + 2]);
  if (!match || !unit || (!match[7] && footing !== "field" && footing !== "strong")) return null;
  const length = match[0].trimEnd().length;
  const date = reference && after(reference, number(match[1] ?? ""), unit);
  return date ? { length, date } : { length, why: NO_REFERENCE };
};

const sprint: Parser = (text, { sprints }) => {
  const match = SPRINT.exec(text);
  if (!match) return null;
  const name = /^[今本이]/u.test(match[0]) ? "this sprint" : "next sprint";
  const date = Object.hasOwn(sprints, name) ? sprints[name] : undefined;
  return date
    ? { length: match[0].length, date }
    : { length: match[0].length, why: `when ${name} ends is not known to the policy` };
};

const PARSERS: readonly Parser[] = [day, quarter, month, year, sprint, namedWeekday, relative, near, duration];

/** Whether a text has anything for these patterns. */
export const hasCjk = (text: string): boolean => /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text);

export const cjkDate: Parser = (text, context, footing) => {
  if (!hasCjk(text.slice(0, 12))) return null;
  for (const parser of PARSERS) {
    const found = parser(text, context, footing);
    if (found) return found;
  }
  return null;
};
