/**
 * Every text of the App's, of one postmortem whose every word somebody wrote who means harm: on GitHub, in channels and at the command line.
 * A new renderer joins by a row; test/render/unseen.test.ts holds that none is missing.
 */
import { KINDS } from "../../src/people/kinds.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { renderAsk } from "../../src/render/ask.js";
import { renderCheck, renderMergeGroup, renderNoPostmortem, renderOptOut } from "../../src/render/check.js";
import { renderClosing } from "../../src/render/closing.js";
import { digestMessage, renderDigestComment, renderDigestIssue, summaryMessage } from "../../src/render/digest.js";
import { renderAdoption, renderIssue } from "../../src/render/issue.js";
import { linkingLines } from "../../src/render/linking.js";
import type { Message } from "../../src/render/message.js";
import { renderNudge } from "../../src/render/nudge.js";
import {
  organisationMessage,
  renderOrganisationComment,
  renderOrganisationIssue,
} from "../../src/render/organisation.js";
import { renderPullReply, renderReply } from "../../src/render/reply.js";
import { reportJson } from "../../src/render/report/contract.js";
import { itemsCsv, reportCsv } from "../../src/render/report/csv.js";
import { itemLine } from "../../src/render/report/items.js";
import { reportPage } from "../../src/render/report/page.js";
import { itemsText, reportMarkdown, reportText } from "../../src/render/report/text.js";
import { renderReview } from "../../src/render/review.js";
import { renderStatus } from "../../src/render/status.js";
import { troubleLine, troubleWords } from "../../src/render/trouble.js";
import { processTerminal, type Terminal } from "../../src/terminal.js";
import { carryOut } from "../../src/tracking/carry-out.js";
import { parseCommands } from "../../src/tracking/commands/parse.js";
import { parsePullCommands } from "../../src/tracking/commands/pull.js";
import { decide } from "../../src/tracking/decide.js";
import { FACETS } from "../../src/tracking/figures/groups.js";
import { reportOf } from "../../src/tracking/figures/report.js";
import { foresee } from "../../src/tracking/forecast.js";
import { issueTitle } from "../../src/tracking/title.js";
import type { Trouble } from "../../src/tracking/trouble.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";
import { counted } from "../tracking/figures/samples.js";
import { document, item, LINKS, standing, statusInput, TODAY } from "./samples.js";

/** What a person wrote, as it is to be tried. */
export type Hide = (text: string) => string;

/** Who has a part in it: assignees and teams as GitHub and the policy have them. */
export interface Crowd {
  readonly assignees: readonly string[];
  readonly teams: readonly string[];
  /** Owners that are not assigned, or cannot be. */
  readonly others: readonly string[];
  /** Whom the policy's ladder names. */
  readonly leads: readonly string[];
}

const FEW: Crowd = { assignees: ["lisa"], teams: ["acme/sre"], others: ["eve"], leads: ["acme/leads"] };

/** An item of a person's words in all its fields. */
function hostileItem(t: Hide, { assignees, others }: Crowd): TrackedItem {
  const words = {
    owners: [t("Lisa Koch"), t("Max")],
    dueText: t("Sept 25"),
    priority: t("P1"),
    ref: t("https://tracker.example/T-1"),
    group: t("Short term"),
    window: t("Within a week"),
  };
  return item(
    t("Ask @eve about #12"),
    {
      due: "2024-09-25",
      dueOrigin: { kind: "stated", text: t("Sept 25") },
      originalDue: "2024-09-20",
      slips: [{ on: "2024-09-18", from: "2024-09-20", to: "2024-09-25", by: "lisa", why: t("the vendor is late") }],
      snoozes: [{ on: "2024-09-18", until: "2024-09-30", by: "lisa", why: t("on leave") }],
      waiver: { on: "2024-09-18", by: "lisa", why: t("not worth it"), until: "2024-12-01" },
      conflicts: [{ field: "title", document: t("Ask eve"), issue: t("Ask ada") }],
      missing: others.map((login) => ({ login, why: "no-account" })),
    },
    words,
    { title: t("Ask @eve about #12, now"), assignees },
  );
}

