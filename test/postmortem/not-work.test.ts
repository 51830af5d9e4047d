/** Lines that stand among action items, or look like them, and are none: in each language, and in each shape. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

type Lines = Readonly<Record<(typeof LANGUAGE_CODES)[number], string>>;

const read = (text: string) => readPostmortem("2025-01-08-pump.md", text, DEFAULT_READ_OPTIONS).items;
const titles = (text: string): string[] => read(text).map(({ title }) => title);
const under = (heading: string, body: string) => `# Pump stopped\n\n## ${heading}\n\n${body}\n`;

const FAREWELLS: Lines = {
  en: "We sincerely apologize for the silence.",
  es: "Gracias por su paciencia.",
  pt: "Agradecemos a compreensão.",
  fr: "Nous regrettons la gêne.",
  de: "Wir entschuldigen uns für die Stille.",
  it: "Ci scusiamo per il silenzio.",
  nl: "Bedankt voor uw geduld.",
  ja: "ご迷惑をおかけしました。",
  zh: "感谢大家的理解。",
  ko: "감사합니다.",
  ru: "Приносим извинения за тишину.",
  tr: "Teşekkür ederiz.",
  no: "Vi beklager stillheten.",
};

const DECLINED: Lines = {
  en: "We decided not to buy a third pump.",
  es: "Decidimos no comprar una tercera bomba.",
  pt: "Decidimos não comprar uma terceira bomba.",
  fr: "Nous avons décidé de ne pas acheter de troisième pompe.",
  de: "Die Idee wurde verworfen, eine dritte Pumpe zu kaufen.",
  it: "Abbiamo deciso di non comprare una terza pompa.",
  nl: "We hebben besloten een derde pomp niet te kopen.",
  ja: "三台目の購入は見送ることにした。",
  zh: "决定不购买第三台水泵。",
  ko: "세 번째 펌프는 구매하지 않기로 했다.",
  ru: "Решили не покупать третий насос.",
  tr: "Üçüncü pompayı alma fikri reddedildi.",
  no: "Vi besluttet å ikke kjøpe en tredje pumpe.",
};

const CONDITIONS: Lines = {
  en: "If the horn sounds:",
  es: "Si suena la bocina:",
  pt: "Se a buzina tocar:",
  fr: "Si la corne sonne :",
  de: "Wenn das Horn ertönt:",
  it: "Se suona il corno:",
  nl: "Als de hoorn klinkt:",
  ja: "もし警笛が鳴ったら：",
  zh: "如果汽笛响起：",
  ko: "만약 경적이 울리면:",
  ru: "Если звучит гудок:",
  tr: "Eğer düdük çalarsa:",
  no: "Hvis hornet lyder:",
};

const MAXIMS: Lines = {
  en: "- Always oil the shaft\n- Never run it dry\n- It is important to listen",
  es: "- Siempre engrasar el eje\n- Evitar que gire en seco\n- Es importante escuchar",
  pt: "- Sempre lubrifique o eixo\n- Evite que gire a seco\n- É importante escutar",
  fr: "- Toujours graisser l'axe\n- Éviter la marche à sec\n- Il est important d'écouter",
  de: "- Immer die Welle ölen\n- Niemals trocken laufen lassen\n- Es ist wichtig zu lauschen",
  it: "- Sempre oliare l'albero\n- Evitare la marcia a secco\n- È importante ascoltare",
  nl: "- Altijd de as smeren\n- Nooit droog laten lopen\n- Het is belangrijk te luisteren",
  ja: "- 必ず軸に注油する\n- 絶対に空運転しない\n- 常に音を聞く",
  zh: "- 始终给轴上油\n- 切勿空转\n- 永远注意声音",
  ko: "- 항상 축에 기름칠한다\n- 절대 공회전하지 않는다\n- 반드시 소리를 듣는다",
  ru: "- Всегда смазывайте вал\n- Никогда не запускайте всухую\n- Важно слушать",
  tr: "- Her zaman mili yağlayın\n- Asla kuru çalıştırmayın\n- Daima dinleyin",
  no: "- Alltid smør akselen\n- Aldri kjør den tørr\n- Husk å lytte",
};

const REMARKS: Lines = {
  en: "Note: the smith is away",
  es: "Nota: el herrero está fuera",
  pt: "Observação: o ferreiro está fora",
  fr: "Remarque : le forgeron est absent",
  de: "Hinweis: Der Schmied ist verreist",
  it: "Nota: il fabbro è assente",
  nl: "Let op: de smid is weg",
  ja: "備考：鍛冶屋は不在",
  zh: "备注：铁匠不在",
  ko: "비고: 대장장이 부재중",
  ru: "Примечание: кузнец в отъезде",
  tr: "Not: demirci yok",
  no: "Merk: smeden er borte",
};

const CHOICES: Lines = {
  en: "We will do one of the following:",
  es: "Una de las siguientes opciones:",
  pt: "Opções possíveis:",
  fr: "L'une des solutions suivantes :",
  de: "Eine der folgenden Varianten:",
  it: "Una delle seguenti opzioni:",
  nl: "Een van de volgende opties:",
  ja: "以下のいずれかを実施：",
  zh: "以下方案任选其一：",
  ko: "다음 중 하나를 진행:",
  ru: "Один из следующих вариантов:",
  tr: "Aşağıdakilerden biri:",
  no: "Ett av de følgende:",
};

/** Ask before any of these. */
const OBJECTS: Lines = {
  en: "Ask the smith before doing any of these:",
  es: "Preguntar al herrero antes de cualquiera de estas:",
  pt: "Perguntar ao ferreiro antes de qualquer uma destas:",
  fr: "Demander au forgeron avant chacune de ces opérations, pour les travaux suivants :",
  de: "Den Schmied fragen vor jedem der folgenden Schritte:",
  it: "Chiedere al fabbro prima di una delle seguenti:",
  nl: "De smid vragen voor elk van de volgende stappen:",
  ja: "以下の作業を行う前に必ず鍛冶屋に確認する：",
  zh: "执行以下操作之前必须询问铁匠：",
  ko: "다음 작업을 하기 전에 대장장이에게 묻는다:",
  ru: "Спросить кузнеца перед каждым из следующих:",
  tr: "Aşağıdaki işlerden önce demirciye sormak:",
  no: "Spør smeden ved hver av de følgende:",
};

