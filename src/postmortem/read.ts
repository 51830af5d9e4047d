/**
 * A postmortem's bytes to what it says: the way through this folder.
 *
 *   bytes → text → front matter + body → tamed → tree → blocks → sections → candidates → action items, and the problems met
 *
 * Pure and total: the same bytes and options always give the same answer, and nothing that stands in a document makes it throw.
 */
import { visible } from "../text.js";
import { type DueContext, inferDateOrder } from "./due/index.js";
import type { Candidate } from "./items/candidate.js";
import { readDetails } from "./items/details.js";
import { MAX_LENGTH } from "./items/readers/cut.js";
import { readSections } from "./items/readers/index.js";
import { isTooLong, isUnfilled, refine } from "./items/refine/item.js";
import { detectLanguages } from "./languages/detect.js";
import { LANGUAGES, type LanguageCode } from "./languages/index.js";
import { type Blocks, toBlocks } from "./markdown/blocks.js";
import { type Tamed, tame } from "./markdown/tame.js";
import { parseMarkdown } from "./markdown/tree.js";
import { findProblems } from "./problems/index.js";
import { type FrontMatter, splitFrontMatter } from "./structure/front-matter.js";
import { type Facts, readIncident } from "./structure/incident.js";
import { findSections, type Section } from "./structure/sections.js";
import { formRule } from "./structure/template.js";
import { type PassageRule, type Trace, UNHEARD } from "./trace.js";
import {
  type ActionItem,
  type Incident,
  type Postmortem,
  type Problem,
  type ReadOptions,
  RULES,
  type RuleId,
} from "./types.js";

/** Larger documents are refused: GitHub does not show them either. */
export const MAX_BYTES = 1_048_576;

/** More action items than anybody follows through: the rest is not read. */
const MAX_CANDIDATES = 3000;
export const BEYOND: PassageRule = {
  name: "beyond-the-most",
  reason: "so many items stand before it that it is not read",
  verdict: "turned down",
};

/** Places that are looked at for a due date: two for each of the most items, though most have none or one. */
const MAX_LOOKS = 6_000;

/** Lines that are too long are told one by one up to here. */
const MAX_LONG = 20;

/** Only a date of three numbers can tell in which order a document writes them. */
const NUMERIC_DATE = /\d{1,2}[./-]\d{1,2}[./-]\d{2}/;
const DAY_AND_MONTH = /\d[./-]\d/;

const NO_INCIDENT: Incident = { id: null, date: null, severity: null, services: [], tags: [] };

/** How authors write the key by which a document is left alone. */
const OPT_OUT_KEYS = ["follow-through", "follow_through", "followthrough", "followThrough"] as const;

/** YAML 1.1 reads `no` and `off` as false, and so do people; YAML 1.2 reads words (https://yaml.org/spec/1.2.2/#1032-tag-resolution). */
const isNo = (value: unknown): boolean =>
  value === false || (typeof value === "string" && ["no", "off", "false"].includes(value.trim().toLowerCase()));

/**
 * Reads one document.
 * @param path - its path in the repository: names may carry a date or an id
 * @param source - its bytes, or its text where it is text already
 * @param trace - is told of each decision, and which rule made it
 * @returns what it says; lines are 1-based, problems in the order of lines. Never throws.
 */
export function readPostmortem(
  path: string,
  source: string | Uint8Array,
  options: ReadOptions,
  trace: Trace = UNHEARD,
): Postmortem {
  const decoded = decode(source);
  if (typeof decoded !== "string") return refused(path, decoded, options);
  try {
    return readText(path, decoded, options, trace);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused(
      path,
      problem(
        1,
        "unreadable",
        `This document cannot be read: ${why}`,
        "Make it simpler there, or leave it out of the policy's paths.",
      ),
      options,
    );
  }
}