export const hostileDocument = (t: Hide) =>
  document({
    title: t("Gateway outage"),
    incident: { id: t("INC-1"), date: "2024-09-12", severity: t("SEV-1"), services: [t("checkout")], tags: [] },
    held: "many",
    problems: [
      { line: 3, endLine: 3, rule: "unreadable-due-date", level: "warning", message: t("“Feb 30”"), fix: t("Fix") },
    ],
  });

/** What a reader finds in a document whose every word hides something. */
export function found(t: Hide) {
  const source = `# ${t("Gateway outage")}\n\n## Action items\n\n- [ ] ${t("Alert on errors")} (owner: ${t("Max")}) due ${t("Feb 30")}\n`;
  const postmortem = readPostmortem("postmortems/a.md", source, { ...DEFAULT_READ_OPTIONS, today: TODAY });
  const { title, incident, problems } = postmortem;
  const read = document({ title, incident, problems });
  const input = { document: read, postmortem, tracked: [], policy: DEFAULT_POLICY, assignable: new Set<string>() };
  return { read, forecast: foresee({ ...input, today: TODAY }), decided: decide({ ...input, today: TODAY }) };
}

/** What a check or status comment is made from besides its sections. */
export const shared = (t: Hide) => ({
  policyProblems: [{ line: 2, message: t("label: there is no such setting") }],
  obstacle: null,
  links: LINKS,
});

const related = (t: Hide) => ({
  nthInYear: 3,
  related: [
    {
      title: t("Gateway outage, before"),
      url: LINKS.issue(3),
      ref: "#3",
      date: "2024-03-03",
      words: [t("pgpool"), t("cursor")],
      ...{ items: 4, open: 2, overdueSince: "2024-04-01" },
      promised: [{ title: t("Close every cursor"), number: 14, url: LINKS.issue(14) }],
    },
  ],
});

/** What GitHub refused of things that people named. */
const troubles = (t: Hide): Trouble[] => {
  const at = `${TODAY}T09:00:00.000Z`;
  const kept = {
    repositoryId: 1,
    why: "invalid",
    said: t("Validation Failed"),
    times: 3,
    since: at,
    lastAt: at,
  } as const;
  const opened = { kind: "issue", item: "i", document: "d", title: t("Ask @eve about #12"), number: null } as const;
  const pieces = [opened, { kind: "label", name: t("action-item") }, { kind: "document", path: t("a.md") }] as const;
  return pieces.map((piece) => ({ ...kept, piece, notBefore: at }));
};

/** The messages that channels are told, of the same items. */
function messages(t: Hide, crowd: Crowd): readonly Message[] {
  const input = digestInput(t, crowd);
  const own = summaryMessage(input, crowd.assignees[0] ?? "", "acme/shop", DEFAULT_POLICY);
  const parts = [{ name: "acme/shop", input }];
  const organisation = organisationMessage({ parts, today: TODAY, links: LINKS, label: "action-item" });
  return [digestMessage(input), organisation, ...(own ? [own] : [])];
}

function digestInput(t: Hide, crowd: Crowd) {
  const late = hostileItem(t, crowd);
  const closed = { ...late, issue: late.issue && { ...late.issue, open: false, closedOn: TODAY } };
  const nobodys = { ...hostileItem(t, { ...crowd, assignees: [] }), id: "nobodys", snoozes: [], waiver: null };
  return standing({
    open: [late, { ...late, id: "late", due: "2024-09-20", snoozes: [], waiver: null }, nobodys],
    closed: [closed],
    documents: new Map([[late.documentId, hostileDocument(t)]]),
    reviews: [{ number: 57, title: t("Postmortem: @eve and #12"), author: "ada", since: "2024-09-06" }],
  });
}