const REGRETS: Lines = {
  en: "The horn should have been louder",
  es: "La bocina debería haber sonado antes",
  pt: "A buzina deveria ter soado antes",
  fr: "La corne aurait dû sonner plus tôt",
  de: "Das Horn hätte früher tönen sollen",
  it: "Il corno avrebbe dovuto suonare prima",
  nl: "De hoorn had eerder moeten klinken",
  ja: "もっと早く鳴るべきだった",
  zh: "汽笛本应更早响起",
  ko: "경적이 더 빨리 울렸어야 했다",
  ru: "Гудок должен был звучать раньше",
  tr: "Düdük daha erken çalması gerekirdi",
  no: "Hornet burde ha lydt før",
};

/** Whom advice is for. */
const AUDIENCES: Lines = {
  en: "For developers",
  es: "Para desarrolladores",
  pt: "Para desenvolvedores",
  fr: "Pour les développeurs",
  de: "Für Entwickler",
  it: "Per gli sviluppatori",
  nl: "Voor ontwikkelaars",
  ja: "開発者向け",
  zh: "给开发团队",
  ko: "개발자를 위한",
  ru: "Для разработчиков",
  tr: "Geliştiriciler için",
  no: "For utviklere",
};

/** What a plan brings is no work. */
const BENEFITS: Lines = {
  en: "Benefits of the plan",
  es: "Ventajas del plan",
  pt: "Vantagens do plano",
  fr: "Avantages du plan",
  de: "Vorteile des Plans",
  it: "Vantaggi del piano",
  nl: "Voordelen van het plan",
  ja: "対策のメリット",
  zh: "方案优势",
  ko: "대책의 장점",
  ru: "Преимущества плана",
  tr: "Planın avantajlar",
  no: "Fordeler med planen",
};

