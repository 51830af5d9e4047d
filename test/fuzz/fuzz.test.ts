/**
 * The reader against documents nobody would write: it never throws, never runs over time, and what it says always holds
 * together. 600 documents here, 10,000 in the long tests; `FUZZ_RUNS=100000 npx vitest run test/fuzz` for the long run, and
 * `FUZZ_CORPUS=folder` to mutate the Markdown files of a folder as well. `FUZZ_SEED` repeats a run.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isPlainDate } from "../../src/calendar.js";
import { findDue, readDueCell } from "../../src/postmortem/due/index.js";
import { parseMarkdown } from "../../src/postmortem/markdown/tree.js";
import { findProblems } from "../../src/postmortem/problems/index.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Postmortem, RULES } from "../../src/postmortem/types.js";
import { inLongTests } from "../support/long.js";
import { mutants, soups } from "./arbitraries.js";
import { DOCUMENTS } from "./documents.js";

const RUNS = Number(process.env.FUZZ_RUNS ?? inLongTests(10_000, 200));
const SEED = process.env.FUZZ_SEED;
const CORPUS = process.env.FUZZ_CORPUS;

const corpus = CORPUS
  ? readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => readFileSync(join(CORPUS, name), "utf8"))
  : [];

const options = { ...DEFAULT_READ_OPTIONS, sprints: { "next sprint": "2025-03-14" }, today: "2025-03-05" };
const read = (text: string): Postmortem => readPostmortem("docs/2025-03-04-outage.md", text, options);

/** Everything that must hold of what is read, whatever the document. */
function holdsTogether({ items, problems }: Postmortem, text: string): void {
  const lines = text.split(/\r\n?|\n/).length;
  for (const { line, endLine, title, owners, mentions, due, dueText } of items) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(endLine).toBeGreaterThanOrEqual(line);
    expect(endLine).toBeLessThanOrEqual(lines);
    expect(title.trim()).not.toBe("");
    for (const owner of owners) expect(owner.trim()).not.toBe("");
    for (const mention of mentions) expect(owners).toContain(mention);
    if (due !== null) expect(isPlainDate(due) && dueText !== null && dueText !== "").toBe(true);
  }
  for (const { line, endLine, rule, message, fix } of problems) {
    expect(line >= 1 && endLine >= line && endLine <= lines).toBe(true);
    expect(Object.hasOwn(RULES, rule)).toBe(true);
    expect(message !== "" && fix !== "").toBe(true);
    // An error caught inside the reader is told as a problem of the document; here it is a bug.
    expect(message).not.toMatch(/^This document cannot be read:/);
  }
}

/** Milliseconds of processor time, which other processes on the machine do not lengthen. */
const timed = (run: () => void): number => {
  const started = process.cpuUsage();
  run();
  return process.cpuUsage(started).user / 1000;
};

const best = (run: () => void): number => Math.min(timed(run), timed(run), timed(run));

/** Too slow is many times the bare parse, and only where it can be felt: nothing here depends on the machine. */
function keepsTime(text: string, took: number): void {
  if (took < 100) return;
  expect(best(() => read(text))).toBeLessThan(100 + 50 * best(() => parseMarkdown(text)));
}

it(
  `reads ${RUNS} hostile documents`,
  () => {
    const documents = fc.oneof(soups, mutants(DOCUMENTS), ...(corpus.length > 0 ? [mutants(corpus)] : []));
    const check = (text: string): void => {
      let result: Postmortem | null = null;
      const took = timed(() => {
        result = read(text);
      });
      keepsTime(text, took);
      const { problems: _, ...draft } = read(text);
      expect(read(text)).toEqual(result);
      holdsTogether(read(text), text);
      holdsTogether({ ...draft, problems: findProblems(draft, options) }, text);
    };
    fc.assert(fc.property(documents, check), { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) });
  },
  60_000 + RUNS * 60,
);

it("reads the same whatever ends the lines", () => {
  const documents = mutants(DOCUMENTS).map((text) => text.replaceAll("\r", ""));
  fc.assert(
    fc.property(documents, (text) => {
      expect(read(text.replaceAll("\n", "\r\n"))).toEqual(read(text));
    }),
    { numRuns: Math.max(200, RUNS / 20) },
  );
});

it(
  "reads due dates of any words, within their text",
  () => {
    const languages = ["en", "es", "pt", "fr", "de", "it", "nl", "ja", "zh", "ko"] as const;
    const context = { reference: "2025-03-04", dateOrder: null, sprints: {}, languages };
    fc.assert(
      fc.property(fc.oneof(soups, fc.string({ unit: "binary" })), (text) => {
        const cell = readDueCell(text, context);
        if (cell?.kind === "date") expect(isPlainDate(cell.date)).toBe(true);
        const found = findDue(text, context);
        if (!found) return;
        expect(found.start >= 0 && found.start < found.end && found.end <= text.length).toBe(true);
        expect(text.slice(found.start, found.end)).toContain(found.reading.text);
        if (found.reading.kind === "date") expect(isPlainDate(found.reading.date)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 20,
);
