/** What reading does with bytes it cannot or should not read, and with what the policy says of problems. */
import { describe, expect, it } from "vitest";
import { toExtractJson } from "../../src/postmortem/extract-json.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Postmortem } from "../../src/postmortem/types.js";

const read = (source: string | Uint8Array, path = "docs/postmortems/2025-03-04-queue.md"): Postmortem =>
  readPostmortem(path, source, DEFAULT_READ_OPTIONS);
const rules = ({ problems }: Postmortem): string[] => problems.map(({ rule, line }) => `${line} ${rule}`);
const DONE = "\n## Action items\n\n- [x] Fix the queue\n";

describe("bytes", () => {
  it("refuses more than 1 MiB", () => {
    expect(rules(read(new Uint8Array(1_048_577)))).toEqual(["1 too-large"]);
    expect(rules(read("é".repeat(600_000)))).toEqual(["1 too-large"]);
  });

  it("refuses what is not UTF-8, and says where", () => {
    expect(rules(read(Uint8Array.from([35, 32, 65, 10, 10, 0xff, 0xfe, 10])))).toEqual(["3 not-utf8"]);
  });

  it("reads an empty document as one without items", () => {
    expect(read("")).toMatchObject({ title: null, items: [], problems: [], followThrough: true });
  });

  it("takes the incident's date from the file's name where nothing else states it", () => {
    expect(read(`# Queue stuck\n${DONE}`).incident.date).toBe("2025-03-04");
  });
});

describe("front matter", () => {
  it("counts its lines", () => {
    const { items, title } = read(`---\ntitle: Queue stuck\n---\n${DONE}`);
    expect(title).toBe("Queue stuck");
    expect(items).toMatchObject([{ line: 7, title: "Fix the queue", done: true }]);
  });

  it.each(["---js", "---javascript", "--- js", "---JS", "---coffee"])("never runs %s", (fence) => {
    const read1 = read(`${fence}\nglobalThis.ran = true\n---\n${DONE}`);
    expect(rules(read1)).toEqual(["1 front-matter-code"]);
    expect(read1.items).toHaveLength(1);
    expect("ran" in globalThis).toBe(false);
  });

  it("tells broken YAML with its line, each time it is read, and goes on below it", () => {
    const text = `---\ntitle: a\nowner: [a, b\n---\n${DONE}`;
    for (const again of [read(text), read(text)]) {
      expect(again.problems).toMatchObject([{ rule: "front-matter" }]);
      expect(again.items).toHaveLength(1);
    }
  });

  it("is inert to alias bombs and prototype keys", () => {
    const bomb = [
      "a: &a [x,x,x]",
      ...[..."bcdefghijk"].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[at]}`)}]`),
    ];
    expect(rules(read(`---\n${bomb.join("\n")}\n---\n${DONE}`))).toEqual([expect.stringMatching(/front-matter$/)]);
    read(`---\n__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n---\n${DONE}`);
    expect("polluted" in {}).toBe(false);
  });

  it("reads TOML's simple values", () => {
    expect(read(`+++\ntitle = "Queue stuck"\ndate = 2025-02-01\n+++\n${DONE}`)).toMatchObject({
      title: "Queue stuck",
      incident: { date: "2025-02-01" },
      items: [{ line: 8 }],
    });
  });

  it("does not take a rule at the top for front matter", () => {
    expect(read(`---\n\n# Queue stuck\n\n---\n${DONE}`).title).toBe("Queue stuck");
  });

  it("opts out with follow-through: false", () => {
    expect(read(`---\nfollow-through: false\n---\n${DONE}`).followThrough).toBe(false);
  });
});