const DEBTS: Lines = {
  en: "Carried tech debt",
  es: "Deuda registrada",
  pt: "Dívida técnica",
  fr: "Dette technique",
  de: "Technische Schulden",
  it: "Debito tecnico",
  nl: "Technische schuld",
  ja: "残る技術的負債",
  zh: "技术债务",
  ko: "기술 부채",
  ru: "Технический долг",
  tr: "Teknik borç",
  no: "Teknisk gjeld",
};

const QUESTIONS: Lines = {
  en: "What the maker leaves out",
  es: "Qué no hace el fabricante",
  pt: "O que o fabricante não faz",
  fr: "Ce que le fabricant ne fait pas",
  de: "Was der Hersteller nicht macht",
  it: "Cosa non fa il produttore",
  nl: "Wat de maker niet doet",
  ja: "なぜ止まったか",
  zh: "为什么停止",
  ko: "왜 멈췄는가",
  ru: "Почему насос встал",
  tr: "Neden durdu",
  no: "Hva produsenten ikke gjør",
};

const PLANS: Lines = {
  en: "Plan for the next sprint",
  es: "Plan del próximo sprint",
  pt: "Plano do sprint 5",
  fr: "Plan Sprint 5 (aperçu)",
  de: "Planung für den nächsten Sprint",
  it: "Piano del prossimo sprint",
  nl: "Planning volgende sprint",
  ja: "次のスプリントの計画",
  zh: "下个迭代的计划",
  ko: "다음 스프린트 계획",
  ru: "План на следующий спринт",
  tr: "Sonraki sprint planı",
  no: "Plan for neste sprint",
};

const EMPTY: Lines = {
  en: "No incidents recorded yet.",
  es: "Sin incidentes por ahora.",
  pt: "Sem registros ainda.",
  fr: "Aucun incident à ce jour.",
  de: "Keine Vorfälle bisher.",
  it: "Nessun incidente finora.",
  nl: "Geen incidenten tot nu toe.",
  ja: "記録はまだありません",
  zh: "暂无记录。",
  ko: "기록이 아직 없습니다",
  ru: "Нет записей.",
  tr: "Henüz kayıt yok.",
  no: "Ingen hendelser ennå.",
};

const WORK = "Replace the valve";
const each = (lines: Lines) => LANGUAGE_CODES.map((code) => [code, lines[code]] as const);

describe("a farewell", () => {
  it.each(each(FAREWELLS))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n- ${line}`))).toEqual([WORK]);
    expect(titles(under("Next steps", `${WORK}.\n\n${line}`))).toEqual([WORK]);
  });
});

describe("a remark", () => {
  it.each(each(REMARKS))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n- ${line}\n- Buy a horn`))).toEqual([WORK, "Buy a horn"]);
  });

  it.each([
    "Decision: the old pump stays",
    "Parking lot: a second cellar",
    "FYI: the smith is away",
    "Question: is the smith back?",
    "Lessons: valves age",
    "Beschluss: Ventil bleibt",
  ])("%s", (line) =>
    expect(titles(under("Action items", `- ${WORK}\n- ${line}\n- Buy a horn`))).toEqual([WORK, "Buy a horn"]),
  );

  it("is work where it says whose", () => {
    expect(titles(under("Action items", `- ${WORK}\n- Note: @ana asks the smith`))).toHaveLength(2);
  });
});

describe("the record of a meeting", () => {
  it.each(["Meeting notes", "Review meeting", "Follow-up meetings scheduled"])("%s holds no work", (heading) => {
    expect(titles(under(heading, "- @ana: replace the valve by Friday"))).toEqual([]);
  });
  it.each(["Actions from the review meeting", "Follow-ups from the meeting", "Next steps after the meeting"])(
    "%s are work",
    (heading) => {
      expect(titles(under(heading, "- @ana: replace the valve by Friday"))).toHaveLength(1);
    },
  );
});

