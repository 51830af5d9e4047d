/** What authors are told about their items, and what they are not bothered with. */
import { describe, expect, it } from "vitest";
import { findProblems } from "../../../src/postmortem/problems/index.js";
import {
  type ActionItem,
  DEFAULT_READ_OPTIONS,
  type Problem,
  type ReadOptions,
  RULES,
} from "../../../src/postmortem/types.js";
import { an } from "../../tracking/samples.js";

/** An item that nothing is wrong with. */
const item = (over: Partial<ActionItem> = {}): ActionItem =>
  an("Alert when the ingest queue holds over 1,000 jobs", {
    endLine: 11,
    owners: ["lisa"],
    mentions: ["lisa"],
    due: "2024-10-01",
    dueText: "Oct 1",
    ...over,
  });

function problems(
  items: readonly ActionItem[],
  options: Partial<ReadOptions> = {},
  date: string | null = "2024-09-12",
): Problem[] {
  const incident = { id: null, date, severity: null, services: [], tags: [] };
  const draft = { path: "a.md", title: "Outage", incident, items, followThrough: true };
  return findProblems(draft, { ...DEFAULT_READ_OPTIONS, ...options });
}

const rules = (...found: readonly Problem[]): string[] => found.map(({ rule }) => rule);
const rulesOf = (over: Partial<ActionItem>, options: Partial<ReadOptions> = {}): string[] =>
  rules(...problems([item(over)], options));

it("has nothing to say of an item with an owner, a date and a task", () => {
  expect(problems([item()])).toEqual([]);
});

it("leaves done items alone", () => {
  const done = { done: true, owners: [], mentions: [], due: null, dueText: null, title: "Improve monitoring" };
  expect(problems([item(done), item(done)])).toEqual([]);
});

it("says where, what, how severe, and what to do", () => {
  expect(problems([item({ owners: [], mentions: [] })])).toEqual([
    {
      line: 10,
      endLine: 11,
      rule: "no-owner",
      level: RULES["no-owner"],
      message: '"Alert when the ingest queue holds over 1,000 jobs" names no owner.',
      fix: "Name an owner: add `@login` or a name to this item.",
    },
  ]);
});

