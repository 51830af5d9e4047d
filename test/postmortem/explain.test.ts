/** Why a document was read as it was: each rule of reading decides in an example of its own, and is told where it does. */
import { describe, expect, it } from "vitest";
import { Explainer, type Explanation } from "../../src/postmortem/explain.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { READING_RULES } from "../../src/postmortem/rules.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const PATH = "docs/2024-09-12-queue.md";

function explain(text: string, path = PATH): Explanation {
  const explainer = new Explainer();
  readPostmortem(path, text, DEFAULT_READ_OPTIONS, explainer);
  return explainer.explanation();
}

/** The names of all rules that decided. */
function rulesIn({ form, sections, items }: Explanation): string[] {
  const told = [
    ...(form === null ? [] : [form]),
    ...sections.flatMap(({ judged, named, opened, lines }) => [judged, named, opened, ...lines]),
    ...items.flatMap(({ fields }) => fields),
  ];
  return told.map(({ rule }) => rule);
}

const document = (...lines: string[]): string => `# Queue stuck on 2024-09-12\n\n${lines.join("\n")}\n`;
const actions = (...lines: string[]): string => document("## Action items", "", ...lines);
const aside = (...lines: string[]): string => document("## Impact", "", ...lines);
const timeline = (...lines: string[]): string => document("## Timeline", "", ...lines);
const table = (...rows: string[]): string[] => {
  const [header = "", ...more] = rows;
  return [`| ${header} |`, `|${"---|".repeat(header.split("|").length)}`, ...more.map((row) => `| ${row} |`)];
};

/** What a section is. */
const SECTIONS: readonly (readonly [string, string])[] = [
  ["document", "Words before any heading.\n"],
  ["before-sections", "Words before any heading.\n"],
  ["heading", document("## Action items")],
  ["written-heading", document("\\## Action items", "", "- Add an alert")],
  ["bold-line", document("**Action items**", "", "- Add an alert")],
  ["italic-name", document("*Action items*", "", "- Add an alert")],
  ["name-before-text", document("**Action items:** Add an alert on lag")],
  ["name-in-bullet", document("- Action items", "  - Add an alert")],
  ["bullet-begins-with-name", document("- **Action items:** Add an alert on lag")],
  ["name-with-colon", document("Action items:", "", "- Add an alert")],
  ["group-with-colon", actions("For the queue:", "", "- Add an alert")],

  ["name-alone", document("Action items", "", "- Add an alert")],
  ["mentions-above-list", actions("@ana", "", "- Add a quota")],
  ["short-line-above-list", actions("The queue", "", "- Add an alert")],
  ["whole-name", document("## Action items")],
  ["finished-name", document("## Corrective actions implemented")],
  ["work-beside", document("## Impact and follow-up")],
  ["own-title", "# Postmortem: follow-up mails lost\n"],
  ["long-name", document(`## ${"Queues and workers ".repeat(8)}`)],

  ["part-tasks", document("## Queues and action items")],

  ["part-prevention", document("## Queues & 対策")],
  ["part-other", document("## Queues and impact")],
  ["part-advice", document("## Queues and recommendations")],
  ["tasks-within", document("## Our action items here")],

  ["no-known-name", document("## Queues")],
  ["timeline", document("## Timeline")],
  ["aside", actions("### Lessons learned", "", "- We were lucky")],
  ["part-of-work", actions("### Queues", "", "- Add an alert")],
  ["unknown-name", document("## Queues")],
  ["steps-taken", document("## Actions taken")],
  ["known-for-other", document("## Impact")],
  ["phase-of-incident", timeline("### Remediation", "", "- Workers restarted")],
  ["stopgap", document("## Resolution", "", "### Immediate corrective actions", "", "- Workers restarted")],
  ["advice-aside", aside("### Recommendations", "", "- Add an alert")],
  ["names-work", document("## Action items")],
  ["parts-are-types", document("## Prevent / Detect / Mitigate")],
  ["addressed-to-readers", document("## What you should do")],
  ["work-advised", document("## Recommended next steps")],
  ["asks-what-will-be-done", document("## How are we going to avoid a longer queue?")],
  ["prevents-another", document("## Avoiding a repetition")],
  ["work-past", document("## Performed steps of work")],
  ["work-ahead", document("## Approved next work")],
  ["work-prevents", document("## Steps that protect the queue")],
];

