/**
 * Which languages a document is written in, told cheaply from its letters and its commonest small words, so that only the
 * date readers that can matter are asked. English is always among them: headings and table columns often are.
 */

/** The languages Follow-Through reads, by their ISO 639-1 code. */
export type Language = "en" | "es" | "pt" | "fr" | "de" | "it" | "nl" | "ja" | "zh" | "ko";

type WordList = Readonly<Partial<Record<Language, string>>>;

/** Small words that are frequent in one of these languages and rare in the others. */
const SMALL_WORDS: WordList = {
  es: "el los las del una para por con que fue y más está",
  pt: "o os as do da uma para por com que foi e não está ao",
  fr: "le les des du une pour par avec que est et dans été sur nous",
  de: "der die das und ist nicht ein eine mit für auf wurde wir zu von",
  it: "il gli le della una per con che è stato nel sono di alla",
  nl: "de het een en van niet met voor op is werd wij te zijn naar",
};

/** Words of postmortems, each worth several small ones: short documents are mostly headings and table cells. */
const CRAFT_WORDS: WordList = {
  es: "acciones acción responsable fecha tarea tareas pasos lecciones aprendidas incidente estado hecho causa raíz",
  pt: "ações ação responsável prazo tarefa tarefas passos lições aprendidas incidente situação concluído causa raiz",
  fr: "échéance responsable tâche tâches étapes leçons panne statut terminé prochaines actions",
  de: "maßnahmen maßnahme verantwortlich fällig frist aufgaben schritte ursache ausfall vorfall erledigt zeitverlauf",
  it: "azioni azione responsabile scadenza attività passi lezioni apprese disservizio incidente stato completato causa",
  nl: "actie acties actiepunten eigenaar verantwoordelijke tijdlijn storing lessen gedaan oorzaak vervolgstappen maatregelen",
};

/** How many small words one of the craft is worth. */
const CRAFT = 2;

/** For each word, the languages it speaks for and how much. */
const WORDS: ReadonlyMap<string, readonly (readonly [Language, number])[]> = index([
  [SMALL_WORDS, 1],
  [CRAFT_WORDS, CRAFT],
]);

/** How much of a text is looked at: enough to tell a language, little enough to cost nothing. */
const SAMPLE = 2000;

/** A language counts once its small words make up this share of all words. */
const SHARE = 0.04;

const NOT_LATIN = /[^a-z\u00df-\u024f]+/;

/**
 * The languages of `text`, English first, the others by how much of them there is.
 * The same text always gives the same answer.
 */
export function detectLanguages(text: string): Language[] {
  const sample = text.slice(0, SAMPLE);
  const found = sample.toLowerCase().split(NOT_LATIN);
  const counts = new Map<Language, number>();
  for (const word of found) {
    for (const [language, worth] of WORDS.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + worth);
  }
  const european = [...counts]
    .filter(([, count]) => count >= 3 && count >= found.length * SHARE)
    .sort((a, b) => b[1] - a[1])
    .map(([language]) => language);
  return ["en", ...asianScripts(sample), ...european.slice(0, 2)];
}

/** Chinese, Japanese and Korean are told by their letters alone; kana make Han characters Japanese. */
function asianScripts(sample: string): Language[] {
  const found: Language[] = [];
  if (/[\uac00-\ud7af]/.test(sample)) found.push("ko");
  if (/[\u3041-\u30fa]/.test(sample)) found.push("ja");
  else if (/[\u4e00-\u9fff]/.test(sample)) found.push("zh");
  return found;
}

function index(lists: readonly (readonly [WordList, number])[]): Map<string, [Language, number][]> {
  const byWord = new Map<string, [Language, number][]>();
  for (const [list, worth] of lists) {
    for (const [language, text] of Object.entries(list)) {
      for (const word of text.split(" "))
        byWord.set(word, [...(byWord.get(word) ?? []), [language as Language, worth]]);
    }
  }
  return byWord;
}
