/** Nothing of an author's words disappears: what an item's line says stands in its title, its fields or its details, or is a word that names a field. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { type ActionItem, DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const WORK = [
  "Add an alert on queue lag",
  "Replace the valve",
  "Write a runbook for the gate",
  "Stop paging twice a night",
];
const TAILS = [
  "@ana",
  "(@ana, @ben)",
  "owner: Ana Ruiz",
  "Owner - Ben",
  "assigned to the platform team",
  "due 2025-03-01",
  "by next Friday",
  "before Black Friday",
  "ETA TBD",
  "by the 40th of May",
  "P1",
  "priority: high",
  "#41",
  "OPS-7",
  "[ticket](https://github.com/acme/shop/issues/9)",
  "done",
  "in progress",
  "effort 3 days",
  "blocked by the vendor",
  "see notes of Monday",
  "reviewer: @cleo",
  "cc @dora",
  "estimate: 5 points",
  "needs budget",
  "maybe",
  "(stretch goal)",
  "Q3 budget",
  "~2h",
  "rev. 4",
  "sprint 12",
  "~~2025-02-01~~ 2025-03-01",
  "`lag.yml`",
  "“as agreed”",
];
const JOINS = [" ", ", ", "; ", " - ", " — ", " / ", " | ", ". "];
const FRAMES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `(${text})`,
  (text) => `[${text}]`,
  (text) => `**${text}**`,
  (text) => `*${text}*`,
];
const BULLETS = ["- ", "* ", "1. ", "- [ ] ", "- [x] "];

/** A space alone parts only what begins with a sign: without one "owner: Ana Ruiz rev. 4" may be all of a name. */
const parted = (join: string, tail: string): string => (join === " " && !/^[@([*`#]/.test(tail) ? ", " : join) + tail;

/** An item's line: its work, and tails that are joined and framed somehow. */
const line = fc
  .tuple(
    fc.constantFrom(...BULLETS),
    fc.constantFrom(...WORK),
    fc.array(fc.tuple(fc.constantFrom(...JOINS), fc.constantFrom(...FRAMES), fc.constantFrom(...TAILS)), {
      maxLength: 4,
    }),
  )
  .map(
    ([bullet, work, tails]) =>
      `${bullet}${work}${tails.map(([join, frame, tail]) => parted(join, frame(tail))).join("")}`,
  );

/** Words by which an author names a field, and which the field itself stands for. */
const NAMING = new Set(
  "owner assigned to the by due eta priority before reviewer cc ticket done in progress and x team p".split(" "),
);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a line that nothing of its item holds. */
function lost(text: string, items: readonly ActionItem[]): string[] {
  const held = new Set(
    items.flatMap(({ title, owners, due, dueText, priority, ref, refUrl, details }) =>
      wordsOf([title, ...owners, due, dueText, priority, ref, refUrl, details].join(" ")),
    ),
  );
  // What is struck out was replaced by its author.
  const standing = text.replace(/^(?:[-*]|1\.) (?:\[.\] )?/, "").replace(/~~.*?~~/g, "");
  return wordsOf(standing).filter((word) => !held.has(word) && !NAMING.has(word));
}

const read = (text: string) =>
  readPostmortem("2025-01-08-pump.md", `# Pump stopped\n\n## Action items\n\n${text}\n`, DEFAULT_READ_OPTIONS);

describe("an item's words", () => {
  it("all stand somewhere", () => {
    fc.assert(
      fc.property(line, (text) => {
        const { items } = read(text);
        expect(items.length, text).toBe(1);
        expect(lost(text, items), text).toEqual([]);
      }),
      { numRuns: Number(process.env.COVER_RUNS ?? 300) },
    );
  });

  it("are no people where they are a day", () => {
    fc.assert(
      fc.property(line, (text) => {
        const owners = read(text).items.flatMap((item) => item.owners);
        expect(
          owners.filter((owner) =>
            /^(?:[\d-]+|(?:due |by |before |next )*(?:black )?(?:friday|monday)|tbd|sprint \d+|q3.*|(?:by )?the 40th.*)$/i.test(
              owner,
            ),
          ),
          text,
        ).toEqual([]);
      }),
      { numRuns: Number(process.env.COVER_RUNS ?? 300) },
    );
  });

  it.each([
    ["- Replace the valve (@ana, reviewer: @cleo, due 2025-03-01)", "reviewer: @cleo"],
    ["- Replace the valve - due 2025-03-01, by the 40th of May", "by the 40th of May"],
    ["- Replace the valve, P1, priority: high", "priority: high"],
    ["- Replace the valve (done in the spring)", "done in the spring"],
  ])("that no field holds are among its details: %s", (text, words) => {
    expect(read(text).items[0]?.details).toContain(words);
  });
});
