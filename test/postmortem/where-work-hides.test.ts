/** Work where no name or column says that it is: below a pledge, addressed to people, counted in a sentence, called by a number. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const read = (text: string) => readPostmortem("docs/pump.md", text, DEFAULT_READ_OPTIONS);
const items = (text: string) => read(text).items;
const titles = (text: string): string[] => items(text).map(({ title }) => title);
const report = (...body: readonly string[]) =>
  ["# The pump stopped", "## Summary", "It stopped at night.", "## Root cause", "A worn seal.", ...body].join("\n\n");

const ORDERS =
  "- Replace the seal of the second pump\n- Rehearse the change of pumps by night\n- Alert on low pressure";

describe("a list below a pledge, in a section known for nothing", () => {
  it.each([
    "We are committing to the following work over the coming weeks:",
    "We will do three things:",
    "It should not have stopped, and we have begun several pieces of work so that it cannot happen again.",
  ])("%s", (pledge) => {
    expect(titles(report("## Where this leaves us", pledge, ORDERS))).toHaveLength(3);
    expect(titles(report("## Making it right", pledge, ORDERS))).toHaveLength(3);
  });

  it.each([
    ["it tells what others did", "To see it, a visitor did this:", ORDERS],
    ["a paragraph stands between", "We will do our best.\n\nThe steps to see it were:", ORDERS],
    ["it asks", "We will ask ourselves:", "- Replace the seal?\n- Rehearse by night?"],
    ["it tells what was done", "We will not rest.", "- Replaced the seal\n- Rehearsed the change"],
  ])("none where %s", (_, above, list) => {
    expect(titles(report("## Making it right", above, list))).toEqual([]);
  });

  it("gives way to a section that names its work", () => {
    expect(
      titles(report("## Making it right", "We will do this:", ORDERS, "## Action items", "- Oil the door")),
    ).toEqual(["Oil the door"]);
  });
});

describe("lines that are orders to people", () => {
  const lines = "@ana — write the runbook of the pump, by 2026-10-01\n@ben — replace the seal";
  it.each([
    ["as a paragraph", lines],
    ["as a list", lines.replace(/^/gm, "- ")],
  ])("%s", (_, text) => {
    expect(items(report("## Ownership", text))).toMatchObject([
      { title: "write the runbook of the pump", owners: ["ana"], due: "2026-10-01" },
      { title: "replace the seal", owners: ["ben"] },
    ]);
  });

  it("are none where they tell", () => {
    expect(titles(report("## Thanks", "@ana — found it\n@ben — drove out by night"))).toEqual([]);
  });
});

describe("a table of who and when", () => {
  const table = (head: string, ...rows: readonly string[]) =>
    report("## Our answer", [head, "|---|---|---|", ...rows].join("\n"));

  it("holds work, where most of its rows are orders", () => {
    expect(
      items(
        table(
          "| What | Who | When |",
          "| Replace the seal | Priya | 2027-01-10 |",
          "| Document the change | Lee | done |",
        ),
      ),
    ).toMatchObject([
      { title: "Replace the seal", owners: ["Priya"], due: "2027-01-10", done: false },
      { title: "Document the change", owners: ["Lee"], due: null, done: true },
    ]);
  });

  it("holds none, where they are things", () => {
    expect(
      titles(table("| What | Who | When |", "| Seal | Priya | 2027-01-10 |", "| Pump house | Lee | 2027-01-11 |")),
    ).toEqual([]);
  });
});

/** Three promises that one text counts. */
const COUNTED: Readonly<Record<(typeof LANGUAGE_CODES)[number], string>> = {
  en: "First, we will replace the seal. Second, we will buy a third pump. Finally, we will write it down.",
  es: "Primero, vamos a cambiar la junta. Segundo, vamos a comprar otra bomba. Por último, vamos a escribirlo.",
  pt: "Primeiro, vamos trocar a junta. Segundo, vamos comprar outra bomba. Por fim, vamos documentar tudo.",
  fr: "Premièrement, nous allons changer le joint. Deuxièmement, nous allons acheter une pompe. Enfin, nous allons l'écrire.",
  de: "Erstens werden wir die Dichtung tauschen. Zweitens werden wir eine Pumpe kaufen. Schließlich werden wir es aufschreiben.",
  it: "In primo luogo, cambieremo la guarnizione. In secondo luogo, compreremo una pompa. Infine, lo scriveremo.",
  nl: "Ten eerste gaan we de afdichting vervangen. Ten tweede gaan we een pomp kopen. Tot slot gaan we het opschrijven.",
  ja: "まず、パッキンを交換します。次に、ポンプを購入します。最後に、手順書を作成します。",
  zh: "首先，我们将更换密封件。其次，我们将购买一台水泵。最后，我们将编写手册。",
  ko: "첫째, 패킹을 교체하겠습니다. 둘째, 펌프를 구매하겠습니다. 마지막으로, 문서를 작성하겠습니다.",
  ru: "Во-первых, мы заменим прокладку. Во-вторых, мы купим насос. Наконец, мы напишем инструкцию.",
  tr: "İlk olarak, contayı değiştireceğiz. İkinci olarak, bir pompa alacağız. Son olarak, kılavuzu yazacağız.",
  no: "For det første skal vi bytte pakningen. For det andre skal vi kjøpe en pumpe. Til slutt skal vi skrive det ned.",
};

