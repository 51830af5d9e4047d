/** A Monday of the simulated year (test/support/year) as digests, for pictures: of one repository, the organisation, and a channel. */
import type { PlainDate } from "../src/calendar.js";
import { blocksOf } from "../src/people/slack.js";
import { type DigestInput, digestMessage, renderDigestComment } from "../src/render/digest.js";
import { linksOf } from "../src/render/links.js";
import { renderOrganisationComment } from "../src/render/organisation.js";
import { reportPage } from "../src/render/report/page.js";
import { historyFrom } from "../src/tracking/digest.js";
import { urgencyOf } from "../src/tracking/due.js";
import type { Counted } from "../src/tracking/figures/counted.js";
import { FACETS } from "../src/tracking/figures/groups.js";
import { reportOf } from "../src/tracking/figures/report.js";
import { currentOwners } from "../src/tracking/owners.js";
import { aWeek } from "../test/support/weeks.js";
import { type Life, policyOf } from "../test/support/year/people.js";
import { simulate } from "../test/support/year/year.js";
import { slackPage } from "./slack-page.js";

const WEB = "https://github.com";
const NAMES = ["shop", "payments", "search", "mail", "mobile", "stock", "accounts", "platform"];
const nameOf = (repository: number): string => NAMES[repository] ?? String(repository);
const linksIn = (name: string) => linksOf(WEB, { owner: "acme", name, defaultBranch: "main" });

interface Monday {
  readonly today: PlainDate;
  readonly lives: readonly Life[];
}

/** What is shown of the year. */
export interface YearShown {
  readonly repository: string;
  readonly organisation: string;
  /** The organisation's of the median week, and of one in which nothing is open. */
  readonly median: string;
  readonly empty: string;
  /** A repository's with more than 5,000 open items. */
  readonly many: string;
  /** A page. */
  readonly slack: string;
  /** A page. */
  readonly report: string;
}

export function yearShown(): YearShown {
  const mondays: Monday[] = [];
  const year = simulate("now", (today, lives) => mondays.push({ today, lives: lives.map((life) => ({ ...life })) }));
  // By how much is overdue.
  const [worst, median] = worstAndMedian(mondays.map((monday) => ({ ...monday, late: lateOf(monday) })));
  const parts = partsOf(worst);
  const organisation = (shown: ReturnType<typeof partsOf>, { today }: Monday) =>
    renderOrganisationComment({ parts: shown, today, links: linksIn("platform"), label: "action-item" }, today);
  const many = aWeek(1, 6_500);
  const of = parts.reduce((best, part) => (part.input.open.length > best.input.open.length ? part : best));
  return {
    repository: renderDigestComment(of.input, worst.today),
    organisation: organisation(parts, worst),
    median: organisation(partsOf(median), median),
    empty: organisation(
      parts.map(({ name, input }) => ({ name, input: { ...input, open: [], closed: [] } })),
      worst,
    ),
    many: renderDigestComment(many, many.today),
    slack: slackPage(blocksOf(digestMessage(of.input))),
    report: reportOfYear(year.lives),
  };
}

function worstAndMedian<T extends { readonly late: number }>(weeks: readonly T[]): [T, T] {
  const sorted = [...weeks].sort((a, b) => a.late - b.late);
  const [worst, median] = [sorted.at(-1), sorted[sorted.length >> 1]];
  if (!worst || !median) throw new Error("a year has weeks");
  return [worst, median];
}

const partsOf = (monday: Monday) =>
  NAMES.map((name, repository) => ({ name: `acme/${name}`, input: inputOf(monday, repository) }));

const isLate = ({ candidate: { item } }: Life, today: PlainDate): boolean =>
  item.issue?.open === true && item.due !== null && item.due < today;
const lateOf = ({ today, lives }: Monday): number =>
  lives.filter((life) => life.from <= today && isLate(life, today)).length;

function inputOf({ today, lives }: Monday, repository: number): DigestInput {
  const there = lives.filter((life) => life.repository === repository && life.from <= today);
  const items = there.map(({ candidate }) => candidate.item);
  return {
    open: items.filter(({ issue }) => issue?.open),
    closed: items.filter(({ issue }) => issue && !issue.open && (issue.closedOn ?? "") >= historyFrom(today)),
    documents: new Map(there.map(({ candidate: { document } }) => [document.id, document])),
    policy: policyOf(repository),
    today,
    links: linksIn(nameOf(repository)),
    label: "action-item",
  };
}

function reportOfYear(lives: readonly Life[]): string {
  const [since, until] = ["2026-01-01", "2026-12-31"];
  const counted = lives.map(({ candidate: { item, document, teams }, repository }): Counted => {
    const policy = policyOf(repository);
    const urgency = urgencyOf(item, document, policy);
    const owners = currentOwners(item, policy);
    return { item, document, owners, teams, urgency, repository: `acme/${nameOf(repository)}`, day: until };
  });
  const repositories = NAMES.map((name) => ({ name: `acme/${name}`, visibility: "private" as const }));
  const report = reportOf(counted, { since, until, of: "acme", repositories, facets: FACETS });
  return reportPage(report, (repository) => linksIn(repository.replace("acme/", "")));
}
