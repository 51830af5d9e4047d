/**
 * What a lead asks first (what slipped, what is at risk, who needs help, did last week's dates hold) is answered in the first ten lines of every
 * digest, over weeks made by dice, as counted here from the facts alone; and a digest is a screen, however many items there are.
 */
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/calendar.js";
import { blocksOf } from "../../src/people/slack.js";
import { webhook } from "../../src/people/webhook.js";
import { type DigestInput, digestMessage, renderDigestComment, renderDigestIssue } from "../../src/render/digest.js";
import { type Message, plain } from "../../src/render/message.js";
import {
  organisationMessage,
  renderOrganisationComment,
  renderOrganisationIssue,
} from "../../src/render/organisation.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { inLongTests } from "../support/long.js";
import { fitsOnAScreen, fitsSlack } from "../support/screen.js";
import { aWeek, TODAY } from "../support/weeks.js";
import { LINKS } from "./samples.js";

const WEEK_AGO = addDays(TODAY, -7);
const isWaived = ({ waiver, issue }: TrackedItem) =>
  !!waiver && (waiver.until === null ? !issue?.open : waiver.until > TODAY);
const isSnoozed = ({ snoozes }: TrackedItem) => (snoozes.at(-1)?.until ?? "") > TODAY;
const title = ({ base }: TrackedItem) => base.title;

/** The answers, counted from the facts. */
function answersTo(inputs: readonly DigestInput[]) {
  const open = inputs.flatMap((input) => [...input.open]).filter((item) => item.leftOn === null && !isWaived(item));
  const slipped = open.filter(({ slips }) =>
    slips.some(({ on, from, to }) => on >= WEEK_AGO && from !== null && (to === null || to > from)),
  );
  const asked = open.filter((item) => !isSnoozed(item));
  const atRisk = asked.filter(
    ({ due, issue, slips }) =>
      due !== null &&
      due >= TODAY &&
      due < addDays(TODAY, 7) &&
      (issue?.assignees.length === 0 || issue?.blockedBy || slips.length > 0),
  );
  const behind = new Map<string, number>();
  for (const { due, issue } of asked)
    if (due !== null && due < TODAY && issue?.assignees[0])
      behind.set(issue.assignees[0], (behind.get(issue.assignees[0]) ?? 0) + 1);
  const promised = [
    ...inputs.flatMap((input) => [...input.open].filter(({ leftOn }) => leftOn === null)),
    ...inputs.flatMap(({ closed }) => closed),
  ].flatMap((item) => {
    const due = item.slips.find(({ on }) => on >= WEEK_AGO)?.from ?? item.due;
    const closedOn = item.issue?.closedOn ?? null;
    const isOut =
      isWaived(item) ||
      (closedOn !== null && item.issue?.closedAs !== "completed") ||
      (closedOn !== null && closedOn < WEEK_AGO);
    if (isOut || due === null || due < WEEK_AGO || due >= TODAY || (item.openedOn ?? due) > due) return [];
    return [closedOn !== null && closedOn <= due];
  });
  return {
    ...{ slipped: slipped.map(title), atRisk: atRisk.map(title), behind },
    nobodys: asked.filter(({ issue }) => issue?.assignees.length === 0).length,
    held: promised.filter((held) => held).length,
    promised: promised.length,
  };
}

/** What the first lines of a text say. */
function saidIn(text: string) {
  const lines = text
    .split("\n")
    .slice(0, 10)
    .map((line) => line.replace(/^- |[*\\]/g, "").trim());
  const of = (name: string) => lines.find((line) => line.startsWith(name)) ?? "";
  const number = (line: string) => Number(/^[^:]*: (\d+)\./.exec(line)?.[1] ?? 0);
  const titles = (line: string) => [...line.matchAll(/item \d+-\d+/g)].map(([name]) => name);
  const help = of("Who needs help");
  const nothing = lines.find((line) => /^(?:Nothing|Nobody)/.test(line)) ?? "";
  return {
    slipped: { count: number(of("Slipped")), named: titles(of("Slipped")) },
    atRisk: { count: number(of("At risk")), named: titles(of("At risk")) },
    behind: [...help.matchAll(/`?@(\w+)`? \((\d+) overdue\)/g)].map(([, login, many]) => [login, Number(many)]),
    more: Number(/and (\d+) more (?:person|people)/.exec(help)?.[1] ?? 0),
    nobodys: Number(/(\d+) items? (?:is|are) assigned to nobody/.exec(help)?.[1] ?? 0),
    held: heldIn(lines.join(" ")),
    says: {
      slipped: nothing.includes("Nothing slipped"),
      risk: nothing.includes("at risk"),
      behind: nothing.includes("Nobody is behind"),
    },
    isAnswered: /Last week.* kept/.test(lines.join(" ")) || lines.join(" ").includes("No date fell into last week"),
  };
}

