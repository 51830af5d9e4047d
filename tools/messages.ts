/**
 * docs/messages.md: every text that people meet on GitHub, each as the renderers write it, what it asks and how to stop it. A new text joins
 * by a row in {@link MESSAGES}; the test beside the documents holds how long each may be.
 */
import { POLICY_PATH } from "../src/policy/load.js";
import { DEFAULT_POLICY } from "../src/policy/schema.js";
import { readPostmortem } from "../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Problem } from "../src/postmortem/types.js";
import { type AskInput, renderAsk } from "../src/render/ask.js";
import {
  type CheckReport,
  type CheckSection,
  type FollowSection,
  renderCheck,
  renderMergeGroup,
  renderNoPostmortem,
  renderOptOut,
} from "../src/render/check.js";
import { renderClosing } from "../src/render/closing.js";
import { renderDigestComment, renderDigestIssue } from "../src/render/digest.js";
import { type IssueContext, renderAdoption, renderIssue } from "../src/render/issue.js";
import { linkingLines } from "../src/render/linking.js";
import { type NudgeInput, renderNudge } from "../src/render/nudge.js";
import { renderOrganisationComment, renderOrganisationIssue } from "../src/render/organisation.js";
import { renderPullReply, renderReply, SETTLED } from "../src/render/reply.js";
import { renderReview } from "../src/render/review.js";
import type { Related } from "../src/render/similar.js";
import { type DocumentStatus, renderStatus, type StatusInput } from "../src/render/status.js";
import { troubleWords } from "../src/render/trouble.js";
import { carryOut } from "../src/tracking/carry-out.js";
import { closedOf } from "../src/tracking/closing.js";
import { parseCommands } from "../src/tracking/commands/parse.js";
import { parsePullCommands } from "../src/tracking/commands/pull.js";
import type { Allowed } from "../src/tracking/commands/types.js";
import type { EditBar } from "../src/tracking/edits.js";
import { foresee } from "../src/tracking/forecast.js";
import { unassignableOwners } from "../src/tracking/owners.js";
import type { Piece, Why } from "../src/tracking/trouble.js";
import type { TrackedItem } from "../src/tracking/types.js";
import { document, issueContext, item, LINKS, standing, statusInput, TODAY, visible } from "../test/render/samples.js";
import { anIssue } from "../test/store/samples.js";

/** A text as it stands on GitHub. `when`: what makes it read so. */
interface Example {
  readonly when: string;
  readonly text: string;
}

interface Message {
  readonly name: string;
  /** Where it stands, and who is told of it. */
  readonly where: string;
  /** What it asks of its reader. */
  readonly asks: string;
  /** How to stop it. */
  readonly stop: string;
  readonly examples: readonly Example[];
  /** Its lists are looked up like tables, not read word by word. */
  readonly isListing?: boolean;
}

const lisas = item(
  "Add timeouts to every call",
  { due: "2024-09-25", dueOrigin: { kind: "stated", text: "Sept 25" } },
  { owners: ["lisa"], mentions: ["lisa"], dueText: "Sept 25", priority: "P1" },
  { assignees: ["lisa"], number: 8 },
);
const nobodys = item("Write the runbook", { due: "2024-10-16", dueOrigin: { kind: "default", days: 30 } });
const departeds = item(
  "Update the alerts",
  {
    due: "2024-10-16",
    dueOrigin: { kind: "default", days: 30 },
    missing: [
      { login: "max", why: "no-account" },
      { login: "renovate-acme", why: "bot" },
    ],
  },
  { owners: ["max", "renovate-acme"], mentions: ["max", "renovate-acme"] },
  { number: 12 },
);
const alert = item("Alert on the hit rate of the cache", {}, {}, { number: 13 });
const lateNobodys: TrackedItem = { ...nobodys, ownerMissed: "2024-09-20" };
const issued = (of: TrackedItem, issue: Partial<ReturnType<typeof anIssue>>): TrackedItem => ({
  ...of,
  issue: of.issue && { ...of.issue, ...issue },
});

const issue = (when: string, of: TrackedItem, part?: Partial<IssueContext>): Example => ({
  when,
  text: renderIssue(issueContext(of, part)).body,
});

