/** A report in each format, of a year that was made up. */
import { createHash } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { linksOf } from "../../../src/render/links.js";
import { ticksTo } from "../../../src/render/report/charts.js";
import { reportJson, reportSchema } from "../../../src/render/report/contract.js";
import { itemsCsv, reportCsv } from "../../../src/render/report/csv.js";
import { itemLine, itemLineSchema } from "../../../src/render/report/items.js";
import { MEASURES, percentOf, valueWords } from "../../../src/render/report/measures.js";
import { reportPage } from "../../../src/render/report/page.js";
import { itemsText, reportMarkdown, reportText } from "../../../src/render/report/text.js";
import type { Counted } from "../../../src/tracking/figures/counted.js";
import { FACETS } from "../../../src/tracking/figures/groups.js";
import { type Asked, type Report, reportOf } from "../../../src/tracking/figures/report.js";
import { itemJsonSchema, reportJsonSchema } from "../../../tools/report-schema.js";
import { counted, DAY } from "../../tracking/figures/samples.js";
import { REPOSITORIES, world } from "../../tracking/figures/world.js";
import { document } from "../samples.js";

const ASKED: Asked = {
  of: "acme",
  repositories: REPOSITORIES.map((name) => ({ name, visibility: "public" })),
  since: null,
  until: DAY,
  facets: FACETS,
};
const links = linksOf("https://github.com", { owner: "acme", name: "shop", defaultBranch: "main" });
const of = (all: readonly Counted[], asked: Partial<Asked> = {}): Report => reportOf(all, { ...ASKED, ...asked });
const YEAR = of(world());
const page = (report: Report) => reportPage(report, () => links);

/** Text as hostile people write it, wherever people write. */
const HOSTILE = [
  `"><script>alert(1)</script>`,
  "</title><img src=x onerror=alert(1)>",
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1)",
  "\t=1",
  "\u202eevil\u0000\u001b[31m",
  "| a | b |\n\n# head\n",
  'a,b;c"d',
];
/** Those that the page has; none of them loads or runs anything. */
const ATTRIBUTES =
  "lang charset name content http-equiv id class href scope data-value tabindex role aria-label aria-labelledby aria-hidden viewBox x y width height rx x1 x2 y1 y2 cx cy r points html".split(
    " ",
  );

const hostile = (text: string): Counted =>
  counted({
    title: text,
    priority: text,
    assignees: ["lisa"],
    item: { due: "2024-09-01", originalDue: "2024-09-01" },
    document: {
      title: text,
      path: "postmortems/a.md",
      incident: { ...document().incident, severity: text, services: [text] },
    },
    counted: { teams: [text] },
  });

const NO_INCIDENT = { id: null, date: null, severity: null, services: [], tags: [] };

describe("for programs", () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  const [isReport, isItem] = [ajv.compile(reportJsonSchema()), ajv.compile(itemJsonSchema())];

  it("is what its schema says, and nothing that its schema does not know", () => {
    for (const report of [YEAR, of([]), of(world(), { facets: [], since: "2024-07-01" })]) {
      const json: unknown = JSON.parse(JSON.stringify(reportJson(report)));
      expect(isReport(json), JSON.stringify(isReport.errors)).toBe(true);
      expect(reportSchema.parse(json)).toEqual(json);
    }
  });

  it("lists items as their schema says, whatever people wrote", () => {
    const all = [
      ...world(),
      ...HOSTILE.map(hostile),
      counted({ item: { issue: null, openedOn: null, leftOn: DAY } }),
      counted({ item: { spared: { on: DAY, why: "pull" } }, document: { removedOn: DAY } }),
    ];
    for (const one of all) {
      const json: unknown = JSON.parse(JSON.stringify(itemLine(one, links)));
      expect(isItem(json), JSON.stringify(isItem.errors)).toBe(true);
      expect(itemLineSchema.parse(json)).toEqual(json);
    }
  });

  it.each([
    ["open", {}, { state: "open", overdueDays: 0, ageDays: 29, closedOn: null }],
    ["overdue", { item: { due: "2024-09-20" } }, { state: "overdue", overdueDays: 10 }],
    [
      "done",
      { closed: "2024-09-11", item: { due: "2024-09-05" } },
      { state: "done", overdueDays: 0, ageDays: 10, closedOn: "2024-09-11" },
    ],
    ["left", { item: { due: "2024-09-20", leftOn: "2024-09-21" } }, { state: "left", overdueDays: 0 }],
  ] as const)("says of one that is %s how it stands", (_, words, expected) => {
    expect(itemLine(counted(words), links)).toMatchObject(expected);
  });

  it("has a name for each figure, once", () => {
    const keys = MEASURES.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    // A contract: what was printed once is printed for ever. Add to it, take nothing away.
    expect(keys).toEqual(
      expect.arrayContaining([
        ...["items", "opened", "done", "givenUp", "open", "overdue", "open0To30", "open31To90", "open91To180"],
        ...["openOver180", "byFirstDate", "byCurrentDate", "pastDate", "ownerLate", "ownerAtMerge", "dateAtMerge"],
        ...["bothAtMerge", "moved", "moves", "daysMovedMedian", "daysMovedP90", "daysToCloseMedian", "daysToCloseP90"],
        ...["nudges", "nudgesLed"],
      ]),
    );
  });
});

