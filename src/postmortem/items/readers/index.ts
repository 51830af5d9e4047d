/** Asks each section for its action items and keeps those of the sections that promise them most plainly. */
import type { Block, ListBlock, Paragraph, Row } from "../../markdown/block.js";
import { strengthOf } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import type { Problem } from "../../types.js";
import type { Candidate, Context } from "../candidate.js";
import { topContext, within } from "./context.js";
import { Cutter } from "./cut.js";
import { readHeadingItem } from "./heading.js";
import { readList } from "./list.js";
import { readCalled, readMarkedLines, readPipeRows, readProse, tableOf } from "./prose.js";
import { readTable, type TableReading } from "./table.js";

export interface Found {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
  /** The lines that are too long, and were read up to there only. */
  readonly cut: ReadonlySet<number>;
}

/** What one action section yields, and how plainly it says that it holds work. */
interface Yield {
  strength: number;
  /** As {@link strength}, by its name alone. */
  readonly named: number;
  candidates: Candidate[];
  problems: Problem[];
}

/** A list of measures is advice beside tasks; a task box or an owner column makes its section as plain as "Action items". */
const PLAIN = 4;

/** All candidates of a document. */
export function readSections(document: Section): Found {
  const yields: Yield[] = [];
  const loose: Yield = { strength: 0, named: 0, candidates: [], problems: [] };
  const cutter = new Cutter();
  gather(document, cutter, yields, loose);
  const kept = keepPlainest(yields);
  const found = kept.length > 0 ? [...kept, ...tablesOf(loose)] : [loose];
  return {
    candidates: found.flatMap((one) => one.candidates),
    problems: found.flatMap((one) => one.problems),
    cut: cutter.cut,
  };
}

/** Sections that promise less than others in the document are about something else. */
function keepPlainest(yields: readonly Yield[]): Yield[] {
  const filled = yields.filter(({ candidates }) => candidates.length > 0);
  const best = Math.max(0, ...filled.map(({ strength }) => strength));
  const needed = best >= 4 ? 3 : best === 3 ? 2 : 1;
  return filled.filter(({ strength }) => strength >= needed);
}

const tablesOf = (loose: Yield): Yield[] => [
  { ...loose, candidates: loose.candidates.filter(({ kind }) => kind === "table") },
];

function gather(section: Section, cutter: Cutter, yields: Yield[], loose: Yield): void {
  if (section.state === "action") {
    yields.push(readAction(cutAll(section, cutter)));
    return;
  }
  readLoose(section, cutter, loose);
  for (const inner of section.sections) gather(inner, cutter, yields, loose);
}

/** Outside action sections only what cannot be anything else: tables of actions, and task boxes where nothing rules them out. */
function readLoose(section: Section, cutter: Cutter, loose: Yield): void {
  const context = topContext(section);
  const lists = section.state === "neutral" && section.origin !== "document";
  for (const block of cutter.blocks(section.blocks.filter((block) => mayHold(block, lists)))) {
    if (block.kind === "table" && !section.chronicle) add(loose, readTable(block, context, false));
    else if (block.kind === "list") addAll(loose.candidates, readList(block, context));
  }
}

const mayHold = (block: Block, lists: boolean): boolean =>
  block.kind === "table" || (block.kind === "list" && lists && isChecklist(block));

const isChecklist = (list: ListBlock): boolean => list.items.every((entry) => entry.checked !== null);

function add(to: Yield, from: TableReading): void {
  addAll(to.candidates, from.candidates);
  addAll(to.problems, from.problems);
}

/** As `to.push(...from)`, which fails where there is more than fits on the stack. */
function addAll<T>(to: T[], from: readonly T[]): void {
  for (const one of from) to.push(one);
}

/** The section, and those in it, with lines that are not too long. */
function cutAll(section: Section, cutter: Cutter): Section {
  return {
    ...section,
    title: cutter.text(section.title),
    blocks: cutter.blocks(section.blocks),
    sections: section.sections.map((inner) => cutAll(inner, cutter)),
  };
}

function readAction(section: Section): Yield {
  const found = readTree(section, topContext(section));
  if (found.candidates.length === 0) found.candidates = readProse(paragraphsIn(section), topContext(section));
  const plain = found.candidates.some(
    ({ kind, fields }) => kind === "checkbox" || (kind === "table" && fields.owner !== undefined),
  );
  const named = found.candidates.length === 0 ? 0 : Math.max(found.strength, strengthOf(section.name.kind));
  return { ...found, strength: plain ? Math.max(PLAIN, named) : named };
}

/** A section with the sections inside it. */
function readTree(section: Section, context: Context): Yield {
  const named = strengthOf(section.name.kind);
  const own: Yield = { strength: named, named, candidates: [], problems: [] };
  readBlocks(section.blocks, context, own);
  const inner = section.sections.filter(({ state }) => state !== "excluded").map((child) => readInner(child, context));
  const tasksNamed = inner.some(({ named, candidates }) => named >= PLAIN && candidates.length > 0);
  if (tasksNamed && named < 3) own.candidates = [];
  for (const child of inner) {
    if (tasksNamed && child.named > 0 && child.named < 3) continue;
    addAll(own.candidates, child.candidates);
    addAll(own.problems, child.problems);
    if (child.named >= PLAIN && child.candidates.length > 0) own.strength = Math.max(own.strength, child.strength);
  }
  return own;
}

function readInner(child: Section, context: Context): Yield {
  const inner = within(context, child.name, child.title, child.origin);
  const found = readTree(child, inner);
  const item = readHeadingItem(child, context, found.candidates.length > 0);
  return item === null ? found : { ...found, candidates: [item] };
}

function readBlocks(blocks: readonly Block[], context: Context, into: Yield): void {
  let rows: Row[] = [];
  const endTable = () => {
    const table = tableOf(rows);
    rows = [];
    if (table !== null) add(into, readTable(table, context, true));
  };
  for (const [index, block] of blocks.entries()) {
    const pipes = block.kind === "paragraph" ? readPipeRows(block) : null;
    if (pipes !== null) {
      addAll(rows, pipes);
      continue;
    }
    if (block.kind === "table" && isPiped(blocks[index + 1])) {
      endTable();
      rows = [...block.rows];
      continue;
    }
    endTable();
    if (block.kind === "table") add(into, readTable(block, context, true));
    else if (block.kind === "list") addAll(into.candidates, readList(block, context));
    else if (block.kind === "paragraph")
      addAll(into.candidates, [...readMarkedLines(block, context), ...readCalled(block, context)]);
  }
  endTable();
}

const isPiped = (block: Block | undefined): boolean => block?.kind === "paragraph" && readPipeRows(block) !== null;

function paragraphsIn(section: Section): Paragraph[] {
  return [
    ...section.blocks.filter((block): block is Paragraph => block.kind === "paragraph"),
    ...section.sections.filter(({ state }) => state !== "excluded").flatMap(paragraphsIn),
  ];
}
