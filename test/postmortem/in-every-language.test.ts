/** What a document's language decides: how it promises in sentences, and which of two numbers is the day. */
import { describe, expect, it } from "vitest";
import type { LanguageCode } from "../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const read = (text: string, options = DEFAULT_READ_OPTIONS) => readPostmortem("pump.md", text, options);

/** Two paragraphs of a section about work: what somebody will do, and how it is. */
const PROMISES: readonly (readonly [LanguageCode, heading: string, promise: string, fact: string])[] = [
  ["en", "Next steps", "Nadia will put a second pump into the cellar.", "The cellar was dry on Tuesday."],
  [
    "de",
    "Nächste Schritte",
    "Nadia kümmert sich um eine zweite Pumpe im Keller.",
    "Der Keller war am Dienstag trocken.",
  ],
  ["fr", "Prochaines étapes", "Nadia installera une seconde pompe à la cave.", "La cave était sèche mardi."],
  ["fr", "Prochaines étapes", "Les voisins vont fermer la vanne chaque soir.", "La cave était sèche mardi."],
  ["es", "Próximos pasos", "Nadia va a instalar otra bomba en el sótano.", "El sótano estaba seco el martes."],
  ["es", "Próximos pasos", "El taller revisará la válvula del sótano.", "El sótano estaba seco el martes."],
  ["pt", "Próximos passos", "A Nadia vai instalar outra bomba no porão.", "O porão estava seco na terça-feira."],
  ["it", "Prossimi passi", "Nadia aggiornerà il registro della pompa.", "La cantina era asciutta martedì."],
  ["nl", "Vervolgstappen", "Nadia zal een tweede pomp in de kelder zetten.", "De kelder was dinsdag droog."],
  ["no", "Neste steg", "Nadia skal sette en ny pumpe i kjelleren.", "Kjelleren var tørr på tirsdag."],
  ["tr", "Sonraki adımlar", "Nadia bodruma ikinci bir pompa koyacak.", "Bodrum salı günü kuruydu."],
  ["ru", "Следующие шаги", "Надя настроит второй насос в подвале.", "Подвал во вторник был сухим."],
  ["ja", "次のステップ", "保守班が地下室に予備のポンプを設置します。", "地下室は火曜日に乾いていた。"],
  ["zh", "后续行动", "维修组将在地下室安装备用水泵。", "地下室星期二是干的。"],
  ["ko", "후속 조치", "정비팀이 지하실에 예비 펌프를 설치할 예정이다.", "지하실은 화요일에 말라 있었다."],
];

describe("a paragraph that promises work is an item, and one that tells how it is, is none", () => {
  it.each(PROMISES)("%s, under %s: %s", (_, heading, promise, fact) => {
    const { items } = read(`# Pump\n\n## ${heading}\n\n${promise}\n\n${fact}\n`);
    expect(items.map(({ line }) => line)).toEqual([5]);
  });
});

/** A sentence of each language, so that it is known for it. */
const IN: Readonly<Record<Exclude<LanguageCode, "en">, readonly [text: string, heading: string, due: string]>> = {
  de: ["Der Keller stand unter Wasser, weil die Pumpe nicht lief.", "Maßnahmen", "fällig"],
  fr: ["La cave était sous l'eau parce que la pompe ne tournait pas.", "Plan d'action", "échéance"],
  es: ["El sótano estaba bajo el agua porque la bomba no funcionaba.", "Acciones", "fecha límite"],
  pt: ["O porão estava debaixo de água porque a bomba não funcionava.", "Ações", "prazo"],
  it: ["La cantina era sotto l'acqua perché la pompa non funzionava.", "Azioni", "scadenza"],
  nl: ["De kelder stond onder water omdat de pomp het niet deed.", "Acties", "deadline"],
  no: ["Kjelleren sto under vann fordi pumpen ikke gikk.", "Tiltak", "frist"],
  tr: ["Bodrum su altındaydı, çünkü pompa çalışmıyordu ve bu çok geç anlaşıldı.", "Aksiyonlar", "son tarih"],
  ru: ["Подвал стоял под водой, потому что насос не работал.", "Действия", "срок"],
  ja: ["ポンプが動かず、地下室が浸水した。", "アクションアイテム", "期限"],
  zh: ["水泵没有运转，地下室被水淹没。", "行动项", "截止日期"],
  ko: ["펌프가 돌지 않아 지하실이 물에 잠겼다.", "조치 사항", "기한"],
};
const MONTH_FIRST: readonly string[] = ["ja", "zh", "ko"];

describe("a date of numbers that could be read two ways is read as the document's language writes it", () => {
  const document = (text: string, heading: string, label: string) =>
    `# Pump\n\n2025-03-01\n\n${text}\n\n## ${heading}\n\n- Pump X9 — ${label}: 10/04/2025\n`;

  it.each(Object.entries(IN))("%s", (code, [text, heading, label]) => {
    const due = MONTH_FIRST.includes(code) ? "2025-10-04" : "2025-04-10";
    expect(read(document(text, heading, label)).items).toMatchObject([{ due }]);
  });

  it("unless another date proves otherwise, or the policy says it", () => {
    const [text, heading, label] = IN.fr;
    const proven = document(`${text} (9/25/2024)`, heading, label);
    expect(read(proven).items).toMatchObject([{ due: "2025-10-04" }]);
    const told = read(document(text, heading, label), { ...DEFAULT_READ_OPTIONS, dateOrder: "month-first" });
    expect(told.items).toMatchObject([{ due: "2025-10-04" }]);
  });

  it("in English, where people do not agree, it is told as unreadable", () => {
    const { items, problems } = read(document("The cellar was under water.", "Action items", "due"));
    expect(items).toMatchObject([{ due: null }]);
    expect(problems.map(({ message }) => message).join()).toContain("day first or month first");
  });

  it("the incident's own day too; the same number twice is one day", () => {
    expect(read("# Pompa\n\n**Data:** 12/12/2024\n\n## Azioni\n\n- Pompa\n").incident.date).toBe("2024-12-12");
    expect(read("# Pump\n\n**Date:** 12/12/2024\n\n## Action items\n\n- Pump\n").incident.date).toBe("2024-12-12");
  });
});

describe("what is said behind the work", () => {
  it.each([
    ["- Replace the valve: abandoned.", { dropped: true, done: false }],
    ["- Changer la vanne : abandonnée", { dropped: true, done: false }],
    ["- Ventil tauschen: erledigt am 3. Mai", { done: true }],
    ["- Klep vervangen: gedaan op 3 mei", { done: true }],
    ["- Cambiar la válvula: hecho el 3 de mayo", { done: true }],
    ["- 【P0】ポンプの監視を追加する", { priority: "P0", title: "ポンプの監視を追加する" }],
    ["- （完了）ポンプを交換", { done: true, title: "ポンプを交換" }],
    ["- 予備のポンプを確認（現場、6/15まで）", { due: "2025-06-15", title: "予備のポンプを確認（現場）" }],
    ["- 예비 펌프 점검 (현장, 6/15까지)", { due: "2025-06-15", title: "예비 펌프 점검 (현장)" }],
  ])("%s", (line, item) => {
    const [text, heading] = /[가-힣]/u.test(line) ? IN.ko : /[ぁ-ん]/u.test(line) ? IN.ja : ["", "Action items"];
    expect(read(`# Pump\n\n2025-05-01\n\n${text}\n\n## ${heading}\n\n${line}\n`).items).toMatchObject([item]);
  });
});