function readText(path: string, text: string, options: ReadOptions, trace: Trace): Postmortem {
  const matter = splitFrontMatter(text);
  const tamed = tame(matter.body);
  const { blocks, tooDeep } = toBlocks(parseMarkdown(tamed.text), matter.lines);
  const order = dateOrderOf(matter.body, options);
  const document = findSections(blocks);
  trace.document(text, document);
  const facts = readIncident(path, matter.data, blocks, document, order);
  const problems: Problem[] = [
    ...frontMatterProblems(matter),
    ...depthProblems(tooDeep),
    ...tamedProblems(tamed, matter.lines),
  ];
  const form = { path, title: facts.title, opening: openingOf(blocks), body: matter.body, dated: facts.dated };
  const formed = formRule(form);
  if (formed !== null) trace.form(formed);
  const items = formed === null ? readItems(document, facts, text, matter.body, order, options, problems, trace) : [];
  const optOut = OPT_OUT_KEYS.find((key) => isNo(matter.data[key]));
  const draft = {
    path,
    title: facts.title,
    incident: facts.incident,
    items,
    ...(formed !== null && { form: formed.reason }),
    followThrough: optOut === undefined,
    ...(optOut !== undefined && { optOut: `${optOut}: ${String(matter.data[optOut]).trim()}` }),
  };
  return { ...draft, problems: settle([...problems, ...findProblems(draft, options)], options) };
}

/** Which comes first in the document's dates of numbers: as one of them proves, as the policy says, or as its language has it. */
function dateOrderOf(body: string, { dateOrder }: ReadOptions): DueContext["dateOrder"] {
  const proven = NUMERIC_DATE.test(body) ? inferDateOrder([body]) : null;
  if (proven !== null || dateOrder !== null || !DAY_AND_MONTH.test(body)) return proven ?? dateOrder;
  return orderInLanguage(detectLanguages(body));
}

/** English, which is always among the languages, comes first and has no order. */
function orderInLanguage(codes: readonly LanguageCode[]): DueContext["dateOrder"] {
  const language = LANGUAGES.find(({ code }) => code === codes[1]);
  return language?.dateOrder ?? null;
}

function readItems(
  document: Section,
  facts: Facts,
  text: string,
  body: string,
  dateOrder: DueContext["dateOrder"],
  { sprints }: ReadOptions,
  problems: Problem[],
  trace: Trace,
): ActionItem[] {
  const found = readSections(document, trace);
  problems.push(...[...found.cut].slice(0, MAX_LONG).map(tooLong));
  // What was not read at all is told even where nothing else was.
  const isTold = ({ rule }: Problem): boolean => rule === "unread-table";
  problems.push(...found.problems.filter(isTold));
  if (found.candidates.length === 0) return [];
  const looks = { left: MAX_LOOKS };
  const languages = detectLanguages(body);
  const due: DueContext = { reference: facts.incident.date, dateOrder, sprints, languages, looks };
  const items: ActionItem[] = [];
  const detailsIn = readDetails(text, found.candidates);
  if (found.candidates.length > MAX_CANDIDATES) problems.push(tooMany(found.candidates[MAX_CANDIDATES]?.line ?? 1));
  for (const beyond of found.candidates.slice(MAX_CANDIDATES)) trace.passage(beyond, BEYOND);
  for (const candidate of found.candidates.slice(0, MAX_CANDIDATES)) {
    if (isTooLong(candidate) && !hasCut(candidate, found.cut)) problems.push(tooLong(candidate.line));
    const before = looks.left;
    const refined = refine(candidate, due);
    if (before >= 0 && looks.left < 0) problems.push(tooManyDates(candidate.line));
    if ("item" in refined) items.push({ ...refined.item, ...detailsIn(candidate, refined.spare) });
    else if (isUnfilled(refined)) problems.push(placeholderLeft(candidate.line, candidate.endLine));
  }
  if (items.length > 0) problems.push(...found.problems.filter((one) => !isTold(one)));
  return items.sort((a, b) => a.line - b.line);
}

/**
 * The text of a document, or why it has none: what its readers see of it, since what is hidden from them is not meant
 * (and would cut `@lisa` in two). Line ends become `\n`.
 */
function decode(source: string | Uint8Array): string | Problem {
  const size = typeof source === "string" ? sizeOf(source) : source.byteLength;
  if (size > MAX_BYTES) {
    return problem(
      1,
      "too-large",
      "This document is larger than 1 MiB.",
      "Split it, or move logs and pictures out of it.",
    );
  }
  if (typeof source === "string") return unify(source);
  try {
    return unify(new TextDecoder("utf-8", { fatal: true }).decode(source));
  } catch {
    return problem(lineOfFault(source), "not-utf8", "This document is not UTF-8 text.", "Save it as UTF-8.");
  }
}

