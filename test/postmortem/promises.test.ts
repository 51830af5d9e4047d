/** Several promises in one text, each by somebody of its own, and what stands behind an arrow. */
import { describe, expect, it } from "vitest";
import { headline } from "../../src/postmortem/headline.js";
import type { LanguageCode } from "../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { sentenceStarts } from "../../src/postmortem/sentences.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const read = (heading: string, body: string, before = "") =>
  readPostmortem("pump.md", `# Pump\n\n2026-11-10\n\n${before}\n\n## ${heading}\n\n${body}\n`, DEFAULT_READ_OPTIONS)
    .items;

interface Two {
  readonly heading: string;
  readonly before: string;
  readonly body: string;
}

/** Two people promise one thing each, the first by 30 November. */
const TWO: readonly (readonly [LanguageCode, Two])[] = [
  [
    "en",
    {
      heading: "Next steps",
      before: "The cellar was under water because nobody heard the alarm.",
      body: "Nadia Roth will mount a second pump by November 30. In addition, Piet Mol is going to test the alarm.",
    },
  ],
  [
    "de",
    {
      heading: "Nächste Schritte",
      before: "Der Keller stand unter Wasser, weil niemand den Alarm gehört hat.",
      body: "@nadia wird bis 30. November eine zweite Pumpe einbauen. @piet wird den Alarm prüfen.",
    },
  ],
  [
    "fr",
    {
      heading: "Prochaines étapes",
      before: "La cave était sous l'eau parce que personne n'a entendu l'alarme.",
      body: "Nadia Roth va installer une seconde pompe avant le 30 novembre. Piet Mol vérifiera l'alarme.",
    },
  ],
  [
    "es",
    {
      heading: "Próximos pasos",
      before: "El sótano estaba bajo el agua porque nadie oyó la alarma.",
      body: "Nadia Roth va a instalar otra bomba antes del 30 de noviembre. Piet Mol revisará la alarma.",
    },
  ],
  [
    "pt",
    {
      heading: "Próximos passos",
      before: "O porão estava debaixo de água porque ninguém ouviu o alarme.",
      body: "Nadia Roth vai instalar outra bomba até 30 de novembro. Piet Mol vai verificar o alarme.",
    },
  ],
  [
    "it",
    {
      heading: "Prossimi passi",
      before: "La cantina era sotto l'acqua perché nessuno ha sentito l'allarme.",
      body: "Nadia Roth deve montare un'altra pompa entro il 30 novembre. Piet Mol verificherà l'allarme.",
    },
  ],
  [
    "nl",
    {
      heading: "Vervolgstappen",
      before: "De kelder stond onder water omdat niemand het alarm hoorde.",
      body: "Nadia Roth zal voor 30 november een tweede pomp plaatsen. Piet Mol gaat het alarm testen.",
    },
  ],
  [
    "no",
    {
      heading: "Neste steg",
      before:
        "Kjelleren sto under vann fordi ingen hørte alarmen, og det var ikke noen som så det før neste dag. Vi har ikke hatt dette problemet tidligere.",
      body: "Nadia Roth skal montere en ny pumpe innen 30. november. Piet Mol skal teste alarmen.",
    },
  ],
];

const named = (login: string): string => login.toLowerCase().split(" ")[0] ?? "";

describe("two promises in one text are two items, each with its own owner and date", () => {
  it.each(TWO)("%s, as a paragraph", (_, { heading, before, body }) => {
    const items = read(heading, body, before);
    expect(items.map(({ owners }) => owners.map(named))).toEqual([["nadia"], ["piet"]]);
    expect(items.map(({ due }) => due)).toEqual(["2026-11-30", null]);
  });

  it.each(TWO)("%s, as a bullet beside another", (_, { heading, before, body }) => {
    const items = read(heading, `- ${body}\n- Pumpe X9 - @lisa`, before);
    expect(items.map(({ owners }) => owners.map(named))).toEqual([["nadia"], ["piet"], ["lisa"]]);
  });

  it.each(["We will mount a pump. We will test the alarm.", "Nadia Roth will mount a pump. It stands in the cellar."])(
    "one owner, one item: %s",
    (body) => expect(read("Next steps", body)).toHaveLength(1),
  );

  it("several people may promise together", () => {
    const items = read("Next steps", "@nadia and @lisa will mount it by Nov 30. @piet, and @tom to test it.");
    expect(items.map(({ owners, due }) => [owners, due])).toEqual([
      [["nadia", "lisa"], "2026-11-30"],
      [["piet", "tom"], null],
    ]);
  });

  it("a text too long to be read whole is one, which is told, and costs no more the longer it is", () => {
    const text = `${"@nadia will mount *it*. ".repeat(80)}\n`.repeat(500);
    const started = process.cpuUsage();
    const { items, problems } = readPostmortem("p.md", `# Pump\n\n## Next steps\n\n${text}`, DEFAULT_READ_OPTIONS);
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
    expect(items).toHaveLength(1);
    expect(problems.map(({ rule }) => rule)).toContain("too-long");
  });

  it("a task box has one state, so it stays one item", () => {
    expect(read("Next steps", "- [ ] @nadia will mount it. @piet will test it.")).toHaveLength(1);
  });

  it("what introduces them is no part of either", () => {
    const items = read("Next steps", "The alarm was too low. Nadia Roth to raise it. Piet Mol to test it by Dec 4.");
    expect(items.map(({ title, due }) => [title, due])).toEqual([
      ["raise it", null],
      ["test it", "2026-12-04"],
    ]);
  });
});

