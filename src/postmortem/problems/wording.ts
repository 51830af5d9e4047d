/**
 * Judging an item by its words, in the languages postmortems are read in. Each of these only ever advises, and is better
 * silent than wrong: a title must be plainly vague, an owner plainly a group.
 */

const THING =
  "monitoring|alerting|alerts?|observability|logging|logs|documentation|docs|testing|tests|test coverage|communication|visibility|reliability|resilience|stability|performance|quality|security|awareness|process(?:es)?|training|onboarding|knowledge(?: sharing)?|tooling|automation|code|the code|things";

/** Intentions rather than work. */
const MUSINGS = [
  "(?:we |the team |someone )?(?:should |could |might |may |need to |must )?(?:maybe |perhaps |possibly )?(?:consider|think (?:about|of|through)|be (?:more )?(?:careful|aware|mindful|cautious)|keep (?:an eye|in mind)|remember (?:to|that)|pay (?:more )?attention|try (?:not )?to|reflect on|contemplate|brainstorm)",
  "(?:considerar|pensar en|reflexionar|tener en cuenta|tener (?:mas|más) cuidado|prestar (?:mas|más) atenci[oó]n)",
  "(?:pensar em|refletir|ter mais cuidado|levar em conta|prestar mais aten[cç][aã]o)",
  "(?:envisager|consid[eé]rer|r[eé]fl[eé]chir|penser [aà]|faire (?:plus )?attention|garder (?:[aà] l'esprit|un œil))",
  "(?:(?:wir sollten )?(?:[uü]berlegen|nachdenken|dar[uü]ber nachdenken|in betracht ziehen|besser aufpassen|vorsichtiger sein))",
  "(?:considerare|valutare se|pensare a|riflettere|fare (?:pi[uù] )?attenzione)",
  "(?:overwegen|nadenken over|denken aan|beter opletten|rekening houden)",
].join("|");
const MUSING = new RegExp(`^(?:${MUSINGS})(?!\\p{L})`, "iu");
/** German and Dutch put the verb last; Japanese, Chinese and Korean too, in their way. */
const MUSING_AT_END =
  /(?:^|\s)(?:nachdenken|in betracht ziehen|überlegen|overwegen)\.?$|(?:を検討(?:する)?|について考える|に気をつける|を意識する|검토|고려|고민)(?:한다|하기|해야 ?함)?。?\.?$|^(?:考虑|思考|注意|留意)/iu;

/** "Improve monitoring", with nothing said of what. */
const ALL_TALK = new RegExp(
  `^(?:(?:generally |overall )?(?:improve|better|enhance|increase|strengthen|more|review|revisit)(?: (?:the|our|overall|general))* (?:${THING})(?: and (?:${THING}))?` +
    "|mejorar (?:el |la |los |las |nuestr[oa]s? )?(?:monitoreo|monitorizaci[oó]n|alertas|documentaci[oó]n|pruebas|comunicaci[oó]n|procesos?|visibilidad|observabilidad)" +
    "|melhorar (?:o |a |os |as |nossos? |nossas? )?(?:monitoramento|monitoriza[cç][aã]o|alertas|documenta[cç][aã]o|testes|comunica[cç][aã]o|processos?|observabilidade)" +
    "|am[eé]liorer (?:le |la |les |notre |nos )?(?:monitoring|supervision|surveillance|alertes|alerting|documentation|tests|communication|processus|observabilit[eé])" +
    "|(?:das |die |den )?(?:monitoring|[uü]berwachung|alarmierung|dokumentation|tests?|kommunikation|prozesse?) verbessern" +
    "|migliorare (?:il |la |i |gli |le |l')?(?:monitoraggio|allarmi|documentazione|test|comunicazione|processi|osservabilit[aà])" +
    "|(?:de |het )?(?:monitoring|alerting|documentatie|tests?|communicatie|processen) verbeteren" +
    "|(?:監視|モニタリング|ドキュメント|テスト|コミュニケーション|プロセス)(?:を|の)?(?:改善|強化)(?:する)?" +
    "|(?:改善|加强|完善|优化)(?:监控|告警|文档|测试|沟通|流程)" +
    "|(?:모니터링|알림|문서|테스트|소통|프로세스)(?:을|를)? ?(?:개선|강화)(?:하기|한다)?)[.。!]?$",
  "iu",
);

/** Whether a title says nothing that could be checked off. */
export function isVague(title: string): boolean {
  const text = title.trim().slice(0, 400);
  return MUSING.test(text) || MUSING_AT_END.test(text) || ALL_TALK.test(text);
}

const GROUP =
  /(?<!\p{L})(?:teams?|squads?|guilds?|tribes?|groups?|crew|dept\.?|departments?|everyone|everybody|all|engineers|developers|devs|on-?call(?: engineers?)?|vendors?|stakeholders|committee|equipos?|equipes?|équipes?|grupo|todos|tous|alle|tutti|iedereen|squadra|abteilung|gruppe|teamleads)(?!\p{L})|チーム|グループ|全員|团队|小组|全体|部门|팀|전원/iu;
const GROUP_NAME =
  /^(?:sre|sres|devops|ops|operations|platform|infra(?:structure)?|security|backend|frontend|support|engineering|eng|qa|data|dba|dbas|noc|it|product|networking|network|mobile|management|leadership|design|legal|marketing|sales)$/i;

/** Whether an owner is a group rather than a person. `org/team` is one; GitHub logins have no slash. */
export const isGroup = (owner: string): boolean =>
  /^[\w.-]+\/[\w.-]+$/.test(owner.trim()) || GROUP_NAME.test(owner.trim()) || GROUP.test(owner);

/** Whether an owner's name is only a place held for one: "TBD", "?", "unassigned". */
export const isNobody = (owner: string): boolean =>
  /^(?:[-–—?.…_*/]*|tb[dca]|to be (?:determined|decided|confirmed|assigned)|todo|n\/?a|none|nobody|no ?one|unassigned|unknown|not assigned|\?+|por definir|por asignar|sin asignar|a definir|a d[eé]finir|à définir|offen|nicht zugewiesen|da definire|nader te bepalen|未定|未割り?当て?|待定|未分配|미정|미지정)$/iu.test(
    owner.trim(),
  );