const RELATED: Related = {
  title: "INC-2024-021",
  url: LINKS.document({ path: "postmortems/2024-03-03-pool.md" }),
  ref: "#12",
  date: "2024-03-03",
  words: ["connection", "pool", "cursor"],
  items: 4,
  open: 2,
  overdueSince: "2024-04-01",
  promised: [{ title: "Close every cursor", number: 14, url: LINKS.issue(14) }],
};

/** What a copy is a copy of. */
const ORIGINAL = { path: "postmortems/gateway.md", url: LINKS.document({ path: "postmortems/gateway.md" }) };

const lisasToo = item("Alert on the pool's use", { due: "2024-09-20" }, {}, { assignees: ["lisa"], number: 9 });
const inOtherWords = item(
  "Give up on slow callers",
  { perhaps: { id: lisas.id, issue: 8 }, due: "2024-10-20" },
  {},
  { number: 9 },
);
const duplicate = issued(
  { ...lisas, sameAs: { id: inOtherWords.id, issue: 9 }, leftOn: TODAY },
  { open: false, closedOn: TODAY, closedAs: "duplicate" },
);
const overdue = (when: string, of: TrackedItem, part: Partial<NudgeInput> = {}): Example => ({
  when,
  text: renderNudge({
    item: of,
    document: document(),
    nudge: { n: 1, on: TODAY },
    links: LINKS,
    teams: [],
    today: TODAY,
    ...part,
  }),
});

const datelessToo = item(
  "Rehearse the failover",
  { due: null, dueOrigin: { kind: "none" } },
  {},
  { assignees: ["lisa"], number: 11 },
);
const snoozedNobodys: TrackedItem = {
  ...nobodys,
  snoozes: [{ on: "2024-09-10", until: TODAY, by: "ada", why: null }],
};
const asked = (when: string, of: TrackedItem, part: Partial<AskInput> = {}): Example => ({
  when,
  text: renderAsk({
    ...{ item: of, document: document(), nudge: { n: 1, on: TODAY, ask: true } },
    ...{ links: LINKS, unowned: new Set([nobodys.id]), today: TODAY, ...part },
  }),
});

const closedIssue = (number: number, closedAs: "completed" | "not_planned" = "completed") =>
  ({ number, open: false, closedOn: "2024-09-27", closedAs }) as const;
const CLOSING = {
  pull: 42,
  items: [
    item("Add timeouts", { due: "2024-09-30" }, {}, closedIssue(7)),
    item("Write the runbook", { due: "2024-09-20" }, {}, closedIssue(8)),
    item("Buy a second gateway", {}, {}, closedIssue(9, "not_planned")),
  ],
  links: LINKS,
  today: TODAY,
};
const REOPENED = [...CLOSING.items.slice(1), item("Add timeouts", { due: "2024-09-30" }, {}, { number: 7 })];
const section = (items: readonly TrackedItem[], part: Partial<DocumentStatus> = {}): DocumentStatus => ({
  document: document(),
  items,
  unknownOwners: [],
  troubles: [],
  ...part,
});
const status = (when: string, sections: readonly DocumentStatus[], part: Partial<StatusInput> = {}): Example => ({
  when,
  text: renderStatus(statusInput({ sections, ...part })).body,
});

/** A document of these items, as a pull request proposes it. */
function proposed(items: readonly string[], tracked: readonly TrackedItem[] = []): FollowSection {
  const path = "postmortems/2024-09-12-gateway.md";
  const text = `# Payment gateway outage\n\n**Date:** 2024-09-12\n\n## Action items\n\n${items.join("\n")}\n`;
  const postmortem = readPostmortem(path, text, { ...DEFAULT_READ_OPTIONS, today: TODAY });
  const { title, incident, problems } = postmortem;
  const read = document({ path, title, incident, problems, commit: "c0ffee" });
  const assignable = new Set(["lisa", "dev"]);
  const input = { document: read, postmortem, tracked, policy: DEFAULT_POLICY, assignable, today: TODAY };
  return { kind: "follow", document: read, forecast: foresee(input), adopts: new Map(), leftOut: 0, postponed: 0 };
}
const copied = (section: FollowSection): FollowSection => ({
  ...section,
  document: { ...section.document, held: "copy" },
  original: ORIGINAL,
});
const checkText = (when: string, { title, summary }: CheckReport): Example => ({
  when,
  text: `### ${title}\n\n${summary}`,
});
const check = (when: string, sections: readonly CheckSection[]): Example => {
  const report = renderCheck({
    sections,
    policyProblems: [],
    onProblems: "neutral",
    obstacle: null,
    links: LINKS,
    head: "c0ffee",
  });
  return checkText(when, report);
};
const POLICY_CHANGED = { kind: "policy", path: POLICY_PATH, organisation: null } as const;

