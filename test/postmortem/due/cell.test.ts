/** Cells of a due column, in every language, read against an incident of Friday 12 September 2025. */
import { describe, expect, it } from "vitest";
import { type DueContext, readDueCell } from "../../../src/postmortem/due/index.js";
import type { LanguageCode } from "../../../src/postmortem/languages/index.js";

const context: DueContext = {
  reference: "2025-09-12",
  dateOrder: null,
  sprints: { "sprint 42": "2025-10-03" },
  languages: ["en"],
};

/** A day, the reason why there is none, or null where the cell says nothing. */
type Expected = string | { why: string } | null;

const CELLS: Readonly<Record<LanguageCode, readonly (readonly [string, Expected])[]>> = {
  en: [
    ["Sept 25", "2025-09-25"],
    ["25 Sep", "2025-09-25"],
    ["Sept 25, 2026", "2026-09-25"],
    ["Thu 25 Sep 2025", "2025-09-25"],
    ["Thu 25th", "2025-09-25"],
    ["the 25th", "2025-09-25"],
    ["Mon Sept 25", { why: "2025-09-25 is a Thursday" }],
    ["25th of September", "2025-09-25"],
    ["Friday", "2025-09-12"],
    ["next Friday", "2025-09-19"],
    ["by Friday", "2025-09-12"],
    ["in two weeks", "2025-09-26"],
    ["2 weeks", "2025-09-26"],
    ["within 30 days", "2025-10-12"],
    ["next week", "2025-09-19"],
    ["next month", "2025-10-31"],
    ["end of month", "2025-09-30"],
    ["end of the month", "2025-09-30"],
    ["by end of the month", "2025-09-30"],
    ["EOM", "2025-09-30"],
    ["EOY", "2025-12-31"],
    ["EOW", "2025-09-12"],
    ["Q1 2025", "2025-03-31"],
    ["Q4", "2025-12-31"],
    ["H2", "2025-12-31"],
    ["end of Q3", "2025-09-30"],
    ["Q3/Q4 2025", "2025-12-31"],
    ["Q1'26", "2026-03-31"],
    ["2026Q2", "2026-06-30"],
    ["mid-October", "2025-10-15"],
    ["early October", "2025-10-10"],
    ["late October", "2025-10-31"],
    ["CW38", "2025-09-19"],
    ["KW 40", "2025-10-03"],
    ["2025-W38", "2025-09-19"],
    ["Week 40", "2025-10-03"],
    ["week 2", { why: "it may be a calendar week or the weeks of a plan" }],
    ["in a few weeks", { why: "it names no day" }],
    ["Feb 30", { why: "there is no such day" }],
    ["Sept 31", { why: "there is no such day" }],
    ["2025-13-01", { why: "there is no day 2025-13-01" }],
    ["2025-02-30", { why: "there is no day 2025-02-30" }],
    ["Sept 20-25", "2025-09-25"],
    ["Oct 1 - Oct 5", "2025-10-05"],
    ["March", "2026-03-31"],
    ["March 2025", "2025-03-31"],
    ["tomorrow", "2025-09-13"],
    ["EOD Friday", "2025-09-12"],
    ["COB Oct 3", "2025-10-03"],
    ["Friday 5pm", "2025-09-12"],
    ["Sept 25 17:00 UTC", "2025-09-25"],
    ["2025-09-25T17:00:00Z", "2025-09-25"],
    ["2025-09-25 17:00", "2025-09-25"],
    ["now", { why: "it names no day" }],
    ["10:30", { why: "it names no day" }],
    ["24/7", { why: "it names no day" }],
    ["1 month", "2025-10-12"],
    ["half a year", { why: "it names no day" }],
    ["six weeks", "2025-10-24"],
    ["Sept. 25th", "2025-09-25"],
    ["25-Sep-2025", "2025-09-25"],
    ["25 Sept '25", "2025-09-25"],
    ["9 Sept", "2026-09-09"],
    ["12 Sept", "2025-09-12"],
    ["1 quarter", "2025-12-12"],
    ["10 working days", "2025-09-26"],
    ["Oct 3rd, 2025", "2025-10-03"],
    ["25/09/2025", "2025-09-25"],
    ["9/25/2025", "2025-09-25"],
    ["03/04/2025", { why: "it could be day first or month first" }],
    ["3/3/2025", "2025-03-03"],
    ["10/15", "2025-10-15"],
    ["03/04", { why: "it could be day first or month first" }],
    ["1/2", { why: "it could be day first or month first" }],
    ["25.9.2025", "2025-09-25"],
    ["3.10.", "2025-10-03"],
    ["2025-10", "2025-10-31"],
    ["20251003", "2025-10-03"],
    ["Sprint 42", "2025-10-03"],
    ["Sprint 43", { why: "when sprint 43 ends is not known to the policy" }],
    ["next sprint", { why: "when next sprint ends is not known to the policy" }],
    ["end of sprint", { why: "when this sprint ends is not known to the policy" }],
    ["ASAP", { why: "it names no day" }],
    ["TBD", { why: "it names no day" }],
    ["ongoing", { why: "it names no day" }],
    ["immediately", { why: "it names no day" }],
    ["n/a", null],
    ["-", null],
    ["—", null],
    ["TBC", { why: "it names no day" }],
    ["~Oct 3", "2025-10-03"],
    ["Oct 3 (tentative)", "2025-10-03"],
    ["DONE Sept 14", null],
    ["✅ 2024-09-14", null],
    ["October 2025", "2025-10-31"],
    ["2025", "2025-12-31"],
    ["end of 2025", "2025-12-31"],
    ["FY25 Q1", { why: "when the fiscal year begins is not known" }],
    ["before launch", { why: "it names no day" }],
    ["Oct 3 (Fri)", "2025-10-03"],
    ["week of 2025-10-06", "2025-10-10"],
    ["Fri 3 Oct", "2025-10-03"],
    ["Sep 2025", "2025-09-30"],
    ["first half of 2026", "2026-06-30"],
    ["second quarter", "2026-06-30"],
    ["3rd quarter of 2025", "2025-09-30"],
    ["2 days", "2025-09-14"],
    ["Nov", "2025-11-30"],
    ["Immediate", { why: "it names no day" }],
    ["done", null],
    ["2025/10/3", "2025-10-03"],
    ["2025-10-01 - 2025-10-05", "2025-10-05"],
    ["two weeks from Friday", "2025-09-26"],
  ],
  de: [
    ["3. Oktober", "2025-10-03"],
    ["3. Oktober 2025", "2025-10-03"],
    ["3. Okt.", "2025-10-03"],
    ["in zwei Wochen", "2025-09-26"],
    ["innerhalb von 30 Tagen", "2025-10-12"],
    ["nächste Woche", "2025-09-19"],
    ["Freitag", "2025-09-12"],
    ["bis Freitag", "2025-09-12"],
    ["Ende Oktober", "2025-10-31"],
    ["am 3.10.", "2025-10-03"],
    ["3.10.2025", "2025-10-03"],
    ["morgen", "2025-09-13"],
    ["Do 25. September", "2025-09-25"],
    ["2 Wochen", "2025-09-26"],
    ["Ende des Monats", "2025-09-30"],
    ["Monatsende", "2025-09-30"],
    ["Quartalsende", "2025-09-30"],
    ["Ende nächster Woche", "2025-09-19"],
    ["Mitte Oktober", "2025-10-15"],
    ["3. Quartal 2025", "2025-09-30"],
    ["sofort", { why: "it names no day" }],
    ["KW 40", "2025-10-03"],
    ["Ende Q4", "2025-12-31"],
    ["Do 25.", "2025-09-25"],
    ["bis spätestens 3. Oktober", "2025-10-03"],
  ],
  es: [
    ["25 de septiembre", "2025-09-25"],
    ["25 de septiembre de 2025", "2025-09-25"],
    ["25 sept", "2025-09-25"],
    ["en dos semanas", "2025-09-26"],
    ["en 30 días", "2025-10-12"],
    ["próxima semana", "2025-09-19"],
    ["el próximo viernes", "2025-09-19"],
    ["jueves 25", "2025-09-25"],
    ["fin de mes", "2025-09-30"],
    ["finales de octubre", "2025-10-31"],
    ["mediados de octubre", "2025-10-15"],
    ["Fin del sprint", { why: "when this sprint ends is not known to the policy" }],
    ["lo antes posible", { why: "it names no day" }],
    ["primer trimestre de 2026", "2026-03-31"],
    ["T1 2026", "2026-03-31"],
    ["fin de año", "2025-12-31"],
    ["el mes que viene", "2025-10-31"],
    ["semana que viene", "2025-09-19"],
  ],
  pt: [
    ["25 de setembro", "2025-09-25"],
    ["em duas semanas", "2025-09-26"],
    ["dentro de 30 dias", "2025-10-12"],
    ["sexta-feira", "2025-09-12"],
    ["próxima semana", "2025-09-19"],
    ["fim do mês", "2025-09-30"],
    ["final de outubro", "2025-10-31"],
    ["25 set", "2025-09-25"],
    ["até 25 de setembro", "2025-09-25"],
  ],
  fr: [
    ["25 septembre", "2025-09-25"],
    ["1er octobre", "2025-10-01"],
    ["dans deux semaines", "2025-09-26"],
    ["sous 30 jours", "2025-10-12"],
    ["d'ici 2 semaines", "2025-09-26"],
    ["vendredi", "2025-09-12"],
    ["semaine prochaine", "2025-09-19"],
    ["fin du mois", "2025-09-30"],
    ["fin octobre", "2025-10-31"],
    ["mi-octobre", "2025-10-15"],
    ["fin d'année", "2025-12-31"],
    ["d'ici fin du mois", "2025-09-30"],
    ["d'ici la fin du mois", "2025-09-30"],
    ["dès que possible", { why: "it names no day" }],
    ["le mois prochain", "2025-10-31"],
    ["ce trimestre", "2025-09-30"],
    ["25 sept.", "2025-09-25"],
  ],
  it: [
    ["25 settembre", "2025-09-25"],
    ["tra due settimane", "2025-09-26"],
    ["entro 30 giorni", "2025-10-12"],
    ["fine mese", "2025-09-30"],
    ["fine ottobre", "2025-10-31"],
    ["metà ottobre", "2025-10-15"],
    ["prossima settimana", "2025-09-19"],
    ["entro il 25 settembre", "2025-09-25"],
  ],
  nl: [
    ["3 oktober 2025", "2025-10-03"],
    ["over twee weken", "2025-09-26"],
    ["binnen 30 dagen", "2025-10-12"],
    ["eind oktober", "2025-10-31"],
    ["eind van de maand", "2025-09-30"],
    ["volgende week", "2025-09-19"],
    ["half oktober", "2025-10-15"],
    ["uiterlijk 3 oktober", "2025-10-03"],
    ["zsm", { why: "it names no day" }],
  ],
  ru: [
    ["3 октября 2025", "2025-10-03"],
    ["до 3 октября", "2025-10-03"],
    ["через две недели", "2025-09-26"],
    ["через 2 недели", "2025-09-26"],
    ["в течение 30 дней", "2025-10-12"],
    ["конец октября", "2025-10-31"],
    ["к концу месяца", "2025-09-30"],
    ["на следующей неделе", "2025-09-19"],
    ["в пятницу", "2025-09-12"],
    ["как можно скорее", { why: "it names no day" }],
  ],
  tr: [
    ["3 Ekim 2025", "2025-10-03"],
    ["3 Ekim", "2025-10-03"],
    ["ay sonu", "2025-09-30"],
    ["gelecek hafta", "2025-09-19"],
    ["Cuma", "2025-09-12"],
    ["en kısa sürede", { why: "it names no day" }],
  ],
  no: [
    ["3. oktober 2025", "2025-10-03"],
    ["innen 3. oktober", "2025-10-03"],
    ["om to uker", "2025-09-26"],
    ["innen 30 dager", "2025-10-12"],
    ["slutten av oktober", "2025-10-31"],
    ["neste uke", "2025-09-19"],
    ["innen fredag", "2025-09-12"],
    ["snarest", { why: "it names no day" }],
  ],
  ja: [
    ["2025年9月25日", "2025-09-25"],
    ["9月25日", "2025-09-25"],
    ["９月２５日", "2025-09-25"],
    ["9月末", "2025-09-30"],
    ["来週", "2025-09-19"],
    ["来週金曜日", "2025-09-19"],
    ["2週間以内", "2025-09-26"],
    ["明日", "2025-09-13"],
    ["月末", "2025-09-30"],
    ["来月末", "2025-10-31"],
    ["第3四半期", { why: "when the fiscal year begins is not known" }],
    ["未定", { why: "it names no day" }],
    ["9月25日（木）", "2025-09-25"],
    ["10月中旬", "2025-10-15"],
    ["年末", "2025-12-31"],
    ["10営業日以内", "2025-09-26"],
  ],
  zh: [
    ["2025年9月25日", "2025-09-25"],
    ["9月底", "2025-09-30"],
    ["下周", "2025-09-19"],
    ["下周五", "2025-09-19"],
    ["两周内", "2025-09-26"],
    ["明天", "2025-09-13"],
    ["季度末", "2025-09-30"],
    ["第四季度", "2025-12-31"],
    ["下半年", "2025-12-31"],
    ["尽快", { why: "it names no day" }],
    ["月底", "2025-09-30"],
    ["3个月内", "2025-12-12"],
  ],
  ko: [
    ["10월 3일", "2025-10-03"],
    ["2025년 10월 3일", "2025-10-03"],
    ["다음 주", "2025-09-19"],
    ["다음 주 금요일", "2025-09-19"],
    ["10월 말", "2025-10-31"],
    ["4분기", "2025-12-31"],
    ["2주 이내", "2025-09-26"],
    ["월말", "2025-09-30"],
    ["미정", { why: "it names no day" }],
    ["내일", "2025-09-13"],
    ["3개월 이내", "2025-12-12"],
  ],
};