it("keeps messages short and each a sentence", () => {
  const bad = item({
    title: `Improve ${"very ".repeat(200)}much`,
    owners: ["Platform Team"],
    due: null,
    dueText: "x".repeat(300),
  });
  for (const { message, fix } of problems([bad, bad], { maxItems: 1 })) {
    expect(message.length).toBeLessThan(200);
    expect(message).toMatch(/[.]$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});

describe("owners", () => {
  it.each(["TBD", "?", "unassigned", "n/a", "未定", "por definir"])("%s is nobody", (owner) => {
    expect(rulesOf({ owners: [owner] })).toEqual(["no-owner"]);
  });

  it.each([
    "Platform Team",
    "acme/sre",
    "SRE",
    "All EMs",
    "Backend",
    "Equipo de Infra",
    "プラットフォームチーム",
    "vendor",
  ])("%s is a group", (owner) => {
    expect(rulesOf({ owners: [owner] })).toEqual(["owner-is-group"]);
  });

  it("more than ten are more than an issue takes", () => {
    const owners = Array.from({ length: 11 }, (_, at) => `lisa${at}`);
    expect(rulesOf({ owners: owners.slice(0, 10) })).toEqual([]);
    expect(rulesOf({ owners })).toEqual(["many-owners"]);
  });

  it.each([["Lisa Wong"], ["lisa"], ["Dev Patel"], ["MR"], ["Tim Steams"], ["Alleyne"], ["Platform Team", "lisa"]])(
    "%s is somebody",
    (...owners) => {
      expect(rulesOf({ owners })).toEqual([]);
    },
  );
});

describe("due dates", () => {
  it("misses one, unless the section states a window", () => {
    expect(rulesOf({ due: null, dueText: null })).toEqual(["no-due-date"]);
    expect(rulesOf({ due: null, dueText: null, window: "Complete within 1 week" })).toEqual([]);
  });

  it.each([
    [
      "next sprint",
      'The due date "next sprint" cannot be read: when next sprint ends is not known to the policy.',
      /sprint's last day/,
    ],
    [
      "03/04/2025",
      'The due date "03/04/2025" cannot be read: it could be day first or month first.',
      /which comes first/,
    ],
    ["ASAP", 'The due date "ASAP" cannot be read: it names no day.', /YYYY-MM-DD\.$/],
    ["2025-02-30", 'The due date "2025-02-30" cannot be read: there is no day 2025-02-30.', /YYYY-MM-DD\.$/],
  ])("cannot read %s", (dueText, message, fix) => {
    const [found] = problems([item({ due: null, dueText })]);
    expect(found).toMatchObject({ rule: "unreadable-due-date", message });
    expect(found?.fix).toMatch(fix);
  });

  it("asks for the incident's date where a date without a year has nothing to count from", () => {
    const [found] = problems([item({ due: null, dueText: "Sept 25" })], {}, null);
    expect(found?.fix).toMatch(/incident's date/);
  });

  it("is past before the incident, or before today where a day is given", () => {
    expect(rulesOf({ due: "2024-09-11" })).toEqual(["past-due-date"]);
    expect(rulesOf({ due: "2024-09-12" })).toEqual([]);
    expect(rulesOf({ due: "2024-10-01" }, { today: "2024-10-01" })).toEqual([]);
    const [found] = problems([item()], { today: "2024-10-02" });
    expect(found).toMatchObject({ rule: "past-due-date", message: "Due 2024-10-01, 1 day ago." });
  });
});

describe("wording", () => {
  it.each([
    "Consider adding a cache",
    "We should think about sharding",
    "Be more careful with migrations",
    "Keep an eye on memory",
    "Improve monitoring",
    "Improve our monitoring and alerting.",
    "Better documentation",
    "More tests",
    "Mejorar el monitoreo",
    "Melhorar os testes",
    "Améliorer la documentation",
    "Monitoring verbessern",
    "Migliorare il monitoraggio",
    "Monitoring verbeteren",
    "監視を強化する",
    "改善监控",
    "모니터링 개선",
    "Considerar un caché",
    "Réfléchir à une autre base",
    "Über eine zweite Region nachdenken",
    "再発防止を検討する",
  ])("%s is not actionable", (title) => {
    expect(rulesOf({ title })).toEqual(["not-actionable"]);
  });

  it.each([
    "Improve monitoring of the queue depth",
    "Add a test for the parser",
    "Investigate why the replica lagged",
    "Reconsider the retry policy and write it down",
    "Monitoring",
    "Alert on lag",
  ])("%s is", (title) => {
    expect(rulesOf({ title })).toEqual([]);
  });

  it.each([
    ["Add an alert on replica lag; write a runbook for it", "write a runbook for it"],
    ["Add an alert on replica lag and write a runbook", "write a runbook"],
    ["Increase the memory limits, and document the procedure", null],
    ["Fix the leak in the worker. Also update the dashboard", "update the dashboard"],
    ["Review and update the runbook", null],
    ["Add a dashboard and alert for queue depth", null],
    ["Write down how to create and restore backups", null],
    ["Add tests and fix", null],
    ["Add monitoring for create and update calls", null],
    ["Añadir una alerta de cola y escribir un procedimiento", "escribir un procedimiento"],
    ["Revisar y actualizar el procedimiento", null],
    ["Adicionar um alerta na fila e documentar a restauração", "documentar a restauração"],
    ["Ajouter une alerte sur la file et documenter la reprise", "documenter la reprise"],
    ["Corriger et documenter la reprise", null],
    ["Aggiungere un avviso sulla coda e scrivere una guida", "scrivere una guida"],
    ["Alarm auf die Warteschlange einrichten und Anleitung schreiben", "Anleitung schreiben"],
    ["Anleitung schreiben und prüfen", null],
    ["Een alarm op de wachtrij toevoegen en een handleiding schrijven", "een handleiding schrijven"],
    ["キューの監視を追加し、手順書を作成する", "手順書を作成する"],
    ["監視を追加する", null],
    ["增加队列积压告警，并编写操作手册", "编写操作手册"],
    ["增加队列积压、错误率告警", null],
    ["대기열 알림을 추가하고 절차서를 작성", "절차서를 작성"],
  ])("%s: second task %s", (title, second) => {
    const found = problems([item({ title })]);
    expect(rules(...found)).toEqual(second === null ? [] : ["several-in-one"]);
    if (second !== null) expect(found[0]?.message).toContain(second);
  });
});

describe("placeholders", () => {
  it.each([
    { title: "<action item>" },
    { title: "Fix [description here]" },
    { title: "{{action}}" },
    { title: "Action item 1" },
    { title: "Example" },
    { title: "Ship by YYYY-MM-DD" },
    { title: "XXX" },
    { owners: ["<owner>"] },
    { owners: ["Your name"] },
    { owners: ["username"] },
    { due: null, dueText: "YYYY-MM-DD" },
    { due: null, dueText: "<date>" },
  ])("%j is one", (over) => {
    expect(rulesOf(over)).toEqual(["placeholder"]);
  });

  it.each([
    "Return List<String> from the API",
    "Keep p99 <1s and >0",
    "Rename owner field to assignee",
    "Document [the procedure](x.md)",
    "Handle XXL payloads",
    "Fix task scheduling",
  ])("%s is none", (title) => {
    expect(rulesOf({ title })).toEqual([]);
  });
});

describe("the document as a whole", () => {
  it("names the line a duplicate stood on before", () => {
    const twice = [item({ line: 5 }), item({ line: 9, title: "alert when the ingest queue holds over 1,000 jobs!" })];
    expect(problems(twice)).toMatchObject([
      { line: 9, rule: "duplicate-item", message: expect.stringContaining("stands on line 5 already") },
    ]);
    expect(problems([item({ line: 5, done: true }), item({ line: 9 })])).toEqual([]);
  });

  it("counts open items against the policy's limit", () => {
    const many = Array.from({ length: 4 }, (_, index) => item({ line: index + 1, title: `Rotate key ${index}` }));
    expect(problems(many, { maxItems: 4 })).toEqual([]);
    expect(problems(many, { maxItems: 2 })).toMatchObject([{ line: 3, rule: "too-many-items" }]);
  });

  it("goes by line", () => {
    const found = problems([
      item({ line: 20, owners: [] }),
      item({ line: 4, due: null, dueText: null, title: "Rotate keys" }),
    ]);
    expect(found.map(({ line }) => line)).toEqual([4, 20]);
  });
});
