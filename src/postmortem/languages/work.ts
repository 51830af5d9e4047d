/**
 * Words of work in the languages of the lexicon, as normalized text has them (no capitals, no accents): which tell nothing, which
 * stand in every other action item, what kind of work a word speaks of, and which are each other's opposite. A word that ends in `*`
 * stands for all that begin so.
 */
import { withoutTowers } from "../../text.js";

/** Words that only hold others together. */
const SMALL_WORDS = `
  a an and are as at be been being but by can could for from had has have he her his how i if in into is it its may might must of off on or
  our ours out over per shall she should so some such than that the their them then there these they this those to too under up upon us
  was we were what when where whether which while who whoever whom why will with within without would you your also any both each every all
  about is after before during until not no does do did done via e g eg ie etc
  de del el en la las los lo al para por que un una unos unas y o con se su sus es como cuando si e em do da dos das no na nos nas um uma ao
  aos os as com le les du des et ou pour dans une sur au aux par avec ce ces cette d l s qu sont est der die das den dem des ein eine einen
  einem einer und oder fur mit von vom zu zum zur im am ist sind wird werden auf bei nach aus um il lo gli i di del della dei delle per con
  nel nella che sono het een van voor met op te is zijn worden aan bij naar door en of
  に対する に対して 的 了 在 和 与 及 为 对 到 把 将 被 等 并 进行 从
  및 을 를 이 가 은 는 의 에 에서 로 으로 와 과
  и в во на с со по для из от до о об к у за не что как или при
`;

/** Verbs, adjectives and nouns that fit any work. Those of {@link KINDS} are as common and need not stand here. */
const COMMON_WORDS = `
  add* create* creat* update* updat* fix* improv* make made making ensure* implement* use* using set sets setting get* need* review* check* consider*
  define* defin* put keep provide* provid* handle* handl* change* chang* introduc* establish* look* work* build* built enable* start* configur* deploy
  plan* process* issue* ticket* task* item* action* step* change* new better proper* properly more less first second next future further additional
  follow* sure go going forward soon somebody someone team* make apply appl* allow* perform* support* ask* agree* arrange* schedul* contact* page
  fully correct* relevant various right good best current* existing currently case* way* thing* part* time* lower* reduc* rais* increas* decreas*
  anadir agregar anade* agrega* crear crea* actualizar actualiza* mejorar mejora* revisar revisa* definir implementar implementa* configura* asegurar hacer
  nuevo* nueva* proceso* adicionar adiciona* criar cria* atualizar atualiza* melhorar melhora* garantir fazer novo* nova* aumentar aumenta* reducir reduzir
  ajouter ajoute* creer cree* mettre mis mise jour ameliorer ameliore* revoir verifier definir assurer faire nouveau* nouvelle* processus augmenter reduire
  hinzufugen erstellen erstellt anlegen aktualisieren verbessern verbesser* einfuhren einrichten prufen uberprufen anpassen sicherstellen neu neue* neuen prozess*
  durchfuhren nun automatisch
  aggiungere creare aggiornare migliorare rivedere definire verificare nuovo nuova processo
  toevoegen maken bijwerken verbeteren controleren nieuwe nieuw proces
  追加 作成 改善 見直 更新 確認 実施 対応 導入 設定 検討 整備 変更 用意 行 新
  增加 添加 新增 创建 更新 改进 完善 优化 调整 检查 确认 确保 实现 制定 建立 补充 加强 设置 引入 新 操作
  추가 작성 개선 업데이트 확인 검토 도입 설정 변경 강화 생성 새
  добавить добавл* создать обновить улучшить проверить настроить внедрить сделать новый новая новое
`;

