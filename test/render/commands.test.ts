/** What people read of commands: the answers, and what the other texts say of rest and waivers. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { renderDigestComment } from "../../src/render/digest.js";
import { renderIssue } from "../../src/render/issue.js";
import { markerKey } from "../../src/render/marker.js";
import { COMMAND_TABLE, renderReply } from "../../src/render/reply.js";
import { renderStatus } from "../../src/render/status.js";
import { type CommandComment, carryOut } from "../../src/tracking/carry-out.js";
import { COMMAND_NAMES } from "../../src/tracking/commands/index.js";
import { parseCommands } from "../../src/tracking/commands/parse.js";
import type { Allowed } from "../../src/tracking/commands/types.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";
import { document, issueContext, item, standing, statusInput, visible } from "./samples.js";

const ON = "2024-09-20";

const reply = (body: string, part: Partial<CommandComment> = {}, allowed: Partial<Allowed> = {}) => {
  const comment = {
    id: 5,
    author: "lisa",
    writtenAt: `${ON}T09:00:00Z`,
    on: ON,
    barred: null,
    editedAt: null,
    ...part,
  };
  const commands = parseCommands(body, { written: ON, policy: DEFAULT_POLICY });
  const may = { command: new Set(["lisa"]), assign: new Set<string>(), others: new Map(), isApart: false, ...allowed };
  const { outcomes } = carryOut(anItem(), anIssue(), [{ ...comment, commands }], may);
  return outcomes[0] ? renderReply(outcomes[0], 7) : null;
};
const words = (...given: Parameters<typeof reply>) => visible(reply(...given)?.body ?? "");

describe("the answer to a comment", () => {
  it("is none where all was carried out and nothing has a date", () => {
    expect(reply("/unassign\n/done")).toBeNull();
  });

  it.each([
    ["/due next friday", "due Fri 27 Sep 2024."],
    ["/due Oct 11 the vendor is late", "due Fri 11 Oct 2024."],
    ["/unmute", "you get overdue comments again."],
    ["/snooze 2 weeks", "no overdue comments until Fri 4 Oct 2024."],
    ["/waive no budget until November 1", "waived until Fri 1 Nov 2024."],
    ["/due next friday\n/snooze 3 days", "due Fri 27 Sep 2024; no overdue comments until Mon 23 Sep 2024."],
    ["/due 2024-10-01\n/done", "due Tue 1 Oct 2024."],
    ["/due 2024-10-01\n/snooze until 2024-10-04", "due Tue 1 Oct 2024; no overdue comments until Fri 4 Oct 2024."],
    ["/waive no budget until 2024-11-01", "waived until Fri 1 Nov 2024."],
    [
      "/mute until 2024-10-04",
      "you get no overdue comments until Fri 4 Oct 2024, in any repository of this installation. Digests list your items all the same. `/unmute` ends it sooner.",
    ],
    ["/waive no budget", ""],
  ])("says what day a date came to: %s", (commands, said) => {
    expect(words(commands)).toBe(said && `@lisa, ${said}`);
  });

  it("says it before what was not carried out", () => {
    expect(words("/due next friday\n/assign @eve")).toMatch(
      /^@lisa, due Fri 27 Sep 2024\.\n`\/assign @eve` was not carried out/,
    );
  });

  it.each([
    ["/due", "a date is missing. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`."],
    ["/due blursday", "it names no day. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`."],
    [
      "/due 2024-09-19",
      "Thu 19 Sep 2024 is not in the future. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.",
    ],
    [
      "/snooze 1 year",
      "it can rest for 90 days at once, until Thu 19 Dec 2024. Use `/due DATE` to move the date, or `/waive reason until DATE`.",
    ],
    ["/waive", "a reason is missing. Write `/waive reason`, or `/waive reason until DATE`."],
    [
      "/due yesterday",
      "Thu 19 Sep 2024 is not in the future. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.",
    ],
    ["/dew 2024-10-01", "it is no command. If you mean `/due DATE [reason]`, edit your comment, or write a new one."],
    ["/done!", "it is no command. If you mean `/done [evidence]`, edit your comment, or write a new one."],
    ["/assign @acme/web", "`@acme/web` is no login. Write it like `@login`; teams cannot be assigned."],
    ["/assign bob", "`@bob` cannot be assigned in this repository. Name somebody who has access to it."],
    ["/assign @eve", "`@eve` cannot be assigned in this repository. Name somebody who has access to it."],
    [
      `/assign${" @dev".repeat(11)}`,
      "an issue takes ten assignees at most. Take somebody off with `/unassign @login` first.",
    ],
  ])("%s", (command, why) => {
    expect(words(command)).toBe(`@lisa, \`${command}\` was not carried out: ${why}`);
  });

  it("is one, however much went wrong", () => {
    expect(words("/due\n/waive\n/done")).toMatchInlineSnapshot(`
      "@lisa, these commands were not carried out:

      - \`/due\`: a date is missing. Write the date like \`2024-10-01\`, \`next friday\` or \`in 2 weeks\`.
      - \`/waive\`: a reason is missing. Write \`/waive reason\`, or \`/waive reason until DATE\`."
    `);
  });

  it("tells whom it is not for what to do, once an issue", () => {
    expect(words("/done", { author: "Eve" })).toMatchInlineSnapshot(
      `"@Eve, nothing was changed: commands are for the assignees of this issue and for people with triage or write access. Ask one of them to write it."`,
    );
    expect(reply("/done", { author: "Eve", id: 6 })).toEqual(reply("/done", { author: "Eve" }));
    expect(reply("/close", { author: "Eve" })).toBeNull();
  });

  it.each([
    ["edited", "@ada, nothing was changed: your comment was edited, and GitHub did not say by whom."],
    ["edited-by-other", "@ada, nothing was changed: a comment counts only as its author wrote it."],
    ["done-before", "@ada, nothing more was changed: what your comment said before the edit was carried out."],
  ] as const)("tells whoever is to know that an edit does not count (%s)", (why, said) => {
    const answer = reply("/done", { barred: { why, to: "ada" } });
    expect(answer?.body).toContain(`${said} Write the`);
    // Beside what was answered before, but for a comment that was never handled as its author wrote it.
    expect(answer?.key).toBe(why === "edited" ? "reply:5" : "edit:5");
    expect(markerKey(answer?.body ?? "", "reply")).toBe(answer?.key);
  });

  it("lists what there is", () => {
    expect(words("/help")).toMatchInlineSnapshot(`
      "@lisa, here is what a comment can ask for, one command a line:

      | Command | What it does |
      |---|---|
      | \`/due DATE [reason]\` | moves the due date; the first one stays on record |
      | \`/snooze DURATION [reason]\`, \`/snooze until DATE [reason]\` | no overdue comments until then, 90 days at most |
      | \`/mute DURATION\`, \`/mute until DATE\` | no overdue comments for you until then, in any repository; 90 days at most |
      | \`/unmute\` | overdue comments for you again |
      | \`/assign @login\` | gives it to somebody as well; without a login, to you |
      | \`/unassign @login\` | takes it off somebody; without a login, off you |
      | \`/done [evidence]\` | closes it as completed |
      | \`/waive reason\`, \`/waive reason until DATE\` | closes it as not planned; with a date, leaves it open without overdue comments until then |
      | \`/reopen\` | opens it again, and lifts a waiver |
      | \`/same-as #12\` | closes it as a duplicate of that issue: it is the same work, and goes on there |
      | \`/split\` | it is other work than it was taken for: undoes \`/same-as\`, or its last change of words |
      | \`/unrelated #12\` | no longer names the earlier postmortem whose pull request or issue has this number |
      | \`/help\` | is answered with this list |"
    `);
  });

  it("quotes nothing that could notify, link or forge a marker", () => {
    const { key, body } = reply('/due `@eve` #1 --> <!-- follow-through:reply {"key":"x"} -->') ?? {
      key: "",
      body: "",
    };
    expect(body.split("\n")[0]).toMatch(/^@lisa, `\/due '@eve' #1 --> [^`]*` was not carried out/);
    expect(markerKey(body, "reply")).toBe(key);
  });
});

describe("rest and waivers", () => {
  const by = { on: "2024-09-16", by: "lisa" };
  const overdue = { due: "2024-09-25", originalDue: "2024-09-25" };
  const snoozed = item(
    "Add timeouts",
    { ...overdue, snoozes: [{ ...by, until: "2024-10-02", why: "see #12 @eve" }] },
    {},
    { assignees: ["lisa"] },
  );
  const waived = item(
    "Write the runbook",
    { ...overdue, waiver: { ...by, why: "no <b>use</b>", until: null } },
    {},
    {
      number: 8,
      open: false,
      closedOn: "2024-09-27",
    },
  );
  const resting = item(
    "Rotate keys",
    { ...overdue, waiver: { ...by, why: "code freeze", until: "2024-10-15" } },
    {},
    { number: 9 },
  );

  it.each([
    [
      "snoozed",
      snoozed,
      "| **Snoozed** | until Wed 2 Oct 2024, by lisa on Mon 16 Sep 2024: see #\u200b12 @\u200beve |",
    ],
    ["waived for good", waived, "| **Waived** | by lisa on Mon 16 Sep 2024: no &lt;b&gt;use&lt;/b&gt; |"],
    ["waived for now", resting, "| **Waived** | until Tue 15 Oct 2024, by lisa on Mon 16 Sep 2024: code freeze |"],
  ])("on an issue that is %s", (_, of: TrackedItem, said) => {
    const rows = visible(renderIssue(issueContext(of)).body).split("\n");
    expect(rows.filter((row) => /Snoozed|Waived/.test(row))).toEqual([said]);
  });

  it("in the status comment", () => {
    const status = statusInput({
      sections: [{ document: document(), items: [snoozed, waived, resting], unknownOwners: [], troubles: [] }],
    });
    expect(
      visible(renderStatus(status).body)
        .split("\n")
        .filter((line) => /^[|#]/.test(line))
        .join("\n"),
    ).toMatchInlineSnapshot(`
      "### Follow-through: 0 of 3 action items done, 1 snoozed, 2 waived
      | | Action item | Owner | Due |
      |---|---|---|---|
      | 💤 Snoozed | [Add timeouts](https://github.com/acme/shop/issues/7) | \`@lisa\` | Wed 25 Sep 2024 (snoozed until Wed 2 Oct 2024) |
      | 🚫 Waived | [Write the runbook](https://github.com/acme/shop/issues/8) |  | no &lt;b&gt;use&lt;/b&gt; |
      | 🚫 Waived | [Rotate keys](https://github.com/acme/shop/issues/9) |  | until Tue 15 Oct 2024: code freeze |"
    `);
  });

  it("in the digest", () => {
    const input = standing({ open: [snoozed, resting], closed: [waived] });
    expect(visible(renderDigestComment(input, "2024-09-23"))).toMatchInlineSnapshot(`
      "### Action items on Sat 28 Sep 2024

      **2 open** (3 a week ago) · **0 overdue** · 0 due within a week · 0 opened · 1 closed\\
      Last week's one date was not kept.
      - Nothing slipped this week. Nothing due within a week is at risk. Nobody is behind.

      **💤 Left alone: 2**

      - [Add timeouts](https://github.com/acme/shop/issues/7): 3 days overdue · snoozed until Wed 2 Oct 2024 · \`@lisa\` · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)
      - [Rotate keys](https://github.com/acme/shop/issues/9): waived until Tue 15 Oct 2024: code freeze · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      **✅ Closed since last week, thank you: 1**

      - [Write the runbook](https://github.com/acme/shop/issues/8): waived: no &lt;b&gt;use&lt;/b&gt; · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action-item%22)"
    `);
  });
});

it("every command stands in the table that /help and the documentation show", () => {
  for (const name of COMMAND_NAMES) expect(COMMAND_TABLE.join("\n")).toContain(`| \`/${name}`);
});
