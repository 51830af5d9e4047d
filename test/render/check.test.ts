/** The words of the check run: what its title, summary and annotations say, and how they stay within GitHub's limits. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Level, type RuleId } from "../../src/postmortem/types.js";
import { annotationsOf, type Placed } from "../../src/render/annotations.js";
import {
  type CheckInput,
  type CheckSection,
  checkId,
  pullOfCheck,
  renderCheck,
  renderOptOut,
} from "../../src/render/check.js";
import type { DecideInput } from "../../src/tracking/decide.js";
import { foresee } from "../../src/tracking/forecast.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { document, LINKS } from "./samples.js";

const HEAD = "c0ffee";
const TODAY = "2024-09-16";
const PATH = "postmortems/2024-09-12-gateway.md";

/** The section of a document with this text; `lisa` and `dev` can be assigned. */
function section(text: string, part: Partial<DecideInput> & { path?: string } = {}): CheckSection {
  const { path = PATH } = part;
  const postmortem = readPostmortem(path, text, { ...DEFAULT_READ_OPTIONS, today: TODAY });
  const { title, incident, problems } = postmortem;
  const read = document({ path, title, incident, problems, commit: HEAD, ...part.document });
  const assignable = new Set(["lisa", "dev"]);
  const input = { document: read, postmortem, tracked: [], policy: DEFAULT_POLICY, assignable, today: TODAY, ...part };
  return {
    kind: "follow",
    document: read,
    forecast: foresee({ ...input, document: read }),
    adopts: new Map(),
    leftOut: 0,
    postponed: 0,
  };
}

/** The items of a section, each with its issue from #7 on. */
function opened(before: CheckSection): TrackedItem[] {
  const fresh = before.kind === "follow" ? before.forecast.fresh : [];
  return fresh.map(({ item }, index) => {
    const fields = { title: item.base.title, assignees: item.base.owners, open: true };
    const issue = { ...fields, number: 7 + index, closedOn: null, adoptedBy: null };
    return { ...item, openedOn: TODAY, issue, written: { ...fields, hash: "" } };
  });
}

const report = (sections: readonly CheckSection[], part: Partial<CheckInput> = {}) =>
  renderCheck({
    sections,
    policyProblems: [],
    onProblems: "neutral",
    obstacle: null,
    links: LINKS,
    head: HEAD,
    ...part,
  });

const text = (...items: string[]) =>
  `# Gateway outage\n\n**Date:** 2024-09-12\n\n## Action items\n\n${items.join("\n")}\n`;
const READY = "- [ ] Add timeouts to every call - @lisa - due 2024-10-01";
const title = (...items: string[]) => report([section(text(...items))]).title;

describe("the title", () => {
  it.each<[string, string[]]>([
    ["1 action item: ready", [READY]],
    ["2 action items: all ready", [READY, "- [ ] Write the runbook - @dev"]],
    ["2 action items: 1 ready, 1 without an owner", [READY, "- [ ] Write the runbook"]],
    ["1 action item: 0 ready, 1 whose owner GitHub does not know", ["- [ ] Write the runbook (owner: Max)"]],
    [
      "2 action items: 1 ready, 1 whose date cannot be read",
      [READY, "- [ ] Write the runbook - @dev - due February 30"],
    ],
    [
      "2 action items: 0 ready, 1 without an owner, 2 whose date cannot be read",
      [READY.replace("2024-10-01", "before Black Friday"), "- [ ] Write the runbook (owner: TBD, due: 32.13.2024)"],
    ],
    ["1 action item done, none to follow", ["- [x] Roll back the release"]],
    ["No action items found", []],
  ])("%s", (expected, items) => {
    expect(title(...items)).toBe(expected);
  });

  it("begins with what is an error", () => {
    const policy = { ...DEFAULT_POLICY, problems: { "unassignable-owner": "error" as const } };
    const { title, conclusion } = report([section(text(READY.replace("@lisa", "@lisa, @eve")), { policy })]);
    expect([title, conclusion]).toEqual(["1 error to fix; 1 action item: ready", "failure"]);
  });

  it("of several documents adds them up", () => {
    const sections = [
      section(text(READY)),
      section(text(READY, READY.replace("every call", "every job")), { path: "postmortems/b.md" }),
    ];
    expect(report(sections).title).toBe("3 action items: all ready");
  });
});