/** What is read where, and what gives way. */
const PLACES: readonly (readonly [string, string])[] = [
  [
    "less-plain-than-tasks",
    document("## Remediation", "", "- Add an alert", "", "## Action items", "", "- [ ] Add a quota"),
  ],
  [
    "amid-no-work",
    document(
      "## Lessons learned",
      "",
      "### The queue",
      "",
      "**Corrective actions:**",
      "",
      "- Alert #3: add one",
      "",
      "## Action items",
      "",
      "- Add a quota",
    ),
  ],
  [
    "less-plain-than-follow-up",
    document("## Recommendations", "", "- Add an alert", "", "## Next steps", "", "- Add a quota"),
  ],
  [
    "order-among-finished",
    document("## Safeguards implemented", "", "- Check the queue first", "", "## Next steps", "", "- Add a quota"),
  ],
  [
    "prose-beside-list",
    document(
      "## Next steps",
      "",
      "- Add a quota",
      "- Add an alert",
      "- Ask around",
      "",
      "## Moving forward",
      "",
      "We will do better.",
    ),
  ],
  ["steps-made", document("## Queues", "", "**Action:** Restarted the workers")],
  [
    "work-by-its-entries",
    document(
      "## Impact",
      "",
      "Mails.",
      "",
      "## Timeline",
      "",
      "14:00",
      "",
      "## Zxcv",
      "",
      "- Add a quota for mails @ana",
      "- Write a runbook @ben",
    ),
  ],
  ["given-up", actions("### Won't do", "", "- Buy a larger queue")],
  ["parted-by-tabs", actions("mails\t12", "queues\t3")],
  ["record-of-work", aside("Acción: Cambiar la cola", "Responsable: @ana", "Plazo: 2024-10-01")],
  ["boxes-outside", document("## Queues", "", "- [ ] Ask around", "", "## Action items", "", "- Add a quota")],
  ["text-beside-items", actions("These are the tasks.", "", "- Add a quota")],
  ["table-in-timeline", timeline(...table("Action | Owner", "Restart | @ana"))],
  ["list-elsewhere", aside("- No mail went out")],
  ["list-before-headings", "- Add a quota\n"],
  ["list-without-boxes", document("## Queues", "", "- One of mails")],
  ["no-text", actions("```", "kubectl get pods", "```")],
  ["beyond-the-most", actions(...Array.from({ length: 3001 }, (_, at) => `- Add quota number ${at}`))],
];

const TABLES: readonly (readonly [string, string])[] = [
  ["table-row", actions(...table("Action | Owner", "Add a quota | @ana"))],
  ["category-row", actions(...table("Action | Owner | Due", "**Short term** | | ", "Add a quota | @ana | "))],
  ["repeated-header", actions(...table("Action | Owner", "Add a quota | @ana", "Action | Owner"))],
  ["table-without-rows", actions(...table("Action | Owner"))],
  ["no-column-for-work", document("## Queues", "", ...table("Owner | Due", "@ana | 2024-10-01"))],
  ["table-of-times", actions(...table("Time | Action", "14:15 | Workers restarted"))],

  ["table-of-answers", actions(...table("Part | Can it fail?", "The queue | Never"))],
  ["table-in-section", actions(...table("Action | Owner", "Add a quota | @ana"))],
  ["table-of-actions", aside(...table("Action | Owner", "Add a quota | @ana"))],
  ["table-of-who-and-when", aside(...table("What | Who | When", "Add a quota | Ana Ruiz | 2027-01-10"))],
  ["other-table", aside(...table("Item | Size", "Mails | 12"))],
  ["column", actions(...table("Action | Owner", "Add a quota | @ana"))],
  ["column-for-work", actions(...table("Action | Owner", "Add a quota | @ana"))],
  ["column-for-details", actions(...table("Details | Owner", "Add a quota | @ana"))],
  ["worded-tickets", actions(...table("Ticket | Owner", "#12 Alert on the lag of mails | @ana"))],
  ["column-for-notes", actions(...table("Notes | Owner", "Add a quota | @ana"))],
  ["column-for-groups", actions(...table("Category | Owner", "Add a quota | @ana"))],
  ["widest-column", actions(...table("Zxcv | Owner", "Add a quota | @ana"))],
];

