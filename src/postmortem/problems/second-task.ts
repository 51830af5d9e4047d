/**
 * Where one item says two tasks: "Add an alert on lag; **write a runbook for it**". A second verb alone does not tell ("Review and
 * update the runbook" is one task), so the first must have its own object before the second begins.
 */

/** English verbs that are hardly ever nouns, so that one behind "and" begins another task. */
const VERBS =
  "add|create|write|remove|delete|implement|configure|fix|ensure|investigate|migrate|replace|move|enable|disable|introduce|define|establish|train|reduce|increase|improve|upgrade|automate|update|refactor|deprecate|install|publish|publicise|publicize|evaluate|verify|provision";

const ENGLISH = new RegExp(
  `^(?:${VERBS}) (?:\\S+ ){2,}?\\S*?(?<!(?<!\\p{L})(?:${VERBS}))(?:;|,? and(?: also| then)?|,? as well as|\\. (?:Also|Then),?) (?=(?:${VERBS}) (?:an?|the|our|all|any|its|more|new|automatic|\\S+ \\S+))`,
  "iu",
);

/** Languages that put the verb first, as English does: the verb, its object, "and", another verb with an object. */
const verbFirst = (verbs: string, and: string): RegExp =>
  new RegExp(`^(?:${verbs}) (?:\\S+ ){1,}?[^\\s,;]+(?:;|,? (?:${and})) (?=(?:${verbs}) \\S)`, "iu");

/** Languages that put it last: an object, its verb, "and", another object and verb. */
const verbLast = (verbs: string, and: string): RegExp =>
  new RegExp(`^(?:\\S+ ){1,8}?(?:${verbs})(?:;|,? (?:${and})) (?=(?:\\S+ ){1,}(?:${verbs})[.!]?$)`, "iu");

const BY_LANGUAGE: readonly RegExp[] = [
  ENGLISH,
  verbFirst(
    "a[nñ]adir|agregar|crear|escribir|documentar|eliminar|configurar|implementar|corregir|actualizar|automatizar|migrar|revisar|definir|activar|mover|instalar",
    "y|y tambi[eé]n|adem[aá]s de",
  ),
  verbFirst(
    "adicionar|criar|escrever|documentar|remover|configurar|implementar|corrigir|atualizar|automatizar|migrar|revisar|definir|ativar|mover|instalar",
    "e|e tamb[eé]m|al[eé]m de",
  ),
  verbFirst(
    "ajouter|cr[eé]er|[eé]crire|documenter|supprimer|configurer|corriger|automatiser|migrer|d[eé]finir|activer|installer|remplacer|d[eé]ployer",
    "et|et aussi|ainsi que",
  ),
  verbFirst(
    "aggiungere|creare|scrivere|documentare|rimuovere|configurare|implementare|correggere|aggiornare|automatizzare|migrare|definire|attivare",
    "e|ed|e anche",
  ),
  verbLast(
    "hinzuf[uü]gen|einf[uü]hren|erstellen|schreiben|dokumentieren|entfernen|einrichten|anpassen|beheben|aktualisieren|automatisieren|migrieren|aktivieren",
    "und|und auch|sowie",
  ),
  verbLast(
    "toevoegen|maken|schrijven|documenteren|verwijderen|inrichten|aanpassen|oplossen|bijwerken|automatiseren|migreren|inschakelen",
    "en|en ook",
  ),
  /^[^。]{3,40}?を(?:追加|作成|修正|削除|設定|導入|更新|実装|移行)し(?:て)?、(?:また|さらに)?(?=[^。]{2,}を(?:追加|作成|修正|削除|設定|導入|更新|実装|移行)(?:する)?。?$)/u,
  /^(?:增加|添加|编写|创建|删除|修复|配置|更新|实现|引入|迁移)[^，；,;。]{3,40}[，；,;](?:并且|并|同时)?(?=(?:增加|添加|编写|创建|删除|修复|配置|更新|实现|引入|迁移)\S{2,})/u,
  /^.{3,40}?(?:추가|작성|수정|삭제|설정|도입|업데이트|구현|이전)하고,? (?=.{3,}(?:추가|작성|수정|삭제|설정|도입|업데이트|구현|이전)(?:하기|한다|함)?[.]?$)/u,
];

/** What every pattern needs between the two tasks, in one look: most titles have none of it. */
const JOINED = /[;；，、]|하고| (?:and|as well as|y|adem[aá]s|e|ed|al[eé]m|et|ainsi|und|sowie|en) |\. (?:also|then)/iu;

/** Where a second task begins, or null. */
export function secondTask(title: string): string | null {
  const text = title.slice(0, 400);
  if (!JOINED.test(text)) return null;
  for (const pattern of BY_LANGUAGE) {
    const match = pattern.exec(text);
    if (match !== null) return text.slice(match[0].length);
  }
  return null;
}
