/** What people get in a simulated year (test/support/year), by the App's own rules and by those it began with; docs/nudges.md shows the table. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { daysAfter } from "../../src/policy/business-days.js";
import { type Life, PEOPLE, POSTMORTEMS, policyOf, REPOSITORIES } from "../support/year/people.js";
import { led, simulate, type Year } from "../support/year/year.js";

const WEEKS = 52;
const percent = (part: number, all: number) => `${Math.round((100 * part) / all)}% of ${all}`;

function shareLed({ asked }: Year, kind: (of: Year["asked"][number]) => boolean): string {
  const of = asked.filter(kind);
  return percent(of.filter(led).length, of.length);
}

/** Whether nobody had it in time, counted from what people did alone; null where the App was away meanwhile, and cannot know. */
function wasLate({ ownedOn, from, repository, candidate }: Life): boolean | null {
  const by = daysAfter(from, 3, policyOf(repository));
  const closedOn = candidate.item.issue?.closedOn;
  if (["2026-03", "2026-08"].some((month) => by.startsWith(month))) return null;
  if (by >= "2026-12-28" || (closedOn && closedOn <= by)) return false;
  return ownedOn === null || ownedOn > by;
}

const ROWS: readonly (readonly [string, (year: Year) => string | number])[] = [
  ["comments, of them questions to an author", ({ comments, questions }) => `${comments}, ${questions}`],
  ["items asked about", ({ asked }) => asked.length],
  ["notifications a person and week, of those with any: median", ({ weekly }) => weekly[weekly.length >> 1] ?? 0],
  ["the same: 95 of 100 weeks have at most", ({ weekly }) => weekly[Math.floor(weekly.length * 0.95)] ?? 0],
  ["the same: worst", ({ weekly }) => weekly.at(-1) ?? 0],
  ["weeks of a person without any", ({ weekly }) => percent(PEOPLE * WEEKS - weekly.length, PEOPLE * WEEKS)],
  ["days on which a person got two or more", ({ twiceADay }) => twiceADay],
  ["items asked about while somebody was at them", ({ asked }) => asked.filter(({ moved }) => moved).length],
  ["items asked about twice under one number", ({ sameNumber }) => sameNumber],
  ["days, at most, that nobody heard of an item nobody was at", ({ longestSilence }) => longestSilence],
  ["led to something within a week: owned, dated, nobody at it", (year) => shareLed(year, isPlain)],
  ["the same: without owner or date", (year) => shareLed(year, ({ lacked, moved }) => lacked && !moved)],
];

const isPlain = ({ lacked, moved }: Year["asked"][number]) => !lacked && !moved;

it("people get little, none of it while they are at it, none twice, and nothing is lost", () => {
  const [now, before] = [simulate("now"), simulate("before")];
  const table = [
    "| | by its rules | a comment a week and item |",
    "|---|---|---|",
    ...ROWS.map(([name, tell]) => `| ${name} | ${tell(now)} | ${tell(before)} |`),
  ].join("\n");
  console.log(
    `A year of ${PEOPLE} people, ${REPOSITORIES} repositories, ${POSTMORTEMS} postmortems, ${now.lives.length} items\n\n${table}`,
  );
  expect(now.asked.filter(({ moved }) => moved)).toHaveLength(0);
  expect(now.twiceADay).toBe(0);
  expect(now.sameNumber).toBe(0);
  expect(now.inQuiet).toBe(0);
  // Somebody with much to do is told over some days.
  expect(now.longestWait).toBeLessThanOrEqual(14);
  expect(now.longestSilence).toBeLessThanOrEqual(45);
  // One a business day at most.
  expect(now.weekly.at(-1)).toBeLessThanOrEqual(5);
  expect(before.asked.some(({ moved }) => moved)).toBe(true);
  expect(before.weekly.at(-1)).toBeGreaterThan(now.weekly.at(-1) ?? 0);
  const known = now.lives.filter((life) => wasLate(life) !== null);
  expect(known.filter(({ candidate }) => candidate.item.ownerMissed).map(({ candidate }) => candidate.item.id)).toEqual(
    known.filter(wasLate).map(({ candidate }) => candidate.item.id),
  );
  expect(readFileSync("docs/nudges.md", "utf8"), "docs/nudges.md shows another table").toContain(table);
});
