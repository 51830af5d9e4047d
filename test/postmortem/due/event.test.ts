/** Times that name no day are told as due dates that cannot be read, and stay in the title; new dates replace old ones. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const read = (item: string, today: string | null = null, around = "") =>
  readPostmortem("2025-01-08-pump.md", `# Pump\n\n${around}\n\n## Action items\n\n- ${item}\n`, {
    ...DEFAULT_READ_OPTIONS,
    today,
  });

const TIMES: Readonly<Record<(typeof LANGUAGE_CODES)[number], readonly [item: string, time: string]>> = {
  en: ["Replace the valve before Black Friday", "before Black Friday"],
  es: ["Cambiar la válvula antes del lanzamiento", "antes del lanzamiento"],
  pt: ["Trocar a válvula até o próximo lançamento", "até o próximo lançamento"],
  fr: ["Remplacer la vanne avant la mise en production", "avant la mise en production"],
  de: ["Das Ventil ersetzen vor dem Release", "vor dem Release"],
  it: ["Sostituire la valvola prima del lancio", "prima del lancio"],
  nl: ["De klep vervangen voor de volgende release", "voor de volgende release"],
  ja: ["弁をリリースまでに交換する", "リリースまでに"],
  zh: ["春节前更换阀门", "春节前"],
  ko: ["출시 전까지 밸브를 교체한다", "출시 전까지"],
  ru: ["Заменить клапан до релиза", "до релиза"],
  tr: ["Vanayı değiştir, en geç lansman", "en geç lansman"],
  no: ["Skifte ventilen før lansering", "før lansering"],
};

describe("a time that names no day", () => {
  it.each(LANGUAGE_CODES.map((code) => [code, ...TIMES[code]] as const))("%s: %s", (_, item, time) => {
    const { items, problems } = read(item);
    expect(items).toMatchObject([{ title: item, due: null, dueText: time }]);
    const rules = problems.map(({ rule }) => rule);
    expect(rules).toContain("unreadable-due-date");
    expect(rules).not.toContain("no-due-date");
  });

  it.each([
    ["Buy a horn this week", "this week"],
    ["Buy a horn this week (@ana)", "this week"],
    ["Buy a horn by the next release. @ana", "by the next release"],
  ])("%s", (item, time) => expect(read(item).items).toMatchObject([{ due: null, dueText: time }]));

  it.each(["Test the pump before each start", "Write a guide for the launch team", "Buy a horn"])(
    "but not in: %s",
    (item) => {
      expect(read(item).items).toMatchObject([{ title: item, dueText: null }]);
    },
  );
});

describe("a date that replaces another", () => {
  it.each([
    "due 2025-02-01 → 2025-03-01",
    "due 2025-02-01 -> 2025-03-01",
    "(Feb 1 → Mar 1)",
    "Due: 2025-02-01 ⇒ 2025-03-01",
    "due ~~2025-02-01~~ 2025-03-01",
  ])("%s", (due) => {
    expect(read(`Buy a horn ${due}`).items).toMatchObject([{ title: "Buy a horn", due: "2025-03-01" }]);
  });
});

describe("a due date that counts from an old incident says so", () => {
  const told = (item: string) =>
    read(item, "2025-06-01").problems.find(({ rule }) => rule === "past-due-date")?.message;

  it.each([
    [
      "Buy a horn, due in 2 weeks",
      '"in 2 weeks" counts from the incident\'s date, 2025-01-08: that was 2025-01-22, 130 days ago.',
    ],
    ["Buy a horn, due 2025-01-22", "Due 2025-01-22, 130 days ago."],
  ])("%s", (item, message) => expect(told(item)).toBe(message));
});