describe("an idea that was turned down", () => {
  it.each(each(DECLINED))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n- ${line}`))).toEqual([WORK]);
  });

  it.each(["Alert when a request was rejected", "Tell the client that it was rejected"])("but not: %s", (work) => {
    expect(titles(under("Action items", `- ${work}`))).toEqual([work]);
  });
});

describe("steps for when it happens again", () => {
  it.each(each(CONDITIONS))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n\n${line}\n\n- open the bypass\n- call the smith`))).toEqual([
      WORK,
    ]);
  });
});

describe("a choice nobody has made", () => {
  it.each(each(CHOICES))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n\n${line}\n\n- the old pump\n- a new pump`))).toEqual([WORK]);
  });
});

describe("what a sentence speaks of", () => {
  it.each(each(OBJECTS))("%s: %s", (_, line) => {
    const found = titles(under("Action items", `- ${WORK}\n\n${line}\n\n- the old pump\n- \`pump reset\``));
    expect(found).not.toContain("the old pump");
    expect(found).toContain(WORK);
  });

  it("is work where it says whose", () => {
    const text = "Ask before any of these:\n\n- Replace the valve @ana\n- Oil the shaft @ben";
    expect(titles(under("Action items", text))).toHaveLength(2);
  });
});

describe("what should have been", () => {
  it.each(each(REGRETS))("%s: %s", (_, line) => {
    expect(titles(under("Action items", `- ${WORK}\n- ${line}\n- Buy a horn`))).toEqual([WORK, "Buy a horn"]);
  });
});

describe("whom advice is for", () => {
  it.each(each(AUDIENCES))("%s: %s own nothing", (_, name) => {
    const text = `# Pump\n\n## Action items\n\n- ${WORK}\n- Buy a horn\n\n## What went wrong\n\n### ${name}\n\n- Look at the gauge\n- Listen\n`;
    expect(titles(text)).toEqual([WORK, "Buy a horn"]);
    expect(read(under("Action items", `#### ${name}\n\n- ${WORK}`))).toMatchObject([{ title: WORK, owners: [] }]);
  });
});

describe("what a plan brings", () => {
  it.each(each(BENEFITS))("%s: %s", (_, name) => {
    expect(titles(under(name, "- The pump is louder\n- The gauge is read by everyone"))).toEqual([]);
  });
});

describe("the plan for the time to come", () => {
  it.each(each(PLANS))("%s: %s", (_, name) => {
    expect(titles(under(name, `| Prio | What | Who |\n|---|---|---|\n| P1 | ${WORK} | @ana |`))).toEqual([WORK]);
  });
});

describe("a register with no entry", () => {
  it.each(each(EMPTY))("%s: %s", (_, none) => {
    const table = `| # | Action | Owner | Status |\n|---|---|---|---|\n| — | *${none}* | — | — |`;
    expect(titles(under("Open actions", table))).toEqual([]);
  });
});

describe("what is owed", () => {
  it.each(each(DEBTS))("%s: %s is work where nothing else is", (_, name) => {
    const owed = `## ${name}\n\n- Buy a horn\n`;
    expect(titles(`# Pump stopped\n\n${owed}`)).toEqual(["Buy a horn"]);
    expect(titles(`# Pump stopped\n\n${owed}\n## Action items\n\n- ${WORK}\n`)).toEqual([WORK]);
  });
});

describe("a counted heading that asks", () => {
  it.each(each(QUESTIONS))("%s: %s", (_, name) => {
    const text = `### 1. ${WORK}\n\nIt is old.\n\n### 2. ${name}\n\nThe pump has no horn.`;
    expect(titles(under("Action items", text))).toEqual([WORK]);
  });
});