const ARROWS = ["→", "➜", "➔", "⇒", "⟶", "->", "=>"];
const BEHIND = [
  ["@nadia", ["nadia"], null],
  ["Platform team", ["Platform team"], null],
  ["team @acme/pumps", ["acme/pumps"], null],
  ["owner: Piet", ["Piet"], null],
  ["Nov 30", [], "2026-11-30"],
  ["@nadia, Nov 30", ["nadia"], "2026-11-30"],
  ["due 2026-11-30, P1", [], "2026-11-30"],
] as const;

describe("an arrow leads to who does it, or when", () => {
  it.each(ARROWS.flatMap((arrow) => BEHIND.map((behind) => [arrow, ...behind] as const)))(
    "%s %s",
    (arrow, words, owners, due) => {
      const [item] = read("Action items", `- Mount a second pump ${arrow} ${words}`);
      expect(item).toMatchObject({ title: "Mount a second pump", owners, due });
    },
  );

  it.each(ARROWS)("and %s in the work stays", (arrow) => {
    const title = `Move the hose from cellar ${arrow} roof`;
    expect(read("Action items", `- ${title}`)[0]).toMatchObject({ title, owners: [] });
  });

  it("two of them part owner and date", () => {
    expect(read("Action items", "- Mount a pump → Nadia Roth → 2026-12-03")[0]).toMatchObject({
      title: "Mount a pump",
      owners: ["Nadia Roth"],
      due: "2026-12-03",
    });
  });
});

describe("a date as other programs export it", () => {
  it.each(["@November 30, 2026", "@Nov 30", "@2026-11-30"])("%s in a column for dates", (cell) => {
    const [item] = read("Action items", `| Task | Due |\n|---|---|\n| Mount a pump | ${cell} |`);
    expect(item?.due).toBe("2026-11-30");
  });
});

describe("struck work with a word on what became of it", () => {
  it.each([
    ["decided against in review", true],
    ["superseded by the new cellar", true],
    ["replaced by a valve", true],
    ["not needed", true],
  ])("~~Mount a pump~~ (%s)", (words, dropped) => {
    const [item] = read("Action items", `- ~~Mount a pump~~ (${words})\n- Test the alarm`);
    expect(item?.title).toBe("Mount a pump");
    expect(item?.dropped ?? false).toBe(dropped);
    expect(item?.done).toBe(!dropped);
  });
});

describe("several people mentioned before the work all have it", () => {
  it.each([
    "@nadia, @piet: ",
    "@nadia and @piet to ",
    "@nadia & @piet — ",
    "@nadia/@piet: ",
    "@nadia @piet will ",
    "@nadia y @piet: ",
    "@nadia, and @piet to ",
  ])("%smount a pump", (lead) => {
    expect(read("Action items", `- ${lead}mount a pump`)[0]).toMatchObject({
      title: "mount a pump",
      owners: ["nadia", "piet"],
      mentions: ["nadia", "piet"],
    });
  });

  it.each(["Nice to have", "Good to have", "Important to note", "Ready to test"])("“%s: …” names nobody", (lead) => {
    expect(read("Action items", `- ${lead}: a second pump`)[0]?.owners).toEqual([]);
  });
});

describe("who is named above a list has what stands in it, and no more", () => {
  it.each(["@nadia", "**@nadia**", "@nadia:", "### @nadia", "@nadia, @lisa", "@nadia and @lisa"])("%s", (label) => {
    const items = read(
      "Action items",
      `@piet:\n- Replace the hose\n\n${label}\n\n- Mount a pump\n- [ ] Test the alarm`,
    );
    expect(items.map(({ owners }) => owners[0])).toEqual(["piet", "nadia", "nadia"]);
  });
});

describe("below a heading that says done", () => {
  it.each(["Done already", "Already done", "Done so far", "Completed to date", "Completed actions", "Done"])(
    "%s",
    (heading) => {
      const items = read("Actions", `### ${heading}\n\n- A second pump\n\n### To do\n\n- Test the alarm`);
      expect(items.map(({ done }) => done)).toEqual([true, false]);
    },
  );
});