/** Bytes of a text as UTF-8; a letter takes three at most, so short texts need no counting. */
const sizeOf = (text: string): number =>
  text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text.slice(0, MAX_BYTES + 1)).length;

const unify = (text: string): string => {
  const shown = visible(text);
  return shown.includes("\r") ? shown.replace(/\r\n?/g, "\n") : shown;
};

/** The first line that cannot be decoded. */
function lineOfFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const at = bytes.indexOf(10, start);
    const end = at < 0 ? bytes.length : at + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    line++;
    start = end;
  }
  return 1;
}

function refused(path: string, found: Problem, options: ReadOptions): Postmortem {
  return {
    path,
    title: null,
    incident: NO_INCIDENT,
    items: [],
    problems: settle([found], options),
    followThrough: true,
  };
}

function openingOf(blocks: Blocks["blocks"]): string {
  const [first] = blocks;
  return first?.kind === "paragraph" ? first.text.text.slice(0, 200) : "";
}

function frontMatterProblems({ fault }: FrontMatter): Problem[] {
  if (fault === null) return [];
  return fault.kind === "code"
    ? [problem(fault.line, "front-matter-code", fault.message, "Write the front matter as YAML.")]
    : [problem(fault.line, "front-matter", fault.message, "Fix that line of the front matter, between the --- lines.")];
}

function depthProblems(line: number | null): Problem[] {
  if (line === null) return [];
  return [problem(line, "unreadable", "Lists or quotes are nested too deep here to be read.", "Nest them less deep.")];
}

/** What was made fit to be parsed in a way that a reader would miss; the body begins below `shift` lines. */
function tamedProblems({ unreadFrom, asWrittenFrom, cut }: Tamed, shift: number): Problem[] {
  const found: Problem[] = cut.slice(0, MAX_LONG).map((line) => tooLong(line + shift));
  if (unreadFrom !== null) {
    const message = "This document has more lines and markup than are read: nothing is from here on.";
    found.push(problem(unreadFrom + shift, "unreadable", message, "Split it, or move logs and data out of it."));
  }
  if (asWrittenFrom !== null) {
    const message =
      "So much stands in one piece here that links and references such as &amp; are read as they are written.";
    found.push(
      problem(
        asWrittenFrom + shift,
        "too-long",
        message,
        "Part it by empty lines, and write the characters themselves.",
      ),
    );
  }
  return found;
}

const tooMany = (line: number): Problem =>
  problem(line, "unreadable", `Only the first ${MAX_CANDIDATES} action items are read.`, "Split this document.");

const tooManyDates = (line: number): Problem =>
  problem(
    line,
    "too-long",
    "More words for dates stand in this document than are looked at: from here on due dates are not read.",
    "Split this document.",
  );

const tooLong = (line: number): Problem =>
  problem(
    line,
    "too-long",
    `Only the first ${MAX_LENGTH.toLocaleString("en")} characters are read of what stands here.`,
    "Say it in fewer words, or make several items of it.",
  );

/** Whether one of the candidate's lines is told already. */
function hasCut({ line, endLine }: Candidate, cut: ReadonlySet<number>): boolean {
  for (const one of cut) if (line <= one && one <= endLine) return true;
  return false;
}

const placeholderLeft = (line: number, endLine: number): Problem => ({
  ...problem(line, "placeholder", "A placeholder stands where an action item should.", "Fill it in, or delete it."),
  endLine,
});

function problem(line: number, rule: RuleId, message: string, fix: string): Problem {
  return { line, endLine: line, rule, level: RULES[rule], message, fix };
}

/** Problems at the levels the policy wants, in the order of their lines. */
function settle(problems: readonly Problem[], { levels }: ReadOptions): Problem[] {
  const settled: Problem[] = [];
  for (const one of problems) {
    const level = levels[one.rule] ?? one.level;
    if (level !== "off") settled.push({ ...one, level });
  }
  return settled.sort((a, b) => a.line - b.line);
}
