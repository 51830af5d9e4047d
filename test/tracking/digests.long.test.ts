/**
 * The digests of the simulated year's worst, median and empty week, and of 5,000 open items: for the busiest repository and the organisation, as they stand on
 * GitHub and are told in channels. Each is a screen within the limits of its place. Written into the folder that DIGESTS names, where it is set:
 *
 *   DIGESTS=digests npx vitest run --config vitest.long.config.ts test/tracking/digests.long.test.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dateIn, type PlainDate } from "../../src/calendar.js";
import { blocksOf, slack } from "../../src/people/slack.js";
import { webhook } from "../../src/people/webhook.js";
import { type DigestInput, digestMessage, renderDigestComment, renderDigestIssue } from "../../src/render/digest.js";
import { linksOf } from "../../src/render/links.js";
import type { Message } from "../../src/render/message.js";
import {
  organisationMessage,
  renderOrganisationComment,
  renderOrganisationIssue,
} from "../../src/render/organisation.js";
import { digestOf, historyFrom } from "../../src/tracking/digest.js";
import { fitsOnAScreen, fitsSlack } from "../support/screen.js";
import { aWeek } from "../support/weeks.js";
import { type Life, policyOf, REPOSITORIES } from "../support/year/people.js";
import { simulate } from "../support/year/year.js";

const FOLDER = process.env.DIGESTS;
const NAMES = ["shop", "search", "mail", "prices", "stock", "login", "billing", "maps"];
const links = (repository: number) =>
  linksOf("https://github.com", { owner: "acme", name: NAMES[repository] ?? "", defaultBranch: "main" }, null);

/** What is told of a repository on a Monday. */
function inputOf(repository: number, monday: PlainDate, lives: readonly Life[]): DigestInput {
  const policy = policyOf(repository);
  const today = dateIn(policy.time_zone, new Date(`${monday}T12:00:00Z`));
  const own = lives.filter((life) => life.repository === repository && life.from <= today);
  const items = own.map(({ candidate }) => candidate.item);
  return {
    ...{ today, policy, links: links(repository), label: "action-item" },
    open: items.filter(({ issue }) => issue?.open),
    closed: items.filter(({ issue }) => !issue?.open && (issue?.closedOn ?? "") >= historyFrom(today)),
    documents: new Map(own.map(({ candidate }) => [candidate.document.id, candidate.document])),
  };
}

type Week = readonly DigestInput[];
const weeks: Week[] = [];
const overdue = (week: Week) => week.reduce((sum, input) => sum + digestOf(input).figures.overdue, 0);
const emptied = (week: Week): Week => week.map((input) => ({ ...input, open: [], closed: [] }));

beforeAll(() => {
  simulate("now", (monday, lives) =>
    weeks.push(Array.from({ length: REPOSITORIES }, (_, repository) => inputOf(repository, monday, lives))),
  );
  weeks.sort((a, b) => overdue(a) - overdue(b));
});

const CASES: readonly (readonly [string, () => Week])[] = [
  ["worst", () => weeks.at(-1) ?? []],
  ["median", () => weeks[weeks.length >> 1] ?? []],
  ["empty", () => emptied(weeks.at(-1) ?? [])],
  ["5000-items", () => [aWeek(1, 6_500)]],
];

function write(name: string, text: string | object): void {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, name), typeof text === "string" ? text : `${JSON.stringify(text, null, 2)}\n`);
}

function told(name: string, message: Message): void {
  fitsSlack(blocksOf(message));
  const telling = { message, key: name };
  write(`${name}.slack.json`, slack.body(telling));
  write(`${name}.webhook.json`, webhook.body(telling));
}

function onGitHub(name: string, comment: string, issue: string): void {
  fitsOnAScreen(comment);
  fitsOnAScreen(issue, 3);
  write(`${name}.comment.md`, comment);
  write(`${name}.issue.md`, issue);
}

describe.each(CASES)("the %s week", (name, weekOf) => {
  it("is a screen for a repository", () => {
    const [input] = [...weekOf()].sort((a, b) => b.open.length - a.open.length);
    if (!input) throw new Error("there is a repository");
    if (name === "5000-items") expect(input.open.length).toBeGreaterThan(5_000);
    onGitHub(`${name}.repository`, renderDigestComment(input, input.today), renderDigestIssue(input));
    told(`${name}.repository`, digestMessage(input));
  });

  it("is a screen for the organisation, in a meeting's order", () => {
    const week = weekOf();
    const parts = week.map((input, at) => ({ name: `acme/${NAMES[at]}`, input }));
    const input = { parts, today: week[0]?.today ?? "", links: links(0), label: "action-item" };
    onGitHub(`${name}.organisation`, renderOrganisationComment(input, input.today), renderOrganisationIssue(input));
    told(`${name}.organisation`, organisationMessage(input));
  });
});