/** The answers to commands in which somebody wrote it. */
function answers(t: Hide): string[] {
  const written = ["/due W", "/snooze W", "/waive", "/assign W", "/assign @eve", "/same-as W", "/dew W", "/mute W"].map(
    (line) => line.replace("W", t("blursday the vendor")),
  );
  return written.map((line) => {
    const comment = {
      ...{ id: 5, author: "lisa", writtenAt: "2024-09-20T09:00:00Z", on: "2024-09-20", barred: null, editedAt: null },
      commands: parseCommands(line, { written: "2024-09-20", policy: DEFAULT_POLICY }),
    };
    const may = { command: new Set(["lisa"]), assign: new Set<string>(), others: new Map(), isApart: false };
    const [outcome] = carryOut(anItem(), anIssue(), [comment], may).outcomes;
    return (outcome && renderReply(outcome, 7)?.body) ?? "";
  });
}

function pullAnswer(t: Hide): string {
  const unclear = parsePullCommands(`/unrelated ${t("the vendor")}`).filter((one) => one.kind === "unclear");
  const plain = { barred: null, opens: false, held: false, disowns: false };
  return renderPullReply({ comment: { id: 5, author: "lisa", barred: null }, unclear, ...plain }, 42)?.body ?? "";
}

/** Each text that stands on GitHub, by its name. */
export function textsOnGitHub(t: Hide, crowd: Crowd = FEW): Readonly<Record<string, string>> {
  const hostile = hostileItem(t, crowd);
  const read = hostileDocument(t);
  const { teams, others, leads } = crowd;
  const issue = {
    item: hostile,
    document: read,
    links: LINKS,
    today: TODAY,
    teams,
    names: [t("Max")],
    unassignable: others.map((login) => ({ login, why: "no-account" as const })),
    leftOut: others,
    beyond: others,
  };
  const digest = digestInput(t, crowd);
  const organisation = {
    parts: [{ name: "acme/shop", input: digest }],
    today: TODAY,
    links: LINKS,
    label: "action-item",
  };
  const { read: fresh, forecast } = found(t);
  const changes = [{ item: hostile, what: [{ kind: "title", to: t("Ask eve") } as const, { kind: "gone" } as const] }];
  const check = renderCheck({
    ...shared(t),
    onProblems: "neutral",
    sections: [
      {
        kind: "follow",
        document: fresh,
        forecast: { ...forecast, changes },
        adopts: new Map(),
        leftOut: 0,
        postponed: 0,
        related: related(t),
      },
    ],
    head: "c0ffee",
  });
  const section = {
    document: read,
    items: [
      hostile,
      { ...hostile, id: "other", ordinal: 1, perhaps: { id: hostile.id, issue: 7 } },
      { ...hostileItem(t, { ...crowd, assignees: [] }), id: "nobodys", ordinal: 2 },
    ],
    unknownOwners: [t("Max")],
    troubles: troubles(t),
    related: related(t),
  };
  const said = {
    item: hostile,
    document: read,
    nudge: { n: 1, on: TODAY },
    links: LINKS,
    today: TODAY,
    others: [hostile],
  };
  const closing = { pull: 42, items: [hostile], closed: null, links: LINKS, today: TODAY };
  return {
    "an issue's title": issueTitle(t("Ask @eve about #12")),
    "an issue": renderIssue(issue).body,
    "an issue that nobody has": renderIssue({ ...issue, item: hostileItem(t, { ...crowd, assignees: [] }) }).body,
    "an adoption": renderAdoption(issue).body,
    "a status comment": renderStatus(statusInput({ ...shared(t), sections: [section] })).body,
    "a check's title": check.title,
    "a check's summary": check.summary,
    "a check's annotations": check.annotations.map(({ title, message }) => `${title} ${message}`).join("\n"),
    "a check without a postmortem": [renderNoPostmortem(), renderMergeGroup(), renderOptOut()]
      .map(({ title, summary }) => `${title} ${summary}`)
      .join("\n"),
    "a digest": renderDigestIssue(digest, { trouble: troubles(t)[0] ?? null }),
    "a digest's comment": renderDigestComment(digest, "w"),
    "an organisation's digest": renderOrganisationIssue(organisation),
    "an organisation's digest's comment": renderOrganisationComment(organisation, "w"),
    "a nudge": renderNudge({ ...said, teams }),
    "a nudge that nobody's item gets": renderNudge({
      ...said,
      item: hostileItem(t, { ...crowd, assignees: [] }),
      teams,
    }),
    "a nudge that tells whom the policy names": renderNudge({ ...said, teams, rung: { after: "14 days", to: leads } }),
    "a question": renderAsk({ ...said, unowned: new Set([hostile.id]) }),
    "a closing line": renderClosing(closing),
    "a reminder of a review": renderReview(
      { number: 57, title: t("Postmortem"), author: "ada", since: "2024-09-06" },
      10,
    ),
    "a linking line": linkingLines([read], LINKS),
    "what GitHub refused": troubles(t)
      .map((trouble) => troubleWords(trouble, LINKS))
      .join("\n"),
    ...Object.fromEntries(answers(t).map((text, index) => [`an answer to a command, ${index + 1}`, text])),
    "an answer on a pull request": pullAnswer(t),
  };
}