const digestInput = standing({
  reviews: [{ number: 57, title: "Postmortem: search was stale", author: "ada", since: "2024-09-06" }],
  open: [
    lisas,
    nobodys,
    item(
      "Rotate the keys",
      {
        due: "2024-10-16",
        originalDue: "2024-09-30",
        slips: [{ on: "2024-09-24", from: "2024-09-30", to: "2024-10-16", by: "dev", why: "the vendor is late" }],
      },
      {},
      { assignees: ["dev"], number: 9 },
    ),
  ],
  closed: [
    issued(item("Deploy pool alerts", { originalDue: "2024-09-27" }), {
      open: false,
      closedOn: "2024-09-24",
      closedAs: "completed",
      number: 10,
    }),
  ],
});

/** The answer to a comment by `author`, who is lisa unless said, on the issue of {@link lisas}. */
function answer(
  body: string,
  author = "lisa",
  edited: EditBar | null = null,
  { others = new Map(), of = lisas }: { others?: Allowed["others"]; of?: TrackedItem } = {},
): Example {
  const commands = parseCommands(body, { written: TODAY, policy: DEFAULT_POLICY });
  const comment = { id: 5, author, writtenAt: `${TODAY}T09:00:00Z`, on: TODAY, editedAt: null, commands };
  const allowed = { command: new Set(["lisa"]), assign: new Set(["dev"]), others, isApart: false };
  const barred = edited && { why: edited, to: "lisa" };
  const [outcome] = carryOut(of, of.issue ?? anIssue(), [{ ...comment, barred }], allowed).outcomes;
  const by = author === "lisa" ? "" : ` by ${author}, who may give no commands`;
  const text = outcome && renderReply(outcome, 8)?.body;
  return { when: `\`${body}\`${by}${edited ? `, ${EDITED[edited]}` : ""}`, text: text ?? "👍 and no words" };
}

const EDITED: Record<EditBar, string> = {
  edited: "edited, and no webhook told by whom",
  "edited-by-other": "edited into a comment of somebody else's",
  "done-before": "edited into a comment of which something was carried out",
};

function pullAnswer(body: string, barred: "not-allowed" | null, held: boolean): Example {
  const commands = parsePullCommands(body);
  const unclear = commands.filter((command) => command.kind === "unclear");
  const opens = commands.some(({ kind }) => kind === "open");
  const disowns = commands.some(({ kind }) => kind === "disown");
  const outcome = { comment: { id: 5, author: "lisa", barred: null }, barred, unclear, opens, held, disowns };
  const note = barred ? " by somebody who may not ask for it" : held ? "" : " where nothing is held back";
  return { when: `\`${body}\`${note}`, text: renderPullReply(outcome, 42)?.body ?? "👍 and no words" };
}

const ofItem = { item: lisas.id, document: lisas.documentId, title: lisas.base.title };
const trouble = (piece: Piece, why: Why, said = ""): Example => {
  const at = `${TODAY}T09:00:00.000Z`;
  const kept = { repositoryId: 1, piece, why, said, times: 3, since: at, lastAt: at, notBefore: at };
  return { when: `GitHub refuses it: ${why}`, text: troubleWords(kept, LINKS) };
};

const dateProblem: Problem = {
  line: 161,
  endLine: 161,
  rule: "unreadable-due-date",
  level: "warning",
  message: "The due date “soon” cannot be read: it names no day.",
  fix: "Write the date as YYYY-MM-DD.",
};

const organisation = {
  parts: [{ name: "acme/shop", input: digestInput }],
  today: TODAY,
  links: digestInput.links,
  label: "action-item",
};

