/** However many people an item names, one issue notifies ten of them at most; the others are named. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foreseenOwners, MARKDOWN } from "../../src/render/forecast.js";
import { renderAdoption, renderIssue } from "../../src/render/issue.js";
import { renderNudge } from "../../src/render/nudge.js";
import { textsElsewhere, textsOnGitHub } from "./every-text.js";
import { document, issueContext, item, LINKS, TODAY, visible } from "./samples.js";

const numbered = (amount: number, name: string): string[] => Array.from({ length: amount }, (_, at) => `${name}${at}`);

/** Whom GitHub notifies: mentions outside of code. */
const notifiedBy = (text: string): Set<string> =>
  new Set(
    [
      ...visible(text)
        .replace(/`[^`]*`/g, "")
        .matchAll(/@([\w/-]+)/g),
    ].map(([, name = ""]) => name),
  );

const amounts = fc.record({
  assigned: fc.integer({ min: 0, max: 10 }),
  teams: fc.integer({ min: 0, max: 120 }),
  beyond: fc.integer({ min: 0, max: 120 }),
  names: fc.integer({ min: 0, max: 12 }),
});

describe("an issue", () => {
  it.each([
    ["opened by the App", renderIssue],
    ["that was there before", renderAdoption],
  ])("%s notifies ten at most, the assignees first, and says whom it only names", (_, render) => {
    fc.assert(
      fc.property(amounts, ({ assigned, teams, beyond, names }) => {
        const people = numbered(assigned, "lisa");
        const context = issueContext(item("Add timeouts", {}, {}, { assignees: people }), {
          teams: numbered(teams, "acme/team"),
          names: numbered(names, "@max"),
          unassignable: [{ login: "eve", why: "no-access" }],
          beyond: numbered(beyond, "dev"),
        });
        const { body } = render(context);
        const notified = notifiedBy(body);
        expect(notified.size).toBe(Math.min(10, assigned + teams + beyond));
        expect(people.filter((login) => !notified.has(login))).toEqual([]);
        expect(body.includes("named only")).toBe(assigned + teams + beyond > 10);
        expect(body.length).toBeLessThan(20_000);
      }),
    );
  });

  it("names the eleventh", () => {
    const full = item("Add timeouts", {}, {}, { assignees: numbered(10, "lisa") });
    const { body } = renderIssue(issueContext(full, { teams: ["acme/sre"], beyond: ["dev"] }));
    expect(body).toContain("@lisa9 and `@acme/sre`, `@dev` (named only: 10 are notified at most) |");
  });
});

describe("of a hundred people and teams", () => {
  const crowd = {
    assignees: numbered(10, "lisa"),
    teams: numbered(100, "acme/team"),
    others: numbered(100, "dev"),
    leads: numbered(10, "acme/lead"),
  };

  it.each(Object.entries(textsOnGitHub((text) => text, crowd)))("%s notifies ten at most", (_, text) => {
    expect(notifiedBy(text).size).toBeLessThanOrEqual(10);
  });

  it("whom the policy's ladder names come first, and each other is named", () => {
    const text = textsOnGitHub((text) => text, { ...crowd, leads: numbered(3, "acme/lead") });
    const told = text["a nudge that tells whom the policy names"] ?? "";
    expect([...notifiedBy(told)].sort()).toEqual([...numbered(3, "acme/lead"), ...numbered(7, "lisa")].sort());
    expect(told).toContain("`@lisa7`, `@lisa8`, `@lisa9` (named only: 10 are notified at most)");
  });
});

it("a report in Markdown, as it is printed, notifies nobody where it is pasted", () => {
  const report = textsElsewhere((text) => text)["a report in Markdown"] ?? "";
  expect(report).toContain("Ask @");
  expect(report).not.toMatch(/#\d/);
  expect([...notifiedBy(report)]).toEqual([]);
});

it("an overdue comment notifies ten at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 120 }), (assigned, teams) => {
      const of = item("Add timeouts", { due: "2024-09-20" }, {}, { assignees: numbered(assigned, "lisa") });
      const body = renderNudge({
        item: of,
        document: document({ author: "ada" }),
        nudge: { n: 1, on: TODAY },
        links: LINKS,
        teams: numbered(teams, "acme/team"),
        today: TODAY,
      });
      expect(notifiedBy(body).size).toBeLessThanOrEqual(10);
    }),
  );
});

it("the check before the merge says whom the issue would only name", () => {
  const owners = {
    logins: numbered(9, "lisa"),
    teams: ["acme/sre", "acme/web"],
    names: [],
    unassignable: [],
    unasked: [],
  };
  const words = foreseenOwners(owners, MARKDOWN);
  expect(words).toContain("`@acme/sre`, `@acme/web` (named only: 10 are notified at most)");
  expect(notifiedBy(words).size).toBe(0);
});
