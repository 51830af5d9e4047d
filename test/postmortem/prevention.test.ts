/**
 * How something is kept from happening again: the work of a document that has no other, what the tasks are for where it lists them,
 * and only the work of it where lessons stand beside.
 */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const titles = (text: string): string[] =>
  readPostmortem("2025-01-08-pump.md", text, DEFAULT_READ_OPTIONS).items.map(({ title }) => title);

const sections = (...parts: readonly (readonly [heading: string, ...lines: string[]])[]): string =>
  `# 2025-01-08\n\n${parts.map(([heading, ...lines]) => `## ${heading}\n\n${lines.join("\n")}\n`).join("\n")}`;

interface Words {
  readonly prevention: string;
  readonly measure: string;
  readonly tasks: string;
  readonly task: string;
  readonly owner: string;
}

const WORDS: Readonly<Record<"en" | "ja" | "ko" | "zh", Words>> = {
  en: {
    prevention: "Keeping it from happening again",
    measure: "Check the pump",
    tasks: "Action items",
    task: "Buy a pump",
    owner: "Owner",
  },
  ja: {
    prevention: "再発防止策",
    measure: "ポンプを毎週点検する",
    tasks: "アクションアイテム",
    task: "予備を購入する",
    owner: "担当",
  },
  ko: {
    prevention: "재발 방지 대책",
    measure: "매주 펌프 점검",
    tasks: "액션 아이템",
    task: "예비 펌프 구매",
    owner: "담당",
  },
  zh: { prevention: "改进措施", measure: "每周检查水泵", tasks: "行动项", task: "购买备用水泵", owner: "负责人" },
};

describe.each(Object.entries(WORDS))("%s", (_, { prevention, measure, tasks, task, owner }) => {
  it("is the work of a document without tasks", () =>
    expect(titles(sections([prevention, `- ${measure}`]))).toEqual([measure]));

  it("gives way to tasks", () =>
    expect(titles(sections([prevention, `- ${measure}`], [tasks, `- ${task}`]))).toEqual([task]));

  it("stays beside tasks where it says who", () => {
    const table = [`| ${tasks} | ${owner} |`, "|---|---|", `| ${measure} | Ana |`];
    expect(titles(sections([prevention, ...table], [tasks, `- ${task}`]))).toEqual([measure, task]);
  });
});

it("follow-up among the steps taken gives way to tasks", () => {
  const steps = ["### 후속 대응 계획", "", "1. **점검 강화**: 매주 점검"];
  expect(titles(sections(["조치 내용", ...steps]))).toHaveLength(1);
  expect(titles(sections(["조치 내용", ...steps], ["액션 아이템", "- [ ] 예비 펌프 구매"]))).toEqual([
    "예비 펌프 구매",
  ]);
});

describe("lessons beside it", () => {
  it.each([
    ["教訓と再発防止策", ["- 点検されていなかった", "- 連絡網の更新が不足", "- 予備を購入する"], ["予備を購入する"]],
    ["教訓と再発防止策", ["- 点検されていなかった（担当：佐藤）"], ["点検されていなかった"]],
    ["교훈 및 재발 방지 대책", ["- 점검되지 않았다", "- 예비 펌프를 구매하기"], ["예비 펌프를 구매하기"]],
    ["经验教训与改进措施", ["- 日常检查不足", "- 购买备用水泵"], ["购买备用水泵"]],
    ["再発防止策", ["- 点検されていなかった"], ["点検されていなかった"]],
  ])("%s: %j", (heading, lines, work) => expect(titles(sections([heading, ...lines]))).toEqual(work));
});

describe("where verbs stand last, a bullet over tasks", () => {
  it.each([
    [
      "a group",
      "アクション",
      ["- RBAC管理", "  - 権限を自動で取得する", "  - 変更を監査ログに記録"],
      ["権限を自動で取得する", "変更を監査ログに記録"],
    ],
    [
      "a group",
      "조치 항목",
      ["- 권한 관리", "  - 변경을 감사 로그에 기록하기", "  - 실패율 알림 추가"],
      ["변경을 감사 로그에 기록하기", "실패율 알림 추가"],
    ],
    [
      "a group",
      "Aksiyonlar",
      ["- Yetkiler", "  - Kayıtlar tutulacak", "  - Alarm kurulmalı"],
      ["Kayıtlar tutulacak", "Alarm kurulmalı"],
    ],
    ["a task", "アクション", ["- 監視を追加する", "  - 失敗率を見る"], ["監視を追加する"]],
    ["a task", "조치 항목", ["- 서버 확장", "  - CPU와 메모리 증설"], ["서버 확장"]],
  ])("is %s (%s)", (_, heading, lines, work) => expect(titles(sections([heading, ...lines]))).toEqual(work));
});