describe("as CSV", () => {
  /** The cells of a line, as RFC 4180 has them. */
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
    );

  it("has as many cells in each line as heads, and none that begins a formula", () => {
    const all = HOSTILE.map(hostile);
    for (const lines of [reportCsv(of(all)), itemsCsv(all.map((one) => itemLine(one, links))), reportCsv(YEAR)]) {
      const [heads = "", ...rest] = lines;
      expect(rest.length).toBeGreaterThan(5);
      for (const line of rest) {
        expect(line).not.toMatch(/[\n\r]/);
        expect(cells(line), line).toHaveLength(cells(heads).length);
        for (const cell of cells(line)) expect(cell).not.toMatch(/^\s*[=+\-@|%\t]/);
      }
    }
  });

  it("tells a share as its count and of how many", () => {
    const [heads = "", all = ""] = reportCsv(of([counted({ closed: "2024-09-02" }), counted()]));
    const row = Object.fromEntries(cells(heads).map((head, at) => [head, cells(all)[at]]));
    expect(row).toMatchObject({
      by: "all",
      items: "2",
      done: "1",
      doneOf: "2",
      daysToCloseMedian: "1",
      daysMovedMedian: "",
    });
  });
});

describe("as a page", () => {
  it("runs nothing but its own script, loads nothing, and holds nothing that people wrote but as text", () => {
    for (const text of HOSTILE) {
      const html = page(of([hostile(text)], { of: text }));
      expect(html).not.toContain("<script>alert");
      expect(html).not.toContain("<img");
      expect(html.match(/<script/g)).toHaveLength(1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(html).not.toMatch(/[\u202e\u0000\u001b]/);
      // Within tags, what is not from the template would have to end a value first.
      for (const [tag] of html.matchAll(/<\w[^>]*>/g))
        for (const [, name = ""] of tag.replace(/"[^"]*"/g, '""').matchAll(/\s([\w-]+)/g))
          expect(ATTRIBUTES, tag).toContain(name);
    }
  });

  it("names its style and script by their hashes", () => {
    const html = page(YEAR);
    for (const tag of ["style", "script"]) {
      const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(html) ?? [];
      expect(html).toContain(`${tag}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    }
    expect(html).toContain("default-src 'none'");
  });

  it("has a title, a description and its numbers behind each chart, and each id once", () => {
    const html = page(YEAR);
    const charts = [...html.matchAll(/<figure>.*?<\/figure>/gs)].map(([figure]) => figure);
    expect(charts).toHaveLength(6);
    for (const chart of charts) {
      expect(chart).toMatch(/<figcaption>\w/);
      expect(chart).toMatch(
        /role="img" aria-labelledby="[\w-]+-title [\w-]+-told"><title id="[\w-]+-title">\w[^<]+<\/title><desc id="[\w-]+-told">\w/,
      );
      expect(chart).toMatch(/<details><summary>As a table<\/summary>.*<th scope="row">/s);
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it("has no chart by service where no item has one", () => {
    const items = world().map((one) => ({ ...one, document: { ...one.document, incident: NO_INCIDENT } }));
    expect(page(of(items))).not.toContain('id="chart-service');
    expect(page(of(items))).toContain('<h2 id="by-service">');
  });

  it("is the same through a terminal, which alters what could move it", () => {
    for (const line of page(YEAR).split("\n")) expect(line).not.toMatch(/^\s*::|##\w*\[/);
  });

  it("of nothing says so, and who may read what stands in it", () => {
    expect(page(of([]))).toContain("No action item was open in this period.");
    const repositories = [
      { name: "acme/shop", visibility: "public" as const },
      { name: "acme/hr", visibility: "private" as const },
    ];
    expect(page(of([], { repositories }))).toContain("2 repositories, 1 of them not public");
    expect(page(of([], { repositories: repositories.slice(1) }))).toContain("acme/hr, which is not public");
  });

  it.each([
    [0, [0]],
    [1, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [5, [0, 2, 4, 6]],
    [43, [0, 20, 40, 60]],
    [1000, [0, 500, 1000]],
  ])("has a scale to %d in round numbers", (highest, ticks) => {
    expect(ticksTo(highest)).toEqual(ticks);
  });
});

describe("as text", () => {
  it("has a line a figure, and columns beneath each other", () => {
    const lines = reportText(of(world(), { facets: ["severity"] }));
    expect(lines.slice(0, MEASURES.length + 2)).toMatchInlineSnapshot(`
      [
        "Action items of acme until Mon 30 Sep 2024",
        "",
        "Action items                   320",
        "Opened                         320",
        "Done                           203 of 320 (63%)",
        "Given up                       15",
        "Open                           102",
        "Overdue                        58",
        "Open, 0 to 30 days             27",
        "Open, 31 to 90 days            18",
        "Open, 91 to 180 days           14",
        "Open, over 180 days            43",
        "Done by the first date         115 of 180 (64%)",
        "Done by the date that held     120 of 180 (67%)",
        "Due date broken                118 of 268 (44%)",
        "Owner found too late           –",
        "Owner at the merge             259 of 320 (81%)",
        "Date at the merge              192 of 320 (60%)",
        "Owner and date at the merge    160 of 320 (50%)",
        "Put off                        67 of 320 (21%)",
        "Moves                          67",
        "Days put off, median           25",
        "Days put off, 90th percentile  43",
        "Days to done, median           22",
        "Days to done, 90th percentile  73",
        "Nudges                         140",
        "Nudges that led to something   32 of 138 (23%)",
      ]
    `);
    const table = lines.slice(MEASURES.length + 3);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
  });

  it("in Markdown keeps to its table, whatever people wrote", () => {
    for (const text of HOSTILE) {
      const lines = reportMarkdown(of([hostile(text)], { of: text }), () => links);
      const columns = (line: string) => line.replace(/\\\|/g, "").split("|").length;
      for (const [at, line] of lines.entries()) {
        expect(line).not.toMatch(/[\n\r]|<(?!\/?details)/);
        if (line.startsWith("|") && lines[at - 1]?.startsWith("|"))
          expect(columns(line)).toBe(columns(lines[at - 1] ?? ""));
      }
    }
  });

  it("lists an item in two lines", () => {
    const one = counted({ title: "Add timeouts", item: { due: "2024-09-20" } });
    const number = one.item.issue?.number;
    expect(itemsText([itemLine(one, links)])).toEqual([
      `acme/shop#${number} Add timeouts`,
      "  overdue · 10 days overdue · owner lisa · due 2024-09-20 · postmortems/2024-09-12-gateway.md",
    ]);
  });
});

it.each([
  [{ count: 0, of: 0 }, 0, "–"],
  [{ count: 0, of: 300 }, 0, "0 of 300 (0%)"],
  [{ count: 1, of: 300 }, 1, "1 of 300 (1%)"],
  [{ count: 299, of: 300 }, 99, "299 of 300 (99%)"],
  [{ count: 300, of: 300 }, 100, "300 of 300 (100%)"],
  [{ count: 1, of: 3 }, 33, "1 of 3 (33%)"],
])("%j in percent is %d", (share, percent, words) => {
  expect([percentOf(share), valueWords(share)]).toEqual([percent, words]);
});
