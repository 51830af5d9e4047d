/**
 * Due statements inside an item's text, read against an incident of Friday 12 September 2025. A § stands where the
 * statement was taken out.
 */
import { expect, it } from "vitest";
import { type DueContext, findDue } from "../../../src/postmortem/due/index.js";
import type { LanguageCode } from "../../../src/postmortem/languages/index.js";

const context: DueContext = {
  reference: "2025-09-12",
  dateOrder: null,
  sprints: { "sprint 42": "2025-10-03" },
  languages: ["en"],
};

/** The text, its day or the reason why there is none, the words it was read from, and what is left. */
type Case = readonly [text: string, outcome: string, words: string, left: string];

const STATEMENTS: Readonly<Record<LanguageCode, readonly Case[]>> = {
  en: [
    ["Implement guardrails - Lisa Wong - Due Sept 25", "2025-09-25", "Sept 25", "Implement guardrails - Lisa Wong§"],
    ["Rotate keys by Friday", "2025-09-12", "Friday", "Rotate keys§"],
    ["Rotate keys by Friday to avoid it", "2025-09-12", "Friday", "Rotate keys§ to avoid it"],
    ["Fix the queue (ETA Q1 2026)", "2026-03-31", "Q1 2026", "Fix the queue§"],
    ["Freeze deploys until end of March", "2026-03-31", "end of March", "Freeze deploys§"],
    ["Fix it; deadline: 3 Oct", "2025-10-03", "3 Oct", "Fix it§"],
    ["Add alert [due:: 2025-10-01]", "2025-10-01", "2025-10-01", "Add alert§"],
    ["Add alert 📅 2025-10-01", "2025-10-01", "2025-10-01", "Add alert§"],
    ["Add alert due:2025-10-01 +proj", "2025-10-01", "2025-10-01", "Add alert§ +proj"],
    ["Add alert @due(2025-10-01)", "2025-10-01", "2025-10-01", "Add alert§"],
    ["Fix it — 2025-10-10", "2025-10-10", "2025-10-10", "Fix it§"],
    ["Fix it (2025-10-10)", "2025-10-10", "2025-10-10", "Fix it§"],
    ["Fix it - Sept 25", "2025-09-25", "Sept 25", "Fix it§"],
    ["By Friday, do X", "2025-09-12", "Friday", "§do X"],
    ["By Friday: do X", "2025-09-12", "Friday", "§do X"],
    ["Fix it (Lisa, due Sept 25)", "2025-09-25", "Sept 25", "Fix it (Lisa§)"],
    ["Fix it (due Sept 25, Lisa)", "2025-09-25", "Sept 25", "Fix it (§Lisa)"],
    ["Fix it (due: TBD)", "it names no day", "TBD", "Fix it§"],
    ["Deadline: before launch", "it names no day", "before launch", "§"],
    ["Fix, ETA: next sprint", "when next sprint ends is not known to the policy", "next sprint", "Fix§"],
    ["Finish before Sprint 42", "2025-10-03", "Sprint 42", "Finish§"],
    ["(by 03/04/2025) do it", "it could be day first or month first", "03/04/2025", "§ do it"],
    ["Fix it by 03/04/2025", "it could be day first or month first", "03/04/2025", "Fix it§"],
    ["Rotate keys within 30 days", "2025-10-12", "within 30 days", "Rotate keys§"],
    ["Complete within 2 weeks", "2025-09-26", "within 2 weeks", "Complete§"],
    ["Fix it @lisa 2025-10-01", "2025-10-01", "2025-10-01", "Fix it @lisa§"],
    ["Fix it (@lisa, 2025-10-01)", "2025-10-01", "2025-10-01", "Fix it (@lisa§)"],
    ["Fix it (Q1 2026)", "2026-03-31", "Q1 2026", "Fix it§"],
    ["to be completed by Sept 20", "2025-09-20", "Sept 20", "to be completed§"],
    ["Scheduled for Oct 3", "2025-10-03", "Oct 3", "§"],
    ["target date: Oct 3", "2025-10-03", "Oct 3", "§"],
    ["no later than Oct 3", "2025-10-03", "Oct 3", "§"],
    ["Use HTTP/1.1 - 2025-10-01", "2025-10-01", "2025-10-01", "Use HTTP/1.1§"],
    ["Fix it - 2025-10-10 - Lisa", "2025-10-10", "2025-10-10", "Fix it§ - Lisa"],
    ["Fix it | Lisa | 2025-10-10", "2025-10-10", "2025-10-10", "Fix it | Lisa§"],
    ["Ship by EOD Friday", "2025-09-12", "EOD Friday", "Ship§"],
    ["Ship by EOM", "2025-09-30", "EOM", "Ship§"],
    ["Ship by end of Q3.", "2025-09-30", "end of Q3", "Ship§."],
    ["**Due:** Sept 25 Do it", "2025-09-25", "Sept 25", "§Do it"],
    ["Renew certs before 2025-10-10 expiry", "2025-10-10", "2025-10-10", "Renew certs§ expiry"],
    ["Deploy the fix by 10/15", "2025-10-15", "10/15", "Deploy the fix§"],
    ["due next week", "2025-09-19", "next week", "§"],
    ["needs to be done by Oct 3", "2025-10-03", "Oct 3", "needs to be done§"],
    ["Was due Sept 20, now due Oct 20", "2025-10-20", "Oct 20", "Was due Sept 20, now§"],
    ["Fix by Oct 3 (was Sept 20)", "2025-10-03", "Oct 3", "Fix§ (was Sept 20)"],
    ["Fix it (ASAP)", "it names no day", "ASAP", "Fix it§"],
    ["Fix it (next sprint)", "when next sprint ends is not known to the policy", "next sprint", "Fix it§"],
    ["Fix it - 3.10.2025", "2025-10-03", "3.10.2025", "Fix it§"],
    ["Update by 2025-09-31", "there is no day 2025-09-31", "2025-09-31", "Update§"],
    ["Fix it - [2025-10-10]", "2025-10-10", "2025-10-10", "Fix it§"],
    ["Write tests, due on the 25th", "2025-09-25", "the 25th", "Write tests§"],
    ["due by the 25th of September", "2025-09-25", "the 25th of September", "§"],
    ["Investigate why 5 of 10 failed by Mon", "2025-09-15", "Mon", "Investigate why 5 of 10 failed§"],
    ["Revisit in two weeks", "2025-09-26", "in two weeks", "Revisit§"],
    ["Rotate keys within 30 days.", "2025-10-12", "within 30 days", "Rotate keys§."],
    ["Within 2 weeks: rotate keys", "2025-09-26", "Within 2 weeks", "§rotate keys"],
    ["Fix it *(Due: 2025-10-01)*", "2025-10-01", "2025-10-01", "Fix it§*"],
    ["**Owner:** Lisa, **Due:** 2025-10-01", "2025-10-01", "2025-10-01", "**Owner:** Lisa§"],
    ["Lisa Wong, 2025-10-01", "2025-10-01", "2025-10-01", "Lisa Wong§"],
    ["Owner: Lisa Due: 2025-10-01 Status: open", "2025-10-01", "2025-10-01", "Owner: Lisa§ Status: open"],
    ["Add X (owner: @lisa; due: 2025-10-01; P1)", "2025-10-01", "2025-10-01", "Add X (owner: @lisa§; P1)"],
    ["Reduce cost by 2026-Q1", "2026-03-31", "2026-Q1", "Reduce cost§"],
    ["Add X by Q1", "2026-03-31", "Q1", "Add X§"],
    ["ETA 10/15", "2025-10-15", "10/15", "§"],
    ["ETA: 2 weeks", "2025-09-26", "2 weeks", "§"],
    ["Deadline is Oct 3", "2025-10-03", "Oct 3", "§"],
    ["Due on: Oct 3", "2025-10-03", "Oct 3", "§"],
    ["Due date is 2025-10-03", "2025-10-03", "2025-10-03", "§"],
    ["Fix it, due Oct 3, 2025, by Lisa", "2025-10-03", "Oct 3, 2025", "Fix it§, by Lisa"],
    ["by second half of 2026", "2026-12-31", "second half of 2026", "§"],
    ["Ship before Monday", "2025-09-15", "Monday", "Ship§"],
    ["Do it - next week", "2025-09-19", "next week", "Do it§"],
    ["Make it work by Sunday night", "2025-09-14", "Sunday night", "Make it work§"],
    ["Do it by sun", "2025-09-14", "sun", "Do it§"],
    ["due in October", "2025-10-31", "in October", "§"],
    ["due in 2 sprints", "how long a sprint is is not known", "in 2 sprints", "§"],
    ["ETA: 10:30", "it names no day", "10:30", "§"],
    ["Fix (Oct 3 - Oct 5)", "2025-10-05", "Oct 3 - Oct 5", "Fix§"],
    ["Fix by Oct 3-5", "2025-10-05", "Oct 3-5", "Fix§"],
    ["Fix by Oct 3 5pm PT", "2025-10-03", "Oct 3 5pm PT", "Fix§"],
  ],
  de: [
    ["Alarm ergänzen, fällig bis 3. Oktober", "2025-10-03", "3. Oktober", "Alarm ergänzen§"],
    ["Alarm ergänzen bis Ende Oktober", "2025-10-31", "Ende Oktober", "Alarm ergänzen§"],
    ["Bis Freitag: Alarm ergänzen", "2025-09-12", "Freitag", "§Alarm ergänzen"],
    ["Alarm (bis 3.10.)", "2025-10-03", "3.10.", "Alarm§"],
    ["Fällig: sofort", "it names no day", "sofort", "§"],
    ["Alarm ergänzen bis zum 3. Oktober 2025", "2025-10-03", "3. Oktober 2025", "Alarm ergänzen§"],
  ],
  es: [
    ["Agregar alerta para el 25 de septiembre", "2025-09-25", "el 25 de septiembre", "Agregar alerta§"],
    ["Agregar alerta antes del 3 de octubre", "2025-10-03", "del 3 de octubre", "Agregar alerta§"],
    ["Agregar alerta - fecha límite: 25 de septiembre", "2025-09-25", "25 de septiembre", "Agregar alerta§"],
    ["Vence el 25 de septiembre: rotar", "2025-09-25", "25 de septiembre", "§rotar"],
    ["hasta fin de mes rotar claves", "2025-09-30", "fin de mes", "§rotar claves"],
  ],
  fr: [
    ["Ajouter une alerte d'ici fin du mois", "2025-09-30", "fin du mois", "Ajouter une alerte§"],
    ["Ajouter une alerte d’ici la fin du mois", "2025-09-30", "la fin du mois", "Ajouter une alerte§"],
    ["Ajouter avant le 25 septembre", "2025-09-25", "le 25 septembre", "Ajouter§"],
    ["Échéance : 25 septembre", "2025-09-25", "25 septembre", "§"],
    ["jusqu'à fin octobre", "2025-10-31", "fin octobre", "§"],
    ["Corriger pour le 3 octobre", "2025-10-03", "le 3 octobre", "Corriger§"],
  ],
  pt: [
    ["Adicionar alerta até 25 de setembro", "2025-09-25", "25 de setembro", "Adicionar alerta§"],
    ["prazo: fim do mês", "2025-09-30", "fim do mês", "§"],
    ["Corrigir até o fim do mês", "2025-09-30", "o fim do mês", "Corrigir§"],
  ],
  it: [
    ["Aggiungere entro il 25 settembre", "2025-09-25", "25 settembre", "Aggiungere§"],
    ["Aggiungere entro fine mese", "2025-09-30", "fine mese", "Aggiungere§"],
    ["scadenza: 3 ottobre", "2025-10-03", "3 ottobre", "§"],
  ],
  nl: [
    ["Alarm toevoegen voor 3 oktober", "2025-10-03", "3 oktober", "Alarm toevoegen§"],
    ["uiterlijk eind oktober", "2025-10-31", "eind oktober", "§"],
    ["deadline: volgende week", "2025-09-19", "volgende week", "§"],
  ],
  ru: [
    ["Добавить оповещение до 3 октября", "2025-10-03", "3 октября", "Добавить оповещение§"],
    ["Добавить оповещение (срок: 3 октября 2025)", "2025-10-03", "3 октября 2025", "Добавить оповещение§"],
    ["срок: конец октября", "2025-10-31", "конец октября", "§"],
  ],
  tr: [
    ["Alarm ekle (son tarih: 3 Ekim 2025)", "2025-10-03", "3 Ekim 2025", "Alarm ekle§"],
    ["Alarm ekle - 3 Ekim", "2025-10-03", "3 Ekim", "Alarm ekle§"],
  ],
  no: [
    ["Lage en alarm innen 3. oktober", "2025-10-03", "3. oktober", "Lage en alarm§"],
    ["frist: neste uke", "2025-09-19", "neste uke", "§"],
  ],
  ja: [
    ["アラートを追加する（期限：2025年9月25日）", "2025-09-25", "2025年9月25日", "アラートを追加する§"],
    ["2025年9月25日までにアラートを追加", "2025-09-25", "2025年9月25日", "§アラートを追加"],
    ["アラートを追加する 期限: 9月末", "2025-09-30", "9月末", "アラートを追加する§"],
    ["来週までに対応", "2025-09-19", "来週", "§対応"],
  ],
  zh: [
    ["添加告警，截止日期：2025年9月25日", "2025-09-25", "2025年9月25日", "添加告警§"],
    ["9月25日之前添加告警", "2025-09-25", "9月25日", "§添加告警"],
    ["月底前完成", "2025-09-30", "月底", "§完成"],
  ],
  ko: [
    ["알림 추가 (기한: 10월 3일)", "2025-10-03", "10월 3일", "알림 추가§"],
    ["10월 3일까지 알림 추가", "2025-10-03", "10월 3일", "§알림 추가"],
    ["다음 주까지 완료", "2025-09-19", "다음 주", "§완료"],
  ],
};

for (const [language, cases] of Object.entries(STATEMENTS) as [LanguageCode, readonly Case[]][]) {
  it.each(cases)(`${language}: %s`, (text, outcome, words, left) => {
    const found = findDue(text, { ...context, languages: ["en", language] });
    const reading = found?.reading;
    expect(reading?.kind === "date" ? reading.date : reading?.why).toBe(outcome);
    expect(reading?.text).toBe(words);
    expect(`${text.slice(0, found?.start)}§${text.slice(found?.end)}`).toBe(left);
  });
}

it("prefers the field to the sentence", () => {
  expect(findDue("Freeze until Oct 1, then migrate. Due: 2025-11-01", context)?.reading).toMatchObject({
    date: "2025-11-01",
  });
});

it("gives the same answer again", () => {
  const text = "Rotate keys by end of March (Lisa)";
  expect(findDue(text, context)).toEqual(findDue(text, context));
});