describe("a mention that the sentence speaks of", () => {
  it.each([
    "Fix the leak reported by @nadia",
    "Order the pump via @pumpbot",
    "Get approval from @nadia for the pump",
    "Fix the leak (thanks @nadia)",
    "Mount a pump cc @nadia",
    "Corriger la fuite signalée par @nadia",
    "Das Leck abdichten, gemeldet von @nadia",
  ])("owns nothing: %s", (text) => {
    expect(read("Action items", `- ${text}`)[0]).toMatchObject({ title: text, owners: [] });
  });

  it.each(["Talk to @nadia", "Check the cellar with @nadia"])("stays in it, and may own it: %s", (text) => {
    expect(read("Action items", `- ${text}`)[0]).toMatchObject({ title: text, owners: ["nadia"] });
  });

  it.each([
    "Mount a pump, assigned to @nadia",
    "Mount a pump by @nadia",
    "Mount a pump @nadia",
    "Mount a pump, owned by @nadia",
  ])("is the owner: %s", (text) =>
    expect(read("Action items", `- ${text}`)[0]).toMatchObject({ title: "Mount a pump", owners: ["nadia"] }),
  );
});

describe("a line that bars part as a row is parted", () => {
  it.each([
    "**P0** | @nadia | 2026-11-30 | Mount a pump",
    "P0 | 2026-11-30 | @nadia | Mount a pump",
    "@nadia | Nov 30 | Mount a pump",
    "30 Nov 2026 | Mount a pump | @nadia",
  ])("%s", (text) => {
    for (const mark of ["-", "- [ ]", "1."])
      expect(read("Action items", `${mark} ${text}`)[0]).toMatchObject({
        title: "Mount a pump",
        owners: ["nadia"],
        due: "2026-11-30",
      });
  });
});

describe("labels with a dash in brackets", () => {
  it.each([
    ["(Owner - Piet, Target - 30-Nov-2026)", ["Piet"]],
    ["(Owner - Platform, Target - 30-Nov-2026)", ["Platform"]],
    ["(Due - Nov 30; Owner – Nadia Roth)", ["Nadia Roth"]],
  ])("Mount a pump. %s", (labels, owners) => {
    const [item] = read("Action items", `1) Mount a pump. ${labels}`);
    expect(item).toMatchObject({ title: "Mount a pump", owners, due: "2026-11-30" });
  });

  it("begin no work", () => {
    expect(read("Action items", "- Target - rename it to Goal")[0]?.title).toBe("Target - rename it to Goal");
  });
});

describe("the day on which finished work was finished is no due date", () => {
  it.each([
    "Mount a pump (DONE – Piet, 30 Nov)",
    "Mount a pump (done 30 Nov, Piet Mol)",
    "Mount a pump, done 30 Nov",
    "Mount a pump - done Nov 30 (@piet)",
    "~~Mount a pump~~ done",
    "~~@piet: mount a pump~~ DONE",
  ])("%s", (text) => {
    const [item] = read("Action items", `- ${text}\n- Test the alarm`);
    expect(item).toMatchObject({ done: true, due: null });
    expect(item?.title.toLowerCase()).toBe("mount a pump");
  });
});

describe("the first sentence", () => {
  it.each([
    ["Alert on leaks. It would have rung ten minutes earlier.", "Alert on leaks"],
    ["Alert on leaks! Nobody saw it.", "Alert on leaks!"],
    ["The hose is thin. Replace it. It leaks.", "The hose is thin. Replace it"],
    ["Jitter. It is missing everywhere.", "Jitter. It is missing everywhere."],
    ["Replace hoses, e.g. Those in the cellar", "Replace hoses, e.g. Those in the cellar"],
    ["Buy approx. Ten hoses", "Buy approx. Ten hoses"],
    ["Bis zum 3. Mai die Pumpe prüfen", "Bis zum 3. Mai die Pumpe prüfen"],
    ["Replace pump bzw. Hose. Both are old.", "Replace pump bzw. Hose"],
    ["Raise it (see A. B. Then C) in the cellar. It is low.", "Raise it (see A. B. Then C) in the cellar"],
    ["Run `a. B` nightly. It takes a minute.", "Run `a. B` nightly"],
    ["ポンプを設置する。地下室が浸水したため。", "ポンプを設置する"],
    ["Use INSERT ... SELECT for hoses. It is slow.", "Use INSERT ... SELECT for hoses"],
    ["The horn is a symptom. Its cause is the valve.", "The horn is a symptom. Its cause is the valve."],
    ["Mount a pump", "Mount a pump"],
    ["", ""],
  ])("of “%s” is “%s”", (text, first) => {
    expect(headline(text)).toBe(first);
  });

  it("is found in linear time", () => {
    const started = process.cpuUsage();
    for (const token of ["A. ", "a.", "(A. ", "。", "` . A", "@a. @"]) sentenceStarts(token.repeat(20_000));
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});
