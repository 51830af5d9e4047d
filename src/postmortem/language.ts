/**
 * Which languages a document is written in, told cheaply from its letters and its commonest small words, so that only the
 * date readers that can matter are asked. English is always among them: headings and table columns often are.
 */

/** The languages Follow-Through reads, by their ISO 639-1 code. */
export type Language = "en" | "es" | "pt" | "fr" | "de" | "it" | "nl" | "ja" | "zh" | "ko";

/** Small words that are frequent in one of these languages and rare in the others. */
const SMALL_WORDS: Readonly<Record<string, readonly Language[]>> = words({
  es: "el los las del una para por con que fue y más está",
  pt: "o os as do da uma para por com que foi e não está ao",
  fr: "le les des du une pour par avec que est et dans été sur nous",
  de: "der die das und ist nicht ein eine mit für auf wurde wir zu von",
  it: "il gli le della una per con che è stato nel sono di alla",
  nl: "de het een en van niet met voor op is werd wij te zijn naar",
});

/** Words of postmortems, each worth several small ones: short documents are mostly headings and table cells. */
const CRAFT_WORDS: Readonly<Record<string, readonly Language[]>> = words({
  es: "acciones acción responsable fecha tarea tareas pasos lecciones aprendidas incidente estado hecho causa raíz",
  pt: "ações ação responsável prazo tarefa tarefas passos lições aprendidas incidente situação concluído causa raiz",
  fr: "échéance responsable tâche tâches étapes leçons panne statut terminé prochaines actions",
  de: "maßnahmen maßnahme verantwortlich fällig frist aufgaben schritte ursache ausfall vorfall erledigt zeitverlauf",
  it: "azioni azione responsabile scadenza attività passi lezioni apprese disservizio incidente stato completato causa",
  nl: "actie acties actiepunten eigenaar verantwoordelijke tijdlijn storing lessen gedaan oorzaak vervolgstappen maatregelen",
});

/** How many small words one of the craft is worth. */
const CRAFT = 2;

/** How much of a text is looked at: enough to tell a language, little enough to cost nothing. */
const SAMPLE = 6000;

/** A language counts once its small words make up this share of all words. */
const SHARE = 0.04;

/**
 * The languages of `text`, English first, the others by how much of them there is.
 * The same text always gives the same answer.
 */
export function detectLanguages(text: string): Language[] {
  const sample = text.slice(0, SAMPLE);
  const scripts = asianScripts(sample);
  const counts = new Map<Language, number>();
  let total = 0;
  for (const [word] of sample.toLowerCase().matchAll(/\p{L}+/gu)) {
    total++;
    for (const language of SMALL_WORDS[word] ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
    for (const language of CRAFT_WORDS[word] ?? []) counts.set(language, (counts.get(language) ?? 0) + CRAFT);
  }
  const european = [...counts]
    .filter(([, count]) => count >= 3 && count >= total * SHARE)
    .sort((a, b) => b[1] - a[1])
    .map(([language]) => language);
  return ["en", ...scripts, ...european.slice(0, 2)];
}

/** Chinese, Japanese and Korean are told by their letters alone; kana make Han characters Japanese. */
function asianScripts(sample: string): Language[] {
  const found: Language[] = [];
  if (/\p{Script=Hangul}/u.test(sample)) found.push("ko");
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(sample)) found.push("ja");
  else if (/\p{Script=Han}/u.test(sample)) found.push("zh");
  return found;
}

function words(byLanguage: Readonly<Partial<Record<Language, string>>>): Record<string, Language[]> {
  const index: Record<string, Language[]> = Object.create(null);
  for (const [language, list] of Object.entries(byLanguage)) {
    for (const word of list.split(" ")) index[word] = [...(index[word] ?? []), language as Language];
  }
  return index;
}
