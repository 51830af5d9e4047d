import { describe, expect, it } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { postmortemMatcher } from "../../src/policy/matching.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { dueFor } from "../../src/tracking/due.js";
import { resolveOwners } from "../../src/tracking/owners.js";
import { cpuMsWithin } from "../support/cpu.js";

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
      { line: 4, message: "nudges.evry: there is no such setting; remove it or fix its name." },
    ]);
  });

  it("counts a week of `due` as five days where business days are counted, and leaves the cadence alone", () => {
    const text = "due: { default: 2 weeks, by_priority: { p0: 3, p1: 2 months } }\nnudges: { every: 1 week }\n";
    const counted = loadPolicy(`${text}calendar: { business_days: true, quiet: 18:00-08:00 }`);
    expect(counted.problems).toEqual([]);
    expect([counted.policy.due.default, counted.policy.due.by_priority]).toEqual([10, { p0: 3, p1: 42 }]);
    expect(counted.policy.nudges.every).toBe(7);
    expect(loadPolicy(text).policy.due.default).toBe(14);
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
    "labels: [..]",
    "labels: [action-item, .]",
    "problems: { no-such-rule: off }",
    "calendar: { region: Zurich }",
    "calendar: { region: CH-XX }",
    "calendar: { region: ch-zh }",
    "calendar: { holidays: [24.12.2026] }",
    "calendar: { holidays: [2026-02-30] }",
    "calendar: { holidays: 2026-12-24 }",
    "calendar: { quiet: at night }",
    "calendar: { quiet: 18:00-24:00 }",
    "calendar: { quiet: 08:00-08:00 }",
    "calendar: { quiet: 08:30-08:00 }",
    "calendar: { business_days: maybe }",
    "- a list",
  ])("refuses %s", (text) => expect(loadPolicy(text).problems.length).toBeGreaterThan(0));
});

describe("the check", () => {
  const DEFAULT = { when: "postmortems", on_problems: "neutral" };
  it.each<[string, object]>([
    ["check: always", { ...DEFAULT, when: "always" }],
    ["check: { when: always }", { ...DEFAULT, when: "always" }],
    ["check: { on_problems: failure }", { ...DEFAULT, on_problems: "failure" }],
    ["check: {}", DEFAULT],
    ["enabled: true", DEFAULT],
  ])("%s", (text, check) => {
    expect(loadPolicy(text)).toMatchObject({ policy: { check }, problems: [] });
  });

  it.each([
    ["check: never", 1, "check: write always, or the settings one by one below it."],
    ["check:\n  when: sometimes", 2, "check.when: write postmortems or always."],
    ["check:\n  when: always\n  wen: x", 3, "check.wen: there is no such setting; remove it or fix its name."],
    ["check:\n  on_problems: red", 2, "check.on_problems: write neutral, failure or success."],
  ])("%s: what is wrong is told where it stands", (text, line, message) => {
    expect(loadPolicy(text).problems).toEqual([{ line, message }]);
  });
});

describe("a policy file made to do harm", () => {
  const problemsOf = (text: string) => loadPolicy(text).problems;

  it("tells ten mistakes and how many more there are, each at its line", () => {
    const keys = Array.from({ length: 2_000 }, (_, index) => `k${index}: 1`);
    const problems = problemsOf(`enabled: true\n${keys.join("\n")}\n`);
    expect(problems).toHaveLength(11);
    expect(problems[0]).toEqual({ line: 2, message: "k0: there is no such setting; remove it or fix its name." });
    expect(problems.at(-1)).toEqual({ line: 12, message: "There are 1990 more like these." });
    expect(problemsOf(`${"]\n".repeat(11)}`).at(-1)).toEqual({
      line: 11,
      message: "There is 1 more mistake like these.",
    });
  });

  it("is told in plain words where it is no YAML", () => {
    for (const [text, line, said] of [
      ["digest: a: b", 1, "a colon stands where it means something else, so put the text into quotes"],
      ["labels: [a", 1, "its spaces at the start do not fit, or a bracket before it is not closed"],
      ["labels: [a]\nlabels: [b]", 2, "the same name stands there twice"],
      ["labels:\n\t- a", 2, "a tab stands at its start, where only spaces may"],
    ] as const)
      expect(problemsOf(text)[0], text).toEqual({ line, message: `Not valid YAML: ${said}.` });
  });

  it("shows an unknown key where it stands, not where another of its name does", () => {
    expect(problemsOf("labels: [a]\nowners:\n  every: '@x'\ndigest:\n  every: 3\n")).toEqual([
      { line: 5, message: "digest.every: there is no such setting; remove it or fix its name." },
    ]);
  });

  it("is refused where it is too long, too deep or holds too much, and names no key at length", () => {
    expect(problemsOf(`# ${"x".repeat(65_536)}`)).toEqual([
      { line: 1, message: "Not valid YAML: it is longer than 64 KiB." },
    ]);
    expect(problemsOf(`labels:\n  ${"- ".repeat(1_500)}x`)).toEqual([
      { line: 2, message: "Not valid YAML: it is nested more than 50 deep here." },
    ]);
    expect(problemsOf("[".repeat(5_000))[0]?.message).toContain("nested more than 50 deep");
    for (const { message } of problemsOf(`${"k".repeat(1_000)}: 1`)) expect(message.length).toBeLessThan(200);
    expect(problemsOf(`nudges: { schedule: "0 9 * * ${"1,".repeat(20_000)}1" }`)).toHaveLength(1);
  });

  it.each(["H 9 * * 1", "H/15 * * * *", "H(0-5) 9 * * 1", "0 h * * *"])(
    "refuses a schedule at a time of its own choice, which would be another each time: %s",
    (schedule) => {
      expect(problemsOf(`digest: { schedule: "${schedule}" }`)).toEqual([
        { line: 1, message: "digest.schedule: write a cron expression of five fields, like 0 9 * * 1-5." },
      ]);
      expect(problemsOf('digest: { schedule: "0 9 * MAR THU" }')).toEqual([]);
    },
  );

  it("of thousands of names is looked up in for thousands of items in no time", () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `  Person ${index}: "@login-${index}"`);
    const priorities = Array.from({ length: 500 }, (_, index) => `    Priority ${index}: ${1 + index}`);
    const { policy, problems } = loadPolicy(["owners:", ...names, "due:", "  by_priority:", ...priorities].join("\n"));
    expect(problems).toEqual([]);
    const owned = { owners: ["Person 1499", "nobody"], mentions: [] };
    const dated = { due: null, dueText: null, window: null, priority: "priority-499" };
    expect(resolveOwners(owned, policy)).toEqual({ logins: ["login-1499"], teams: [], names: ["nobody"] });
    expect(dueFor(dated, { severity: null, services: [] }, policy, "2024-01-01").due).toBe("2025-05-15");
    const lookUp = () => {
      for (let item = 0; item < 3_000; item++) {
        resolveOwners(owned, policy);
        dueFor(dated, { severity: null, services: [] }, policy, "2024-01-01");
      }
    };
    expect(cpuMsWithin(1_500, lookUp)).toBeLessThan(1_500);
  });
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