describe("problems", () => {
  const text =
    "# Queue 2025-03-04\n\n## Action items\n\n| Action | Owner |\n|---|---|\n| Drain the queue |\n| Page on age | @ana |\n";

  it("tells rows with cells missing, and the problems of items, by line", () => {
    expect(rules(read(text))).toEqual(expect.arrayContaining(["7 table-cells", "7 no-owner", "8 no-due-date"]));
    const lines = read(text).problems.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it("gives them the policy's levels", () => {
    const levels = { "table-cells": "error", "no-owner": "off" } as const;
    const { problems } = readPostmortem("a.md", text, { ...DEFAULT_READ_OPTIONS, levels });
    expect(problems.find(({ rule }) => rule === "table-cells")?.level).toBe("error");
    expect(problems.some(({ rule }) => rule === "no-owner")).toBe(false);
  });

  it("refuses what is nested too deep, and reads the rest", () => {
    const deep = Array.from({ length: 60 }, (_, level) => `${"  ".repeat(level)}- level`).join("\n");
    const { problems, items } = read(`# Q\n\n${deep}\n${DONE}`);
    expect(problems).toMatchObject([{ rule: "unreadable" }]);
    expect(items).toHaveLength(1);
  });

  it("stops at 3,000 items and says so", () => {
    const many = Array.from({ length: 3100 }, (_, at) => `- [x] Task number ${at}`).join("\n");
    const { problems, items } = read(`## Action items\n\n${many}\n`);
    expect(items).toHaveLength(3000);
    expect(problems).toContainEqual(expect.objectContaining({ rule: "unreadable", line: 3003 }));
  });
});

describe("the same words", () => {
  it("always give the same answer", () => {
    const text = "# Queue 2025-03-04\n\n## Next steps\n\n- Drain by Friday (@ana)\n- Page on age - Ben Ode - DONE\n";
    expect(read(text)).toEqual(read(text));
    expect(JSON.stringify(toExtractJson(read(text)))).toBe(JSON.stringify(toExtractJson(read(Buffer.from(text)))));
  });

  it("are printed with the fields of the outward contract", () => {
    const printed = toExtractJson(
      read("# Queue 2025-03-04\n\n## Next steps\n\n- [ ] Drain it (@ana, due 2025-03-10)\n"),
    );
    expect(printed).toMatchObject({
      path: "docs/postmortems/2025-03-04-queue.md",
      title: "Queue 2025-03-04",
      incident: { id: null, date: "2025-03-04", severity: null, services: [] },
      items: [
        {
          line: 5,
          endLine: 5,
          title: "Drain it",
          owners: ["ana"],
          due: "2025-03-10",
          done: false,
          priority: null,
          ref: null,
          group: null,
          kind: "checkbox",
        },
      ],
      problems: [],
    });
  });
});

describe("a section that says there is nothing", () => {
  it.each([
    ["Action items", "There were none."],
    ["Action items", "There are currently no open action items."],
    ["Action items", "We have none at this time."],
    ["Action items", "None identified"],
    ["Acciones correctivas", "No hay acciones pendientes."],
    ["Actions correctives", "Il n'y a aucune action à prévoir."],
    ["Ações corretivas", "Não há ações."],
    ["Maßnahmen", "Es gibt keine Maßnahmen."],
    ["Azioni correttive", "Non ci sono azioni."],
    ["Actiepunten", "Er zijn geen acties."],
    ["再発防止策", "特にありません。"],
    ["재발 방지 대책", "없습니다."],
  ])("yields nothing: %s, %s", (heading, words) => {
    expect(read(`# Outage\n\n## ${heading}\n\n${words}\n`).items).toEqual([]);
    expect(read(`# Outage\n\n## ${heading}\n\n- ${words}\n`).items).toEqual([]);
  });

  it.each(["We have none of the disks watched: watch them", "There are no limits on uploads; add them"])(
    "is not taken for one that begins alike: %s",
    (words) => {
      expect(read(`# Outage\n\n## Action items\n\n- ${words}\n`).items).toHaveLength(1);
    },
  );
});

describe("front matter that is broken in a line", () => {
  const broken = (...lines: string[]) => read(`---\n${lines.join("\n")}\n---\n${DONE}`, "a.md");

  it("costs that line alone, and is told", () => {
    const postmortem = broken("title: Queue: stuck again", "date: 2024-09-12", "severity: SEV-1");
    expect(postmortem.incident).toMatchObject({ date: "2024-09-12", severity: "SEV-1" });
    expect(postmortem.problems).toMatchObject([{ rule: "front-matter", line: 2 }]);
  });

  it("never costs an opt-out", () => {
    for (const key of ["follow-through", "follow_through"])
      for (const value of ["false", "no", "off", '"false"', "Off"]) {
        const line = `${key}: ${value}`;
        expect(broken(line).followThrough, line).toBe(false);
        expect(broken("title: Queue: stuck", line).followThrough, `broken elsewhere, ${line}`).toBe(false);
      }
    expect(broken("title: Queue: stuck", "follow-through: true").followThrough).toBe(true);
  });
});