it("a label over nothing but a time is no item", () => {
  expect(titles(under("Pump 2", "It is too quiet.\n**Action:** Sprint 3."))).toEqual([]);
  expect(titles(under("Pump 2", "It is too quiet.\n**Action:** buy a horn."))).toEqual(["buy a horn"]);
});

it("a table with a column that asks explains", () => {
  const table = (last: string) => `| Part | Place | ${last} |\n|---|---|---|\n| Horn | Roof | Never, it is new |\n`;
  expect(titles(under("Remediation", table("Can it fail?")))).toEqual([]);
  expect(titles(under("Remediation", "| Action | Done? |\n|---|---|\n| Replace the valve | no |"))).toEqual([WORK]);
});

describe("a bullet that only says why, over what calls itself the action", () => {
  it("is the name of a group", () => {
    const text =
      "- **Old valves:** we count them by hand, and miss some.\n  - *Action:* Look for a counter\n- **Horn:** nobody heard it.\n  - Action: Buy a louder one";
    expect(titles(under("Prevention", text))).toEqual(["Look for a counter", "Buy a louder one"]);
  });

  it("but is the work where it is an order", () => {
    expect(titles(under("Action items", `- ${WORK}\n  - Action: ask the smith`))).toEqual([WORK]);
  });
});

describe("rules to live by that are the measures themselves", () => {
  const RULES = "- Read the gauge by day\n- Never run it dry\n- If it is loud, stop it\n- Oil the shaft";

  it("are work below a name that speaks of prevention", () => {
    expect(titles(under("Prevention", RULES))).toHaveLength(4);
    expect(titles(under("Recommendations", RULES))).toEqual([]);
  });
});

it.each(["Updated Bilge Alarm", "Moved Fuel Gauge", "Set Main Valve"])("what was done is nobody's name: %s", (deed) => {
  expect(read(under("Action items", `- [x] ${deed} to use the new feed`))).toMatchObject([{ owners: [] }]);
  expect(read(under("Action items", "- [x] Jared Fox to use the new feed"))).toMatchObject([{ owners: ["Jared Fox"] }]);
});

it("what can improve is no work beside tasks", () => {
  const text = `# Pump\n\n## Action items\n\n- ${WORK}\n\n## Lessons learned\n\n### What can improve\n\n- Check the gauge\n- Listen\n`;
  expect(titles(text)).toEqual([WORK]);
});

it.each(["Future safeguards", "Remaining hardening"])("%s are work to come", (name) => {
  expect(titles(under(name, `- ${WORK}`))).toEqual([WORK]);
});

it("a heading that is counted like its siblings is an item, whatever its words remind of", () => {
  const one = (name: string) => `### ${name}\n**Priority:** High\n**Action:** Look at the gauge:\n- [ ] pressure\n`;
  const text = one("A1. Replace the valve") + one("A2. Checklist for new valves") + one("A3. Buy a horn");
  expect(titles(under("Action items", text))).toEqual(["Replace the valve", "Checklist for new valves", "Buy a horn"]);
});

describe("rules to live by, as advice", () => {
  it.each(each(MAXIMS))("%s", (_, list) => {
    expect(titles(under("Recommendations", list))).toEqual([]);
    expect(titles(under("Action items", list))).toHaveLength(3);
  });
});

describe("names of things", () => {
  const HOSTS = "pump-01.example.net\n- pump-02.example.net";

  it("below the work that speaks of them", () => {
    const text = `- ${WORK} of:\n  - pump-01.example.net\n  - pump-02.example.net\n- Buy a horn`;
    expect(titles(under("Action items", text))).toEqual([`${WORK} of`, "Buy a horn"]);
  });

  it("below a line that speaks of them", () => {
    expect(titles(under("Action items", `Replace these pumps:\n\n- ${HOSTS}`))).toEqual(["Replace these pumps"]);
  });

  it("but not where they are all there is", () => {
    expect(titles(under("Action items", "- PUMP-12\n- PUMP-13"))).toEqual(["PUMP-12", "PUMP-13"]);
  });
});