describe("a text that counts what it promises", () => {
  it.each(LANGUAGE_CODES.map((code) => [code, COUNTED[code]] as const))("%s: each is an item", (_, text) => {
    const found = titles(`# The pump stopped\n\n## Action items\n\n${text}\n`);
    expect(found).toHaveLength(3);
    expect(found[0]).not.toMatch(/^(?:First|Primero|Erstens|まず|首先)/);
  });
});

describe("an item that is called by its number", () => {
  it.each([
    ["**Corrective Action 1:** Replace the seal.", "**Preventive Action 2:** Buy a third pump."],
    ["**Action 1:** Replace the seal.", "**Action 2:** Buy a third pump."],
    ["### Action item 1\n\nReplace the seal.", "### Action item 2\n\nBuy a third pump."],
  ])("%s", (first, second) => {
    const fields = (owner: string) => `- Responsible: ${owner}\n- Target: 2027-01-10\n- Status: In progress`;
    const text = ["# The pump stopped", "## Action items", first, fields("Ana"), second, fields("Ben")].join("\n\n");
    expect(items(text)).toMatchObject([
      { title: "Replace the seal", owners: ["Ana"], due: "2027-01-10" },
      { title: "Buy a third pump", owners: ["Ben"], due: "2027-01-10" },
    ]);
  });
});

describe("a ticket before the work", () => {
  it.each([
    ["OPS-118 Lower the pressure", "OPS-118", "Lower the pressure"],
    ["OPS-118 — lower the pressure", "OPS-118", "lower the pressure"],
    ["#118 Lower the pressure", "#118", "Lower the pressure"],
  ])("%s", (text, ref, title) => {
    expect(items(report("## Action items", `- ${text} (owner: Marta Lind)`))).toMatchObject([
      { ref, title, owners: ["Marta Lind"] },
    ]);
  });

  it.each(["OPS-118 is what we need", "COVID-19 rules for the crew", "#118 describes the seal"])(
    "%s: it is a part of it",
    (text) => {
      expect(titles(report("## Action items", `- ${text}`))).toEqual([text]);
    },
  );
});

describe("the incident's date", () => {
  it.each([
    ["a task box", "- [ ] Replace the seal – Ben – 2026-12-15"],
    ["a due word", "@ana — replace the seal, by 2026-12-15\n@ben — test the seal, by 2026-12-15"],
    ["a column for due dates", "| What | Who | When |\n|---|---|---|\n| Replace the seal | Ben | 2026-12-15 |"],
  ])("is no day that work is due: %s", (_, text) => {
    for (const name of ["Start", "Ours", "Making it right"]) {
      const { incident, items: found } = read(report(`## ${name}`, text));
      expect(incident.date).toBeNull();
      expect(found[0]?.due).toBe("2026-12-15");
    }
  });

  it("is one that is told", () => {
    expect(read(report("## What happened", "On 2026-09-01 it stopped.")).incident.date).toBe("2026-09-01");
  });
});

describe("the notes of a meeting", () => {
  const notes = (...lines: readonly string[]) =>
    items(`# Post mortem meeting\n\nNotes:\n\n${lines.map((line) => `- ${line}`).join("\n")}\n`);

  it("hold what calls itself an action item", () => {
    expect(
      notes(
        "Kim walked us through the night",
        "AI: Lars to replace the seal (due 2027-01-29)",
        "AI(Oyelaran): check whether the maker has a spare",
        "Action item: test the horn",
        "AI: the word was said often",
      ),
    ).toMatchObject([
      { title: "replace the seal", owners: ["Lars"], due: "2027-01-29" },
      { title: "check whether the maker has a spare", owners: ["Oyelaran"] },
      { title: "test the horn" },
    ]);
  });

  it("hold none in a timeline, where it was done", () => {
    expect(titles("# Pump\n\n## Timeline\n\n- 10:00 horn\n- Follow-up: replace the seal\n")).toEqual([]);
  });
});

describe("paragraphs that each begin with a name", () => {
  const named = (...texts: readonly string[]) => titles(`# Pump\n\n## Action items\n\n${texts.join("\n\n")}\n`);

  it("are an item each, whatever they go on to tell", () => {
    const texts = [
      "**Two people by night.** The roster already supports it, it's just a setting.",
      "**A second horn.** Right now one is enough.",
      "**A dial for the pressure.** Nice to have. Nobody signed up yet.",
    ];
    expect(named(...texts)).toHaveLength(3);
    expect(named("We talked about it and landed on three things.", ...texts)).toHaveLength(3);
  });

  it("are none where only one does", () => {
    expect(named("**Note.** The roster is old.", "It is kept in the office.")).toEqual([]);
  });
});

describe("the address of a ticket before the work", () => {
  it.each([
    ["<https://tracker.example.com/MAIL-77> Alert on the age of the queue", "MAIL-77"],
    ["https://tracker.example.com/browse/MAIL-77 — Alert on the age of the queue", "MAIL-77"],
  ])("%s", (text, ref) => {
    expect(items(`# Pump\n\n## Action items\n\n- ${text}\n`)).toMatchObject([
      { title: "Alert on the age of the queue", ref, refUrl: expect.stringContaining("tracker.example.com") },
    ]);
  });
});

describe("facts of the incident on one line", () => {
  it.each([
    "**Severity**: P2 **Date**: 2026-05-05",
    "**Severity:** P2 **Date:** 2026-05-05",
    "Severity: P2 | Date: 2026-05-05",
  ])("%s", (line) => {
    expect(read(`# Pump\n\n${line}\n\n## Root cause\n\nA worn seal.\n`).incident).toMatchObject({
      severity: "P2",
      date: "2026-05-05",
    });
  });
});