/** In the order in which a postmortem's author, an assignee and a lead meet them. */
export const MESSAGES: readonly Message[] = [
  {
    name: "Check run",
    where:
      "on a pull request that changes a postmortem or the policy file, before it merges, and in merge queues; notifies nobody",
    asks: "the author to fix what is annotated beside the lines",
    stop: "the label `no-follow-through` on the pull request, or `follow-through: false` in the front matter",
    examples: [
      check("one item is ready, one lacks an owner", [
        proposed(["- [ ] Add timeouts to every call - @lisa - due 2024-10-01", "- [ ] Write the runbook"]),
      ]),
      check("a date cannot be read", [
        proposed(["- [ ] Add timeouts to every call - @lisa - due before Black Friday"]),
      ]),
      check("an item may be another one in other words", [
        proposed(["- [ ] Page somebody when the cache misses - @lisa - due 2024-10-01"], [alert]),
      ]),
      check("the postmortem is a copy of another one", [
        copied(proposed(["- [ ] Write the runbook - @lisa - due 2024-10-01"])),
      ]),
      check("the pull request changes the policy file, which has a mistake", [
        { ...POLICY_CHANGED, problems: [{ line: 4, message: "nudge: there is no such setting." }] },
      ]),
      check("it changes the policy file for the better", [{ ...POLICY_CHANGED, problems: [], organisation: "acme" }]),
      check("it removes the policy file", [{ ...POLICY_CHANGED, problems: null }]),
      checkText("the pull request opted out", renderOptOut()),
      checkText("it changes no postmortem, and the policy says `check: always`", renderNoPostmortem()),
      checkText("a merge queue asks", renderMergeGroup()),
    ],
  },
  {
    name: "Tracking issue",
    where: "the text of each action item's issue; GitHub notifies its assignees once, when it is opened",
    asks: "the assignee to do the work, and to close the issue",
    stop: "close the issue, or comment `/waive reason`",
    examples: [
      issue("it is open", lisas),
      issue("it has no owner", nobodys),
      issue("GitHub does not assign those whom its item names", departeds, {
        unassignable: [
          ...unassignableOwners(departeds),
          { login: "acme-ops", why: "organisation" },
          { login: "eve", why: "no-access" },
        ],
      }),
      issue("its due date was moved", {
        ...lisas,
        due: "2024-10-11",
        dueOrigin: { kind: "command", by: "lisa", was: "2024-09-25", document: "2024-09-25" },
        originalDue: "2024-09-25",
        slips: [{ on: "2024-09-24", from: "2024-09-25", to: "2024-10-11", by: "lisa", why: "the vendor is late" }],
      }),
      issue("issue and postmortem contradict each other", {
        ...lisas,
        conflicts: [{ field: "owner", document: "ada", issue: "lisa" }],
      }),
      issue("it was closed as completed", issued(lisas, { open: false, closedOn: TODAY, closedAs: "completed" })),
      issue("it was closed as not planned", issued(lisas, { open: false, closedOn: TODAY, closedAs: "not_planned" })),
      issue("it was closed as a duplicate", issued(lisas, { open: false, closedOn: TODAY, closedAs: "duplicate" })),
      issue("it is the same work as another issue", duplicate),
      issue("its item left the postmortem", { ...lisas, leftOn: "2024-09-20" }),
      issue("its postmortem was removed", lisas, { document: document({ removedOn: "2024-09-20" }) }),
    ],
  },
  {
    name: "Adoption",
    where: "a comment, once, on an issue that was there before and that the postmortem names as an item's ticket",
    asks: "the same as a tracking issue",
    stop: "close the issue, or take its number out of the postmortem",
    examples: [{ when: "the postmortem says “tracked in #8”", text: renderAdoption(issueContext(lisas)).body }],
  },
  {
    name: "Status comment",
    where: "one comment on the pull request that brought the postmortem, edited in place; notifies its author once",
    asks: "the author to fix what needs attention",
    stop: "nothing to stop: it is only edited",
    examples: [
      status("items are open", [
        section([
          { ...lisas, ordinal: 0 },
          { ...nobodys, ordinal: 1 },
        ]),
      ]),
      status("the same may have happened before", [
        section([lisas], { related: { related: [RELATED], nthInYear: 3 } }),
      ]),
      status("something needs attention", [
        section([lisas, departeds], { document: document({ problems: [dateProblem] }) }),
      ]),
      status("nobody took an item within `due.owner_within`", [
        section([lateNobodys], { ownerless: new Set([lateNobodys.id]) }),
      ]),
      status("an item may be another one in other words", [
        section([
          { ...inOtherWords, ordinal: 0 },
          { ...lisas, ordinal: 1, leftOn: TODAY },
        ]),
      ]),
      status("two items are the same work", [
        section([
          { ...inOtherWords, ordinal: 0 },
          { ...duplicate, ordinal: 1 },
        ]),
      ]),
      status("no action items were found", [section([])]),
      status("a guard holds the items back", [
        section([{ ...nobodys, issue: null }], { document: document({ held: "many" }) }),
      ]),
      status("the postmortem is a copy of another one", [
        section([], { document: document({ held: "copy" }), original: ORIGINAL }),
      ]),
      status("the original went, and its copy took its place", [
        section([], {
          document: document({ held: "copy", removedOn: TODAY }),
          original: { ...ORIGINAL, path: document().path },
        }),
      ]),
      status("the copy was removed", [
        section([], { document: document({ held: "copy", removedOn: TODAY }), original: ORIGINAL }),
      ]),
      status("the postmortem was removed", [section([lisas], { document: document({ removedOn: "2024-09-20" }) })]),
      status("the policy file is invalid", [], {
        policyProblems: [{ line: 3, message: "label: there is no such setting; remove it or fix its name." }],
      }),
    ],
  },
  {
    name: "Linking line",
    where: "one comment on a later pull request that edits or removes a postmortem",
    asks: "nothing",
    stop: "nothing to stop: it is written once",
    examples: [
      { when: "it edits one", text: linkingLines([document()], LINKS) },
      { when: "it removes one", text: linkingLines([document({ removedOn: "2024-09-20" })], LINKS) },
    ],
  },
  {
    name: "Question for an owner or a date",
    where:
      "a comment a week on the postmortem's pull request, on all of its items that lack an owner or a date; notifies the postmortem's author",
    asks: "the author to find an owner, or to give a date",
    stop: "assigning somebody, a date; `/snooze`, `/waive`, `/mute` on an issue; closing it; `nudges` in the policy",
    examples: [
      asked("the first", nobodys, { others: [datelessToo] }),
      asked("of an item whose owners GitHub does not assign", departeds, { unowned: new Set([departeds.id]) }),
      asked(
        "the third, of an item whose snooze ended",
        { ...snoozedNobodys, nudges: [1, 2].map((n) => ({ n, on: `2024-09-0${n}`, ask: true as const })) },
        { nudge: { n: 3, on: TODAY, ask: true } },
      ),
      asked("whose author has muted themselves, or left", nobodys, { document: document({ author: null }) }),
    ],
  },
  {
    name: "Reminder of a postmortem in review",
    where: "one comment on a pull request with a postmortem that stays open; notifies its author",
    asks: "the author to merge or close it",
    stop: "nothing to stop: it is written once; the label `no-follow-through` leaves the pull request out",
    examples: [
      {
        when: "it has been open for longer than the policy lets it",
        text: renderReview({ number: 42, title: "Gateway outage", author: "ada", since: "2024-09-02" }, 10),
      },
    ],
  },
  {
    name: "Closing line",
    where: "one comment on the postmortem's pull request, once all of its items are closed; edited in place",
    asks: "nothing",
    stop: "nothing to stop: it is written once, and edited where an item is opened again",
    examples: [
      { when: "all are closed", text: renderClosing({ ...CLOSING, closed: closedOf(CLOSING.items, TODAY) }) },
      { when: "one is opened again", text: renderClosing({ ...CLOSING, items: REOPENED, closed: null }) },
    ],
  },
  {
    name: "Overdue comment",
    where: "one comment a person and day, on the issue of their most severe overdue item; notifies whoever it mentions",
    asks: "the owner to close the issue, to move its date, or to hand it on",
    stop: "`/snooze 2 weeks`, `/due DATE reason` or `/waive reason` on the issue; `/mute 2 weeks` for all of one's own",
    examples: [
      overdue("it has an assignee", lisas),
      overdue("they have more that is overdue", lisas, { others: [lisasToo], more: 3, to: ["lisa"] }),
      overdue(
        "it is the third, and its date was moved twice",
        {
          ...lisas,
          nudges: [1, 2].map((n) => ({ n, on: `2024-09-2${n}` })),
          due: "2024-09-20",
          originalDue: "2024-09-10",
          slips: [
            { on: "2024-09-09", from: "2024-09-10", to: "2024-09-15", by: "lisa", why: null },
            { on: "2024-09-14", from: "2024-09-15", to: "2024-09-20", by: "lisa", why: null },
          ],
        },
        { nudge: { n: 3, on: TODAY } },
      ),
      overdue("it was snoozed", {
        ...lisas,
        snoozes: [{ on: "2024-09-20", until: TODAY, by: "lisa", why: null }],
      }),
      overdue("its owner is muted by the policy: `mute: { lisa: mentions }`", lisas, { silent: ["lisa"] }),
      overdue("the policy asks for a reminder before the date", { ...lisas, due: "2024-10-01" }),
      overdue("a team owns it", item("Add timeouts", { due: "2024-09-25" }), { teams: ["acme/payments"] }),
      overdue(
        "the policy's `escalation` names somebody for items two weeks overdue",
        { ...lisas, due: "2024-09-13", nudges: [{ n: 1, on: "2024-09-16" }] },
        { nudge: { n: 2, on: TODAY, rung: "14 days" }, rung: { after: "14 days", to: ["acme/leads"] } },
      ),
      overdue("it has no owner", item("Add timeouts", { due: "2024-09-25" })),
    ],
  },
  {
    name: "Answers to commands",
    where: "a comment below the one that holds the command; a 👍 alone where there is nothing to be said",
    asks: "to write the command again, where it could not be carried out",
    stop: "nothing to stop: a comment is answered once",
    examples: [
      answer("/due next friday"),
      answer("/due 2024-10-11"),
      answer("/snooze until 2024-10-11"),
      answer("/waive no budget until 2024-11-01"),
      answer("/done the alert is live"),
      answer("/due"),
      answer("/due blursday"),
      answer("/due yesterday"),
      answer("/snooze 1 year"),
      answer("/mute 2 weeks"),
      answer("/mute 1 year"),
      answer("/unmute"),
      answer("/waive"),
      answer("/assign @acme/web"),
      answer("/assign @eve"),
      answer(`/assign${" @dev".repeat(11)}`),
      answer("/same-as"),
      ...(["elsewhere", "unknown", "itself", "closed", "gone", "not-allowed"] as const).map((because) => {
        const ref = because === "elsewhere" ? "acme/api#12" : "#12";
        const { when, text } = answer(`/same-as ${ref}`, "lisa", null, { others: new Map([[ref, because]]) });
        return { when: `${when}: ${because}`, text };
      }),
      answer("/same-as #12", "lisa", null, {
        others: new Map([["#12", { id: "i12", issue: 12, assignees: [] }]]),
        of: duplicate,
      }),
      answer("/split"),
      answer("/dew 2024-10-11"),
      { when: "a comment that was not carried out was edited into one that a 👍 answers", text: `@lisa, ${SETTLED}` },
      answer("/done", "mallory"),
      answer("/done", "lisa", "edited"),
      answer("/done", "lisa", "edited-by-other"),
      answer("/done", "lisa", "done-before"),
      answer("/help"),
      pullAnswer("/follow-through open", null, true),
      pullAnswer("/follow-through open", null, false),
      pullAnswer("/follow-through opne", null, true),
      pullAnswer("/follow-through open", "not-allowed", true),
    ],
  },
  {
    name: "Digest",
    isListing: true,
    where:
      "one comment a week on the rolling digest issue, whose text shows the same; notifies those who subscribe to it",
    asks: "the lead to look at what is overdue and what has no owner",
    stop: "unsubscribe from the issue, or `digest.enabled: false` in the policy",
    examples: [
      {
        when: "something overdue was left alone",
        text: renderDigestComment(
          { ...digestInput, open: [{ ...lisas, spared: { on: TODAY, why: "pull" }, nextNudgeOn: "2024-10-05" }] },
          "2024-09-28",
        ),
      },
      { when: "each week", text: renderDigestComment(digestInput, "2024-09-28") },
      {
        when: "nobody took an item within `due.owner_within`",
        text: renderDigestComment({ ...digestInput, open: [{ ...lateNobodys, due: null }] }, "2024-09-28"),
      },
      { when: "the issue's text", text: renderDigestIssue(digestInput) },
      {
        when: "a week without anything, where `digest.when_empty` is `line`",
        text: renderDigestComment({ ...digestInput, open: [], closed: [], reviews: [] }, "2024-09-28"),
      },
    ],
  },
  {
    name: "Digest of the organisation",
    isListing: true,
    where:
      "one comment a week on a rolling issue in the repository that the organisation's policy names; notifies those who subscribe to it",
    asks: "a meeting to look at what is overdue by severity, and what has no owner",
    stop: "unsubscribe from the issue, or take `digest.organisation` out of the organisation's policy",
    examples: [
      {
        when: "each week",
        text: renderOrganisationComment(organisation, "2024-09-28"),
      },
      {
        when: "the issue's text",
        text: renderOrganisationIssue(organisation),
      },
    ],
  },
  {
    name: "What GitHub refused",
    where: "a line under “Needs attention” in the status comment, and in `follow-through doctor`",
    asks: "whoever can to remove what stands in the way",
    stop: "it goes by itself when it succeeds",
    examples: [
      trouble({ kind: "issue", ...ofItem, number: null }, "forbidden", "403 Forbidden"),
      trouble({ kind: "issue", ...ofItem, number: 8 }, "gone"),
      trouble({ kind: "overdue", ...ofItem, number: 8 }, "locked"),
      trouble({ kind: "commands", ...ofItem, number: 8 }, "blocked"),
      trouble({ kind: "pull-commands", number: 42 }, "restricted"),
      trouble({ kind: "status", number: 42 }, "full"),
      trouble({ kind: "link", number: 43 }, "spam"),
      trouble({ kind: "review", number: 42 }, "locked"),
      trouble({ kind: "ask", number: 42 }, "locked"),
      trouble({ kind: "reply", number: 8 }, "locked"),
      trouble({ kind: "label", name: "action-item" }, "invalid", "422 Validation Failed"),
      trouble({ kind: "digest" }, "locked"),
      trouble({ kind: "organisation-digest" }, "restricted"),
      trouble({ kind: "check", number: 42 }, "legal"),
      trouble({ kind: "document", path: "postmortems/a.md" }, "unread"),
      { ...trouble({ kind: "section", ...ofItem, number: 8 }, "undone"), when: "somebody keeps changing it back" },
    ],
  },
];