function outcome(text: string, over: Partial<DueContext> = {}): Expected {
  const reading = readDueCell(text, { ...context, ...over });
  if (reading === null) return null;
  return reading.kind === "date" ? reading.date : { why: reading.why };
}

for (const [language, cells] of Object.entries(CELLS) as [LanguageCode, (typeof CELLS)[LanguageCode]][]) {
  it.each(cells)(`${language}: %s`, (text, expected) => {
    expect(outcome(text, { languages: ["en", language] })).toEqual(expected);
  });
}

describe("the order of day and month", () => {
  it.each([
    ["03/04/2025", "day-first", "2025-04-03"],
    ["03/04/2025", "month-first", "2025-03-04"],
    ["25/09/2025", "month-first", "2025-09-25"],
    ["9/25/2025", "day-first", "2025-09-25"],
    ["03/04/25", "day-first", "2025-04-03"],
    ["3-4-2025", "day-first", "2025-04-03"],
    ["3.4.2025", "month-first", "2025-04-03"],
    ["03/10", "day-first", "2025-10-03"],
  ] as const)("%s, %s", (text, dateOrder, date) => {
    expect(outcome(text, { dateOrder })).toBe(date);
  });
});

describe("without an incident date", () => {
  it.each([
    "Sept 25",
    "Q4",
    "in two weeks",
    "Friday",
    "EOM",
    "CW38",
    "9月25日",
    "10/15",
    "Thu 25th",
    "tomorrow",
    "October",
    "3. Oktober",
  ])("%s cannot be read", (text) => {
    expect(outcome(text, { reference: null, languages: ["en", "de"] })).toHaveProperty("why");
  });

  it.each([
    ["2025-09-25", "2025-09-25"],
    ["Sept 25, 2025", "2025-09-25"],
    ["Sept 25 '25", "2025-09-25"],
    ["3. Oktober 2025", "2025-10-03"],
    ["Q1 2025", "2025-03-31"],
    ["end of October 2025", "2025-10-31"],
    ["2025-W38", "2025-09-19"],
    ["2025年9月25日", "2025-09-25"],
    ["2025", "2025-12-31"],
  ])("%s names its year", (text, date) => {
    expect(outcome(text, { reference: null, languages: ["en", "de"] })).toBe(date);
  });
});

