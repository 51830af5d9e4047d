/** What a section's name means in each language, by its words: work, advice, or nothing to do for those who write. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../src/postmortem/languages/index.js";
import type { SectionKind } from "../../src/postmortem/structure/section-kind.js";
import { readSectionName } from "../../src/postmortem/structure/section-name.js";

type Names = Readonly<Record<(typeof LANGUAGE_CODES)[number], string>>;

/** What the writers do now, or did not decide yet. */
const DOING: Names = {
  en: "What we're doing about it",
  es: "Qué estamos haciendo",
  pt: "O que estamos fazendo",
  fr: "Ce que nous faisons",
  de: "Was wir jetzt unternehmen",
  it: "Cosa stiamo facendo",
  nl: "Wat we nu doen",
  ja: "これからやること",
  zh: "我们正在做什么",
  ko: "다음 할 일",
  ru: "Что мы делаем",
  tr: "Ne yapıyoruz",
  no: "Hva vi gjør",
};

const WHO_DOES_WHAT: Names = {
  en: "Who does what by when",
  es: "Quién hace qué",
  pt: "Quem faz o quê",
  fr: "Qui fait quoi",
  de: "Wer macht was bis wann",
  it: "Chi fa cosa",
  nl: "Wie doet wat",
  ja: "誰が何をいつまでに",
  zh: "谁做什么",
  ko: "누가 무엇을 언제까지",
  ru: "Кто что делает",
  tr: "Kim ne yapacak",
  no: "Hvem gjør hva",
};

const ADVISED: Names = {
  en: "Recommended next steps",
  es: "Próximos pasos recomendados",
  pt: "Próximos passos recomendados",
  fr: "Prochaines étapes recommandées",
  de: "Empfohlene nächste Schritte",
  it: "Prossimi passi consigliati",
  nl: "Aanbevolen volgende stappen",
  ja: "推奨される対応",
  zh: "建议的后续措施",
  ko: "권장 조치 사항",
  ru: "Рекомендуемые дальнейшие шаги",
  tr: "Önerilen sonraki adımlar",
  no: "Anbefalte neste steg",
};

const TO_READERS: Names = {
  en: "What you should do",
  es: "Qué debes hacer",
  pt: "O que você deve fazer",
  fr: "Ce que vous devez faire",
  de: "Was Sie jetzt tun sollten",
  it: "Cosa devi fare",
  nl: "Wat u moet doen",
  ja: "お客様へ",
  zh: "给用户的建议",
  ko: "사용자를 위한 안내",
  ru: "Что вам нужно сделать",
  tr: "Yapmanız gerekenler",
  no: "Hva du bør gjøre",
};

const BESIDE: Names = {
  en: "Parking lot",
  es: "Acciones rechazadas",
  pt: "Ações rejeitadas",
  fr: "Actions rejetées",
  de: "Verworfene Maßnahmen",
  it: "Azioni scartate",
  nl: "Afgewezen acties",
  ja: "カテゴリの説明",
  zh: "优先级说明",
  ko: "우선순위 정의",
  ru: "Отклоненные меры",
  tr: "Reddedilen aksiyonlar",
  no: "Avviste tiltak",
};

const NOT_AGAIN: Names = {
  en: "So this does not happen again",
  es: "Plan para no repetirlo",
  pt: "Plano para não repetir",
  fr: "Plan pour ne pas recommencer",
  de: "Damit das nicht wieder passiert",
  it: "Perché non accada più",
  nl: "Zodat dit niet weer gebeurt",
  ja: "二度と起こさないために",
  zh: "为了不再发生",
  ko: "다시는 일어나지 않도록",
  ru: "Чтобы это не повторилось",
  tr: "Bir daha olmaması için",
  no: "Slik at det ikke skjer igjen",
};

const HARDENING: Names = {
  en: "Hardening",
  es: "Fortalecimiento",
  pt: "Fortalecimento",
  fr: "Renforcement",
  de: "Härtung",
  it: "Rafforzamento",
  nl: "Versterking",
  ja: "仕組みの強化",
  zh: "加固",
  ko: "보강",
  ru: "Укрепление",
  tr: "Güçlendirme",
  no: "Styrking",
};

const CHECKS: Names = {
  en: "Verification",
  es: "Pruebas realizadas",
  pt: "Verificação",
  fr: "Tests effectués",
  de: "Überprüfung",
  it: "Verifica finale",
  nl: "Verificatie",
  ja: "動作確認",
  zh: "验证步骤",
  ko: "테스트 결과",
  ru: "Проверка",
  tr: "Doğrulama",
  no: "Verifisering",
};

const OPEN: Names = {
  en: "Still open",
  es: "Sigue abierto",
  pt: "Ainda aberto",
  fr: "Encore ouvert",
  de: "Noch offen",
  it: "Ancora aperto",
  nl: "Nog open",
  ja: "未解決の課題",
  zh: "仍未解决的问题",
  ko: "미해결 과제",
  ru: "Ещё открыто",
  tr: "Hâlâ açık",
  no: "Fortsatt åpent",
};

describe.each<[string, Names, readonly (SectionKind | null)[]]>([
  ["what is being done", DOING, ["followUp", "explicit"]],
  ["what is not to happen again", NOT_AGAIN, ["followUp"]],
  ["who does what", WHO_DOES_WHAT, ["followUp"]],
  ["what is only advised", ADVISED, ["advice"]],
  ["what readers should do", TO_READERS, ["other"]],
  ["what stands beside the work", BESIDE, ["other"]],
  ["what is made stronger", HARDENING, ["advice"]],
  ["what was checked", CHECKS, ["other"]],
  ["what is still open", OPEN, ["followUp", "explicit"]],
])("%s", (_, names, kinds) => {
  it.each(LANGUAGE_CODES.map((code) => [code, names[code]] as const))("%s: %s", (_code, name) => {
    expect(kinds).toContain(readSectionName(name).kind);
  });
});

it.each(["🛡️ Next steps", "⚠️ Next steps", "1️⃣ Next steps", "✔️ Next steps:", "🔧 Next steps"])("%s", (name) => {
  expect(readSectionName(name)).toMatchObject({ kind: "followUp", full: true });
});

it("Turkish is read without its dots too", () => {
  for (const name of ["Sonraki Teknik Adımlar", "Sonraki Teknik Adimlar", "SONRAKİ ADIMLAR"])
    expect([name, readSectionName(name).kind]).toEqual([name, "followUp"]);
});

it.each([
  ["Regression prevention", "prevention"],
  ["Our commitment to you", "other"],
  ["Commitments", "followUp"],
  ["What can we do to detect it faster?", "followUp"],
  ["How to verify", "other"],
  ["Rollback plan", "other"],
  ["Planos de ação", "explicit"],
  ["Try", "advice"],
  ["Prevent / Detect / Mitigate", "measures"],
  ["Mitigation and recovery", "other"],
  ["What can we do", "advice"],
  ["改进代码", null],
  ["改进工作", "prevention"],
  ["How would you prevent a recurrence?", "other"],
])("%s", (name, kind) => {
  expect(readSectionName(name).kind).toBe(kind);
});
