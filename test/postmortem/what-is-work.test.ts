/** Which sections and lines are work: by what a name means, and what stands where work does and is none. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { cpuMsWithin } from "../support/cpu.js";

const read = (text: string) => readPostmortem("2025-01-08-pump.md", text, DEFAULT_READ_OPTIONS).items;
const titles = (text: string): string[] => read(text).map(({ title }) => title);
const under = (heading: string, body = "- Replace the valve") => `# Pump stopped\n\n## ${heading}\n\n${body}\n`;

describe("a section's name means work", () => {
  it.each([
    "Preventing the outage from happening again",
    "How we keep the pump from stopping",
    "What is being done to avoid similar failures",
    "Approved next work",
    "Prossimi interventi previsti",
    "Siguiente paso acordado",
    "Actions nécessaires",
    "Notwendige Schritte",
    "如何避免再次发生类似问题",
    "再発を防止するための取り組み",
    "향후 보완 계획",
  ])("%s", (heading) => {
    expect(titles(under(heading))).toEqual(["Replace the valve"]);
  });
});

describe("a section's name means none", () => {
  it.each([
    "Why the pump was not stopped",
    "Deploy checklist",
    "Report template",
    "Kinds of actions",
    "배포 전 체크리스트",
  ])("%s", (heading) => {
    expect(titles(under(heading, "- [ ] Look at the gauge"))).toEqual([]);
  });

  it("a title that ends in actions is a title", () => {
    expect(titles("# Pump stopped: root cause and actions\n\n## Detection\n\n- The horn sounded late.\n")).toEqual([]);
  });
});

describe("what stands where work does", () => {
  it("kinds of action explained", () => {
    const text =
      "Actions are of three kinds:\n\n- Shun - so that it never leaks.\n- See - so that it is seen.\n- Mend - so that it runs.";
    expect(titles(under("Action items", text))).toEqual([]);
  });

  it("advice to other people", () => {
    const text =
      "- Owners of such pumps should oil them.\n- Visitors must keep away.\n- Builders should read the manual.";
    expect(titles(under("Recommendations", text))).toEqual([]);
  });

  it("statements beside promises", () => {
    const text = "- The pump runs but has no spare.\n- We will buy a spare.\n- This spare will make us calmer.";
    expect(titles(under("Next steps", text))).toEqual(["We will buy a spare"]);
  });

  it("answers to tick", () => {
    expect(titles("# Pump stopped\n\n## Cause\n\nWas it the valve?\n\n- [x] Yes\n- [ ] No\n")).toEqual([]);
  });

  it("bullets below a numbered step", () => {
    const text =
      "1. **Replace the valve**\n\n- Close the inlet.\n- Fit the new one.\n\n2. **Test the pump**\n\n- For an hour.";
    expect(titles(under("Planned actions", text))).toEqual(["Replace the valve", "Test the pump"]);
  });

  it("a step's facts, of which one is called its action", () => {
    const text = "- **Seen:** pressure fell\n- **Action:** opened the bypass\n- **Result:** pressure rose";
    expect(titles(`${under("Analysis", text)}\n## Action items\n\n- Replace the valve\n`)).toEqual([
      "Replace the valve",
    ]);
  });

  it.each([
    ["The alarm could have been louder", []],
    ["Pressure tests should have started earlier", []],
    ["The crew needed more practice", []],
    ["Reflect if the alarm should have been louder", ["Reflect if the alarm should have been louder"]],
    ["Write tests that should have been there", ["Write tests that should have been there"]],
    ["More practice needed", ["More practice needed"]],
  ])("regrets: %s", (text, expected) => {
    expect(titles(under("Areas for improvement", `- ${text}`))).toEqual(expected);
  });

  it("what was changed already, in a section about the incident", () => {
    const text = "### Long-term fix\n\n- Changed the valve\n- Oiled the shaft";
    expect(titles(under("Resolution", text))).toEqual([]);
  });
});

describe("done", () => {
  const done = (text: string): [string, boolean][] => read(text).map((item) => [item.title, item.done]);

  it("the finished half of a list", () => {
    const text = "**Actions taken:**\n\n- We have hung a sign.\n\n**Actions planned:**\n\n- We will replace the valve.";
    expect(done(under("Handling", text))).toEqual([
      ["We have hung a sign", true],
      ["We will replace the valve", false],
    ]);
  });

  it("a sentence that tells it", () => {
    const text = "- The old valve has been removed.\n- Look for a quieter pump.\n- We will replace the pump.";
    expect(done(under("What we are doing about it", text)).map(([, state]) => state)).toEqual([true, false, false]);
  });

  it.each([
    ["Revert the bypass that was installed last week", false],
    ["The valve that was replaced leaks; replace the seal", false],
    ["The valve has been added to the weekly round", true],
    ["The pressure has been increased", true],
    ["A new pump has been added to the backlog", false],
    ["The pump was replaced", true],
  ])("not a clause of it: %s", (text, state) => {
    expect(done(under("Action items", `- ${text}`))).toEqual([[text, state]]);
  });

  it("a column named by it", () => {
    const text = "| Medida | Implementada |\n|---|---|\n| Cambiar la válvula | ✓ ayer |\n| Comprar otra | |";
    expect(done(under("Medidas preventivas", text)).map(([, state]) => state)).toEqual([true, false]);
  });

  it("a shouted state, wherever it stands", () => {
    const text = "The horn is weak.\n\n**TODO**: The horn needs a bell.\n\n**DONE**: A sign was hung.";
    expect(done(under("Lessons learned", text)).map(([, state]) => state)).toEqual([false, true]);
  });
});

it("headings over prose are the entries of a section that has nothing else", () => {
  const text = "### A second pump\n\nOne is not enough.\n\n### A louder horn\n\nNobody heard it.";
  expect(titles(under("Follow-up actions", text))).toEqual(["A second pump", "A louder horn"]);
});

it("a second section is read where its entries say who or when", () => {
  const text = "- Replace the valve @ana\n\n## Remediation\n\n- Buy a spare. Owner: Noor\n- Oil the shaft. Owner: Dev";
  expect(titles(under("Action items", text))).toHaveLength(3);
});

describe("a second section that is not read", () => {
  const problems = (text: string) => readPostmortem("2025-01-08-pump.md", text, DEFAULT_READ_OPTIONS).problems;
  const beside = (list: string) => `${under("Remediation", list)}\n## Action items\n\n- [ ] Buy a horn\n`;

  it("is told where its entries look like work", () => {
    expect(problems(beside("- Replace the valve\n- Add a spare"))).toContainEqual({
      line: 3,
      endLine: 3,
      rule: "unread-section",
      level: "info",
      message: '"Remediation" was not read, because "Action items" holds the action items.',
      fix: "Give its entries owners or due dates, or move them there, if they are action items too.",
    });
  });

  it("is not, where they only tell", () => {
    expect(problems(beside("- The valve was opened")).map(({ rule }) => rule)).not.toContain("unread-section");
  });
});

it("a group of what will not be done holds no work", () => {
  const text = "- Replace the valve\n\n### Won't do\n\n- Buy a third pump\n\n### Cancelled\n\n- Buy a ship";
  expect(titles(under("Action items", text))).toEqual(["Replace the valve"]);
});

it("paragraphs are items where they begin with a name in bold, or say who", () => {
  const bold = "**Spare.** Add a second valve.\n\n**Noise.** Replace the horn.";
  expect(titles(under("Prevention", bold))).toHaveLength(2);
  const owned = "AI 1: [prevent] Second valve. Owner: Kim\n\nAI 2: [detect] Louder horn. Owner: Lou";
  expect(read(under("Action items", owned))).toMatchObject([{ owners: ["Kim"] }, { owners: ["Lou"] }]);
});

it("a guide for every incident holds none", () => {
  const text = "# Pump response manual\n\n## Action items\n\n- Look at the gauge\n";
  expect(readPostmortem("docs/pumps.md", text, DEFAULT_READ_OPTIONS).items).toEqual([]);
});

describe("a section whose name is known for nothing", () => {
  const zxcv = (list: string, more = "") =>
    `# Pump stopped\n\n## Timeline\n\n- 10:00 stop\n\n## Impact\n\nNo water.\n\n## Zxcv\n\n${list}\n${more}`;

  it.each([
    ["- Replace the valve (Kim Bauer)\n- Install a horn (Lou Stark)", 2],
    ["- Replace the valve @kim\n- Install a horn by 2025-03-01", 2],
    ["- A second valve in the cellar (Payments, 2025-03-01)\n- A louder horn (Data, 2025-04-01)", 2],
    ["- A second valve, owner: Kim\n- A louder horn, due: 2025-03-01", 2],
    // Roles, books, tips, steps, what was done, what is only named.
    ["- Commander of the incident (Kim Bauer)\n- Scribe of the incident (Lou Stark)", 0],
    ['- "Of Pumps and Men" (Kim Bauer)\n- "The Horn Within" (Lou Stark)', 0],
    ["- Replace the valve\n- Install a horn", 0],
    ["- Commander: @kim of cellar two\n- Scribe: @lou of cellar three", 0],
    ["1. Replace the valve\n2. Install a horn", 0],
    ["- Replaced the valve\n- Installed a horn", 0],
    ["- A second valve\n- A louder horn", 0],
    ["- Replace the valve @kim", 0],
  ])("%j", (list, count) => expect(titles(zxcv(list))).toHaveLength(count));

  it("holds no work beside one that does", () => {
    const text = zxcv("- Replace the valve @kim\n- Install a horn @lou", "\n## Action items\n\n- Oil the shaft\n");
    expect(titles(text)).toEqual(["Oil the shaft"]);
  });

  it("holds none where the document is no postmortem", () => {
    expect(titles("# Pump\n\n## Zxcv\n\n- Replace the valve @kim\n- Install a horn @lou\n")).toEqual([]);
  });
});

it.each([
  "How to write a postmortem",
  "Running blameless retrospectives",
  "Incident response policy",
  "Guía para escribir postmortems",
  "Como escrever um postmortem",
  "Comment rédiger un post-mortem",
  "Wie wir Postmortems schreiben",
  "Come scrivere un postmortem",
  "Hoe schrijf je een postmortem",
  "Hvordan skrive en rapport",
  "Как писать постмортем",
  "Postmortem nasıl yazılır",
  "ポストモーテムの書き方",
  "如何写故障复盘",
  "포스트모템 작성법",
])("a guide for writers holds none: %s", (title) => {
  const text = `# ${title}\n\n## Action items\n\n- Replace the valve (owner: Ana)\n`;
  expect(readPostmortem("docs/pumps.md", text, DEFAULT_READ_OPTIONS).items).toEqual([]);
});

it("answers below a numbered question are none", () => {
  const text =
    "# Quiz\n\n1. What comes first?\n\n- [ ] The valve\n- [ ] The horn\n\n2. And then?\n\n- [ ] Oil\n- [ ] Water\n";
  expect(titles(text)).toEqual([]);
});

it.each([
  ["None needed.", "Action items"],
  ["Ninguna.", "Acciones"],
  ["Nenhuma ação necessária no momento.", "Itens de ação"],
  ["Aucune action nécessaire.", "Actions à mener"],
  ["Keine weiteren Maßnahmen.", "Maßnahmen"],
  ["Nessuna azione necessaria.", "Azioni"],
  ["Geen.", "Vervolgacties"],
  ["特になし。", "再発防止策"],
  ["暂无。", "改进措施"],
  ["해당 없음", "재발 방지 대책"],
  ["Не требуются.", "Дальнейшие действия"],
  ["Gerekli değil.", "Sonraki adımlar"],
  ["Ingen tiltak nødvendig.", "Tiltak"],
])("nothing to do: %s", (text, heading) => {
  expect(titles(under(heading, text))).toEqual([]);
});

describe("ten thousand of a kind take no square of the time", () => {
  const LIMIT_MS = 2_000;
  const many = (part: string): string => part.repeat(10_000);

  it.each([
    ["headings over prose", under("Action items", many("### a\n\nb\n\n"))],
    ["halves of lists", under("Handling", `${many("**Actions taken:**\n\n- a\n\n")}**Actions planned:**\n\n- b\n`)],
    ["steps and bullets", under("Action items", many("1. **a**\n\n- b\n\n"))],
    ["statements beside promises", under("Next steps", many("- We will do it.\n- The pump is old.\n"))],
    ["shouted states", under("Notes", many("**TODO**: a b c\n\n"))],
    ["facts of a step", under("Analysis", many("- **Seen:** a\n- **Action:** b\n"))],
  ])("%s", (_, text) => {
    expect(cpuMsWithin(LIMIT_MS, () => read(text))).toBeLessThan(LIMIT_MS);
  });
});

describe("a team before the work", () => {
  it.each([
    ["Platform team: review the axle", ["Platform team"]],
    ["Strike team formation: gather people", []],
    ["The mill should have been oiled by the crew @ana", ["ana"]],
  ])("%s", (text, owners) => {
    expect(read(under("Action items", `- ${text}`)).map((item) => item.owners)).toEqual([owners]);
  });
});

describe("finished work without a mark", () => {
  const done = (text: string): boolean[] => read(text).map((item) => item.done);

  it.each([
    ["all told in the past", "- Oiled the axle\n- Moved the bell to the door", [true, true]],
    ["one still to do", "- Oiled the axle\n- Move the bell to the door", [false, false]],
    ["orders whose verbs look alike", "- Set up a bell\n- Put a lamp at the door", [false, false]],
    ["a name that looks like it", "- Failed pumps", [false]],
    ["how it is now", "- The gate now opens by itself\n- Buy a lamp", [true, false]],
    ["how it should be now", "- The gate should now open by itself", [false]],
    [
      "what was done, over its parts",
      "- Moved the two bells into the hall:\n  - the old one\n- Oiled the axle",
      [true, true],
    ],
  ])("%s", (_, text, expected) => {
    expect(done(under("Action items", text))).toEqual(expected);
  });

  it("an improvement that was made opens nothing", () => {
    expect(done(under("Layout improvements", "While at it:\n\n1. Moved the bell\n2. Oiled the axle"))).toEqual([
      true,
      true,
    ]);
  });
});

describe("advice beside action items", () => {
  const beside = (advice: string): string => `${under("Prevention", advice)}\n## Action items\n\n- [ ] Oil the axle\n`;

  it.each([
    [
      "a routine beside boxes",
      "### Routine\n\n1. Look at the gauge\n2. Open the gate\n\n### Process\n\n- [ ] Buy a lamp",
      ["Buy a lamp", "Oil the axle"],
    ],
    [
      "a part that is named for work",
      "- [ ] Buy a lamp\n\n### Follow-ups\n\n- Ring the bell",
      ["Buy a lamp", "Ring the bell", "Oil the axle"],
    ],
    ["who does it", "- [ ] Buy a lamp\n- Ring the bell (@ana)", ["Buy a lamp", "Ring the bell", "Oil the axle"]],
  ])("%s", (_, advice, expected) => {
    expect(titles(beside(advice))).toEqual(expected);
  });
});

it.each([
  "Diagnosis steps performed",
  "Troubleshooting steps taken",
  "Durchgeführte Schritte der Diagnose",
  "Pasos de diagnóstico realizados",
  "Passos de diagnóstico realizados",
  "Étapes de diagnostic effectuées",
])("looking into it was no work: %s", (name) => {
  expect(titles(`# Pump stopped\n\n${name}\n\n- Looked at the gauge\n\nNext steps\n\n- Buy a lamp\n`)).toEqual([
    "Buy a lamp",
  ]);
});

it("a thing whose name ends like a verb is none", () => {
  expect(
    titles(
      under(
        "Prevention",
        "- The gate is locked\n\n### Software of the gate\n\nBe aware of:\n\n- It has keys\n- It has rules",
      ),
    ),
  ).not.toContain("Software of the gate");
});