describe("nothing to do, and why", () => {
  it.each(["None. The maker has mended it.", "No further action required - all pumps run.", "Nothing else."])(
    "%s",
    (line) => {
      expect(titles(under("Action items", line))).toEqual([]);
      expect(titles(under("Action items", `- ${line}`))).toEqual([]);
    },
  );

  it.each(["TODO - buy a horn", "Pending: buy a horn"])("but not: %s", (line) => {
    expect(titles(under("Action items", `- ${line}`))).toHaveLength(1);
  });
});

describe("measures that are finished", () => {
  const FINISHED =
    "## Preventive measures implemented\n\n- Check the gauge before each start\n- A louder horn was bought";

  it("bring rules to follow, beside work", () => {
    expect(titles(`# Pump\n\n${FINISHED}\n\n## Next steps\n\n- ${WORK}\n`)).toEqual(["A louder horn was bought", WORK]);
  });

  it("what came of them", () => {
    const text = "- Replaced the valve\n- **Result:** the pressure is steady\n- **Pending:** oil the shaft";
    expect(titles(under("Remediation applied", text))).toEqual(["Replaced the valve", "oil the shaft"]);
  });
});

describe("prose beside a list", () => {
  const LIST = `## Next steps\n\n- ${WORK}\n- Buy a horn\n- Oil the shaft\n\n`;

  it("only speaks of the work", () => {
    expect(titles(`# Pump\n\n${LIST}## Moving forward\n\nWe will keep the pumps in good order.\n`)).toHaveLength(3);
  });

  it("is work where it says who", () => {
    const text = `# Pump\n\n${LIST}## Moving forward\n\n@noor will look for a quieter pump.\n`;
    expect(titles(text)).toHaveLength(4);
  });
});

describe("numbers of sections", () => {
  it("are no numbers of items", () => {
    const text = "### 6.1 At once\n\n- Replace the valve\n\n### 6.2 The experiment\n\nRun it dry, and listen.";
    expect(titles(under("6. Measures", text))).toEqual([WORK]);
  });
});

describe("what was done about a fault, in brackets behind it", () => {
  it("makes the paragraph an item", () => {
    const text = "The horn is too weak. (fixed by a second one)\n\nNobody could be reached. (added a telephone)";
    expect(read(under("Follow-up", text))).toHaveLength(2);
  });
});

describe("lines that name the work, its owner and its date", () => {
  const RECORD = "**Acción:** Cambiar la válvula\n**Responsable:** Ana Ruiz\n**Plazo:** 2025-02-01";

  it.each(["Lo que podemos mejorar", "Bomba 2"])("are an item below %s", (heading) => {
    expect(read(under(heading, RECORD))).toMatchObject([
      { title: "Cambiar la válvula", owners: ["Ana Ruiz"], due: "2025-02-01", line: 5 },
    ]);
  });

  it("but not in a timeline", () => expect(titles(under("Timeline", RECORD))).toEqual([]));
});

it("a name in bold, brackets, then its colon is a name all the same", () => {
  expect(titles(under("Pump 2", "**Follow-up** (by ops): replace the valve"))).toEqual(["replace the valve"]);
});

it("a list behind a bullet with its own list is not of that bullet", () => {
  const text = "- Cause:\n  - The valve was old\n\nChoice:\n\n- [x] Age\n- [ ] Rust";
  expect(titles(under("Pump 2", text))).toEqual([]);
});

it("the sum below a table is no row of it", () => {
  const table = "| Action | Status |\n|---|---|\n| Replace the valve | Open |\n| **Total** | 1 |";
  expect(titles(under("Action items", table))).toEqual([WORK]);
});

it("lines with letters are items", () => {
  expect(titles(under("Action items", "a) Replace the valve\nb) Buy a horn"))).toEqual([WORK, "Buy a horn"]);
});