/** Words that say which kind of work is meant: two items of different kinds are different work on the same thing. */
const KIND_WORDS = {
  observe: `alert* alarm* monitor* metric* dashboard* observab* instrument* alerta* monitoreo monitorizacion alerte* surveill* uberwach* uberwachung
    avviso allarme alarme* bewak* アラート 監視 告警 报警 监控 警报 알림 알람 모니터링 мониторинг* оповещен* алерт*`,
  test: `test tests tested testing verify* verifi* validat* rehears* drill drills proof prueba* probar teste* testar tester essai* essayer testen
    getestet prova* toetsen テスト 検証 测试 验证 演练 테스트 검증 тест* протестир*`,
  write: `document documents documented documenting documentation docs doc write writes writing wrote written runbook* playbook* handbook* describe*
    documentar documenta* documente* documentacion documentacao documenter rediger redige* dokumentier* dokumentation schreiben geschrieben documentare documenteren
    ドキュメント 文書 文書化 手順 手順書 書 编写 文档 手册 撰写 记录 문서 문서화 документ* описать написать`,
  remove: `remov* delet* drop dropp* decommission* retir* deprecat* uninstall* eliminar elimina* borrar quitar remover supprimer retirer entfernen loschen
    abschalten rimuovere verwijder* 削除 廃止 删除 下线 移除 弃用 삭제 제거 удалить отключить`,
  replace: `rewrit* rewrote refactor* replac* migrat* reemplaz* migrar substitu* remplac* migrer ersetzen migrieren umschreiben sostitu* vervang*
    移行 リファクタリング 替换 迁移 重写 重构 교체 이전 заменить перенести мигрир* переписать`,
  upgrade: "upgrad* actualizacion aktualisierung アップグレード 升级 업그레이드",
  automate: "automat* automatiz* automatis* automatisier* 自動化 自动化 자동화 автоматизир*",
  investigate: `investigat* analy* diagnos* research* explor* investigar analizar analis* enqueter examiner untersuch* analysier* indagare onderzoek* 調査 分析
    原因 调查 排查 조사 분석 расследовать исследовать`,
  tell: "notif* announc* communicat* inform informs comunicar communiquer informieren benachrichtig* 通知 連絡 공지 сообщить уведомить",
  repay: "refund* compensat* reembols* rembours* erstatten 退款 赔偿 返金 환불",
  buy: "buy buys buying bought purchas* procur* comprar acheter kaufen beschaffen 購入 采购 购买 구매 купить",
  run: "run runs running execut* ejecutar executar lancer ausfuhren 執行 実行 执行 运行 실행 запустить",
  teach:
    "train trains training teach* onboard* workshop* capacitar entrenar treinar former schulen schulung 研修 教育 培训 교육 обучить обучение",
  encrypt: "encrypt* cifrar criptograf* chiffrer verschlussel* 暗号化 加密 암호화 шифров*",
  extend:
    "extend* expand* enlarge* ampliar ampliacao etendre elargir erweiter* ausweiten 拡張 扩展 扩容 확장 расширить",
} as const satisfies Record<string, string>;

/** What a piece of work does to its object, as far as words tell. */
export type KindOfWork = keyof typeof KIND_WORDS;

/** Families of which one thing has one: who says "staging" does not mean production. */
const OPPOSITE_WORDS: readonly (readonly string[])[] = [
  [
    "production prod produccion producao produktion 本番 生产 线上 프로덕션 продакшен*",
    "staging stage preprod",
    "dev development desarrollo desenvolvimento 開発 开发",
    "qa sandbox",
  ],
  [
    "internal intern interne interno interna 内部",
    "external extern externe externo externa 外部",
    "public publico publique",
  ],
  ["primary primario primaire primar*", "secondary replica* standby secundario secondaire"],
  [
    "increas* rais* grow aumentar augmenter erhoh* 增加",
    "decreas* reduc* lower* shrink disminuir reducir reduzir reduire senken verringern 减少 減らす",
  ],
  ["enable* activar activer aktivier* 启用 有効", "disable* desactivar desactiver deaktivier* 禁用 停用 無効"],
  ["inbound ingress incoming", "outbound egress outgoing"],
  ["frontend", "backend"],
  ["upload*", "download*"],
  ["import*", "export*"],
];

/** Words that turn a sentence into its contrary. */
const NEGATING_WORDS =
  "not never no don dont stop cannot avoid nunca dejar evitar nao nunca deixar evitar pas jamais eviter nicht nie vermeiden non evitare niet nooit 不 不要 禁止 停止 避免 не";

