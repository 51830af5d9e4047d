/** The full texts that people read, as they read them. */
import { describe, expect, it } from "vitest";
import { renderDigestComment, renderDigestIssue } from "../../src/render/digest.js";
import { type IssueContext, renderAdoption, renderIssue } from "../../src/render/issue.js";
import { linkingLines } from "../../src/render/linking.js";
import { renderNudge } from "../../src/render/nudge.js";
import { renderStatus, type StatusInput } from "../../src/render/status.js";
import { issueTitle } from "../../src/tracking/title.js";
import type { Closing, TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { proseOf, sentencesOf } from "../../tools/messages.js";
import { document, issueContext, item, LINKS, standing, statusInput, TODAY, visible } from "./samples.js";

const lisas = item(
  "Add timeouts",
  { due: "2024-09-25", dueOrigin: { kind: "stated", text: "Sept 25" } },
  { owners: ["lisa"], mentions: ["lisa"], dueText: "Sept 25", priority: "P1", ref: "OPS-1", group: "Immediate" },
  { assignees: ["lisa"], number: 8 },
);

describe("a tracking issue", () => {
  const issue = (of: TrackedItem, part?: Partial<IssueContext>) => visible(renderIssue(issueContext(of, part)).body);

  it("says what, why, who and until when", () => {
    expect(issue(lisas)).toMatchInlineSnapshot(`
      "| | |
      |---|---|
      | **Postmortem** | [Payment gateway outage](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L158) · SEV-1 · Thu 12 Sep 2024 · #42 |
      | **Owner** | @lisa |
      | **Due** | **Wed 25 Sep 2024** (the postmortem says “Sept 25”) |
      | **Priority** | P1 |
      | **Under** | Immediate |
      | **Reference** | OPS-1 |

      Done? Close this issue, or tick the item in the [postmortem](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158). To move the date, comment \`/due DATE reason\` or change it there. \`/help\` lists all commands."
    `);
  });

  it("without owner or date says what to do about it", () => {
    expect(issue(item("Look at the other services"))).toMatchInlineSnapshot(`
      "| | |
      |---|---|
      | **Postmortem** | [Payment gateway outage](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L158) · SEV-1 · Thu 12 Sep 2024 · #42 |
      | **Owner** | nobody yet: assign someone, or name an owner in the postmortem |
      | **Due** | no date yet: state one in the postmortem |

      Done? Close this issue, or tick the item in the [postmortem](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158). To move the date, comment \`/due DATE reason\` or change it there. \`/help\` lists all commands."
    `);
  });

  it("names who cannot be assigned, and shows every move", () => {
    const moved = item("Write the runbook", {
      due: "2024-11-01",
      dueOrigin: { kind: "default", days: 30 },
      originalDue: "2024-10-01",
      slips: [
        { on: "2024-09-20", from: "2024-10-01", to: "2024-10-15", by: null, why: null },
        { on: "2024-09-27", from: "2024-10-15", to: "2024-11-01", by: "lisa", why: "waiting for *audit* | legal" },
      ],
    });
    const part = {
      teams: ["acme/platform"],
      names: ["Marcus | R."],
      unassignable: [{ login: "eve", why: "no-access" as const }],
    };
    expect(issue(moved, part)).toMatchInlineSnapshot(`
      "| | |
      |---|---|
      | **Postmortem** | [Payment gateway outage](https://github.com/acme/shop/blob/c0ffee/postmortems/2024-09-12-gateway.md?plain=1#L158) · SEV-1 · Thu 12 Sep 2024 · #42 |
      | **Owner** | @acme/platform, eve (cannot be assigned here) and Marcus \\| R. |
      | **Due** | **Fri 1 Nov 2024** (by policy, 30 days where no date is stated) |
      | **Moved** | 2 times, first due Tue 1 Oct 2024: from Tue 1 Oct 2024 to Tue 15 Oct 2024, by the postmortem on Fri 20 Sep 2024; from Tue 15 Oct 2024 to Fri 1 Nov 2024, by lisa on Fri 27 Sep 2024: waiting for \\*audit\\* \\| legal |

      Done? Close this issue, or tick the item in the [postmortem](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158). To move the date, comment \`/due DATE reason\` or change it there. \`/help\` lists all commands."
    `);
  });

  it("says in whole what its title had to cut", () => {
    const whole = `Add ${"timeouts, ".repeat(40)}and retries`;
    expect(issue(item(whole, {}, {}, { title: issueTitle(whole) }))).toContain(whole);
  });

  it("of an item that left its document, or is ticked, says so", () => {
    expect(
      issue(item("Old idea", { leftOn: "2024-09-20" }))
        .split("\n")
        .at(-1),
    ).toMatchInlineSnapshot(
      `"This item no longer stands in the [postmortem](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158) (seen on Fri 20 Sep 2024). Close the issue if it is not needed any more."`,
    );
    expect(issue(item("Old idea", { leftOn: "2024-09-20" }, {}, { open: false }))).not.toContain("Close the issue");
    expect(
      issue(item("Old idea", {}, { done: true }, { open: false }))
        .split("\n")
        .at(-1),
    ).toMatchInlineSnapshot(
      `"This item is ticked as done in the [postmortem](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158)."`,
    );
  });

  it("that was there before is told why it is followed now", () => {
    expect(visible(renderAdoption(issueContext(lisas)).body).split("\n")[0]).toMatchInlineSnapshot(
      `"This issue is now followed through as an action item of a postmortem:"`,
    );
  });

  it.each([
    [{ kind: "stated", text: "by **Sept 25**" }, "the postmortem says “by \\*\\*Sept 25\\*\\*”"],
    [{ kind: "window", text: "Complete within 1 week" }, "from the section “Complete within 1 week”"],
    [{ kind: "priority", priority: "P1" }, "by policy for priority P1"],
    [{ kind: "severity", severity: "SEV-1" }, "by policy for severity SEV-1"],
    [{ kind: "default", days: 1 }, "by policy, 1 day where no date is stated"],
  ] as const)("tells where its date comes from: %o", (dueOrigin, words) => {
    expect(issue(item("x", { due: "2024-09-25", dueOrigin }))).toContain(
      `| **Due** | **Wed 25 Sep 2024** (${words}) |`,
    );
  });
});

describe("a status comment", () => {
  const status = (part: Partial<StatusInput>) => visible(renderStatus(statusInput(part)).body);

  it.each([
    [
      "whom a person took off is not shown",
      ["lisa"],
      [],
      "| 🔴 Overdue | [Add timeouts](https://github.com/acme/shop/issues/8) |  |",
    ],
    ["whom GitHub never assigned stands as the document has them", [], [], "| `@lisa` |"],
    ["who was assigned instead is shown", ["lisa"], ["dev"], "| `@dev` |"],
  ])("%s", (_, written, assignees, shown) => {
    const owned = {
      ...lisas,
      issue: lisas.issue && { ...lisas.issue, assignees },
      written: { title: "Add timeouts", assignees: written, open: true, hash: "h" },
    };
    expect(
      status({
        sections: [{ document: document(), items: [owned], unknownOwners: [], troubles: [] }],
      }),
    ).toContain(shown);
  });

  it.each([
    ["the policy's default holds", { kind: "default", days: 14 }, true],
    ["`/due` set it", { kind: "command", by: "lisa", was: null, document: null }, false],
  ] as const)("says that a line has no date only where %s", (_, dueOrigin, told) => {
    const dated = item("Rotate the keys", { due: "2024-10-20", dueOrigin });
    const rule = "no-due-date";
    const problems = [
      { line: 158, endLine: 158, rule, level: "warning", message: "No date.", fix: "Add one." },
    ] as const;
    const section = {
      document: document({ problems }),
      items: [dated],
      unknownOwners: [],
      troubles: [],
    };
    expect(status({ sections: [section] }).includes("Without a due date")).toBe(told);
  });

  it("shows each item with its state, owner and date, and what needs attention", () => {
    const missing = [{ login: "eve", why: "no-access" }] as const;
    const items = [
      item("Deploy pool alerts", { ordinal: 0, issue: null }, { done: true, owners: ["lisa"] }, null),
      { ...lisas, ordinal: 1 },
      item("Write the | runbook", { ordinal: 2, due: "2024-10-15", missing }, { owners: ["Marcus R."] }, { number: 9 }),
      item("Old idea", { ordinal: 3, leftOn: "2024-09-20" }, {}, { number: 10 }),
      item(
        "Watch the pool",
        { ordinal: 4, conflicts: [{ field: "owner", document: "ada", issue: "dev" }] },
        {},
        { number: 11, assignees: ["dev"] },
      ),
    ];
    const problems = [
      {
        line: 161,
        endLine: 161,
        rule: "unreadable-due-date",
        level: "warning",
        message: "“soon” is not a day.",
        fix: "Write the date as YYYY-MM-DD.",
      },
      { line: 170, endLine: 170, rule: "several-in-one", level: "info", message: "Not shown.", fix: "" },
    ] as const;
    expect(
      status({
        sections: [
          {
            document: document({ problems }),
            items,
            unknownOwners: ["Marcus R."],
            troubles: [],
          },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: 1 of 5 action items done, 1 overdue, 1 not in the document any more

      **[Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md)** · SEV-1 · Thu 12 Sep 2024

      | | Action item | Owner | Due |
      |---|---|---|---|
      | ✅ Done | Deploy pool alerts | lisa |  |
      | 🔴 Overdue | [Add timeouts](https://github.com/acme/shop/issues/8) | \`@lisa\` | Wed 25 Sep 2024 |
      | ⚪ Open | [Write the \\| runbook](https://github.com/acme/shop/issues/9) | Marcus R. | Tue 15 Oct 2024 |
      | ➖ Not in the document any more | [Old idea](https://github.com/acme/shop/issues/10) |  |  |
      | ⚪ Open | [Watch the pool](https://github.com/acme/shop/issues/11) | \`@dev\` |  |

      **Needs attention**

      - [line 161](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L161): “soon” is not a day. Write the date as YYYY-MM-DD.
      - \`@eve\` cannot be assigned in this repository: give them access to it, or name somebody else in [line 158](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158).
      - [#11](https://github.com/acme/shop/issues/11): The postmortem and the issue differ on the owner: “ada” in the postmortem, “dev” on the issue. The issue holds until the two agree.

      <details><summary>1 owner the policy does not know: nobody is assigned</summary>

      Add who they are to the [policy](https://github.com/acme/shop/blob/main/.github/follow-through.yml), and their items are assigned:

      \`\`\`yaml
      owners:
        "Marcus R.": "@login"
      \`\`\`

      </details>

      <sub>Kept up to date. Close an issue or tick its item when it is done; edit the document to change the rest, or comment \`/help\` on an issue. [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action-item%22)</sub>"
    `);
  });

  it("of a document without action items says where they are looked for", () => {
    expect(
      status({ sections: [{ document: document(), items: [], unknownOwners: [], troubles: [] }] }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: no action items found

      **[Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md)** · SEV-1 · Thu 12 Sep 2024

      No action items were found in it, so nothing was opened. They are looked for under headings such as “Action items”."
    `);
  });

  it("of held items gives the command that opens them", () => {
    const held = document({ held: "old", path: "postmortems/it's old.md" });
    expect(
      status({
        sections: [
          {
            document: held,
            items: [item("Add timeouts", {}, {}, null)],
            unknownOwners: [],
            troubles: [],
          },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: 0 of 1 action item done

      **[Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/it's%20old.md)** · SEV-1 · Thu 12 Sep 2024

      > [!NOTE]
      > This postmortem was edited, not added, and its incident is long past, so no issues are opened. To open them, comment \`/follow-through open\` on this pull request.

      | | Action item | Owner | Due |
      |---|---|---|---|
      | ⏸️ No issue | Add timeouts |  |  |

      <sub>Kept up to date. Close an issue or tick its item when it is done; edit the document to change the rest, or comment \`/help\` on an issue. [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action-item%22)</sub>"
    `);
  });

  it("of a removed document says what becomes of its issues", () => {
    expect(
      status({
        sections: [
          {
            document: document({ removedOn: "2024-09-20" }),
            items: [lisas],
            unknownOwners: [],
            troubles: [],
          },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: the postmortem is gone

      **[Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md)** · SEV-1 · Thu 12 Sep 2024

      The document was removed on Fri 20 Sep 2024. Its action items wait until it is back; close the issues no longer needed.

      <sub>Kept up to date. Close an issue or tick its item when it is done; edit the document to change the rest, or comment \`/help\` on an issue. [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action-item%22)</sub>"
    `);
  });

  it("where nothing can be done says why, and never that nothing was found", () => {
    expect(
      status({
        obstacle: "Issues are switched off in this repository. Switch them on in its settings, under Features.",
      }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: action items cannot be followed through here

      > [!WARNING]
      > Issues are switched off in this repository. Switch them on in its settings, under Features."
    `);
  });

  it("with an invalid policy names each line", () => {
    expect(
      status({
        policyProblems: [{ line: 3, message: "label: there is no such setting; remove it or fix its name." }],
      }),
    ).toMatchInlineSnapshot(`
      "### Follow-through: the policy file needs fixing

      > [!WARNING]
      > The policy file is invalid, so the last valid one (or the defaults) holds until it is fixed:
      > - [line 3](https://github.com/acme/shop/blob/main/.github/follow-through.yml?plain=1#L3): label: there is no such setting; remove it or fix its name."
    `);
  });
});

describe("an overdue comment", () => {
  const nudge = (of: TrackedItem, teams: string[] = [], author: string | null = "ada") =>
    visible(
      renderNudge({
        item: of,
        document: document({ author }),
        nudge: { n: 1, on: TODAY },
        links: LINKS,
        teams,
        today: TODAY,
      }),
    );

  it("asks whoever is assigned", () => {
    expect(nudge(lisas)).toMatchInlineSnapshot(`
      "@lisa, this action item was due on Wed 25 Sep 2024, 3 days ago.

      It was promised after [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158) (SEV-1, Thu 12 Sep 2024).

      Done? Close this issue. More time? \`/due DATE reason\`. Not yours? Assign its owner. A comment, or a commit or pull request naming this, is an answer. To stop these: \`/snooze 2 weeks\` or \`/waive reason\`; all yours: \`/mute 2 weeks\`."
    `);
  });

  it("asks a team where nobody is assigned, and says when it was first due", () => {
    const slipped = item("Write the runbook", {
      due: "2024-09-27",
      originalDue: "2024-09-20",
      slips: [{ on: "2024-09-19", from: "2024-09-20", to: "2024-09-27", by: null, why: null }],
    });
    expect(nudge(slipped, ["acme/platform"])).toMatchInlineSnapshot(`
      "@acme/platform, this action item was due on Fri 27 Sep 2024, 1 day ago. It was first due on Fri 20 Sep 2024. Its date was moved once.

      It was promised after [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158) (SEV-1, Thu 12 Sep 2024).

      Done? Close this issue. More time? \`/due DATE reason\`. Not yours? Assign its owner. A comment, or a commit or pull request naming this, is an answer. To stop these: \`/snooze 2 weeks\` or \`/waive reason\`; all yours: \`/mute 2 weeks\`."
    `);
  });

  it("asks the author for an owner where there is none", () => {
    const ownerless = item("Write the runbook", { due: "2024-09-27" });
    expect(nudge(ownerless)).toMatchInlineSnapshot(`
      "This action item was due on Fri 27 Sep 2024, 1 day ago.

      It was promised after [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md?plain=1#L158) (SEV-1, Thu 12 Sep 2024).

      Nobody is assigned. @ada, as the author of the postmortem, could you find an owner? Done already? Close this issue. To stop these: \`/snooze 2 weeks\` or \`/waive reason\`; all yours: \`/mute 2 weeks\`."
    `);
    expect(nudge(ownerless, [], null).split("\n").at(-1)).toMatchInlineSnapshot(
      `"Nobody is assigned. Please assign an owner. Done already? Close this issue. To stop these: \`/snooze 2 weeks\` or \`/waive reason\`; all yours: \`/mute 2 weeks\`."`,
    );
  });

  it.each([
    [1, null],
    [3, null],
    [1, { after: "120 days", to: ["an-organisation/a-team-of-leads"] }],
    [3, { after: "120 moves", to: ["an-organisation/a-team-of-leads"] }],
  ])("stays within 600 characters and 25 words a sentence, whatever there is to say (number %i, %j)", (n, rung) => {
    const slips = [{ on: "2024-09-19", from: "2024-09-20", to: "2024-09-25", by: "lisa", why: null }];
    const text = renderNudge({
      item: {
        ...lisas,
        originalDue: "2024-09-20",
        slips,
        slipsLeftOut: 120,
        nudges: Array.from({ length: n - 1 }, (_, at) => ({ n: at + 1, on: "2024-09-21" })),
        snoozes: [{ on: "2024-09-26", until: TODAY, by: "lisa", why: null }],
      },
      document: document({ title: "A very long title of an outage ".repeat(9) }),
      nudge: { n, on: TODAY },
      links: LINKS,
      teams: [],
      today: TODAY,
      others: [lisas, lisas],
      more: 125,
      rung,
    });
    expect(proseOf(text).length).toBeLessThanOrEqual(600);
    for (const sentence of sentencesOf(proseOf(text))) expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(25);
  });

  it("reads as the first to whoever has it newly, however often it was asked about", () => {
    const told = (to: string[]) => ({ ...lisas, nudges: [1, 2].map((n) => ({ n, on: "2024-09-26", to })) });
    const third = { n: 3, on: TODAY };
    const said = (of: TrackedItem) =>
      renderNudge({ item: of, document: document(), nudge: third, links: LINKS, teams: [], today: TODAY });
    expect(said(told(["lisa"]))).toContain("It was asked about 2 times before.");
    expect(said(told(["lisa"]))).toContain("What is in the way?");
    expect(said(told(["ada", "eve"]))).not.toContain("times before");
    expect(said(told(["ada", "eve"]))).toContain("Done? Close this issue. More time?");
  });

  it("says of each item that it lists that its snooze ended", () => {
    const until = "2024-09-27";
    const asleep = { ...lisas, id: "asleep", snoozes: [{ on: "2024-09-20", until, by: "lisa", why: null }] };
    const text = renderNudge({
      ...{ item: lisas, document: document(), nudge: { n: 1, on: TODAY }, links: LINKS, teams: [], today: TODAY },
      others: [asleep, lisas],
    });
    expect(text.match(/; snooze ended on Fri 27 Sep 2024 \|$/gm)).toHaveLength(1);
  });

  it("says that a snooze or a waiver ended, once", () => {
    const until = "2024-09-27";
    const asleep = { ...lisas, snoozes: [{ on: "2024-09-20", until, by: "lisa", why: null }] };
    expect(nudge(asleep)).toContain("Its snooze ended on Fri 27 Sep 2024.");
    expect(nudge({ ...asleep, nudges: [{ n: 1, on: until }] })).not.toContain("snooze ended");
    expect(nudge({ ...lisas, waiver: { on: "2024-09-20", until, by: "lisa", why: "freeze" } })).toContain(
      "Its waiver ended on Fri 27 Sep 2024.",
    );
  });
});

describe("the weekly digest", () => {
  const input = standing({
    open: [
      lisas,
      item("Rotate the keys", { due: "2024-09-18" }, {}, { number: 12, assignees: ["dev", "lisa"] }),
      item("Update [docs](x)", { due: "2024-09-20" }, { owners: ["Web | Team"] }, { number: 13 }),
      item("Write the runbook", { due: "2024-10-02" }, {}, { number: 14, assignees: ["dev"] }),
      item("Look at the other services", {}, {}, { number: 15 }),
    ],
    closed: [
      item("Deploy pool alerts", { due: "2024-09-26" }, {}, { number: 3, open: false, closedOn: "2024-09-25" }),
      item("Close connections", { due: "2024-09-20" }, {}, { number: 4, open: false, closedOn: "2024-09-26" }),
      item("Look at logs", {}, {}, { number: 5, open: false, closedOn: "2024-09-26" }),
    ],
    label: "action item (ops)",
  });

  it("lists each item once, what left its document among what is left alone; on time is said of what was completed", () => {
    const of = (title: string, number: number, part: Partial<TrackedItem>, closing?: Partial<TrackingIssue>) =>
      item(title, { due: "2024-09-20", ...part }, {}, { number, assignees: ["dev"], ...closing });
    const snoozes = [{ on: "2024-09-16", until: "2024-10-02", by: "dev", why: null }];
    const closedAs = (reason: Closing) => ({ open: false, closedOn: "2024-09-24", closedAs: reason });
    const digest = renderDigestComment(
      {
        ...input,
        open: [of("Late", 20, {}), of("Left", 21, { leftOn: "2024-09-22" }), of("Asleep", 22, { snoozes })],
        closed: [
          of("Completed", 23, {}, closedAs("completed")),
          of("Given up", 24, {}, closedAs("not_planned")),
          of("Doubled", 25, {}, closedAs("duplicate")),
        ],
      },
      "2024-09-23",
    );
    expect(digest).toContain("**2 open** (5 a week ago) · **1 overdue** · 0 due within a week · 0 opened · 3 closed");
    for (const title of ["Late", "Left", "Asleep", "Completed", "Given up", "Doubled"])
      expect(digest.split(`[${title}]`)).toHaveLength(2);
    expect(digest).toContain("8 days overdue · snoozed until Wed 2 Oct 2024");
    expect(digest.match(/days? late|on time/g)).toHaveLength(1);
  });

  it("says who is late with what, what comes next, and what was done", () => {
    expect(visible(renderDigestComment(input, "2024-09-23"))).toMatchInlineSnapshot(`
      "### Action items on Sat 28 Sep 2024

      **5 open** (8 a week ago) · **3 overdue** · 1 due within a week · 0 opened · 3 closed\\
      Last week, 1 of 2 dates were kept. This quarter, 1 of 2 were done by their first date.
      - **Who needs help:** \`@lisa\` (1 overdue), \`@dev\` (1 overdue); 2 items are assigned to nobody
      - Nothing slipped this week. Nothing due within a week is at risk.

      **🔴 Overdue: 3**

      - \`@lisa\`
        - [Add timeouts](https://github.com/acme/shop/issues/8): 3 days overdue · P1 · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)
      - \`@dev\`
        - [Rotate the keys](https://github.com/acme/shop/issues/12): 10 days overdue · with \`@lisa\` · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)
      - Nobody yet
        - [Update \\[docs\\]\\(x\\)](https://github.com/acme/shop/issues/13): 8 days overdue · the postmortem names Web \\| Team · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      **📅 Due within a week: 1**

      - [Write the runbook](https://github.com/acme/shop/issues/14): due Wed 2 Oct 2024 · \`@dev\` · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      **❓ Without an owner or a date: 1**

      - [Look at the other services](https://github.com/acme/shop/issues/15): no owner and no date · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      **✅ Closed since last week, thank you: 3**

      - [Deploy pool alerts](https://github.com/acme/shop/issues/3): on time · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)
      - [Close connections](https://github.com/acme/shop/issues/4): 6 days late · [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)
      - [Look at logs](https://github.com/acme/shop/issues/5): [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) (SEV-1)

      [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action%20item%20%28ops%29%22)"
    `);
  });

  it("says of what is due soon or was moved that nobody has it, and which dates the policy gave", () => {
    const slips = [{ on: "2024-09-26", from: "2024-10-01", to: "2024-10-20", by: "ada", why: null }];
    const origins = [
      { kind: "default", days: 30 },
      { kind: "priority", priority: "P1" },
      { kind: "severity", severity: "SEV-1" },
      { kind: "service", service: "payments" },
      { kind: "stated", text: "Oct 1" },
      { kind: "window", text: "this week" },
      { kind: "command", by: "ada", was: null, document: null },
    ] as const;
    const soon = origins.map((dueOrigin) => item(dueOrigin.kind, { due: "2024-10-01", dueOrigin }));
    const moved = item("Moved", { due: "2024-10-20", slips }, { owners: ["Max"] });
    const digest = renderDigestComment({ ...input, open: [moved, ...soon], closed: [] }, "2024-09-23");
    expect(digest).toContain("by `@ada` · no owner (the postmortem names Max)");
    for (const { kind } of origins)
      expect(digest).toMatch(
        new RegExp(
          `\\[${kind}\\]\\([^)]*\\): due Tue 1 Oct 2024${/^(default|priority|severity|service)$/.test(kind) ? " \\(by policy\\)" : ""} · no owner`,
        ),
      );
  });

  it("says in its issue what it is for", () => {
    expect(visible(renderDigestIssue({ ...input, open: [], closed: [] }))).toMatchInlineSnapshot(`
      "How the action items of this repository's postmortems stand: renewed within an hour of a change, with one comment a week as history. Subscribe to follow along.

      ### On Sat 28 Sep 2024

      Nothing is open, and nothing was closed since last week.

      [All action items](https://github.com/acme/shop/issues?q=is%3Aissue%20label%3A%22action%20item%20%28ops%29%22)"
    `);
  });
});

it("a linking line leads to where each document is followed", () => {
  expect(linkingLines([document(), document({ title: "Cache @bug", home: 40 })], LINKS)).toMatchInlineSnapshot(
    `"Action items are followed through where each postmortem was introduced: [Payment gateway outage](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) in #42 and [Cache @​bug](https://github.com/acme/shop/blob/main/postmortems/2024-09-12-gateway.md) in #40."`,
  );
});
