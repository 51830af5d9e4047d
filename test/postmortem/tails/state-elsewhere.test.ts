/** How the work stands, written where no column or box is for it: before a paragraph, on a link, over the owner. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const read = (body: string) =>
  readPostmortem("a.md", `# Bakery closed\n\n## Action items\n\n${body}\n`, DEFAULT_READ_OPTIONS).items;

/** Words for what is done and what is open, before the work. */
const STATES: Readonly<Record<(typeof LANGUAGE_CODES)[number], readonly [done: string, open: string]>> = {
  en: ["Done", "Open"],
  es: ["Hecho", "Pendiente"],
  pt: ["Concluído", "Pendente"],
  fr: ["Fait", "En cours"],
  de: ["Erledigt", "Offen"],
  it: ["Fatto", "In corso"],
  nl: ["Klaar", "Open"],
  ja: ["完了", "未対応"],
  zh: ["已完成", "进行中"],
  ko: ["완료", "진행 중"],
  ru: ["Готово", "Открыто"],
  tr: ["Tamamlandı", "Açık"],
  no: ["Ferdig", "Åpen"],
};

describe("the state of the work, before a paragraph", () => {
  it.each(LANGUAGE_CODES.map((code) => [code, ...STATES[code]] as const))("%s: %s, %s", (_, done, open) => {
    const items = read(
      `**${done}:** The ovens have a second probe in each of the rooms.\n\n**${open}:** The doors have no lock in the cellar as of now.`,
    );
    expect(items.map((item) => item.done)).toEqual([true, false]);
    expect(items[1]?.title).toMatch(/^The doors/);
  });

  it.each(["**Resolved:** 14:05 UTC", "**Done:** yes"])("%s is a fact, and no work", (fact) => {
    expect(read(`${fact}\n\n**Done:** The ovens have a second probe in each of the rooms.`)).toHaveLength(1);
  });
});

describe("the state of the work, on a link before it", () => {
  it.each([
    ["[Done](https://github.com/o/r/pull/4): oil the door", true, "https://github.com/o/r/pull/4"],
    ["[OPS-7 (done)](https://github.com/o/r/pull/4): oil the door", true, "OPS-7"],
    ["[#7 (open)](https://github.com/o/r/issues/7): oil the door", false, "#7"],
    ["[OPS-7](https://github.com/o/r/pull/4): oil the door", false, "OPS-7"],
  ])("%s", (text, done, ref) => {
    expect(read(`- ${text}\n- [Done](https://github.com/o/r/pull/5): buy a timer`)).toMatchObject([
      { title: "oil the door", done, ref },
      { title: "buy a timer", done: true },
    ]);
  });
});

describe("the state of the work, as a label before it", () => {
  it.each([
    ["Done: oil the door", true],
    ["Open: oil the door", false],
    ["Pending: oil the door", false],
    ["In progress: oil the door", false],
  ])("%s", (text, done) => {
    expect(read(`- ${text}\n- Buy a timer`)).toMatchObject([{ title: "oil the door", done }, { done: false }]);
  });
});

describe("the state of the work, where its owner should stand", () => {
  const row = (owner: string) =>
    read(`| Issue | Action | Owner |\n|---|---|---|\n| #5 | Oil the door | ${owner} |\n| #6 | Buy a timer | @ben |`);

  it.each([
    ["done", true],
    ["open", false],
    ["✅", true],
    ["done, see below", true],
    ["in progress", false],
  ])("%s", (owner, done) => {
    expect(row(owner)).toMatchObject([{ owners: [], done }, { owners: ["ben"] }]);
  });
});