describe("the summary", () => {
  it("says of each document what its merge will do", () => {
    const { summary } = report([
      section(text(READY, "- [ ] Alert on errors (owner: Max)", "- [ ] Write the runbook", "- [x] Roll back")),
      { kind: "leave-alone", path: "postmortems/private.md", by: "follow-through: no" },
      { kind: "remove", document: document({ path: "postmortems/old.md", title: "Old outage" }), openIssues: 2 },
    ]);
    expect(summary).toMatchInlineSnapshot(`
      "**[Gateway outage](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md)** · Thu 12 Sep 2024

      3 issues would be opened, 1 item done.

      | Line | Action item | Owner | Due |
      |---|---|---|---|
      | [7](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L7) | Add timeouts to every call | \`@lisa\` | Tue 1 Oct 2024 (the postmortem says “2024-10-01”) |
      | [8](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L8) | Alert on errors | “Max” | 30 days after the merge (by policy) |
      | [9](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L9) | Write the runbook | ⚠️ nobody | 30 days after the merge (by policy) |

      <details><summary>1 owner the policy does not know: nobody is assigned</summary>

      Add who they are to the [policy](https://github.com/acme/shop/blob/main/.github/follow-through.yml), and their items are assigned:

      \`\`\`yaml
      owners:
        "Max": "@login"
      \`\`\`

      </details>

      **[postmortems/private.md](https://github.com/acme/shop/blob/c0ffee/postmortems/private.md)** is left alone, as it opted out: its front matter says \`follow-through: no\`.

      **[Old outage](https://github.com/acme/shop/blob/main/postmortems/old.md)** · SEV-1 · Thu 12 Sep 2024 would be removed. 2 open issues of it would wait until it is back; close those no longer needed.

      To fix, beside the lines: 2 warnings, 2 notes.

      <sub>Nothing is opened before the merge. To leave a postmortem out: the label \`no-follow-through\`, or \`follow-through: false\` in its front matter.</sub>"
    `);
  });

  it("says of a tracked one what would change", () => {
    const tracked = opened(section(text(READY, "- [ ] Write the runbook - @dev")));
    const edited = text(READY.replace("10-01", "10-08").replace("@lisa", "@dev"), "- [x] Write the runbook - @dev");
    const { summary } = report([section(edited, { tracked })]);
    expect(summary).toMatchInlineSnapshot(`
      "**[Gateway outage](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md)** · Thu 12 Sep 2024

      2 issues would change.

      - [#7](https://github.com/acme/shop/issues/7) Add timeouts to every call: passes from \`@lisa\` to \`@dev\`; is due Tue 8 Oct 2024 instead of Tue 1 Oct 2024
      - [#8](https://github.com/acme/shop/issues/8) Write the runbook: is closed, since its item is ticked

      <sub>Nothing is opened before the merge. To leave a postmortem out: the label \`no-follow-through\`, or \`follow-through: false\` in its front matter.</sub>"
    `);
  });

  it("of a tracked one where nothing changes says so", () => {
    const tracked = opened(section(text(READY)));
    const { title, conclusion, summary } = report([section(`${text(READY)}\nA typo less.\n`, { tracked })]);
    expect([title, conclusion]).toEqual(["No issue would change", "success"]);
    expect(summary).toContain("1 issue would stay as it is.");
  });

  it("of held items gives the command that opens them", () => {
    const { title, summary } = report([section(text(READY), { document: document({ held: "old" }) })]);
    expect(title).toBe("1 action item held back");
    expect(summary).toContain("1 new item held back.");
    expect(summary).toMatch(/To open them after the merge, comment `\/follow-through open` on this pull request/);
  });

  it("tells of a broken policy and of what stands in the way", () => {
    const policyProblems = [{ line: 4, message: "nudge: there is no such setting." }];
    const obstacle = "Issues are switched off in this repository.";
    const { title, conclusion, summary } = report([section(text(READY))], { policyProblems, obstacle });
    expect([title, conclusion]).toEqual(["Action items cannot be followed through here", "neutral"]);
    expect(summary).toContain("> Issues are switched off in this repository.");
    expect(summary).toMatch(/> - \[line 4\]\(.*\): nudge: there is no such setting/);
  });

  it("says what stands where a date cannot be read, and where it comes from", () => {
    const { summary } = report([section(text(READY.replace("2024-10-01", "before Black Friday")))]);
    expect(summary).toContain("⚠️ “before Black Friday” cannot be read, so 30 days after the merge (by policy) |");
  });

  it("of a template says why it is one", () => {
    const form = section("# Postmortem template\n\n## Action items\n\n- [ ] <Action>, <owner>\n", {
      path: "postmortems/a.md",
    });
    const { summary } = report([{ ...form, form: "its title or first line calls it a form" } as CheckSection]);
    expect(summary).toContain(
      "It is a template, so no action items are read of it: its title or first line calls it a form.",
    );
  });

  it("takes nothing in a document for its own", () => {
    const hostile = "- [ ] Fix <b>it</b> | #12 and tell @acme/all, see https://evil.example - @lisa";
    const { summary } = report([section(text(hostile).replace("Gateway outage", "[x](y) @acme/all <!-- -->"))]);
    expect(summary).not.toMatch(/(?<!`)@acme|<b>|<!--|\]\(y\)|[^\u200b]#12|https:\/\/evil/);
  });

  it.each<[string, number, string]>([
    ["one long document", 1, "Fix the part of the pool that was too small in the outage"],
    ["a hundred documents", 100, "Fix the part of the pool"],
    ["Japanese, three bytes a letter", 40, "接続プールの上限を見直してアラートを追加する"],
  ])("fits into GitHub's 65,535 characters, and bytes: %s", (_, documents, words) => {
    const items = Array.from({ length: documents === 1 ? 500 : 40 }, (_, index) => `- [ ] ${words} ${index} - @lisa`);
    const sections = Array.from({ length: documents }, (_, index) =>
      section(text(...items), { path: `postmortems/${index}.md` }),
    );
    const { summary, annotations } = report(sections);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary).toMatch(/… and \d+ more/);
    expect(summary).toContain("Nothing is opened before the merge.");
    expect(annotations.length).toBeLessThanOrEqual(300);
  });
});

describe("annotations", () => {
  const problem = (rule: RuleId, line: number, level: Level = "warning", path = PATH): Placed => ({
    path,
    line,
    endLine: line + 1,
    rule,
    level,
    message: `Line ${line}.`,
    fix: "Fix it.",
  });

  it("name lines, level, rule, and the fix", () => {
    expect(annotationsOf([problem("placeholder", 4, "info")]).annotations).toEqual([
      { path: PATH, startLine: 4, endLine: 5, level: "notice", title: "placeholder", message: "Line 4. Fix it." },
    ]);
  });

  it("come most severe first, else as the documents have them", () => {
    const mixed = [
      problem("placeholder", 1, "info"),
      problem("placeholder", 2),
      problem("placeholder", 3, "error"),
      problem("placeholder", 4),
    ];
    expect(annotationsOf(mixed).annotations.map(({ startLine }) => startLine)).toEqual([3, 2, 4, 1]);
  });

  it("tell once a document what more than ten items lack", () => {
    const lacking = (count: number, path?: string) =>
      Array.from({ length: count }, (_, index) => problem("no-owner", index + 1, "warning", path));
    expect(annotationsOf(lacking(10)).annotations).toHaveLength(10);
    const { annotations } = annotationsOf([...lacking(25), ...lacking(11, "postmortems/b.md")]);
    expect(annotations.map(({ path, startLine }) => [path, startLine])).toEqual([
      [PATH, 1],
      ["postmortems/b.md", 1],
    ]);
    expect(annotations[0]?.message).toBe(
      "Without an owner: the items in lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 5 more. Fix it.",
    );
  });

  it("are 300 at most; the least severe are counted", () => {
    const many = Array.from({ length: 301 }, (_, index) =>
      problem("placeholder", index + 1, index === 300 ? "error" : "warning"),
    );
    const { annotations, hidden } = annotationsOf(many);
    expect([annotations.length, hidden, annotations[0]?.startLine]).toEqual([300, 1, 301]);
  });

  it("hold no control characters and no novel", () => {
    const message = `A \u202e trick\u0007 ${"x".repeat(5_000)}`;
    const [only] = annotationsOf([{ ...problem("placeholder", 1), message }]).annotations;
    expect(only?.message.length).toBeLessThan(1_100);
    expect(only?.message).toMatch(/^A trick x/);
  });
});

describe("the id", () => {
  it("names the pull request, and changes with anything that is said", () => {
    const [one, other] = [report([section(text(READY))]), renderOptOut()];
    expect(pullOfCheck(checkId(42, one))).toBe(42);
    expect(checkId(42, one)).toBe(checkId(42, report([section(text(READY))])));
    expect(new Set([checkId(42, one), checkId(42, other), checkId(43, one)]).size).toBe(3);
  });
});
