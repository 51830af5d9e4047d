/** However much there is to say, GitHub takes it: 65,536 characters a body. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { renderDigestComment, renderDigestIssue } from "../../src/render/digest.js";
import { renderIssue } from "../../src/render/issue.js";
import { linkingLines } from "../../src/render/linking.js";
import { parseItemMarker, parseStatusMarker } from "../../src/render/marker.js";
import { renderOrganisationComment, renderOrganisationIssue } from "../../src/render/organisation.js";
import { type DocumentStatus, renderStatus } from "../../src/render/status.js";
import { bounded, type SlipLedger, withSlip } from "../../src/tracking/bounds.js";
import { decide } from "../../src/tracking/decide.js";
import type { Slip } from "../../src/tracking/types.js";
import { an, postmortem } from "../tracking/samples.js";
import { document, issueContext, item, LINKS, standing, statusInput, TODAY } from "./samples.js";

const LIMIT = 65_536;
/** The letter that grows most when it is made inert, and one that grows most in a marker. */
const HOSTILE = ["&", "<", "-", "🔥", "word ", "\u0001|"];

const numbered = <T>(amount: number, make: (index: number) => T): T[] =>
  Array.from({ length: amount }, (_, i) => make(i));

const status = (sections: readonly DocumentStatus[], policyProblems: { line: number; message: string }[] = []) =>
  renderStatus(statusInput({ sections, policyProblems })).body;

const section = (items: number, problems: number, id = "d1"): DocumentStatus => ({
  document: document({
    id,
    problems: numbered(problems, (index) => ({
      line: index + 1,
      endLine: index + 1,
      rule: "unreadable-due-date" as const,
      level: "warning" as const,
      message: `${index} ${"long ".repeat(100)}`,
      fix: "fix ".repeat(100),
    })),
  }),
  items: numbered(items, (index) =>
    item(
      `${index} ${"title ".repeat(50)}`.slice(0, 256),
      { ordinal: index, due: "2024-10-01" },
      {},
      { number: index + 1 },
    ),
  ),
  unknownOwners: numbered(problems, (index) => `Name ${index} ${"x".repeat(50)}`),
  troubles: [],
});

describe("a status comment", () => {
  it("of 400 items with long titles fits, and says how many are left out", () => {
    const body = status([section(400, 100)]);
    expect(body.length).toBeLessThan(LIMIT);
    expect(body).toContain("0 of 400 action items done");
    const [, hidden] = body.match(/… and (\d+) more: \[all issues\]/) ?? [];
    const rows = body.split("\n").filter((line) => line.startsWith("| ⚪ Open")).length;
    expect(rows + Number(hidden)).toBe(400);
    expect(body).toContain("- … and 80 more.");
  });

  it("of 100 problems and a policy full of mistakes fits", () => {
    const mistakes = numbered(200, (line) => ({ line, message: "there is no such setting ".repeat(30) }));
    expect(status([section(3, 100)], mistakes).length).toBeLessThan(LIMIT);
  });

  it("of 100 documents fits, keeps its marker, and says how many are left out", () => {
    const body = status(numbered(100, (index) => section(20, 30, `d${index}`)));
    expect(body.length).toBeLessThan(LIMIT);
    expect(body).toContain("0 of 2000 action items done");
    const [, hidden] = body.match(/… and (\d+) more postmortems\./) ?? [];
    expect(body.split("**[Payment gateway outage]").length - 1 + Number(hidden)).toBe(100);
    expect(parseStatusMarker(body)?.documents[0]).toMatchObject({ id: "d0", home: 42 });
  });
});

describe("a tracking issue", () => {
  it.each(HOSTILE)("of nothing but %j, as long as it may be, fits with a marker that can be read", (letter) => {
    const long = letter.repeat(5_000);
    const names = numbered(50, (index) => `${index}${long}`);
    const read = bounded({
      ...postmortem([
        an(long, { owners: names, dueText: long, priority: long, ref: long, group: long, window: long, details: long }),
      ]),
      title: long,
      incident: { id: long, date: "2024-09-12", severity: long, services: names, tags: names },
    });
    const asRead = document({ title: read.title, incident: read.incident });
    const [made] = decide({
      document: asRead,
      postmortem: read,
      tracked: [],
      policy: DEFAULT_POLICY,
      assignable: new Set(),
      today: TODAY,
    });
    if (!made) throw new Error("no item");
    let ledger: SlipLedger = made;
    const slip: Slip = { on: TODAY, from: "2024-09-25", to: "2024-10-01", by: "a".repeat(39), why: long };
    for (const _ of Array(100)) ledger = withSlip(ledger, slip);
    const { body } = renderIssue({
      item: {
        ...made,
        ...ledger,
        isNot: numbered(5, () => "x".repeat(100)),
        sameAs: { id: made.id, issue: 1_000_000 },
      },
      document: asRead,
      links: LINKS,
      today: TODAY,
      teams: [],
      names: made.base.owners,
      unassignable: [],
      beyond: [],
    });
    expect(body.length).toBeLessThan(LIMIT);
    expect(body).toContain("| **Moved** | 100 times");
    expect(parseItemMarker("item", body)?.item).toMatchObject({ id: made.id, base: made.base, ...ledger });
  });
});

