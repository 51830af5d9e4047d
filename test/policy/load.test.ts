import { describe, expect, it } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { postmortemMatcher } from "../../src/policy/matching.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";

describe("a policy file", () => {
  it("may be absent or empty: the defaults hold", () => {
    expect(loadPolicy(null).policy).toEqual(DEFAULT_POLICY);
    expect(loadPolicy("").policy).toEqual(DEFAULT_POLICY);
    expect(loadPolicy("# nothing yet\n").problems).toEqual([]);
  });

  it("sets what it names and keeps every other default", () => {
    const { policy, problems } = loadPolicy(
      'time_zone: Europe/Zurich\nowners:\n  Lisa Wong: "@lwong"\n  Platform: ["@ada", "@acme/platform"]\ndue:\n  default: 2 weeks\n  by_priority: { P1: 5 }\n',
    );
    expect(problems).toEqual([]);
    expect(policy.time_zone).toBe("Europe/Zurich");
    expect(policy.owners).toEqual({ "Lisa Wong": ["@lwong"], Platform: ["@ada", "@acme/platform"] });
    expect(policy.due.default).toBe(14);
    expect(policy.due.by_priority).toEqual({ P1: 5 });
    expect(policy.nudges.every).toBe(7);
  });

  it("is refused whole for one mistake, which is told with its line", () => {
    const { policy, problems } = loadPolicy("enabled: true\nnudges:\n  schedule: every day\n  evry: 7\n");
    expect(policy).toEqual(DEFAULT_POLICY);
    expect(problems).toEqual([
      { line: 3, message: "nudges.schedule: write a cron expression of five fields, like 0 9 * * 1-5." },
      { line: 4, message: "nudges.evry: there is no such setting; remove it or mend its name." },
    ]);
  });

  it("falls back to the last valid text where there is one", () => {
    const { policy, text, problems } = loadPolicy("labels: 3\n", "labels: [followup]\n");
    expect(policy.labels).toEqual(["followup"]);
    expect(text).toBe("labels: [followup]\n");
    expect(problems[0]?.line).toBe(1);
  });

  it("tells broken YAML with its line, and refuses alias bombs", () => {
    expect(loadPolicy("labels: [a\nenabled: true\n").problems[0]?.line).toBe(2);
    const bomb = `a: &a [x,x]\n${Array.from({ length: 20 }, (_, i) => `k${i}: &k${i} [${"*a,".repeat(9)}*a]`).join("\n")}\n`;
    expect(loadPolicy(bomb).problems).toHaveLength(1);
  });

  it.each([
    "time_zone: Mars/Olympus",
    'owners: { Ada: "ada" }',
    "guards: { max_new_items: 0 }",
    "problems: { no-such-rule: off }",
    "- a list",
  ])("refuses %s", (text) => expect(loadPolicy(text).problems.length).toBeGreaterThan(0));
});

describe("which files are postmortems", () => {
  const matches = postmortemMatcher(DEFAULT_POLICY);
  it.each([
    "postmortems/2025-01-02-db.md",
    "docs/post-mortems/2025/x.md",
    "docs/incidents/INC-1.markdown",
    "RCA/outage.md",
    "ops/retro/2024.md",
    "docs/2024-postmortem-dns.md",
    "Post-Mortem.md",
    "docs/rca-2024-11.md",
    "postmortem/x.md",
  ])("%s is one", (path) => expect(matches(path)).toBe(true));
  it.each([
    "README.md",
    "postmortems/README.md",
    "postmortems/template.md",
    "docs/postmortem-template.md",
    "postmortems/templates/short.md",
    "vendor/x/postmortems/a.md",
    "postmortems/diagram.png",
    "docs/guide.md",
    "docs/retrograde.md",
  ])("%s is none", (path) => expect(matches(path)).toBe(false));
});