/** Spellings of the same thing that nobody writes out. */
const SAME_THING: readonly (readonly string[])[] = [
  ["db", "dbs", "database", "databases"],
  ["k8s", "kubernetes"],
  ["prod", "production"],
  ["doc", "docs", "documentation"],
  ["config", "configs", "configuration"],
  ["repo", "repos", "repository", "repositories"],
  ["auth", "authentication"],
  ["env", "environment"],
  ["app", "apps", "application"],
  ["cert", "certs", "certificate", "certificates"],
  ["infra", "infrastructure"],
  ["perf", "performance"],
  ["postgres", "postgresql", "pg"],
  ["mem", "memory"],
  ["msg", "message"],
  ["min", "minutes"],
  ["sec", "seconds"],
];

/** Signs on letters, but for those that make another letter of Japanese ones: が is no か. */
const ACCENTS = /[^\P{M}\u3099\u309a]+/gu;

/** A word without accents, in lower case, as it is compared. */
export const foldAccents = (text: string): string =>
  withoutTowers(text).normalize("NFKD").replace(ACCENTS, "").toLowerCase().normalize("NFC");

/** Whether a normalized word is in a list of words. */
class Words {
  readonly #exact = new Set<string>();
  readonly #begins: readonly string[];

  constructor(list: string) {
    const begins = new Set<string>();
    for (const word of foldAccents(list).trim().split(/\s+/)) {
      if (word.endsWith("*")) begins.add(word.slice(0, -1));
      else this.#exact.add(word);
    }
    this.#begins = [...begins];
  }

  has(word: string): boolean {
    return this.#exact.has(word) || this.#begins.some((start) => word.startsWith(start));
  }
}

const SMALL = new Words(SMALL_WORDS);
const COMMON = new Words(COMMON_WORDS);
const KINDS = Object.entries(KIND_WORDS).map(([kind, list]) => ({ kind: kind as KindOfWork, words: new Words(list) }));
const OPPOSITES = OPPOSITE_WORDS.map((family) => family.map((list) => new Words(list)));
const NEGATING = new Words(NEGATING_WORDS);
const ONE_SPELLING = new Map(SAME_THING.flatMap(([first = "", ...others]) => others.map((word) => [word, first])));

/** What a normalized word says of the work it stands in. */
export interface WordOfWork {
  /** `small` holds other words together, `common` fits any work, `telling` says what this work is about. */
  readonly rank: "small" | "common" | "telling";
  readonly kind: KindOfWork | null;
  /** The family of opposites and the side of it the word is on; null for most. */
  readonly side: readonly [family: number, side: number] | null;
  readonly negates: boolean;
  /** The one spelling of what is also written otherwise: `db` is `database`. */
  readonly spelling: string;
}

/** What lists of words say of a normalized word. */
export function wordOfWork(word: string): WordOfWork {
  const kind = KINDS.find(({ words }) => words.has(word))?.kind ?? null;
  const family = OPPOSITES.findIndex((sides) => sides.some((side) => side.has(word)));
  const side = OPPOSITES[family]?.findIndex((words) => words.has(word)) ?? -1;
  return {
    rank: SMALL.has(word) ? "small" : kind !== null || COMMON.has(word) ? "common" : "telling",
    kind,
    side: side < 0 ? null : [family, side],
    negates: NEGATING.has(word),
    spelling: ONE_SPELLING.get(word) ?? word,
  };
}

/** The common and small words of languages without spaces, longest first: what a run of their letters is cut at. */
const UNSPACED = [SMALL_WORDS, COMMON_WORDS, ...Object.values(KIND_WORDS), NEGATING_WORDS]
  .flatMap((list) => list.trim().split(/\s+/))
  .filter((word) => /^\p{Script=Han}+$/u.test(word))
  .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Cuts a run of letters of a language without spaces: katakana and hiragana each by themselves, the rest at common words. */
const UNSPACED_PARTS = new RegExp(
  `[\\p{Script=Katakana}ー]+|\\p{Script=Hiragana}+|${UNSPACED.join("|")}|[^\\p{Script=Katakana}ー\\p{Script=Hiragana}](?:(?!${UNSPACED.join("|")})[^\\p{Script=Katakana}ー\\p{Script=Hiragana}])*`,
  "gu",
);

/** The parts of a run of letters without spaces, such as 为支付队列增加告警: 为, 支付队列, 增加, 告警. */
export const partsOfUnspaced = (run: string): readonly string[] => run.match(UNSPACED_PARTS) ?? [run];