/** How many of how many of last week's dates are said to have been kept. */
function heldIn(text: string): number[] {
  const [, one] = /Last week's one date was (not )?kept/.exec(text) ?? [];
  if (/Last week's one date/.test(text)) return [one === undefined ? 1 : 0, 1];
  return /Last week, (\d+) of (\d+) dates were kept/.exec(text)?.slice(1).map(Number) ?? [0, 0];
}

function holds(text: string, inputs: readonly DigestInput[]): void {
  // That there is nothing answers all four.
  if (text.includes("Nothing is open")) {
    expect(inputs.flatMap(({ open }) => open)).toHaveLength(0);
    return;
  }
  const [facts, said] = [answersTo(inputs), saidIn(text)];
  expect([said.slipped.count, said.atRisk.count]).toEqual([facts.slipped.length, facts.atRisk.length]);
  for (const name of said.slipped.named) expect(facts.slipped).toContain(name);
  for (const name of said.atRisk.named) expect(facts.atRisk).toContain(name);
  expect(said.slipped.named).toHaveLength(Math.min(2, facts.slipped.length));
  expect(said.atRisk.named).toHaveLength(Math.min(2, facts.atRisk.length));
  const most = [...facts.behind.values()].sort((a, b) => b - a);
  expect(said.behind.map(([, many]) => many)).toEqual(most.slice(0, 2));
  for (const [login, many] of said.behind) expect(facts.behind.get(String(login))).toBe(many);
  expect(said.more).toBe(Math.max(0, most.length - 2));
  expect(said.nobodys).toBe(facts.nobodys);
  expect(said.held).toEqual([facts.held, facts.promised]);
  expect(said.isAnswered).toBe(true);
  expect(said.says).toEqual({
    slipped: facts.slipped.length === 0,
    risk: facts.atRisk.length === 0,
    behind: facts.behind.size === 0 && facts.nobodys === 0,
  });
}

function isToldIn(message: Message, inputs: readonly DigestInput[]): void {
  fitsSlack(blocksOf(message));
  const json = JSON.stringify(webhook.body({ message, key: "k" }));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(250_000);
  holds([...message.lead, ...(message.briefing ?? [])].map(plain).join("\n"), inputs);
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);
const SIZES = [1, 3, 10, 40, 300] as const;

describe.each(SIZES)("a week with some %d items", (size) => {
  it.each(inLongTests(SEEDS, SEEDS.slice(0, 8)))("made by dice from %d", (seed) => {
    const inputs = [0, 1, 2].map((at) => aWeek(seed * 10 + at, size));
    const parts = inputs.map((input, at) => ({ name: `acme/r${at}`, input }));
    const organisation = { parts, today: TODAY, links: LINKS, label: "action-item" };
    for (const input of inputs) {
      for (const [text, more] of [
        [renderDigestComment(input, "k"), 0],
        [renderDigestIssue(input), 3],
      ] as const) {
        holds(text, [input]);
        fitsOnAScreen(text, more);
      }
      isToldIn(digestMessage(input), [input]);
    }
    for (const text of [renderOrganisationComment(organisation, "k"), renderOrganisationIssue(organisation)]) {
      holds(text, inputs);
      fitsOnAScreen(text, 3);
    }
    isToldIn(organisationMessage(organisation), inputs);
  });
});

it("a digest of 5,000 open items is a screen, and within the limits of GitHub and Slack", () => {
  const input = aWeek(1, 5_000);
  expect(input.open.length).toBeGreaterThan(4_000);
  const organisation = { parts: [{ name: "acme/shop", input }], today: TODAY, links: LINKS, label: "action-item" };
  fitsOnAScreen(renderDigestComment(input, "k"));
  fitsOnAScreen(renderDigestIssue(input), 3);
  fitsOnAScreen(renderOrganisationComment(organisation, "k"));
  fitsOnAScreen(renderOrganisationIssue(organisation), 3);
  isToldIn(digestMessage(input), [input]);
  isToldIn(organisationMessage(organisation), [input]);
});