it("two orders to keep or avoid something are no rules to live by", () => {
  expect(titles(under("Prevention", "- Keep a spare valve\n- Replace the horn"))).toHaveLength(2);
});

it.each([
  ["h2. Action items\n* Replace the valve"],
  ["== Action items ==\n* Replace the valve"],
  ["== Action items\n* Replace the valve"],
  ["[Action items]\n- Replace the valve"],
  ["ACTION ITEMS\n- Replace the valve"],
])("a heading of another notation: %j", (text) => {
  expect(titles(`# Pump stopped\n\n${text}\n`)).toEqual([WORK]);
});

it.each([
  "1、Replace the valve\n2、Buy a horn",
  "（1）Replace the valve\n（2）Buy a horn",
  "・Replace the valve\n・Buy a horn",
])("lines counted as in Chinese and Japanese: %j", (text) =>
  expect(titles(under("Action items", text))).toEqual([WORK, "Buy a horn"]),
);

it("marks before work are no key to them", () => {
  expect(titles(under("Next steps", "1. ✅ Replace the valve\n2. ⏳ Order a horn"))).toHaveLength(2);
  expect(titles(under("Next steps", "- ✅ Done\n- ⏳ In progress"))).toEqual([]);
});

it("a table of remediations and their owners is one of work wherever it stands", () => {
  const table = "| Remediation | Owner | Status |\n|---|---|---|\n| Replace the valve | Kim | Open |";
  expect(titles(under("Pump 2", table))).toEqual([WORK]);
});

it("a process for every incident holds no work", () => {
  const text = "# Our incident process\n\n## After the incident\n\n- [ ] Write it up\n";
  expect(readPostmortem("process.md", text, DEFAULT_READ_OPTIONS).items).toEqual([]);
});

it("HTML is no placeholder", () => {
  const html = "<h2>Action items</h2>\n<ul>\n<li>Replace the valve</li>\n<li>Buy a horn</li>\n</ul>";
  expect(readPostmortem("pump.md", `# Pump stopped\n\n${html}\n`, DEFAULT_READ_OPTIONS).items).toHaveLength(2);
});

describe("what stands where work does in English", () => {
  it.each([
    [
      "questions and cases to go through the next time",
      "Prevention",
      "For future pumps:\n\n1. **Ask:** Does it need a filter?\n2. **If no:** Leave it out\n3. **Never:** Mount it upside down",
    ],
    ["a choice nobody has made", "Suggestion", "Either:\n1. Replace the filter\n2. Clean it twice a week"],
    [
      "general advice",
      "Recommendations",
      "- Teams should generally clean filters\n- One should listen to pumps\n- As a rule, keep a spare",
    ],
    [
      "what a change does, part by part",
      "Prevention",
      "Rewrote `start.sh` to look at the pump first:\n\n1. Reads its pressure\n2. Creates a log\n3. Runs on every start",
    ],
    ["complaints", "Improvements", "- No spare filter\n- Too many valves\n- Unclear who calls the plumber"],
  ])("%s is none", (_, heading, body) => {
    expect(titles(under(heading, body))).toEqual([]);
  });

  it.each([
    ["orders below a choice of words", "Prevention", "For the pump:\n\n- Add a filter\n- Mount a gauge", 2],
    [
      "work that was made, one by one",
      "Action items",
      "We changed the following:\n\n- Added a filter\n- Mounted a gauge",
      2,
    ],
    ["measures as nouns", "Preventive enhancements", "- Filters for all pumps\n- A louder horn", 2],
    ["orders about what is lacking", "Improvements", "- No spare filter: buy one\n- Add a gauge\n- Mount a horn", 3],
  ])("%s are items", (_, heading, body, count) => {
    expect(titles(under(heading, body))).toHaveLength(count);
  });

  it("what promises less than the tasks beside it is none, though it is no name alone", () => {
    const list = "- **Improvements:** We look closer.\n- **Tasks:**\n  1. Mount a gauge\n  2. Order a spare";
    expect(titles(under("Corrective measures", list))).toEqual(["Mount a gauge", "Order a spare"]);
  });

  it("a form's words about a section are none", () => {
    expect(titles(under("Corrective measures must contain:", "- what can be better\n- a list of tasks"))).toEqual([]);
  });

  it("a topic of a wrong level right below an empty section is a part of it", () => {
    const text = (below: string) => `## How we prevent this in the future\n\n# ${below}\n\n1. Mount a gauge\n`;
    expect(titles(text("Monitoring"))).toEqual(["Mount a gauge"]);
    expect(titles(text("Thanks"))).toEqual([]);
  });

  it("a team's exercise is nobody", () => {
    const [item] = read(under("Action items", "- Red team exercise to validate the horn"));
    expect(item?.owners).toEqual([]);
    expect(item?.title).toBe("Red team exercise to validate the horn");
  });

  it("below a solution, a long-term fix told in the past was made, and one that orders is work", () => {
    const fix = (text: string) => titles(`# Pump stopped\n\n## The solution\n\n### Long-term fix\n\n${text}\n`);
    expect(fix("Replaced the filter by a finer one.\n\n- pump 1: 20 to 30 microns")).toEqual([]);
    expect(fix("- Replace the filter by a finer one")).toEqual(["Replace the filter by a finer one"]);
  });

  it("a part without a known name is as plain as the action items it holds", () => {
    const text =
      "# Pump stopped\n\n## Long-term fix\n\n- Mount a gauge\n\n## Prevention\n\n### 1. Horn ✅\n\nIt is louder:\n- It has a battery\n\n### 2. Filters\n\n**Action items**:\n- Clean the filter\n- Order a spare\n";
    expect(titles(text)).toEqual(expect.arrayContaining(["Clean the filter", "Order a spare"]));
    expect(titles(text)).not.toContain("It has a battery");
  });
});