/** What of a text a person reads word by word: no tables, code, quotes of what can be pasted, links' addresses or markers. */
export function proseOf(text: string, { isListing = false }: Pick<Message, "isListing"> = {}): string {
  return visible(isListing ? text.replace(/^ *- .*$/gm, "") : text)
    .replace(/```[\s\S]*?```/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .split("\n")
    .filter((line) => !line.startsWith("|"))
    .map((line) => line.replace(/^(?:#+|>(?: \[!\w+\])?|-)\s*/, "").trim())
    .filter((line) => line !== "")
    .join("\n");
}

/** The sentences of a prose: each ends with its line, or with a full stop, colon or mark before a space. */
export const sentencesOf = (prose: string): string[] => prose.split(/\n|(?<=[.?!:;])\s/).filter((one) => one !== "");

/** docs/messages.md. */
export function messagesPage(): string {
  const parts = MESSAGES.flatMap(({ name, where, asks, stop, examples, ...kind }) => [
    `## ${name}`,
    "",
    `Where: ${where}.\\`,
    `Asks: ${asks}.\\`,
    `To stop it: ${stop}.`,
    "",
    ...examples.flatMap(({ when, text }) => [
      `When ${when} (${proseOf(text, kind).length} characters of prose):`.replace("When `", "After `"),
      "",
      "````markdown",
      visible(text),
      "````",
      "",
    ]),
  ]);
  return `${[
    "# Messages",
    "",
    "Every text that people meet on GitHub, as the App writes it: where it stands, what it asks, how to stop it. Made from the code by `npm run docs`; a test",
    "holds that no text has more than 600 characters of prose or a sentence of more than 25 words.",
    "",
    ...parts,
  ]
    .join("\n")
    .trimEnd()}\n`;
}
