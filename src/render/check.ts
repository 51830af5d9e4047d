/**
 * The check run on a pull request: what merging it will do, shown while it can still be changed.
 *
 *   4 action items: 2 ready, 1 without an owner, 1 whose owner GitHub does not know
 *
 *   **[Payment gateway outage](…)** · SEV-1 · Thu 12 Sep 2024
 *
 *   4 issues would be opened, 1 item done.
 *
 *   | Line | Action item | Owner | Due |
 *   |---|---|---|---|
 *   | [21](…) | Close connections on error paths | `@lisa` | Fri 20 Sep 2024 (the postmortem says “Sept 20”) |
 *   | [25](…) | Look at the other services | ⚠️ nobody | 30 days after the merge (by policy) |
 *
 * and beside the lines of the files, what their author should fix.
 */
import type { PolicyProblem } from "../policy/load.js";
import { OPT_OUT_LABEL } from "../policy/matching.js";
import type { Policy } from "../policy/schema.js";
import { sameAsUsage } from "../tracking/commands/same-as.js";
import {
  type Change,
  type Forecast,
  type FreshItem,
  type IssueChange,
  isDated,
  isEmpty,
  isReady,
} from "../tracking/forecast.js";
import { MOST_LOOKUPS } from "../tracking/lookups.js";
import { onePerson } from "../tracking/owners.js";
import { issueTitle } from "../tracking/title.js";
import type { TrackedDocument } from "../tracking/types.js";
import { type Annotation, annotationsOf, type Placed, policyAnnotations } from "./annotations.js";
import { forecastHeadline, foreseenDue, foreseenOwners, MARKDOWN, problemTally } from "./forecast.js";
import { inertCode, inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { fingerprint } from "./marker.js";
import {
  conflictWords,
  documentHeading,
  fitted,
  heldNote,
  notices,
  type Original,
  ownersBlock,
  unassignableWords,
} from "./parts.js";
import { type RelatedInput, relatedBlock } from "./similar.js";
import { leftAloneWords, NO_ITEMS, readinessWords } from "./verdict.js";
import { count, day, list, sentence } from "./words.js";

/** What a check run says. */
export interface CheckReport {
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** What the pull request does with one document. */
export type CheckSection =
  | {
      readonly kind: "follow";
      /** As it would be tracked, its commit the pull request's head. */
      readonly document: TrackedDocument;
      readonly forecast: Forecast;
      /** Why it is taken for a template; left out where it is none. */
      readonly form?: string;
      /** Issues that are there already and would be followed instead of opening others, by the item's id. */
      readonly adopts: ReadonlyMap<string, number>;
      /** How many people and linked issues were not looked up, since it names so many. */
      readonly leftOut: number;
      /** How many were not, for want of room in GitHub's limits. */
      readonly postponed: number;
      /** Of a copy, the postmortem that it is a copy of; left out where it is none. */
      readonly original?: Original;
      /** Earlier postmortems that it is like; left out where there are none. */
      readonly related?: RelatedInput;
    }
  /** Its front matter asks for it. */
  | { readonly kind: "leave-alone"; readonly path: string; readonly by: string }
  | { readonly kind: "remove"; readonly document: TrackedDocument; readonly openIssues: number }
  | PolicySection;

/** The policy file, which the pull request changes. */
export interface PolicySection {
  readonly kind: "policy";
  readonly path: string;
  /** What is wrong with it as it stands in the pull request; null where that removes it. */
  readonly problems: readonly PolicyProblem[] | null;
  /** The account whose repositories it holds for, where they have none of their own; null where it holds for this repository alone. */
  readonly organisation: string | null;
}

/** A document that is followed. */
export type FollowSection = Extract<CheckSection, { kind: "follow" }>;

export interface CheckInput {
  readonly sections: readonly CheckSection[];
  /** What is wrong with the policy that holds now. */
  readonly policyProblems: readonly PolicyProblem[];
  /** What the check concludes where a warning stands or something is held back. */
  readonly onProblems: Policy["check"]["on_problems"];
  /** Why nothing can be done in this repository, in one sentence with the fix; null where all is well. */
  readonly obstacle: string | null;
  readonly links: Links;
  /** How many more postmortems are changed than were read for this. */
  readonly unread?: number;
  /** The commit that is checked. */
  readonly head: string;
}

/** The id by which a check run is known again: the pull request it speaks of, and a fingerprint of all it says. */
export const checkId = (pull: number, report: CheckReport): string => `${pull}:${fingerprint(JSON.stringify(report))}`;

/** The pull request a check run speaks of, by its id; null where it is none of ours. */
export function pullOfCheck(id: string | null): number | null {
  const [, pull] = id?.match(/^(\d+):[\da-f]{16}$/) ?? [];
  return pull ? Number(pull) : null;
}

/** The id of the check run on what a merge queue is about to merge. */
export const groupCheckId = (report: CheckReport): string => `group:${fingerprint(JSON.stringify(report))}`;

/** Whether a check run speaks of a merge queue's commit, by its id. */
export const isGroupCheck = (id: string | null): boolean => /^group:[\da-f]{16}$/.test(id ?? "");

/** GitHub refuses longer summaries than 65,535 characters; counted in bytes, which is never less. */
const MAX_SUMMARY = 65_000;

/** The report on a pull request with postmortems or the policy file. */
export function renderCheck(input: CheckInput): CheckReport {
  const { sections, obstacle, links, unread = 0 } = input;
  const policies = sections.filter(isPolicy);
  // What is wrong with the policy that holds now is fixed, or not, by this very pull request.
  const policyProblems = policies.length > 0 ? [] : input.policyProblems;
  const inDocuments = sections.filter(isFollowed).flatMap(placed);
  const problems = [...policies.flatMap(({ problems }) => (problems ?? []).map(policyProblem)), ...inDocuments];
  const { annotations, hidden } = annotationsOf(inDocuments, policies.flatMap(policyAnnotations));
  const render = (rows: number, most: number) =>
    [
      ...notices(obstacle, policyProblems, links),
      ...sections.slice(0, most).flatMap((section) => sectionLines(section, input, rows)),
      ...(most < sections.length ? ["", `… and ${count(sections.length - most, "more postmortem")}.`] : []),
      ...(unread > 0
        ? [
            "",
            `${count(unread, "more postmortem")} of this pull request ${unread === 1 ? "was" : "were"} not read for this check.`,
          ]
        : []),
      "",
      ...(problems.length > 0 ? [`To fix, beside the lines: ${problemTally(problems)}.`] : []),
      ...(hidden > 0 ? [`The ${count(hidden, "least severe one", "least severe ones")} are not shown.`] : []),
      "",
      FOOTER,
    ].join("\n");
  return {
    conclusion: conclusionOf({ ...input, policyProblems }, problems),
    title: titleOf(input, problems),
    summary: fitted(render, sections.length, (text) => Buffer.byteLength(text) <= MAX_SUMMARY).trim(),
    annotations,
  };
}

/** The report on a pull request that changes neither a postmortem nor the policy, where every pull request is answered. */
export function renderNoPostmortem(): CheckReport {
  return {
    conclusion: "success",
    title: "No postmortem here",
    summary:
      "This pull request changes no postmortem that is followed through, so merging it opens no issues. Which files are postmortems, `postmortems.include` in the policy says.",
    annotations: [],
  };
}

/** The report on what a merge queue is about to merge, where every pull request in it was judged. */
export function renderMergeGroup(): CheckReport {
  return {
    conclusion: "success",
    title: "Judged in its pull request",
    summary:
      "What merging does was said in the check of each pull request. Nothing is judged again in the merge queue.",
    annotations: [],
  };
}

/** The report on a pull request whose label asks to be left alone: said, so that its author sees that it was understood. */
export function renderOptOut(): CheckReport {
  return {
    conclusion: "neutral",
    title: "Left alone, as the label asks",
    summary: `Merging this pull request opens no issues, because of its label \`${OPT_OUT_LABEL}\`. Remove the label to have its action items followed through.`,
    annotations: [],
  };
}

const FOOTER = `<sub>Nothing is opened before the merge. To leave a postmortem out: the label \`${OPT_OUT_LABEL}\`, or \`follow-through: false\` in its front matter.</sub>`;

const placed = ({ document, forecast }: FollowSection): Placed[] =>
  forecast.problems.map((problem) => ({ ...problem, path: document.path }));

const isFollowed = (section: CheckSection): section is FollowSection => section.kind === "follow";

const isPolicy = (section: CheckSection): section is PolicySection => section.kind === "policy";

/** How severe something is, wherever it was found. */
type Judged = Pick<Placed, "level">;

const policyProblem = ({ harmless }: PolicyProblem): Judged => ({ level: harmless ? "warning" : "error" });

/** Whether the merge leaves nothing to be followed or said. */
function isNothing(section: CheckSection): boolean {
  switch (section.kind) {
    case "follow":
      return isEmpty(section.forecast);
    case "leave-alone":
      return true;
    case "remove":
      return section.openIssues === 0;
    case "policy":
      return false;
  }
}

/** Whether a guard keeps new items of the document from being opened. */
const isHeld = (section: CheckSection): boolean =>
  isFollowed(section) && section.document.held !== null && section.forecast.fresh.length > 0;

/**
 * Fails where the policy calls a problem an error. What its author could still put right is as the policy says; what is not theirs to put
 * right, or where there is nothing to judge, is neither good nor bad.
 */
function conclusionOf(input: CheckInput, problems: readonly Judged[]): CheckReport["conclusion"] {
  const { sections, obstacle, policyProblems, onProblems } = input;
  if (problems.some(({ level }) => level === "error")) return "failure";
  const isWarned = problems.some(({ level }) => level === "warning") || sections.some(isHeld);
  if (isWarned && onProblems !== "success") return onProblems;
  const isBroken = obstacle !== null || policyProblems.some(({ harmless }) => !harmless);
  return isBroken || sections.every(isNothing) ? "neutral" : "success";
}

function titleOf({ sections, obstacle }: CheckInput, problems: readonly Judged[]): string {
  if (obstacle) return "Action items cannot be followed through here";
  const amount = (level: Judged["level"]) => problems.filter((problem) => problem.level === level).length;
  const [errors, warnings] = [amount("error"), amount("warning")];
  const toFix = errors > 0 ? [`${count(errors, "error")} to fix`] : [];
  // Where all that is told is well, why the check is not green.
  const isWell = !sections.some((section) => isHeld(section) || (isFollowed(section) && !areReady(section)));
  const toHeed = errors === 0 && warnings > 0 && isWell ? [count(warnings, "warning")] : [];
  return sentence([...toFix, ...outcomes(sections), ...toHeed].join("; "));
}

const areReady = ({ forecast }: FollowSection): boolean => forecast.fresh.every(isReady);

function outcomes(sections: readonly CheckSection[]): string[] {
  const followed = sections.filter(isFollowed);
  const fresh = (held: boolean) =>
    followed.filter(({ document }) => (document.held !== null) === held).flatMap(({ forecast }) => forecast.fresh);
  const [opened, held] = [fresh(false), fresh(true)];
  const sum = (amount: (forecast: Forecast) => number) =>
    followed.reduce((total, { forecast }) => total + amount(forecast), 0);
  const changed = sum(({ changes }) => changes.length);
  const removed = sections.filter((section) => section.kind === "remove").length;
  const parts = [
    ...(opened.length > 0 ? [`${count(opened.length, "action item")}: ${readinessWords(opened)}`] : []),
    ...(held.length > 0 ? [`${count(held.length, "action item")} held back`] : []),
    ...(changed > 0 ? [`${count(changed, "issue")} would change`] : []),
    ...(removed > 0 ? [`${count(removed, "postmortem")} removed`] : []),
    ...sections.filter(isPolicy).map(policyOutcome),
  ];
  if (parts.length > 0) return parts;
  if (sum(({ unchanged }) => unchanged) > 0) return ["No issue would change"];
  const done = sum((forecast) => forecast.done);
  if (done > 0) return [`${count(done, "action item")} done, none to follow`];
  return [followed.length > 0 ? "No action items found" : "Left alone, as the front matter asks"];
}

function policyOutcome({ problems }: PolicySection): string {
  if (problems === null) return "the policy file is removed";
  return problems.some(({ harmless }) => !harmless) ? "the policy file is invalid" : "the policy file is valid";
}

function policyLines({ path, problems, organisation }: PolicySection, { sections, links, head }: CheckInput): string[] {
  if (problems === null)
    return [
      `The policy file ${inertCode(path)} would be removed. Then the organisation's policy holds, or else the defaults.`,
    ];
  const [line] = problems;
  const link = `**[${inertShort(path, 160)}](${links.permalink({ commit: head, path, ...(line && { line: line.line }) })})**`;
  const mistakes = problems.filter(({ harmless }) => !harmless).length;
  const besides = sections.length > 1 ? " What else is said here goes by the policy that holds now." : "";
  const holds =
    organisation === null
      ? ""
      : ` It holds for every repository of ${inertCode(organisation)} that has none of its own.`;
  return mistakes > 0
    ? [
        `${link} has ${count(mistakes, "mistake")}, beside ${mistakes === 1 ? "its line" : "their lines"}. Merged like this, the last valid policy (or the defaults) holds.${holds}`,
      ]
    : [`${link} is valid, and holds once this pull request is merged.${besides}${holds}`];
}

function sectionLines(section: CheckSection, input: CheckInput, rows: number): string[] {
  const { links, head } = input;
  switch (section.kind) {
    case "follow": {
      const { document } = section;
      const heading = documentHeading(document, links.permalink({ commit: head, path: document.path }));
      return ["", heading, "", ...followedLines(section, input, rows), ...relatedBlock(section.related)];
    }
    case "policy":
      return ["", ...policyLines(section, input)];
    case "leave-alone": {
      const link = `[${inertShort(section.path, 160)}](${links.permalink({ commit: head, path: section.path })})`;
      return ["", `**${link}** ${leftAloneWords({ kind: "opted-out", by: section.by })}`];
    }
    case "remove": {
      const { document, openIssues } = section;
      const stay =
        openIssues > 0
          ? ` ${count(openIssues, "open issue")} of it would wait until it is back; close those no longer needed.`
          : "";
      return ["", `${documentHeading(document, links.document(document))} would be removed.${stay}`];
    }
  }
}

function followedLines(section: FollowSection, { links }: CheckInput, rows: number): string[] {
  const { document, forecast, form } = section;
  const { fresh, changes } = forecast;
  if (isEmpty(forecast) && form !== undefined) return [`It ${leftAloneWords({ kind: "template", why: form })}`];
  if (isEmpty(forecast)) {
    return [NO_ITEMS];
  }
  const headline = forecastHeadline(forecast, document.held !== null);
  const hidden = fresh.length - rows;
  const unknown = onePerson(fresh.flatMap(({ owners }) => owners.names));
  const unassignable = new Map(
    fresh.flatMap(({ owners }) => owners.unassignable.map((one) => [one.login, one] as const)),
  );
  return [
    `${headline}.`,
    "",
    ...(fresh.length > 0 ? heldNote(document, " after the merge", section.original) : []),
    ...(fresh.length > 0 ? ["| Line | Action item | Owner | Due |", "|---|---|---|---|"] : []),
    ...fresh.slice(0, rows).map((one) => freshRow(one, section, links)),
    ...(hidden > 0 ? [`| | … and ${hidden} more | | |`] : []),
    "",
    ...changes.slice(0, rows).map((change) => changeLine(change, links)),
    ...(changes.length > rows ? [`- … and ${changes.length - rows} more`] : []),
    "",
    ...fresh.slice(0, rows).flatMap((one) => foreseenDoubt(one, links)),
    ...[...unassignable.values()].slice(0, rows).map((one) => `- ${unassignableWords(one)}`),
    ...notLookedUp(section),
    ...ownersBlock(unknown, links, rows),
  ];
}

/** What to do where nobody can say whether a new item is an older one in other words. */
function foreseenDoubt({ item, perhaps }: FreshItem, links: Links): string[] {
  if (perhaps === undefined) return [];
  const older = `[#${perhaps}](${links.issue(perhaps)})`;
  return [
    `- [Line ${item.place.line}](${links.permalink(item.place)}) may be ${older} in other words; as it stands, it is opened as new. If it is the same, comment \`${sameAsUsage(perhaps)}\` on its issue after the merge.`,
  ];
}

/** What is not known of the people and issues a document names, and why. */
function notLookedUp({ leftOut, postponed }: FollowSection): string[] {
  return [
    ...(leftOut > 0
      ? [
          `- Not looked up: ${count(leftOut, "person or linked issue", "people and linked issues")}. Of one document the first ${MOST_LOOKUPS} are; of the others GitHub is asked when their issues are opened.`,
        ]
      : []),
    ...(postponed > 0
      ? [
          `- Not looked up yet: ${count(postponed, "person or linked issue", "people and linked issues")}. GitHub's limits leave no room right now; this is said again when they do.`,
        ]
      : []),
  ];
}

function freshRow(fresh: FreshItem, { adopts }: FollowSection, links: Links): string {
  const { item, owners } = fresh;
  const adopted = adopts.get(item.id);
  const title = inertShort(issueTitle(item.base.title), 120);
  const what = adopted ? `${title} (by [#${adopted}](${links.issue(adopted)}), which is there already)` : title;
  const owner = foreseenOwners(owners, MARKDOWN) || "⚠️ nobody";
  const due = isDated(fresh) ? foreseenDue(fresh, MARKDOWN) : `⚠️ ${foreseenDue(fresh, MARKDOWN) || "no date"}`;
  return `| [${item.place.line}](${links.permalink(item.place)}) | ${what} | ${owner} | ${due} |`;
}

function changeLine({ item, what }: Change, links: Links): string {
  const number = item.issue?.number ?? 0;
  const title = inertShort(item.issue?.title ?? issueTitle(item.base.title), 120);
  return `- [#${number}](${links.issue(number)}) ${title}: ${what.map(changeWords).join("; ")}`;
}

function changeWords(change: IssueChange): string {
  const people = (logins: readonly string[]) => list(logins.map(MARKDOWN.login)) || "nobody";
  const date = (due: string | null) => (due ? day(due) : "no date");
  switch (change.kind) {
    case "title":
      return `is called “${inertShort(change.to, 120)}”`;
    case "owner":
      return `passes from ${people(change.from)} to ${people(change.to)}`;
    case "due":
      return `is due ${date(change.to)} instead of ${date(change.from)}`;
    case "closes":
      return "is closed, since its item is ticked";
    case "reopens":
      return "is opened again, since its item is not ticked any more";
    case "gone":
      return "stays open, though its item leaves the document";
    case "joins":
      return `is closed as a duplicate of #${change.issue}, into whose words its own go`;
    case "stands":
      return conflictWords(change.conflict);
  }
}