/** What a pump did not have, as a list under advice tells it: the lead says so, and no entry what to do about it. */
const WANTING: Readonly<Record<string, readonly string[]>> = {
  en: [
    "The pump didn't have a second valve.",
    "The dial only had half of its marks.",
    "The horn had never been tried.",
    "The crew was not told.",
  ],
  de: ["Die Pumpe hatte kein zweites Ventil.", "Das Horn war nie geprüft.", "Die Mannschaft wurde nicht informiert."],
  fr: ["La pompe n'avait pas de vanne.", "La corne n'était pas branchée.", "Le cadran n'avait que la moitié."],
  es: ["La bomba no tenía válvula.", "La bocina nunca fue probada.", "El dial no estaba completo."],
  pt: ["A bomba não tinha válvula.", "A buzina nunca foi testada.", "O painel não estava completo."],
  it: ["La pompa non aveva una valvola.", "Il corno non era collegato.", "La squadra non era pronta."],
  nl: ["De pomp had geen tweede klep.", "De hoorn was nooit getest.", "De ploeg werd niet gewaarschuwd."],
  no: ["Pumpen hadde ingen ventil.", "Hornet ble aldri prøvd.", "Laget var ikke varslet."],
};
const ADVICE: Readonly<Record<string, string>> = {
  ...{ en: "Prevention", de: "Prävention", fr: "Prévention", es: "Prevención" },
  ...{ pt: "Prevenção", it: "Prevenzione", nl: "Preventie", no: "Forebygging" },
};

describe("what was wanting, under advice", () => {
  it.each(Object.entries(WANTING))("%s is no work", (code, lines) => {
    expect(titles(under(ADVICE[code] ?? "", lines.map((line) => `- ${line}`).join("\n")))).toEqual([]);
  });

  it("leaves what is to be done about something that was not", () => {
    const orders = [
      "Find out why the crew was not told",
      "Fit the valve which had never been there",
      "Mend what was not tried",
    ];
    expect(titles(under("Prevention", orders.map((order) => `- ${order}`).join("\n")))).toEqual(orders);
  });
});
