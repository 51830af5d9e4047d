/** Documents with as many items as are ever read: what it costs to know them again grows with their number, not its square. */
import { describe, expect, it } from "vitest";
import type { ActionItem } from "../../src/postmortem/types.js";
import { cpuMsWithin } from "../support/cpu.js";
import { inLongTests } from "../support/long.js";
import { an, decideOn, opened } from "./samples.js";

/** As many as are read of one document. */
const MANY = 3_000;
/** Wide: what is meant is one second against half a minute. */
const LIMIT_MS = 3_000;

const WORDS = ["alert", "pool", "runbook", "timeout", "retry", "cache", "queue", "replica", "export", "deploy"];
const word = (index: number): string => WORDS[index % WORDS.length] ?? "";

/** What may stand `MANY` times: each gives the title of one. */
const SHAPES: Readonly<Record<string, (index: number) => string>> = {
  "all the same": () => "Fix it",
  "told apart by a number": (index) => `Fix part ${index} of the cache of the checkout service`,
  "made of the same few words": (index) =>
    [index, Math.floor(index / 10), Math.floor(index / 100), Math.floor(index / 7)].map(word).join(" "),
  "long and alike": (index) => `${WORDS.join(" ")} ${"x".repeat(300)} ${index}`,
  "without spaces": (index) => `${"監視を追加する".repeat(20)}${index}`,
  "of signs": (index) => "✅".repeat(1 + (index % 5)),
};

const items = (title: (index: number) => string): ActionItem[] =>
  Array.from({ length: MANY }, (_, index) => an(title(index), { line: index + 1, endLine: index + 1 }));

describe.each(Object.entries(SHAPES).slice(0, inLongTests(undefined, 2)))("3,000 items, %s", (_, title) => {
  const now = items(title);

  it("are begun, each with an id of its own", () => {
    let ids = new Set<string>();
    expect(
      cpuMsWithin(LIMIT_MS, () => {
        ids = new Set(decideOn(now).map(({ id }) => id));
      }),
    ).toBeLessThan(LIMIT_MS);
    expect(ids.size).toBe(MANY);
  });

  it("are known again, and each is still itself", () => {
    const before = opened(decideOn(now));
    let after = before;
    expect(
      cpuMsWithin(LIMIT_MS, () => {
        after = decideOn(now, { tracked: before });
      }),
    ).toBeLessThan(LIMIT_MS);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it("are looked for among as many that say otherwise", () => {
    const before = opened(decideOn(now));
    const reworded = items((index) => `${title(index)} ${word(index)} again ${index % 50}`);
    let after = before;
    expect(
      cpuMsWithin(LIMIT_MS, () => {
        after = decideOn(reworded, { tracked: before });
      }),
    ).toBeLessThan(LIMIT_MS);
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  });
});

it("finds the few reworded among thousands that are new", () => {
  const before = opened(decideOn([an("Alert when the export queue grows"), an("Write a runbook for the replica")]));
  const now = [
    ...items((index) => `Fix part ${index} of the cache`),
    an("Alert when the export queue grows too long", { line: 3_001 }),
    an("Write a short runbook for the replica", { line: 3_002 }),
  ];
  const after = decideOn(now, { tracked: before });
  expect(after.slice(-2).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

describe("items whose titles are made to be hard to compare", () => {
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";
  /** A word of seven letters, another for each number. */
  const other = (number: number): string =>
    Array.from({ length: 7 }, (_, at) => LETTERS[(number * (at * 2 + 3) + Math.floor(number / (at + 2))) % 26]).join(
      "",
    );
  const title = (first: number, words: number, spell: (number: number) => string): string =>
    `Alert ${Array.from({ length: words }, (_, at) => spell(first * 100 + at)).join(" ")}`;

  /** How many are tracked and found, of how many words, and how a word is spelled. */
  const HARD: readonly (readonly [string, number, number, number, number, (number: number) => string])[] = [
    ["a few against many long ones", 33, 3_000, 8, 40, other],
    ["many long ones", 100, 100, 60, 60, other],
    ["hundreds of short ones", 316, 316, 8, 8, other],
    ["words that begin and end alike", 100, 100, 40, 40, (number) => `z${other(number)}z`],
    [
      "words as long as words may be, alike but for their ends",
      60,
      60,
      9,
      9,
      (number) => `${"a".repeat(33)}${other(number)}`,
    ],
    ["words of one letter", 316, 316, 190, 190, (number) => LETTERS[number % 26] ?? ""],
    ["words that are joined", 150, 150, 60, 60, (number) => `${LETTERS[number % 26]}${LETTERS[(number * 7) % 26]}`],
  ];

  it.each(
    inLongTests(
      HARD,
      HARD.filter((_, at) => at % 3 === 2),
    ),
  )("%s", (_, tracked, found, before, now, spell) => {
    const known = opened(
      decideOn(
        Array.from({ length: tracked }, (_, at) => an(title(at, before, spell), { line: at + 1, endLine: at + 1 })),
      ),
    );
    const read = Array.from({ length: found }, (_, at) =>
      an(title(at + 5_000, now, spell), { line: at + 1, endLine: at + 1 }),
    );
    expect(cpuMsWithin(LIMIT_MS, () => decideOn(read, { tracked: known }))).toBeLessThan(LIMIT_MS);
  });
});