it("an abbreviation within a word of another script owns nothing", () => {
  const [item] = readPostmortem(
    "a.md",
    sections(["アクション", "- RBAC管理", "  - 変更を記録する"]),
    DEFAULT_READ_OPTIONS,
  ).items;
  expect(item).toMatchObject({ owners: [], group: "RBAC管理" });
});

describe("the message that told of the incident", () => {
  it.each([
    ["> Impact: no water.\n> Cause: the pump.\n> Action: pump replaced.\n> Status: over."],
    ["> Impact : plus d'eau.\n> Cause : la pompe.\n> Action : changement de la pompe.\n> Statut : clos."],
  ])("holds no work: %s", (message) => {
    expect(titles(sections(["Message", message]))).toEqual([]);
  });
});

describe("numbered headings with fields of their own", () => {
  it("are items over whatever labels", () => {
    const body = [
      "### A1. Replace the pump",
      "",
      "**Priority:** High",
      "",
      "**Options:**",
      "1. A used one",
      "2. A new one",
      "",
      "### A2. Write the list",
      "",
      "**Priority:** Low",
      "**Action:** Say who holds the key.",
    ];
    const { items } = readPostmortem("a.md", sections(["Action items", ...body]), DEFAULT_READ_OPTIONS);
    expect(items.map(({ title, priority }) => [title, priority])).toEqual([
      ["Replace the pump", "High"],
      ["Write the list", "Low"],
    ]);
  });

  it("in bold, with the state below the last label", () => {
    const body = [
      "**Action 1 (detect) : sonner plus tôt**",
      "",
      "Proposition :",
      "- une sonnette",
      "- une lampe",
      "",
      "Statut : à faire",
    ];
    expect(titles(sections(["Actions", ...body]))).toEqual(["Action 1 (detect): sonner plus tôt"]);
  });
});

describe("lines that each begin with an infinitive and its object", () => {
  it.each([
    ["Ce qu’il reste à faire", "Discerner les fruits.\nPeser la caisse."],
    ["Próximos pasos", "Distinguir la fruta.\nPesar la caja."],
    ["Próximos passos", "Distinguir a fruta.\nPesar a caixa."],
    ["Prossimi passi", "Distinguere la frutta.\nPesare la cassa."],
  ])("are tasks: %s", (heading, lines) => expect(titles(sections([heading, lines]))).toHaveLength(2));

  it("and nouns or small words are none: the text stays whole", () =>
    expect(titles(sections(["Próximos pasos", "Cualquier la cosa.\nAyer el tren."]))).toHaveLength(1));
});

it.each([
  "Plan de réponse à incident (PHIL-J08)",
  "Plan de respuesta a incidentes",
  "Plano de resposta a incidentes",
  "Incident response plan",
  "Piano di risposta agli incidenti",
  "事故应急预案",
  "장애 대응 절차",
])("a plan for every incident holds no work: %s", (title) => {
  const text = `# ${title}\n\n## Action items\n\n- [ ] Buy a pump\n`;
  expect(readPostmortem("docs/plan.md", text, DEFAULT_READ_OPTIONS).items).toEqual([]);
});

it("a line of a text that breaks off at a comma is no name", () =>
  expect(titles("# 2025-01-08\n\n本書は、既に実装された再発防止策、\n手順書を資料としたもの。\n")).toEqual([]));

describe("corrective actions told among lessons", () => {
  const lesson = (...lines: string[]) =>
    ["Lessons learned", "### The pump", "", "**Corrective actions:**", "", ...lines] as const;

  it("are the work of a document without tasks", () =>
    expect(titles(sections(lesson("- Check the pump")))).toEqual(["Check the pump"]));

  it("are the work of a document that has only a finished half beside them", () =>
    expect(
      titles(
        sections([
          "Lessons learned",
          "**Actions taken:**",
          "",
          "- We have bought a pump",
          "",
          "**Actions planned:**",
          "",
          "- Check the pump",
        ]),
      ),
    ).toEqual(["We have bought a pump", "Check the pump"]));

  it("only speak of the tasks where a section lists these", () =>
    expect(titles(sections(lesson("- Check the pump"), ["Action items", "- Buy a pump"]))).toEqual(["Buy a pump"]));

  it("stay beside tasks where they say who", () =>
    expect(titles(sections(lesson("- @ana to check the pump"), ["Action items", "- Buy a pump"]))).toHaveLength(2));

  it("are told about where they are orders", () => {
    const text = sections(lesson("- Check the pump"), ["Action items", "- Buy a pump"]);
    const { problems } = readPostmortem("2025-01-08-pump.md", text, DEFAULT_READ_OPTIONS);
    expect(problems.map(({ rule }) => rule)).toContain("unread-section");
  });
});