describe("year rollover: the first such day on or after the incident", () => {
  it.each([
    ["2024-12-20", "Jan 10", "2025-01-10"],
    ["2024-12-20", "Dec 20", "2024-12-20"],
    ["2024-12-20", "Dec 19", "2025-12-19"],
    ["2024-12-20", "Q1", "2025-03-31"],
    ["2024-12-20", "Q4", "2024-12-31"],
    ["2024-12-20", "CW02", "2025-01-10"],
    ["2024-12-30", "this week", "2025-01-03"],
    ["2024-12-20", "next month", "2025-01-31"],
    ["2024-12-20", "next quarter", "2025-03-31"],
    ["2024-12-20", "mid-January", "2025-01-15"],
    ["2024-12-20", "1 month", "2025-01-20"],
    ["2025-01-31", "1 month", "2025-02-28"],
    ["2024-01-31", "in a month", "2024-02-29"],
    ["2024-02-10", "Feb 29", "2024-02-29"],
    ["2024-12-21", "EOW", "2024-12-27"],
    ["2024-12-27", "2 working days", "2024-12-31"],
    ["2024-12-28", "5 working days", "2025-01-03"],
    ["2026-12-28", "2026-W53", "2027-01-01"],
  ])("%s: %s", (reference, text, date) => {
    expect(outcome(text, { reference })).toBe(date);
  });

  it("says so where the year has no such week", () => {
    expect(outcome("2025-W53")).toEqual({ why: "there is no week 53" });
  });
});

describe("sprints", () => {
  const sprints = { "next sprint": "2025-10-17", "fin del sprint": "2025-10-03", "sprint 42": "2025-10-03" };

  it.each([
    ["next sprint", "2025-10-17"],
    ["Sprint 42", "2025-10-03"],
    ["end of Sprint 42", "2025-10-03"],
    ["próximo sprint", "2025-10-17"],
    ["Fin del sprint", "2025-10-03"],
    ["次のスプリント", "2025-10-17"],
  ])("%s, known to the policy", (text, date) => {
    expect(outcome(text, { sprints, languages: ["en", "es"] })).toBe(date);
  });

  it("takes no name from a prototype", () => {
    expect(outcome("next sprint", { sprints: Object.create({ "next sprint": "2025-10-17" }) })).toHaveProperty("why");
  });
});

it("gives the words as written", () => {
  expect(readDueCell("  **by Oct 3rd, 2025** ", context)).toEqual({
    kind: "date",
    date: "2025-10-03",
    text: "Oct 3rd, 2025",
  });
  expect(readDueCell(" as soon as possible ", context)).toMatchObject({ text: "as soon as possible" });
});