describe("a tracking issue that was reworded", () => {
  it.each(HOSTILE.flatMap((letter) => [100, 200, 300, 500, 1_000, 5_000].map((length) => [letter, length] as const)))(
    "from nothing but %j (%i) fits, with what it was where there is room for that",
    (letter, length) => {
      const text = (word: string) => `${word} ${letter.repeat(length)}`;
      const input = { document: document(), policy: DEFAULT_POLICY, assignable: new Set<string>(), today: TODAY };
      const read = (word: string) => bounded(postmortem([an(text(word), { details: text(word), ref: text("R") })]));
      const [first] = decide({ ...input, postmortem: read("Before"), tracked: [] });
      const tracked = first ? [{ ...first, openedOn: TODAY, issue: item("x").issue }] : [];
      const [made] = decide({ ...input, postmortem: read("After"), tracked });
      if (!made) throw new Error("no item");
      const { body } = renderIssue(issueContext(made));
      expect(body.length).toBeLessThan(LIMIT);
      if (length === 100) expect(made).toHaveProperty("former");
    },
  );
});

describe("a digest", () => {
  const open = numbered(1_000, (index) =>
    item(
      `${index} ${"title ".repeat(50)}`,
      { due: "2024-09-01" },
      {},
      { number: index + 1, assignees: [`user${index % 7}`] },
    ),
  );
  it("of 1,000 overdue items still names each owner and the worst of theirs", () => {
    const input = standing({ open });
    for (const body of [renderDigestComment(input, "2024-09-23"), renderDigestIssue(input)]) {
      expect(body.length).toBeLessThan(LIMIT);
      expect(body).toContain("**1000 open** · **1000 overdue**");
      expect(body.match(/^- `@user\d`: 14[23] items$/gm)).toHaveLength(7);
      expect(body).toMatch(/ and 140 more$/m);
      // One screen, whatever is folded.
      expect(body.replace(/<details>[\s\S]*?<\/details>/g, "").split("\n").length).toBeLessThan(50);
    }
  });
});

it("a linking line of 1,000 documents fits", () => {
  const documents = numbered(1_000, () => document({ title: "long ".repeat(60) }));
  expect(linkingLines(documents, LINKS).length).toBeLessThan(LIMIT);
});

describe("what many items lack", () => {
  it("is said in one line", () => {
    const lacking = section(3, 0);
    const problems = [7, 8, 9].map((line) => ({
      line,
      endLine: line,
      rule: "no-owner" as const,
      level: "warning" as const,
      message: `"Item ${line}" names no owner.`,
      fix: "Name an owner.",
    }));
    const body = status([{ ...lacking, document: { ...lacking.document, problems } }]);
    expect(body).toMatch(
      /- Without an owner: \[line 7\]\([^)]+\), \[line 8\]\([^)]+\) and \[line 9\]\([^)]+\)\. Name an owner\./,
    );
  });
});

describe("a digest of the organisation", () => {
  const severities = ["SEV-3", "SEV-1", "SEV-2", null];
  const part = (repository: number) => {
    const documents = severities.map((severity, index) =>
      document({ id: `d${index}`, incident: { ...document().incident, severity } }),
    );
    const due = ["2024-09-01", "2024-12-01", null];
    const open = numbered(100, (index) => ({
      ...item(
        `${index} ${"title ".repeat(50)}`,
        { due: due[index % 3] ?? null },
        {},
        { number: index + 1, assignees: index % 5 === 0 ? [] : [`user${index % 7}`] },
      ),
      documentId: `d${index % 4}`,
    }));
    const byId = new Map(documents.map((one) => [one.id, one]));
    return { name: `acme/repository-${repository}`, input: standing({ open, documents: byId }) };
  };
  const input = { parts: numbered(50, part), today: TODAY, links: LINKS, label: "action-item" };

  it.each([
    ["comment", renderOrganisationComment(input, "2024-09-23")],
    ["issue", renderOrganisationIssue(input)],
  ])("of 5,000 items in 50 repositories is one screen (%s), overdue by severity, then without an owner", (_, body) => {
    expect(body.length).toBeLessThan(LIMIT);
    const open = body.replace(/<details>[\s\S]*?<\/details>/g, "");
    expect(open.split("\n").length).toBeLessThan(75);
    expect(body.split("\n").slice(0, 10).join("\n")).toContain("**5000 open**");
    const titles = [...open.matchAll(/^\*\*(\S+ .+): \d+\*\*$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      "🔴 Overdue, SEV-1",
      "🔴 Overdue, SEV-2",
      "🔴 Overdue, SEV-3",
      "🔴 Overdue, others",
      "❓ Without an owner or a date",
      "📦 Repositories",
    ]);
  });
});