const LISTS: readonly (readonly [string, string])[] = [
  ["field-list", actions("- Owner: @ana", "- Due: 2024-10-01")],
  ["legend", actions("- P0 = within a day", "- P1 = within a week")],
  ["contents", actions("- [The queue](#queue)")],
  ["bullet", actions("- Add a quota")],
  ["task-box", actions("- [ ] Add a quota")],
  ["names-of-things", actions("Restart these hosts:", "", "- mail-01", "- mail-02")],
  ["when-it-happens", actions("If it is stuck again:", "", "- Restart the workers")],
  ["maxims", document("## Recommendations", "", "- Always look", "- Never wait", "- Avoid queues")],
  [
    "always-check",
    document("## Prevention", "", "Whenever somebody adds a queue, always check:", "", "- Its quota", "- Its alert"),
  ],
  ["objects-of-sentence", actions("Ask the team before any of these:", "", "- a restart", "- a new queue")],
  ["over-called", actions("- **Quota:** nobody knew it.", "  - Action: Document it")],
  ["choices", actions("Either:", "", "- Add a quota", "- Drop the queue")],
  [
    "parts-of-sentence",
    actions("Changed the start script to stop early:", "", "- Finds the queue", "- Counts its mail"),
  ],
  ["complaints", document("## Improvements", "", "- No alerts", "- Too slow deploys", "- Missing owners")],
  [
    "told-as-made",
    document("## Solution", "", "### Long-term fix", "", "Changed the quota of the queue.", "", "- 20 to 30 mails"),
  ],
  [
    "standing-beside-work",
    document(
      "## Safeguards",
      "",
      "- The linter refuses it",
      "- The gate checks its size",
      "- The alarm is loud",
      "",
      "## Next steps",
      "",
      "- Add a quota",
    ),
  ],
  ["closing-remark", actions("- Add a quota", "- Thank you for your patience")],
  ["says-nothing-to-do", actions("- No changes needed - all is well")],
  ["remark", actions("- Add a quota", "- Note: the queue is empty")],
  ["declined", actions("- We decided not to add a quota")],
  ["regret", actions("- Add a quota", "- The alarm should have been louder")],
  ["report", document("## Corrective measures implemented", "", "- Added a quota", "- **Result:** no mail is lost")],
  ["lesson", document("## 教訓と再発防止策", "", "- 手順が検証されていなかった", "- 予備の鍵を保管する")],
  ["over-fields", actions("- Add a quota", "  - Owner: @ana", "  - Due: 2024-10-01")],
  ["over-details", actions("- Add a quota", "  - `quota.yml`")],
  ["bullet-without-words", actions("-", "  - Add a quota", "  - Add an alert")],

  ["long-bullet", actions(`- ${"The queue of all the mails ".repeat(5)}`, "  - that went out")],

  ["single-word", actions("- Queues:", "  - Add a quota")],
  ["verb-that-is-a-noun", actions("- Review process:", "  - Add a second reader")],
  ["verb-over-parts", actions("- Add a quota for mails", "  - per sender")],
  ["marked-bullet", actions("- The queue of mails:", "  - Quota per sender")],
  ["over-boxes", actions("- The queue of all our senders", "  - [ ] Add a quota", "  - [ ] Add an alert")],
  ["states-for-all", actions("- Owner: Ana", "  - Add a quota")],
  ["past-over-parts", actions("- Moved all shared mails to `queue/`:", "  - the quota of each sender")],
  ["few-words-over-tasks", actions("- The mail queue", "  - Add a quota")],
  ["bullet-with-parts", actions("- The mail queue of all senders has a quota", "  - per sender")],
  ["beside-named-tasks", actions("- Background:", "  - Mails were lost", "- Action items:", "  - Add a quota")],
  ["bullet-names-no-work", actions("- Lessons learned", "  - Mails are lost easily")],
  ["text-under-group", actions("- Queues:", "  - Add a quota", "", "  More on it.")],
  ["box-over-boxes", actions("- [ ] Queues", "  - [ ] Add a quota")],
];