/** Each text that stands elsewhere: what channels are sent, and what the command line prints. */
export function textsElsewhere(t: Hide, crowd: Crowd = FEW): Readonly<Record<string, string>> {
  const one = counted({
    title: t("Ask @eve about #12"),
    priority: t("P1"),
    assignees: [],
    item: { ...hostileItem(t, crowd), due: "2024-09-20", originalDue: "2024-09-20", snoozes: [], waiver: null },
    document: { ...hostileDocument(t), path: "postmortems/a.md" },
    counted: { teams: [t("web")] },
  });
  const asked = {
    of: t("acme"),
    repositories: [{ name: t("acme/shop"), visibility: "public" } as const],
    facets: FACETS,
  };
  const report = reportOf([one], { ...asked, since: null, until: TODAY });
  const items = [itemLine(one, LINKS)];
  const lines = (of: readonly string[]) => printed(({ print }) => of.forEach(print));
  return {
    ...Object.fromEntries(
      Object.entries(KINDS).map(([name, kind]) => [
        `a message by ${name}`,
        messages(t, crowd)
          .map((message) => JSON.stringify(kind.body({ message, key: "k" })))
          .join("\n"),
      ]),
    ),
    "a report": lines(reportText(report)),
    "a report in Markdown": printed(({ printMarkdown }) => reportMarkdown(report, () => LINKS).forEach(printMarkdown)),
    "a report as CSV": lines(reportCsv(report)),
    "a report's page": reportPage(report, () => LINKS),
    "a report's items": lines(itemsText(items)),
    "a report's items as CSV": lines(itemsCsv(items)),
    "what GitHub refused, for an operator": lines(troubles(t).map(troubleLine)),
  };
}

/** What programs are given: the same values, in which nothing stands as itself that a terminal obeys. */
export const forPrograms = (t: Hide): string => {
  const one = counted({ title: t("Ask @eve"), document: hostileDocument(t) });
  const asked = {
    of: t("acme"),
    repositories: [{ name: t("acme/shop"), visibility: "public" } as const],
    facets: FACETS,
  };
  return printed(({ printJson }) => {
    printJson(itemLine(one, LINKS));
    printJson(reportJson(reportOf([one], { ...asked, since: null, until: TODAY })));
  });
};

/** As a terminal gets it. */
function printed(use: (terminal: Terminal) => void): string {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text), isTTY: true };
  use(processTerminal({ stdout: output, stderr: output }));
  return written.join("");
}