const HEADINGS: readonly (readonly [string, string])[] = [
  ["heading-asks", actions("### 1. Qué no hace el fabricante", "", "Lo miran.")],
  ["heading-with-fields", actions("### Quota", "", "Owner: @ana")],
  [
    "numbered-heading-with-fields",
    actions("### A1. Quota", "", "**Priority:** High", "", "**Options:**", "", "- By sender", "- By day"),
  ],
  ["heading-over-items", actions("### Queues", "", "- Add a quota")],
  ["heading-names-window", actions("### Short-term", "", "Words.")],
  ["heading-names-topic", actions("### Monitoring", "", "Words.")],
  ["heading-names-owner", actions("### Platform team", "", "Words.")],
  ["numbered-heading", actions("### 1) Quota", "", "Words.")],
  ["heading-with-mention", actions("### Quota @ana", "", "Words.")],
  ["heading-with-status", actions("### TODO quota", "", "Words.")],
  ["heading-with-noun-of-work", actions("### Removal of the old flag", "", "Words.")],
  ["heading-with-verb", actions("### Add a quota", "", "Words.")],
  ["heading-names-group", actions("### Queues", "", "Words.")],
  ["below-heading-item", actions("### Add a quota", "", "Words.")],
];

const PROSE: readonly (readonly [string, string])[] = [
  ["marked-line", actions("• Add a quota")],
  ["called-item", actions("Action item: Add a quota")],
  ["lines-of-tasks", actions("Add a quota.", "Write a runbook.")],
  ["leads-on", actions("These are the tasks:")],
  ["several-promises", actions("The queue was full. Ana Ruiz to add a quota. Tom Gil to test it.")],
  ["name-before-each", actions("**Default off.** A quota is on today.", "", "**Two readers.** One is enough today.")],
  [
    "state-before-it",
    actions("**Done:** The queue of mails has a quota.", "", "**Open:** The queue of jobs has none."),
  ],
  ["commits", actions("We will add a quota.")],
  ["sentence-with-verb", actions("Add a quota.")],
  ["lone-paragraph", actions("A quota for mails.")],
  ["says-who-or-when", actions("A quota for mails. Owner: Ana", "", "An alert on lag.")],
  ["objects-of-sentence", actions("Ask Ana before any of these:", "", "- Drain the queue", "- Restart it")],
  ["over-things", actions("Replace these hosts:", "", "- mail-01", "- mail-02")],
  ["farewell", actions("Thank you for your patience.")],
  ["nothing-to-do", actions("None. The queue is empty.")],
  ["outcome-in-brackets", actions("The quota is too high. (fixed by a lower one)")],
  ["no-promise", actions("A quota for mails.", "", "An alert on lag.")],
];

/** What an item says. */
const ITEMS: readonly (readonly [string, string])[] = [
  ["no-words", actions("- [ ] &nbsp;", "- Add a quota")],
  ["speaks-of-others", actions("- Same as above")],
  ["no-letters", actions("- ---!", "- Add a quota")],
  ["says-nothing", actions(...table("Action | Owner", "None | "))],
  ["placeholder-item", actions("- <Action 1>")],
  ["field-line", actions("- Add a quota", "  Owner: @ana")],
  ["box-state", actions("- [x] Add a quota")],
  ["brackets-behind-priority", actions(...table("Action | Priority", "Add a quota | P0 (Done)"))],
  ["capitals-in-cell", actions(...table("Action | Owner", "Add a quota | Ana DONE"))],
  ["words-behind-ticket", actions(...table("Action | Ticket", "Add a quota | #12 — complete"))],
  ["struck-beside-box", actions("- [ ] ~~Add a quota~~ @ana")],
  ["struck-out", actions("- ~~Add a quota~~")],
  ["label-in-text", actions("- Add a quota (Owner: Ana) to the queue")],
  ["date-in-text", actions("- Add a quota by 2024-10-01")],
  ["mention-in-text", actions("- Ask @ana to add a quota for mails")],
  ["link-in-text", actions("- Add [a quota](https://github.com/acme/shop/issues/12) for mails")],
  ["link-below", actions("- Add a quota", "", "  See [it](https://github.com/acme/shop/issues/12).")],
  ["ticket-below", actions("- Add a quota", "", "  Tracked in #12.")],
  ["ticket-in-cell", actions(...table("Action | Notes", "Add a quota | in TECH-4"))],
  ["said-above", actions("### Short-term", "", "- Add a quota")],
  ["what-is-left", actions("- Add a quota")],

  ["priority-sign", actions("- Add a quota 🔺")],
  ["only-a-key", actions("- TECH-4")],
  ["lead-mark", actions("- ☑ Add a quota")],
  ["lead-number", actions("- Step 2: Add a quota")],

  ["lead-brackets", actions("- [P1] Add a quota")],
  ["lead-ticket", actions("- #41 — Add a quota")],

  ["lead-mention", actions("- @ana: Add a quota")],
  ["lead-name", actions("- Ana Ruiz to add a quota")],
  ["lead-self", actions("- **me** — Add a quota")],
  ["lead-label", actions("- TECH-4: Add a quota")],
  ["tail-sign", actions("- Add a quota ✅")],
  ["tail-link", actions("- Add a quota [#12](https://github.com/acme/shop/issues/12)")],
  ["tail-markup", actions("- Add a quota *@ana*")],
  ["closing-statements", actions("- Add a quota (@ana, due 2024-10-01)")],
  ["tail-brackets", actions("- Add a quota (done)")],
  ["tail-word", actions("- Add a quota @ana")],
  ["tail-dash", actions("- Add a quota — done")],
  ["tail-comma", actions("- Add a quota, P1")],
  ["said-by-parent", actions("- [ ] Queue, due 2024-10-01", "  - [ ] Add a quota", "  - [ ] Add an alert")],
  ["told-as-past", actions("- Moved the mails", "- Added a quota")],
  ["tail-sentence", actions("- Add a quota. Implemented in `quota.yml`")],
];

const FORMS: readonly (readonly [string, string, string])[] = [
  ["form-by-file-name", "docs/postmortem-template.md", "# Title\n\n## Action items\n\n- Add a quota\n"],
  ["form-by-title", "docs/a.md", "# Postmortem template\n\n## Action items\n\n- Add a quota\n"],
  ["blank-title", "docs/a.md", "# <Title>\n\n## Action items\n\n- Add a quota\n"],
];

/** Rules that no example here shows yet; no new one joins them. */
const WITHOUT_EXAMPLE: readonly string[] = [
  "guide-by-title",
  // As the other rules for sections known for nothing: in where-work-hides.test.ts.
  "orders-to-people",
  "many-placeholders",
  "part-timeline",
  "part-taken",
  "part-follow-up",
  "part-other-first",
  "part-measures",
  "aside-by-its-words",
  "follow-up-within",
  "shouted-state",
  "leads-to-work",
  "details-of-step",
  "table-of-meanings",
  "kinds-explained",
  "outcomes",
  "advice-to-others",
  "answers-to-tick",
  "statement",
  "note-among-boxes",
  "clause",
  "bullet-is-known-name",
  "headings-over-prose",
  "facts",
  "told",
  "finished-sentence",
  "called-by-ticket",
  "lead-link",
  "lead-capitals",
];

const EXAMPLES = [...SECTIONS, ...PLACES, ...TABLES, ...LISTS, ...HEADINGS, ...PROSE, ...ITEMS];

describe("the rule", () => {
  it.each(EXAMPLES)("%s decides, and is told", (rule, text) => {
    expect(rulesIn(explain(text))).toContain(rule);
  });

  it.each(FORMS)("%s decides about a whole document", (rule, path, text) => {
    expect(explain(text, path)).toMatchObject({ form: { rule }, items: [] });
  });

  it("has an example, each of them but those that still lack one", () => {
    const shown = [...EXAMPLES, ...FORMS].map(([rule]) => rule);
    expect(
      READING_RULES.map(({ name }) => name)
        .filter((name) => !shown.includes(name))
        .sort(),
    ).toEqual([...WITHOUT_EXAMPLE].sort());
  });
});
